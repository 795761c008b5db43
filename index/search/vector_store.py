"""Vectors by FAISS; the only module that imports it. Saved in FAISS's own file, never pickled."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import faiss
import numpy as np

from index.errors import StoreError
from index.search.cosines import Cosines

if TYPE_CHECKING:
    from pathlib import Path


class VectorStore:
    """Unit vectors, found by inner product: the score is the cosine, larger is nearer."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def of(cls, vectors: np.ndarray) -> VectorStore:
        """Hold ``vectors``, float32 of shape (items, dimension), rows of length one."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    def search(self, queries: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        """Cosines and item numbers of the ``k`` nearest, best first, both of shape (queries, k').

        k' is the smaller of ``k`` and the number of items.
        """
        k = min(k, len(self))
        if not k:
            empty = np.zeros((len(queries), 0))
            return empty.astype(np.float32), empty.astype(np.int64)
        cosines, items = self._index.search(np.ascontiguousarray(queries, dtype=np.float32), k)
        return np.asarray(cosines), np.asarray(items)

    def cosines(self, queries: np.ndarray) -> np.ndarray:
        """Of ``queries`` to all vectors in their order, float32 of shape (queries, items), exact to 0.0001."""
        return self._cosines.of(queries)

    @cached_property
    def _cosines(self) -> Cosines:
        return Cosines(self.vectors())

    def vectors(self, first: int = 0) -> np.ndarray:
        """A copy of the vectors from the ``first`` on, in order, float32 of shape (items - first, dimension)."""
        return np.asarray(self._index.reconstruct_n(first, len(self) - first), dtype=np.float32)

    def at(self, items: np.ndarray) -> np.ndarray:
        """The vectors of ``items``, int of any shape; float32 of that shape, then (dimension,)."""
        found = self._index.reconstruct_batch(np.ascontiguousarray(items.ravel(), dtype=np.int64))
        return np.asarray(found, dtype=np.float32).reshape(*items.shape, self.dimension)

    def write(self, path: Path) -> None:
        path.write_bytes(faiss.serialize_index(self._index).tobytes())

    @classmethod
    def read(cls, path: Path) -> VectorStore:
        """Read what `write` wrote. Raises StoreError on anything else."""
        try:
            data = np.frombuffer(path.read_bytes(), dtype=np.uint8)
            return cls(faiss.deserialize_index(data))
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{path}: 벡터 색인을 읽을 수 없습니다.") from error
