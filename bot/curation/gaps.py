"""What the answers lack: questions without an answer or with a bad one, those that ask alike together."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from index.search.embedding import embed_in_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.search.embedding import Embedder

# Mean distance (1 - likeness) up to which groups are joined. Of 400 pairs of curated questions that ask the same thing
# 75 % are as near by meaning, of 3,000 pairs on different clauses 1 %.
BY_MEANING, BY_WORDS = 0.75, 0.65
MOST = 400  # questions at once: the distances of all pairs are kept in memory


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that ask alike: their places in the list given, the one nearest to all others first."""

    members: tuple[int, ...]


class Vectors:
    """Embeddings of questions, those seen lately kept: a period is looked at several times."""

    def __init__(self, kept: int = 4000) -> None:
        self._kept = kept
        self._known: OrderedDict[str, np.ndarray] = OrderedDict()
        self._lock = Lock()

    def of(self, texts: Sequence[str], embedder: Embedder | None) -> np.ndarray | None:
        """Unit vectors of shape (texts, dimension); None without an embedder."""
        if embedder is None or not texts:
            return None
        with self._lock:
            new = [text for text in dict.fromkeys(texts) if text not in self._known]
            if new:
                rows = embed_in_blocks(new, embedder.queries, lambda _: None)
                self._known.update(zip(new, rows, strict=True))
            found = np.stack([self._known[text] for text in texts])
            while len(self._known) > self._kept:
                self._known.popitem(last=False)
        return found


class Remembering:
    """An embedder that asks for no question's vector twice, as long as ``vectors`` keeps it."""

    def __init__(self, embedder: Embedder, vectors: Vectors) -> None:
        self.name, self.dimension = embedder.name, embedder.dimension
        self.passages = embedder.passages
        self._embedder = embedder
        self._vectors = vectors

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        found = self._vectors.of(texts, self._embedder)
        return self._embedder.queries(texts) if found is None else found


def group(texts: Sequence[str], vectors: np.ndarray | None) -> list[Group]:
    """Put questions together by agglomerative clustering (mean distance), the largest group first.

    Args:
        texts: at most `MOST`.
        vectors: unit rows, one a text; None: by words alone.

    Raises:
        ValueError: too many texts.
    """
    if len(texts) > MOST:
        raise ValueError(f"{len(texts)} texts, at most {MOST}")
    if len(texts) < 2:  # nothing to compare
        return [Group((place,)) for place in range(len(texts))]
    # imported here: takes a second, and the page must answer before
    from sklearn.cluster import AgglomerativeClustering

    distances, limit = _distances(texts, vectors)
    clustering = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=limit
    )
    labels = clustering.fit_predict(distances)
    groups = [_ordered(np.flatnonzero(labels == label), distances) for label in range(int(labels.max()) + 1)]
    return sorted(groups, key=lambda one: (-len(one.members), one.members[0]))


def _distances(texts: Sequence[str], vectors: np.ndarray | None) -> tuple[np.ndarray, float]:
    from index import words
    from index.search.likeness import meaning_kernel

    if vectors is not None:
        likeness, limit = meaning_kernel(vectors @ vectors.T), BY_MEANING
    else:
        counts = words.count_ngrams(texts)
        rows = words.tf_idf(counts, words.inverse_document_frequency(counts))
        likeness, limit = (rows @ rows.T).toarray(), BY_WORDS
    distances = np.clip(1 - likeness.astype(np.float64), 0, 1)
    np.fill_diagonal(distances, 0)
    return distances, limit


def _ordered(members: np.ndarray, distances: np.ndarray) -> Group:
    sums = distances[np.ix_(members, members)].sum(axis=1)
    return Group(tuple(int(members[i]) for i in np.argsort(sums, kind="stable")))
