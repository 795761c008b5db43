"""An encoder of six small layers with weights by chance, in the place of the installed ones."""

from __future__ import annotations

import numpy as np

from index.encoder.weights import BLOCK, Blocks, Sizes

SIZES = Sizes(hidden=32, layers=6, heads=2, inner=64, vocabulary=50, positions=40, types=2)


class SmallWeights:
    """As `index.encoder.weights.Weights`; a tensor's name decides its numbers."""

    sizes = SIZES
    epsilon = 1e-6

    def vectors(self, name: str, *shape: int) -> np.ndarray:
        if name.endswith("ln.w"):
            return np.ones(shape, np.float32)
        return self._chance(name).normal(0, 0.1, shape).astype(np.float32)

    def blocks(self, name: str, rows: int, columns: int) -> Blocks:
        nibbles = self._chance(name).integers(0, 16, (rows, columns)).astype(np.uint8)
        return Blocks(nibbles, np.full((rows, columns // BLOCK), 0.04, np.float32))

    @staticmethod
    def _chance(name: str) -> np.random.Generator:
        return np.random.default_rng(list(name.encode()))
