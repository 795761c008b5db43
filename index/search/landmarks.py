"""Kernel ridge regression on landmarks: some of the rows, to which all are compared, instead of each to each.

Nyström's method (Williams & Seeger 2001): a row is described by its likeness to the landmarks, and ridge regression on
that description is the same regression with a kernel of that rank; if all rows are landmarks it is the exact one. Its
left-out predictions are in closed form, from the leverage of each row or group of rows, and a row more or less changes
the result by a small system (`index.search.update`).

Measured with 27,000 rows: docs/encoder.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.linalg import cho_solve, cholesky, solve_triangular

from index.search.ranker import RIDGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scipy.sparse import csr_matrix

    Between = Callable[[np.ndarray, np.ndarray], np.ndarray]

LANDMARKS = 6_000
DOUBLE = 1_500  # landmarks up to which all is computed in 64 bits
JITTER, JITTER_DOUBLE = 1e-3, 1e-7  # on the landmarks' own kernel, so that it can be factorized
BATCH = 1024  # rows at a time


@dataclass(frozen=True, slots=True)
class Landmarks:
    """``places``: which rows they are, ascending.

    ``triangle``: the Cholesky factor of their kernel, ``gram``: that of the system; both of shape (landmarks,
    landmarks). A row is described by triangle⁻¹ times its likeness to the
    landmarks; the system is the sum of the descriptions' products and the ridge.
    """

    places: np.ndarray
    triangle: np.ndarray
    gram: np.ndarray

    def describe(self, likeness: np.ndarray) -> np.ndarray:
        """Shape (landmarks, rows), from a likeness to the landmarks of shape (rows, landmarks)."""
        kind = self.triangle.dtype
        return np.asarray(solve_triangular(self.triangle, likeness.T.astype(kind), lower=True, check_finite=False))

    def solve(self, columns: np.ndarray) -> np.ndarray:
        """The system's solution for columns of shape (landmarks, columns)."""
        return np.asarray(cho_solve((self.gram, True), columns.astype(self.gram.dtype), check_finite=False))

    def coefficients(self, weights: np.ndarray) -> np.ndarray:
        """What likeness to the landmarks is multiplied by, from weights of descriptions; both (landmarks, columns)."""
        return np.asarray(solve_triangular(self.triangle, weights, lower=True, trans=1, check_finite=False))


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was learnt of all rows. ``coefficients``: float32 of shape (landmarks, columns).

    ``left_out``: the scores of each row by what the other rows teach; ``group_left_out``: by what the rows outside of
    its group do. Both of the shape of the labels, (rows, columns).
    """

    coefficients: np.ndarray
    left_out: np.ndarray
    group_left_out: np.ndarray


def choose_landmarks(rows: int, count: int = LANDMARKS) -> np.ndarray:
    """The places of ``count`` of so many rows, ascending; always the same. All of them if there are no more."""
    return np.sort(np.random.default_rng(0).choice(rows, min(count, rows), replace=False))


def fit(
    between: Between, labels: csr_matrix, chosen: np.ndarray, groups: np.ndarray | None = None
) -> tuple[Fitted, Landmarks]:
    """Fit all columns of ``labels``, 0/1 and sparse of shape (rows, columns), at once.

    ``between(rows, others)``: the kernel of rows given by their places; of it the columns of the landmarks, which are
    ``chosen``, are needed. ``groups``: of shape (rows,), rows with equal numbers are left out together; negative: a row
    alone.
    """
    rows, count = labels.shape[0], len(chosen)
    kind: type[np.floating[Any]] = np.float64 if count <= DOUBLE else np.float32
    jitter = JITTER_DOUBLE if count <= DOUBLE else JITTER
    kernel = between(chosen, chosen).astype(kind)
    kernel[np.diag_indices(count)] += jitter
    gram: np.ndarray = np.zeros((count, count), kind)
    gram[np.diag_indices(count)] = RIDGE
    landmarks = Landmarks(chosen, cholesky(kernel, lower=True, overwrite_a=True, check_finite=False), gram)
    targets = np.zeros((count, labels.shape[1]), kind)
    for start in range(0, rows, BATCH):
        batch = np.arange(start, min(start + BATCH, rows))
        described = landmarks.describe(between(batch, chosen))
        gram += described @ described.T
        targets += (labels[batch].T @ described.T).T
    landmarks = Landmarks(chosen, landmarks.triangle, cholesky(gram, lower=True, overwrite_a=True, check_finite=False))
    weights = cho_solve((landmarks.gram, True), targets, overwrite_b=True, check_finite=False)
    left_out, group_left_out = _left_out(between, labels, landmarks, weights, groups)
    coefficients = landmarks.coefficients(weights).astype(np.float32)
    return Fitted(coefficients, left_out, group_left_out), landmarks


def _left_out(
    between: Between, labels: csr_matrix, landmarks: Landmarks, weights: np.ndarray, groups: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray]:
    """The scores of each row without it, and without its group."""
    alone = np.zeros(labels.shape, np.float32)
    without_group = alone if groups is None else np.zeros_like(alone)
    for batch, together in _batches(len(alone), groups):
        described = landmarks.describe(between(batch, landmarks.places))
        errors = described.T @ weights - labels[batch].toarray()
        spread = solve_triangular(landmarks.gram, described, lower=True, overwrite_b=True, check_finite=False)
        own = np.einsum("ij,ij->j", spread, spread)
        alone[batch] = _expected(errors / (1 - own)[:, np.newaxis], labels[batch])
        if groups is None:
            continue
        without_group[batch] = alone[batch]
        for group in together:
            leverage = np.eye(len(batch[group])) - spread[:, group].T @ spread[:, group]
            left = np.linalg.solve(leverage, errors[group])
            without_group[batch[group]] = _expected(left, labels[batch[group]])
    return alone, without_group


def _expected(errors: np.ndarray, labels: csr_matrix) -> np.ndarray:
    """Scores from ``errors``, which are overwritten, and what should have been found; of the same shape."""
    wanted = labels.tocoo()
    errors[wanted.row, wanted.col] += wanted.data
    return errors


def _batches(rows: int, groups: np.ndarray | None) -> Iterator[tuple[np.ndarray, list[slice]]]:
    """All rows, some `BATCH` at a time, no group in two parts; and where in each the groups of two or more are."""
    together = _groups(groups)
    alone = np.setdiff1d(np.arange(rows), np.concatenate([*together, np.array([], int)]))
    pieces = [*together, *(alone[start : start + BATCH] for start in range(0, len(alone), BATCH))]
    first = 0
    while first < len(pieces):
        ends = np.cumsum([0, *map(len, pieces[first : first + BATCH])])
        count = max(1, int(np.searchsorted(ends, BATCH, "right")) - 1)
        inside = range(min(count, max(0, len(together) - first)))
        yield np.concatenate(pieces[first : first + count]), [slice(ends[i], ends[i + 1]) for i in inside]
        first += count


def _groups(groups: np.ndarray | None) -> list[np.ndarray]:
    """The rows of each group of two or more, in ascending order."""
    if groups is None:
        return []
    order = np.argsort(groups, kind="stable")
    order = order[groups[order] >= 0]
    parts = np.split(order, np.flatnonzero(np.diff(groups[order])) + 1)
    return [np.sort(part) for part in parts if len(part) > 1]
