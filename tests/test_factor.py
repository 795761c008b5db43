"""The factor in its file, block by block, against solving by hand."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.linalg import LinAlgError

from index.search.factor import Factor, factorize

if TYPE_CHECKING:
    from pathlib import Path

RIDGE = 0.1


def kernel_of(rows: int, seed: int = 1) -> np.ndarray:
    points = np.random.default_rng(seed).normal(size=(rows, 5))
    return np.asarray(points @ points.T)


def made(kernel: np.ndarray, block: int) -> Factor:
    return factorize(
        TemporaryFile(),
        len(kernel),
        lambda rows, columns: kernel[rows, columns].copy(),
        RIDGE,
        block=block,
        kind=np.float64,
    )


@pytest.mark.parametrize("rows", [1, 7, 8, 9, 24, 37])
def test_applying_it_is_solving_the_system(rows: int) -> None:
    kernel = kernel_of(rows)
    columns = np.random.default_rng(2).normal(size=(rows, 3))
    wanted = np.linalg.solve(kernel + RIDGE * np.eye(rows), columns)
    np.testing.assert_allclose(made(kernel, 8).apply(columns), wanted, atol=1e-9)


@pytest.mark.parametrize(("start", "stop"), [(0, 37), (5, 20), (8, 16), (20, 37), (36, 37)])
def test_a_part_of_the_inverse(start: int, stop: int) -> None:
    kernel = kernel_of(37)
    wanted = np.linalg.inv(kernel + RIDGE * np.eye(37))[start:stop, start:stop]
    np.testing.assert_allclose(made(kernel, 8).inverse(slice(start, stop)), wanted, atol=1e-8)


def test_the_size_of_the_blocks_changes_nothing() -> None:
    kernel, columns = kernel_of(30), np.eye(30)
    np.testing.assert_allclose(made(kernel, 4).apply(columns), made(kernel, 64).apply(columns), atol=1e-9)


def test_it_is_half_a_square_in_a_file_that_may_be_deleted_meanwhile(tmp_path: Path) -> None:
    kernel = kernel_of(20).astype(np.float32)
    path = tmp_path / "factor"
    factor = factorize(path.open("w+b"), 20, lambda rows, columns: kernel[rows, columns].copy(), RIDGE, block=4)
    assert path.stat().st_size == factor.bytes == sum(4 * (4 * i) for i in range(1, 6)) * 4
    again = Factor(path.open("rb"), 20, 4)
    path.unlink()
    np.testing.assert_array_equal(again.apply(np.ones((20, 1))), factor.apply(np.ones((20, 1))))


def test_only_columns_up_to_the_rows_own_are_asked_for() -> None:
    kernel = kernel_of(10)
    asked = []

    def part(rows: slice, columns: slice) -> np.ndarray:
        asked.append((rows.start, rows.stop, columns.stop))
        return kernel[rows, columns].copy()

    with TemporaryFile() as file:
        factorize(file, 10, part, RIDGE, block=4, kind=np.float64)
    assert asked == [(0, 4, 4), (4, 8, 8), (8, 10, 10)]


def test_what_is_not_positive_definite_is_refused() -> None:
    with pytest.raises(LinAlgError):
        made(-np.eye(6), 4)
