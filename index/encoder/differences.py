"""What training adds to the installed weights: for some matrices a product of two thin ones ("LoRA", Hu et al. 2021).

They are in one small file, ``data/encoder/differences.safetensors``, which `python -m index train` writes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from index.errors import EmbeddingError
from index.files import replace_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

RECIPE = "recipe"
_LEFT, _RIGHT = ".b", ".a"
_DIGITS = 12  # of the digest that names a file


@dataclass(frozen=True, slots=True)
class Differences:
    """``matrices``: by the name of a weight, B of shape (rows, rank) and A of shape (rank, columns).

    ``digest``: of the file, "" for none. ``recipe``: how they were learnt.
    """

    digest: str = ""
    matrices: Mapping[str, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)
    recipe: Mapping[str, Any] = field(default_factory=dict)

    def add(self, name: str, matrix: np.ndarray) -> np.ndarray:
        """``matrix`` of shape (rows, columns) with what was learnt for the weight ``name``.

        Raises:
            EmbeddingError: what was learnt is for a matrix of another shape.
        """
        if name not in self.matrices:
            return matrix
        left, right = self.matrices[name]
        added = left @ right
        if added.shape != matrix.shape:
            raise EmbeddingError(f"훈련한 차이가 이 모델의 것이 아닙니다: {name} {added.shape}, 모델은 {matrix.shape}.")
        return np.asarray(matrix + added, matrix.dtype)


def read_differences(path: Path) -> Differences:
    """What the file holds; no differences at all if there is no such file.

    Raises:
        EmbeddingError: it cannot be read, or is no such file.
    """
    if not path.exists():
        return Differences()
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:_DIGITS]
        with safe_open(path, "np") as file:
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  # no mapping
            recipe = json.loads((file.metadata() or {}).get(RECIPE, "{}"))
        names = dict.fromkeys(name.removesuffix(_LEFT).removesuffix(_RIGHT) for name in tensors)
        wide = {name: tensor.astype(np.float32) for name, tensor in tensors.items()}
        matrices = {name: (wide[name + _LEFT], wide[name + _RIGHT]) for name in names}
    except (OSError, SafetensorError, ValueError, KeyError) as error:
        raise EmbeddingError(f"{path}: 훈련한 차이를 읽을 수 없습니다.") from error
    return Differences(digest, matrices, recipe)


def write_differences(
    path: Path, matrices: Mapping[str, tuple[np.ndarray, np.ndarray]], recipe: Mapping[str, Any]
) -> None:
    """Write the whole file, in 16 bits, or leave it as it was. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tensors = {}
    for name, (left, right) in matrices.items():
        tensors[name + _LEFT], tensors[name + _RIGHT] = left.astype(np.float16), right.astype(np.float16)
    replace_file(path, save(tensors, {RECIPE: json.dumps(recipe, ensure_ascii=False)}))
