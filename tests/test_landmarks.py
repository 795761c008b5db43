"""Regression on landmarks: the exact one if all rows are, near it as more of them are, and what is left out."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from index.search import landmarks
from index.search.landmarks import Fitted, choose_landmarks, fit
from index.search.ranker import RIDGE

ROWS = 240
GROUPS = np.concatenate([np.repeat(np.arange(20), 6), np.full(ROWS - 120, -1)])
POINTS = np.random.default_rng(4).normal(size=(ROWS, 3))
KERNEL = np.exp(-((POINTS[:, np.newaxis] - POINTS[np.newaxis]) ** 2).sum(axis=2) / 4)
LABELS = csr_matrix(np.eye(3)[(POINTS[:, 0] > 0).astype(int) + (POINTS[:, 1] > 0)])
SYSTEM = KERNEL + RIDGE * np.eye(ROWS)


def between(rows: np.ndarray, others: np.ndarray) -> np.ndarray:
    return np.array(KERNEL[np.ix_(rows, others)])


def fitted(count: int = ROWS) -> Fitted:
    return fit(between, LABELS, choose_landmarks(ROWS, count), GROUPS)[0]


def without(rows: np.ndarray) -> np.ndarray:
    """What all the other rows teach of these."""
    rest = np.setdiff1d(np.arange(ROWS), rows)
    return np.asarray(KERNEL[np.ix_(rows, rest)] @ np.linalg.solve(SYSTEM[np.ix_(rest, rest)], LABELS[rest].toarray()))


def worst(count: int) -> float:
    found = fitted(count).left_out
    return max(float(np.abs(found[[row]] - without(np.array([row]))).max()) for row in range(0, ROWS, 7))


@pytest.mark.parametrize("double", [10, landmarks.DOUBLE])
def test_with_every_row_a_landmark_it_is_the_exact_fit(monkeypatch: pytest.MonkeyPatch, double: int) -> None:
    """In 64 bits next to exactly, in 32 bits as near as its numbers go."""
    monkeypatch.setattr(landmarks, "DOUBLE", double)
    near = 1e-5 if double > ROWS else 0.02
    found = fitted()
    exact = KERNEL @ np.linalg.solve(SYSTEM, LABELS.toarray())
    np.testing.assert_allclose(KERNEL @ found.coefficients, exact, atol=near)
    np.testing.assert_allclose(found.left_out[[7]], without(np.array([7])), atol=near)
    group = np.flatnonzero(GROUPS == 3)
    np.testing.assert_allclose(found.group_left_out[group], without(group), atol=near)


def test_a_row_of_no_group_is_left_out_alone() -> None:
    found, alone = fitted(), np.flatnonzero(GROUPS < 0)
    np.testing.assert_array_equal(found.group_left_out[alone], found.left_out[alone])
    assert np.abs(found.group_left_out - found.left_out)[GROUPS == 3].min() > 1e-6


def test_more_landmarks_come_nearer_to_it() -> None:
    few, more, most = worst(10), worst(40), worst(160)
    assert few > 2 * more
    assert more > 2 * most


def test_leaving_out_is_what_fitting_without_the_rows_gives() -> None:
    """The landmarks stay what they are; the rows and groups that are left out teach nothing."""
    chosen = choose_landmarks(ROWS, 30)
    found = fitted(30)
    own = KERNEL[np.ix_(chosen, chosen)] + landmarks.JITTER_DOUBLE * np.eye(30)
    described = np.linalg.solve(np.linalg.cholesky(own), KERNEL[chosen]).T
    for rows, left_out in ((np.array([7]), found.left_out), (np.flatnonzero(GROUPS == 3), found.group_left_out)):
        rest = np.setdiff1d(np.arange(ROWS), rows)
        gram = described[rest].T @ described[rest] + RIDGE * np.eye(30)
        weights = np.linalg.solve(gram, described[rest].T @ LABELS[rest].toarray())
        np.testing.assert_allclose(left_out[rows], described[rows] @ weights, atol=1e-5)


def test_the_coefficients_are_those_of_the_landmarks() -> None:
    found, _ = fit(between, LABELS, choose_landmarks(ROWS, 30))
    assert found.coefficients.shape == (30, 3)
    assert found.coefficients.dtype == np.float32
