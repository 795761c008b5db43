"""The model folder at work: texts → tokens → onnxruntime → unit vectors."""

from __future__ import annotations

import os
import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import onnxruntime
from sentencepiece import SentencePieceProcessor

from index.encoder.folder import GRAPH, TOKENIZER, read_config
from index.encoder.graph import IDS, MEAN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MANY = 16  # texts in one call, from which all cores work on it: an index is made so, an answer never asks for as many
_SPACES = re.compile(" {2,}")


class OnnxModel:
    """Texts to unit vectors of ``dimension`` numbers. Safe to call from several threads.

    Each text is run by itself: nothing is gained by batches on a processor (4.8 ms a text instead of 5.1), while
    quantized activations, which share a scale, would make a text's vector depend on its neighbours (by up to 0.02).
    A text longer than the model sees at once is read in windows, whose means are weighted by their tokens.
    """

    def __init__(self, folder: Path) -> None:
        """Open a folder that `index.encoder.folder` made. Raises EmbeddingError."""
        config = cast("dict[str, Any]", read_config(folder))
        self.folder = folder
        self._begin, self._end, self._unknown = config["begin"], config["end"], config["unknown"]
        self.dimension: int = config["hidden"]
        self._room: int = config["positions"] - 2  # begin and end of each window take one each
        self._normalization = str.maketrans(config["normalization"])
        # of 250,000 pieces it takes 50 MB; the package `tokenizers` takes 280
        self.tokenizer = SentencePieceProcessor(model_proto=(folder / TOKENIZER).read_bytes())
        options = onnxruntime.SessionOptions()
        # one thread a call: several callers share the cores, none of them starves another
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(folder / GRAPH), options, providers=["CPUExecutionProvider"])

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Float32 of shape (texts, dimension), from texts with their prompts."""
        return self.encode_tokens([self.token_ids(text) for text in texts])

    def encode_tokens(self, texts: Sequence[list[int]]) -> np.ndarray:
        """As `encode`, from `token_ids`."""
        if len(texts) < MANY:
            vectors = [self._encode(tokens) for tokens in texts]
        else:
            with ThreadPoolExecutor(os.cpu_count()) as cores:
                vectors = list(cores.map(self._encode, texts))
        return np.stack(vectors) if vectors else np.zeros((0, self.dimension), np.float32)

    def token_ids(self, text: str) -> list[int]:
        """The tokens of a text with its prompt, without begin and end."""
        known = _SPACES.sub(" ", text.translate(self._normalization))
        tokens: list[int] = self.tokenizer.encode(known)
        if self._unknown not in tokens:
            return tokens
        # the library takes a run of unknown characters for one token, the weights were measured with one for each
        pieces = zip(tokens, self.tokenizer.encode(known, out_type=str), strict=True)
        return [token for token, piece in pieces for _ in range(len(piece) if token == self._unknown else 1)]

    def windows(self, text: str) -> list[list[int]]:
        """The tokens of a text with its prompt as the model sees them: with begin and end, in one window or more."""
        return self._windows(self.token_ids(text))

    def _windows(self, tokens: list[int]) -> list[list[int]]:
        starts = range(0, max(len(tokens), 1), self._room)
        return [[self._begin, *tokens[start : start + self._room], self._end] for start in starts]

    def _encode(self, tokens: list[int]) -> np.ndarray:
        total = np.zeros(self.dimension, np.float32)
        for window in self._windows(tokens):
            (mean,) = self._session.run([MEAN], {IDS: np.array([window], np.int64)})
            total += max(len(window) - 2, 1) * mean[0]
        return total / max(float(np.linalg.norm(total)), 1e-12)
