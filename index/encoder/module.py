"""The model folder as a sentence-transformers module, so that the package opens it as any other model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from sentence_transformers.base.modules import InputModule

from index.encoder.folder import CONFIG, GRAPH, TOKENIZER
from index.encoder.model import OnnxModel

if TYPE_CHECKING:
    from collections.abc import Sequence

_TEXTS = "texts"


class OnnxEncoder(InputModule):
    """`OnnxModel` as the first and only module of a ``SentenceTransformer``."""

    def __init__(self, model: OnnxModel) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._model = model

    @classmethod
    def load(cls, model_name_or_path: str, *_: Any, **__: Any) -> OnnxEncoder:  # noqa: ANN401
        """Open a folder that `index.encoder.folder` made."""
        return cls(OnnxModel(Path(model_name_or_path)))

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: object) -> dict[str, Any]:
        """The tokens of each text with its prompt."""
        return {_TEXTS: [self._model.token_ids(f"{prompt or ''}{text}") for text in inputs]}

    def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
        """Adds ``sentence_embedding``, float32 of shape (texts, dimension)."""
        vectors = self._model.encode_tokens(features[_TEXTS])
        return features | {"sentence_embedding": torch.from_numpy(vectors)}

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Copy the folder's files; their weights are never changed here."""
        for file in (GRAPH, TOKENIZER, CONFIG):
            (Path(output_path) / file).write_bytes((self._model.folder / file).read_bytes())

    def get_embedding_dimension(self) -> int:
        """Numbers in a vector: 384."""
        return self._model.dimension
