"""Kernel ridge regression on some of the rows, for collections too large to compare every row with every other one.

Nyström's method (Williams & Seeger 2001): a row is described by its likeness to ``count`` rows chosen by chance, the
landmarks, and ridge regression on that description is the same regression with a kernel of that rank. It has its
left-out predictions in closed form as well, from the leverage of each row or group of rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import cho_solve, cholesky, solve_triangular

from index.search.ridge import BATCH, RIDGE, Fitted, left_out_scores

if TYPE_CHECKING:
    from collections.abc import Callable

    from scipy.sparse import csr_matrix

    from index.search.order import Order

    Between = Callable[[np.ndarray, np.ndarray], np.ndarray]

# With 27,089 rows, of which all can be compared: of 1,300 answerable questions that are not in the data the right
# paragraph first for 0.906, area under the curve of "is there an answer" 0.972; with 6,000 landmarks 0.892 and 0.960.
# The time of the exact fit grows with the third power of the rows, its file with the second: of 30,000 rows 1.8 GB.
EXACT_ROWS = 30_000
LANDMARKS = 6_000
# of the ranker by words, which answers where the model cannot be loaded: first for 0.755 of the same rows, 0.774 with
# 6,000, which take four times as long
FEW = 2_500
JITTER = 1e-3  # on the landmarks' own kernel, so that float32 can factorize it


def solve_by_landmarks(between: Between, labels: csr_matrix, order: Order, count: int = LANDMARKS) -> Fitted:
    """As `index.search.ranker.solve`; the coefficients of what is no landmark are 0.

    ``between(rows, others)``: the kernel of rows given by places in ``order``, of which ``count`` columns are made.
    """
    rows = labels.shape[0]
    chosen = np.sort(np.random.default_rng(0).choice(rows, min(count, rows), replace=False))
    described = _Described.by(between, chosen)
    gram = np.zeros((len(chosen), len(chosen)), described.triangle.dtype)
    targets = np.zeros((len(chosen), labels.shape[1]), gram.dtype)
    for start in range(0, rows, BATCH):
        batch = np.arange(start, min(start + BATCH, rows))
        columns = described.columns(batch)
        gram += columns @ columns.T
        targets += (labels[batch].T @ columns.T).T
    gram[np.diag_indices_from(gram)] += RIDGE
    factor = cholesky(gram, lower=True, overwrite_a=True, check_finite=False)
    weights = cho_solve((factor, True), targets, overwrite_b=True, check_finite=False)
    left_out = np.zeros((rows - order.first, labels.shape[1]), np.float32)
    group_left_out = np.zeros_like(left_out)
    for part, together in order.batches(BATCH):
        columns, wanted = described.columns(np.arange(part.start, part.stop)), labels[part].toarray()
        errors = wanted - columns.T @ weights
        spread = solve_triangular(factor, columns, lower=True, overwrite_b=True, check_finite=False)
        kept = np.eye(spread.shape[1]) - spread.T @ spread  # 1 - leverage
        place = slice(part.start - order.first, part.stop - order.first)
        left_out[place], group_left_out[place] = left_out_scores(kept, errors, wanted, together)
    coefficients = np.zeros(labels.shape, np.float32)
    coefficients[chosen] = solve_triangular(described.triangle, weights, lower=True, trans=1, check_finite=False)
    return Fitted(coefficients, left_out, group_left_out)


@dataclass(frozen=True, slots=True)
class _Described:
    """``triangle``: the Cholesky factor of the kernel of the landmarks ``chosen``."""

    between: Between
    chosen: np.ndarray
    triangle: np.ndarray

    @classmethod
    def by(cls, between: Between, chosen: np.ndarray) -> _Described:
        kernel = between(chosen, chosen)
        kernel[np.diag_indices_from(kernel)] += JITTER
        return cls(between, chosen, cholesky(kernel, lower=True, overwrite_a=True, check_finite=False))

    def columns(self, rows: np.ndarray) -> np.ndarray:
        """What describes these rows, of shape (landmarks, rows): their products are the kernel, about."""
        alike = self.between(rows, self.chosen).T
        return np.asarray(solve_triangular(self.triangle, alike, lower=True, overwrite_b=True, check_finite=False))
