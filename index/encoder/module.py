"""The model folder as a sentence-transformers module: texts → tokens → onnxruntime → unit vectors."""

from __future__ import annotations

import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import onnxruntime
import torch
from sentence_transformers.base.modules import InputModule
from tokenizers import Tokenizer

from index.encoder.folder import CONFIG, GRAPH, TOKENIZER, read_config
from index.encoder.graph import IDS, MEAN

if TYPE_CHECKING:
    from collections.abc import Sequence

MANY = 16  # texts in one call, from which all cores work on it: an index is made so, an answer never asks for as many
_SPACES = re.compile(" {2,}")
_TEXTS = "texts"


class OnnxEncoder(InputModule):
    """Texts to unit vectors, with the prompt before each. Safe to call from several threads.

    Each text is run by itself: nothing is gained by batches on a processor (4.8 ms a text instead of 5.1), while
    quantized activations, which share a scale, would make a text's vector depend on its neighbours (by up to 0.02).
    A text longer than the model sees at once is read in windows, whose means are weighted by their tokens.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        config = cast("dict[str, Any]", read_config(folder))
        self._folder = folder
        self._begin, self._end, self._unknown = config["begin"], config["end"], config["unknown"]
        self._hidden: int = config["hidden"]
        self._room: int = config["positions"] - 2  # begin and end of each window take one each
        self._normalization = str.maketrans(config["normalization"])
        self.tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        options = onnxruntime.SessionOptions()
        # one thread a call: several callers share the cores, none of them starves another
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(folder / GRAPH), options, providers=["CPUExecutionProvider"])

    @classmethod
    def load(cls, model_name_or_path: str, *_: Any, **__: Any) -> OnnxEncoder:  # noqa: ANN401
        """Open a folder that `index.encoder.folder` made."""
        return cls(Path(model_name_or_path))

    def token_ids(self, text: str) -> list[int]:
        """The tokens of a text with its prompt, without begin and end."""
        known = _SPACES.sub(" ", text.translate(self._normalization))
        found = self.tokenizer.encode(known, add_special_tokens=False)
        # the library takes a run of unknown characters for one token, the weights were measured with one for each
        lengths = [
            end - start if token == self._unknown else 1
            for token, (start, end) in zip(found.ids, found.offsets, strict=True)
        ]
        return [token for token, length in zip(found.ids, lengths, strict=True) for _ in range(length)]

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: object) -> dict[str, Any]:
        """The tokens of each text with its prompt."""
        return {_TEXTS: [self.token_ids(f"{prompt or ''}{text}") for text in inputs]}

    def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
        """Adds ``sentence_embedding``, float32 of shape (texts, hidden)."""
        texts = features[_TEXTS]
        if len(texts) < MANY:
            vectors = [self._encode(tokens) for tokens in texts]
        else:
            with ThreadPoolExecutor(os.cpu_count()) as cores:
                vectors = list(cores.map(self._encode, texts))
        return features | {"sentence_embedding": torch.from_numpy(np.stack(vectors))}

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Copy the folder's files; their weights are never changed here."""
        for file in (GRAPH, TOKENIZER, CONFIG):
            (Path(output_path) / file).write_bytes((self._folder / file).read_bytes())

    def get_embedding_dimension(self) -> int:
        """Numbers in a vector: 384."""
        return self._hidden

    def windows(self, text: str) -> list[list[int]]:
        """The tokens of a text with its prompt as the model sees them: with begin and end, in one window or more."""
        return self._windows(self.token_ids(text))

    def _windows(self, tokens: list[int]) -> list[list[int]]:
        starts = range(0, max(len(tokens), 1), self._room)
        return [[self._begin, *tokens[start : start + self._room], self._end] for start in starts]

    def _encode(self, tokens: list[int]) -> np.ndarray:
        total = np.zeros(self._hidden, np.float32)
        for window in self._windows(tokens):
            (mean,) = self._session.run([MEAN], {IDS: np.array([window], np.int64)})
            total += max(len(window) - 2, 1) * mean[0]
        return total / max(float(np.linalg.norm(total)), 1e-12)
