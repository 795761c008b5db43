"""From the text of terms to search: parse, passages, embedding, words, ranker, store, search."""

import os

# Before any library that brings OpenMP is loaded: its threads wait spinning, and on two busy cores an answer took
# 1,700 ms instead of 23. The linear algebra of the build has threads of its own.
os.environ.setdefault("OMP_NUM_THREADS", "1")
