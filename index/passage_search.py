"""Search over passages for which nobody curated questions: dense and words, each made comparable, added.

Fusion is the sum of z-scores over all passages (Fox & Shaw 1994, "Combination of Multiple Searches", CombSUM, with
z-scores for their min-max): cosines of e5 crowd together, BM25 has no upper bound, and neither needs a weight then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index import words
from index.embedding import embed_in_blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scipy.sparse import csr_matrix

    from index.embedding import Embedder


@dataclass(frozen=True, slots=True)
class PassageScores:
    """Scores of shape (questions, passages); larger is better, and the parts are on scales of their own."""

    dense: np.ndarray
    words: np.ndarray

    @property
    def fused(self) -> np.ndarray:
        """The sum of both parts' z-scores."""
        return np.asarray(standardize(self.dense) + standardize(self.words))


@dataclass(frozen=True, slots=True)
class PassageSearch:
    """``vectors``: float32 of shape (passages, dimension). ``weights``: BM25, sparse, of shape (passages, n-grams)."""

    embedder: Embedder
    vectors: np.ndarray
    weights: csr_matrix

    @classmethod
    def over(cls, passages: Sequence[str], embedder: Embedder, progress: Callable[[int], object]) -> PassageSearch:
        """Embed and weigh ``passages``; ``progress`` gets the number of those done since its last call."""
        vectors = embed_in_blocks(passages, embedder.passages, progress)
        return cls(embedder, vectors, words.bm25(words.count_ngrams(passages)))

    def scores(self, questions: Sequence[str]) -> PassageScores:
        """Each question against all passages."""
        asked = (words.count_ngrams(questions) > 0).astype(np.float32)
        return PassageScores(
            dense=self.embedder.queries(questions) @ self.vectors.T,
            words=np.asarray((asked @ self.weights.T).toarray()),
        )


def standardize(scores: np.ndarray) -> np.ndarray:
    """Each row with mean 0 and standard deviation 1; a row of equal scores becomes zeros."""
    spread = scores.std(axis=1, keepdims=True)
    return np.asarray((scores - scores.mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1))
