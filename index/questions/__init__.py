"""Curated questions (대표 질문): their files, the corpus, carried over to other editions, drafted."""
