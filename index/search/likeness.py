"""How much the rows of a collection are alike, part by part: nobody needs all of it at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    Rows = slice | np.ndarray

FREQUENT = 1024  # n-grams that are multiplied densely
SLICE = 128  # rows whose likeness is made at a time
# Chosen for the trained encoder (docs/encoder.md): flat within ±30 % of each.
MEANING_SHARE = 0.6
MEANING_WIDTH = 0.25


def meaning_kernel(cosines: np.ndarray) -> np.ndarray:
    """Cosines of embeddings (any shape) to likeness, 0..1."""
    return np.exp((cosines - 1) / MEANING_WIDTH)


def combine(meaning: np.ndarray | None, words: np.ndarray) -> np.ndarray:
    """One likeness out of both; of the words alone if there are no embeddings."""
    if meaning is None:
        return words
    return MEANING_SHARE * meaning + (1 - MEANING_SHARE) * words


@dataclass(frozen=True)
class Likeness:
    """``ngrams``: sparse, of shape (rows, n-grams); ``vectors``: of shape (rows, dimension), None without embeddings.

    The `FREQUENT` n-grams, which most rows share, are multiplied densely: with sparse rows alone their product takes
    five times as long.
    """

    ngrams: csr_matrix
    vectors: np.ndarray | None = None

    def between(self, rows: Rows, others: Rows) -> np.ndarray:
        """0..1, float32 of shape (rows, others)."""
        dense, rest = self._parts
        frequent, seldom = dense[rows], rest[rows]
        frequent_others, seldom_others = dense[others].T, rest[others].T.tocsr()
        likeness = np.empty((frequent.shape[0], frequent_others.shape[1]), np.float32)
        for start in range(0, len(likeness), SLICE):
            part = slice(start, start + SLICE)
            words = (seldom[part] @ seldom_others).toarray()
            words += frequent[part] @ frequent_others
            likeness[part] = combine(self._meaning(rows, part, others), words)
        return likeness

    def _meaning(self, rows: Rows, part: slice, others: Rows) -> np.ndarray | None:
        """Of a part of the rows."""
        if self.vectors is None:
            return None
        return meaning_kernel(self.vectors[rows][part] @ self.vectors[others].T)

    @cached_property
    def _parts(self) -> tuple[np.ndarray, csr_matrix]:
        """The frequent n-grams, dense, and the others."""
        often = np.argsort(np.asarray((self.ngrams != 0).sum(axis=0)).ravel())[::-1][:FREQUENT]
        seldom = np.ones(self.ngrams.shape[1], bool)
        seldom[often] = False
        return self.ngrams[:, often].toarray(), self.ngrams[:, np.flatnonzero(seldom)]
