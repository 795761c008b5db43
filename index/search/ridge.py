"""Kernel ridge regression of all rows at once, and what each row is given by what the others teach.

Its left-out predictions have a closed form (Rasmussen & Williams 2006, "Gaussian Processes for Machine Learning", eq.
5.12), for a group of rows as for one: with A = kernel + ridge and coefficients c = A⁻¹ y it is y - (A⁻¹ in the group)⁻¹
c.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scipy.sparse import csr_matrix

    from index.search.factor import Factor
    from index.search.order import Order

RIDGE = 0.1  # flat within ±30 % (docs/encoder.md)
BATCH = 1024  # rows that are left out at a time


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was learnt of all rows, in their `Order`. ``coefficients``: float32 of shape (rows, columns).

    Of the rows that are left out, shape (rows - first, columns): ``left_out``: the scores of each by what the other
    rows teach; ``group_left_out``: by what the rows outside of its group do.
    """

    coefficients: np.ndarray
    left_out: np.ndarray
    group_left_out: np.ndarray


def solve(factor: Factor, labels: csr_matrix, order: Order) -> Fitted:
    """Fit all columns of ``labels``, 0/1 and sparse of shape (rows, columns), at once.

    The rows of ``factor`` and ``labels`` are in this ``order``.
    """
    coefficients = factor.apply(labels.toarray())
    left_out = np.zeros((factor.rows - order.first, labels.shape[1]), factor.kind)
    group_left_out = np.zeros_like(left_out)
    for rows, together in order.batches(BATCH):
        inverse, wanted = factor.inverse(rows), labels[rows].toarray()
        place = slice(rows.start - order.first, rows.stop - order.first)
        left_out[place], group_left_out[place] = left_out_scores(inverse, coefficients[rows], wanted, together)
    return Fitted(coefficients.astype(np.float32, copy=False), left_out, group_left_out)


def left_out_scores(
    inverse: np.ndarray, coefficients: np.ndarray, labels: np.ndarray, together: Sequence[slice]
) -> tuple[np.ndarray, np.ndarray]:
    """What others teach of some rows: of each alone, and of each group of rows ``together``; both shaped as ``labels``.

    ``inverse``: of kernel and ridge in these rows and columns.
    """
    alone = labels - coefficients / np.diagonal(inverse)[:, np.newaxis]
    in_groups = alone.copy()
    for group in together:
        in_groups[group] = labels[group] - np.linalg.solve(inverse[group, group], coefficients[group])
    return alone, in_groups
