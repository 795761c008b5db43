"""What is learnt beside the ranker: left-out groups, classes of texts, the words of yes and no."""

from __future__ import annotations

from tempfile import TemporaryFile

import numpy as np
import pytest
from scipy import sparse

from index.search.factor import Factor, factorize
from index.search.gates import CUES, _fit, polarity_cues, probabilities
from index.search.likeness import Likeness, combine, meaning_kernel
from index.search.order import Order
from index.search.ridge import RIDGE, solve


def factor_of(kernel: np.ndarray, block: int = 5) -> Factor:
    part = lambda rows, columns: kernel[rows, columns].copy()  # noqa: E731
    return factorize(TemporaryFile(), len(kernel), part, RIDGE, block=block, kind=np.float64)


def test_a_group_left_out_is_what_refitting_without_it_gives() -> None:
    random = np.random.default_rng(3)
    points = random.normal(size=(12, 5))
    kernel = points @ points.T
    labels = np.eye(3)[np.arange(12) % 3]
    groups = np.array([0, 0, 0, 1, 1, -1, -1, 2, 2, 2, 2, -1])
    found = solve(factor_of(kernel), sparse.csr_matrix(labels), Order(np.arange(12), groups, 0)).group_left_out
    for group in (0, 1, 2):
        out = np.flatnonzero(groups == group)
        rest = np.setdiff1d(np.arange(12), out)
        system = kernel[np.ix_(rest, rest)] + RIDGE * np.eye(len(rest))
        alone = kernel[np.ix_(out, rest)] @ np.linalg.solve(system, labels[rest])
        np.testing.assert_allclose(found[out], alone, atol=1e-9)


def test_a_row_of_no_group_is_left_out_alone() -> None:
    points = np.random.default_rng(5).normal(size=(9, 4))
    labels = sparse.csr_matrix(np.eye(2)[np.arange(9) % 2])
    groups = np.array([0, 0, 0, -1, 1, -1, -1, -1, -1])
    found = solve(factor_of(points @ points.T, 4), labels, Order(np.arange(9), groups, 0))
    alone = [3, 4, 5, 6, 7, 8]
    np.testing.assert_array_equal(found.group_left_out[alone], found.left_out[alone])
    assert np.abs(found.group_left_out[:3] - found.left_out[:3]).min() > 1e-6


@pytest.mark.parametrize("first", [0, 3, 7, 11])
def test_rows_before_the_first_that_is_left_out_are_left_out_of_nothing(first: int) -> None:
    points = np.random.default_rng(8).normal(size=(12, 5))
    labels = sparse.csr_matrix(np.eye(3)[np.arange(12) % 3])
    groups = np.array([0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, -1])
    factor = factor_of(points @ points.T)
    whole, last = (
        solve(factor, labels, Order(np.arange(12), groups, 0)),
        solve(factor, labels, Order(np.arange(12), groups, first)),
    )
    np.testing.assert_allclose(last.left_out, whole.left_out[first:], atol=1e-9)
    np.testing.assert_allclose(last.group_left_out, whole.group_left_out[first:], atol=1e-9)


def test_likeness_of_all_rows_is_that_of_each_pair() -> None:
    random = np.random.default_rng(11)
    rows = sparse.random(40, 3000, density=0.02, format="csr", dtype=np.float32, rng=random)
    vectors = random.normal(size=(40, 6)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    wanted = combine(meaning_kernel(vectors @ vectors.T), (rows @ rows.T).toarray())
    likeness, some = Likeness(rows, vectors), np.array([3, 30, 7])
    np.testing.assert_allclose(likeness.between(slice(10, 40), slice(0, 40)), wanted[10:], atol=1e-5)
    np.testing.assert_allclose(likeness.between(some, some + 1), wanted[np.ix_(some, some + 1)], atol=1e-5)
    by_words = Likeness(rows).between(slice(0, 40), slice(0, 9))
    np.testing.assert_allclose(by_words, (rows @ rows.T).toarray()[:, :9], atol=1e-5)


def test_a_class_without_an_example_is_never_likely() -> None:
    signals = np.array([[0.0], [0.1], [0.9], [1.0]])
    weights = _fit(signals, np.array([0, 0, 2, 2]), 4)
    found = probabilities(weights, signals)
    assert found.argmax(axis=1).tolist() == [0, 0, 2, 2]
    assert found[:, [1, 3]].max() < 1e-9
    assert probabilities(_fit(signals, np.array([1, 1, 1, 1]), 4), signals)[:, 1].min() > 0.99


def test_a_number_that_the_clause_lacks_is_told_from_one_that_it_has() -> None:
    clause = "“회사”의 누적 배상책임 한도는 최근 12개월 동안 지급한 이용료 총액을 초과하지 않습니다."
    assert polarity_cues("한도가 12개월 요금이죠?", clause)[-2:] == [0.0, 1.0]
    assert polarity_cues("한도가 3개월 요금이죠?", clause)[-2:] == [1.0, 0.0]
    assert len(polarity_cues("", clause)) == CUES
