"""Kernel ridge regression against refitting by hand, and the gate."""

from __future__ import annotations

import numpy as np
import pytest

from index.search.likeness import MEANING_SHARE, combine, meaning_kernel
from index.search.ranker import LEAST, Ranker, fit
from index.search.ridge import RIDGE


def test_leave_one_out_is_what_refitting_without_the_row_gives() -> None:
    random = np.random.default_rng(7)
    points = random.normal(size=(12, 4))
    kernel = points @ points.T
    labels = np.eye(3)[np.arange(12) % 3]
    _, left_out = fit(kernel.copy(), labels, questions=9)
    for row in range(9):
        rest = np.delete(np.arange(12), row)
        system = kernel[np.ix_(rest, rest)] + RIDGE * np.eye(11)
        alone = kernel[row, rest] @ np.linalg.solve(system, labels[rest])
        np.testing.assert_allclose(left_out[row], alone, atol=1e-9)


def test_scores_are_the_kernel_times_the_coefficients() -> None:
    ranker, _ = fit(np.eye(2), np.array([[1.0, 0.0], [0.0, 1.0]]), questions=2)
    np.testing.assert_allclose(ranker.scores(np.eye(2)), np.eye(2) / (1 + RIDGE), rtol=1e-6)


def test_the_gate_gives_a_probability_from_best_and_out_of_scope_score() -> None:
    ranker = Ranker(np.zeros((1, 3)), np.array([0.0, 2.0, -2.0]), 3)
    found = ranker.answerable(np.array([[0.1, 1.0, 0.5], [0.0, 1.0, 0.0]]))
    np.testing.assert_allclose(found, [1 / (1 + np.exp(1.0)), 0.5])


def test_scores_below_what_tells_anything_change_nothing() -> None:
    ranker = Ranker(np.zeros((1, 3)), np.array([0.0, 2.0, -2.0]), 3)
    same = ranker.answerable(np.array([[0.0, LEAST, 0.0], [-0.5, -0.1, -0.9]]))
    np.testing.assert_allclose(same, [LEAST**2 / (1 + LEAST**2)] * 2)


def test_without_out_of_scope_questions_the_gate_still_compares() -> None:
    ranker, _ = fit(np.eye(2), np.array([[1.0, 0.0], [1.0, 0.0]]), questions=2)
    assert ranker.gate.tolist() == [5.0, 2.0, -5.0]


def test_likeness_of_meaning_and_words() -> None:
    assert meaning_kernel(np.array([1.0]))[0] == pytest.approx(1.0)
    assert combine(None, np.array([0.4]))[0] == 0.4
    assert combine(np.array([1.0]), np.array([0.4]))[0] == pytest.approx(MEANING_SHARE + (1 - MEANING_SHARE) * 0.4)
