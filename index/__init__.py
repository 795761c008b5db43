"""From the text of terms to search: parse, passages, embedding, words, ranker, store, search."""
