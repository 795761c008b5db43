"""Texts → unit vectors: the model that is set, and what one question may cost of it.

The bundled model is multilingual-e5-small (Wang et al. 2024, "Multilingual E5 Text Embeddings"), see `index.encoder`;
any other name or folder is given to ``SentenceTransformer`` as it is.

What goes beyond that is searched by its words alone, which cost next to nothing.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from index.encoder.differences import Differences, read_differences
from index.encoder.folder import PROMPTS, open_folder
from index.encoder.model import OnnxModel
from index.errors import EmbeddingError, StoreError
from index.settings import BUNDLED, EXACT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sentence_transformers import SentenceTransformer

    from index.encoder.folder import Precision
    from index.settings import IndexSettings

ENCODER = Path("var/encoder")
PRECISIONS: dict[str, Precision] = {BUNDLED: "int8", EXACT: "fp32"}
_FULL_NAMES = {name: f"multilingual-e5-small-{precision}" for name, precision in PRECISIONS.items()}
MAX_CHARACTERS = 1000  # attention grows with the square of a text; a clause has at most some hundreds
BATCH_SIZE = 32
BLOCK = 64  # texts between two reports of progress
_DEAR = re.compile(r"[^가-힣A-Za-z\s]")


class Embedder(Protocol):
    """Texts to unit vectors: float32 arrays of shape (number of texts, dimension)."""

    name: str
    dimension: int

    def queries(self, texts: Sequence[str]) -> np.ndarray: ...
    def passages(self, texts: Sequence[str]) -> np.ndarray: ...


class BundledEmbedder:
    """An `Embedder` on the bundled model, which onnxruntime runs. Safe to call from several threads.

    ``SentenceTransformer`` gives the same vectors of the same folder, but importing it takes 280 MB and half of the
    time that a start may take.
    """

    def __init__(self, model: OnnxModel, name: str) -> None:
        self.name, self.dimension = name, model.dimension
        self._model = model

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        """Embed questions; each is cut at `MAX_CHARACTERS` first."""
        return self._model.encode([PROMPTS["query"] + text for text in _limited(texts)])

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        """Embed passages; each is cut at `MAX_CHARACTERS` first."""
        return self._model.encode([PROMPTS["document"] + text for text in _limited(texts)])


class SentenceEmbedder:
    """An `Embedder` on any other sentence-transformers model. Safe to call from several threads."""

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
    texts: Sequence[str],
    encode: Callable[[Sequence[str]], np.ndarray],
    progress: Callable[[int], object],
    threads: int = 1,
) -> np.ndarray:
    """``encode(texts)`` block by block, so many at once; ``progress`` gets the number of texts of each that is done."""
    parts = [texts[start : start + BLOCK] for start in range(0, len(texts), BLOCK)]
    blocks = []
    alone = min(threads, len(parts)) == 1
    with ThreadPoolExecutor(threads) as pool:
        for block in map(encode, parts) if alone else pool.map(encode, parts):
            blocks.append(block)
            progress(len(block))
    return np.concatenate(blocks)


def trained_differences(settings: IndexSettings) -> Differences:
    """What training added to the model that is set: nothing to any but the bundled one. Raises EmbeddingError."""
    return read_differences(settings.differences) if settings.embedding in PRECISIONS else Differences()


def full_name(name: str, differences: Differences = Differences()) -> str:  # noqa: B008  # frozen
    """The name that the manifest holds for the setting ``name``."""
    return "+".join(filter(None, [_FULL_NAMES.get(name, name), differences.digest]))


def load_embedder(
    name: str = BUNDLED,
    folder: Path = ENCODER,
    differences: Differences = Differences(),  # noqa: B008  # frozen
) -> Embedder:
    """Load a model (the bundled one in half a second; another one with sentence-transformers in 3–5 s).

    ``folder``: where the bundled one is kept, see `index.encoder`; ``differences``: what training added to it.

    Raises:
        EmbeddingError: the model or its package is not there; the message holds ``name`` and the cause.
    """
    if Path(name).is_absolute() and not Path(name).is_dir():  # told before what takes seconds to import
        raise EmbeddingError(f"임베딩 모델을 읽지 못했습니다: {name}: 그런 폴더가 없습니다.")
    try:
        if name in PRECISIONS:
            model = OnnxModel(open_folder(folder, PRECISIONS[name], differences))
            return BundledEmbedder(model, full_name(name, differences))
        from sentence_transformers import SentenceTransformer

        return SentenceEmbedder(SentenceTransformer(name), name)
    except (ImportError, OSError, RuntimeError, ValueError, StoreError) as error:
        cause = " ".join(str(error).split())[:200]
        raise EmbeddingError(f"임베딩 모델을 읽지 못했습니다: {name}: {cause}") from error


def _limited(texts: Sequence[str]) -> list[str]:
    return [text[:MAX_CHARACTERS] for text in texts]


class Sparing:
    """An `Embedder` over another one, for a single question and its history; not shared by threads."""

    def __init__(self, embedder: Embedder, allowed: int, known: dict[str, np.ndarray] | None = None) -> None:
        self.name = embedder.name
        self.dimension = embedder.dimension
        self._embedder = embedder
        self._known = {} if known is None else known
        self._left = allowed

    def aside(self, allowed: int) -> Sparing:
        """Another allowance, so many characters, over the same texts: what one of them paid for both know."""
        return Sparing(self._embedder, allowed, self._known)

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors as the other one's; zeros for what cannot be afforded."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known and self._pays(text)]
        if new:
            self._known.update(zip(new, self._embedder.queries(new), strict=True))
        nothing = np.zeros(self.dimension, np.float32)
        return np.stack([self._known.get(text, nothing) for text in texts])

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        """Of the terms, which are no customer's: not counted."""
        return self._embedder.passages(texts)

    def _pays(self, text: str) -> bool:
        cost = cost_of(text)
        if cost > self._left:
            return False
        self._left -= cost
        return True


def cost_of(text: str) -> int:
    """Characters; those that are neither Hangul nor Latin letters count thrice: each is a token of its own."""
    return len(text) + 2 * len(_DEAR.findall(text))
