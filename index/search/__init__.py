"""Question → hits: embedding, words, ranker, vector store, and the build that makes them."""
