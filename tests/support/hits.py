"""Hits over the shop's passages with a score of one's choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.search.hits import Hit

if TYPE_CHECKING:
    from index.passages import Passage
    from index.questions.corpus import Corpus


def find_passage(corpus: Corpus, address: str) -> Passage:
    """The passage at an address such as "1.2"."""
    return next(p for p in corpus.passages if f"{p.clause.article}.{p.clause.paragraph}" == address)


def make_hit(passage: Passage, score: float = 0.9, *, named: bool = False) -> Hit:
    return Hit(passage=passage, score=score, named=named)


def find_hit(corpus: Corpus, address: str, score: float = 0.9, *, named: bool = False) -> Hit:
    return make_hit(find_passage(corpus, address), score, named=named)
