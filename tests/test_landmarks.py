"""Regression on landmarks comes near the regression on all rows, as more rows are landmarks."""

from __future__ import annotations

from tempfile import TemporaryFile

import numpy as np
from scipy.sparse import csr_matrix

from index.search import landmarks
from index.search.factor import factorize
from index.search.landmarks import solve_by_landmarks
from index.search.order import Order
from index.search.ridge import RIDGE, Fitted, solve

ROWS = 240
GROUPS = np.concatenate([np.repeat(np.arange(20), 6), np.full(ROWS - 120, -1)])
ORDER = Order(np.arange(ROWS), GROUPS, 0)
POINTS = np.random.default_rng(4).normal(size=(ROWS, 3))
KERNEL = np.exp(-((POINTS[:, np.newaxis] - POINTS[np.newaxis]) ** 2).sum(axis=2) / 4)
LABELS = csr_matrix(np.eye(3)[(POINTS[:, 0] > 0).astype(int) + (POINTS[:, 1] > 0)])


def between(rows: np.ndarray, others: np.ndarray) -> np.ndarray:
    return np.array(KERNEL[np.ix_(rows, others)])


def exact() -> Fitted:
    with TemporaryFile() as file:
        factor = factorize(file, ROWS, lambda r, c: KERNEL[r, c].copy(), RIDGE, kind=np.float64)
        return solve(factor, LABELS, ORDER)


def worst(by: str, count: int) -> float:
    found = solve_by_landmarks(between, LABELS, ORDER, count)
    return float(np.abs(getattr(found, by) - getattr(exact(), by)).max())


def test_with_every_row_a_landmark_it_is_the_exact_fit() -> None:
    found = solve_by_landmarks(between, LABELS, ORDER, ROWS)
    np.testing.assert_allclose(KERNEL @ found.coefficients, KERNEL @ exact().coefficients, atol=0.01)
    assert max(worst("left_out", ROWS), worst("group_left_out", ROWS)) < 0.02


def test_more_landmarks_come_nearer_to_it() -> None:
    for by in ("left_out", "group_left_out"):
        few, more, most = worst(by, 10), worst(by, 40), worst(by, 160)
        assert few > 2 * more
        assert more > 2 * most


def test_leaving_out_is_what_fitting_without_the_rows_gives() -> None:
    """The landmarks stay what they are; the rows and groups that are left out teach nothing."""
    found = solve_by_landmarks(between, LABELS, ORDER, 30)
    chosen = np.sort(np.random.default_rng(0).choice(ROWS, 30, replace=False))
    own = KERNEL[np.ix_(chosen, chosen)] + landmarks.JITTER * np.eye(30)
    described = np.linalg.solve(np.linalg.cholesky(own), KERNEL[chosen]).T
    for rows, left_out in ((np.array([7]), found.left_out), (np.flatnonzero(GROUPS == 3), found.group_left_out)):
        rest = np.setdiff1d(np.arange(ROWS), rows)
        gram = described[rest].T @ described[rest] + RIDGE * np.eye(30)
        weights = np.linalg.solve(gram, described[rest].T @ LABELS[rest].toarray())
        np.testing.assert_allclose(left_out[rows], described[rows] @ weights, atol=1e-5)


def test_the_coefficients_of_all_but_the_landmarks_are_nothing() -> None:
    found = solve_by_landmarks(between, LABELS, ORDER, 30)
    assert np.count_nonzero(found.coefficients.any(axis=1)) == 30
