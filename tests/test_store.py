"""Vectors by cosine, saved and read back; anything else in the file is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import StoreError
from index.search.vector_store import VectorStore

if TYPE_CHECKING:
    from pathlib import Path

ROWS = np.array([[1, 0], [0, 1], [0.6, 0.8]], np.float32)


@pytest.fixture
def store() -> VectorStore:
    return VectorStore.of(ROWS)


def test_the_nearest_come_first_with_their_cosines(store: VectorStore) -> None:
    cosines, items = store.search(np.array([[1, 0], [0, 1]], np.float32), 3)
    assert items.tolist() == [[0, 2, 1], [1, 2, 0]]
    np.testing.assert_allclose(cosines, [[1, 0.6, 0], [1, 0.8, 0]], rtol=1e-6)


def test_k_limits_the_result_to_what_there_is(store: VectorStore) -> None:
    query = np.array([[1, 0]], np.float32)
    assert store.search(query, 1)[1].tolist() == [[0]]
    assert store.search(query, 99)[1].shape == (1, 3)
    assert store.search(query, 0)[0].shape == (1, 0)


def test_an_empty_store_finds_nothing() -> None:
    empty = VectorStore.of(np.zeros((0, 2), np.float32))
    cosines, items = empty.search(ROWS, 5)
    assert len(empty) == 0
    assert cosines.shape == items.shape == (3, 0)


def test_doubles_are_taken_as_floats() -> None:
    store = VectorStore.of(ROWS.astype(np.float64))
    assert store.search(np.array([[1.0, 0.0]]), 1)[1].tolist() == [[0]]


def test_what_is_read_is_what_was_written(store: VectorStore, tmp_path: Path) -> None:
    store.write(tmp_path / "vectors.faiss")
    found = VectorStore.read(tmp_path / "vectors.faiss")
    assert (len(found), found.dimension) == (3, 2)
    np.testing.assert_array_equal(found.vectors(), ROWS)


def test_some_vectors_and_those_from_one_on(store: VectorStore) -> None:
    np.testing.assert_array_equal(store.at(np.array([[2, 0], [1, 1]])), ROWS[[[2, 0], [1, 1]]])
    np.testing.assert_array_equal(store.vectors(2), ROWS[2:])
    assert store.vectors(3).shape == (0, 2)


@pytest.mark.parametrize("count", [0, 1, 3, 200])
def test_cosines_in_whole_numbers_are_those_in_floats(count: int) -> None:
    random = np.random.default_rng(count)
    vectors = random.normal(size=(count + 2, 384)).astype(np.float32) + 3  # much in common, as embeddings have
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found = VectorStore.of(vectors[2:]).cosines(vectors)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, vectors @ vectors[2:].T, atol=1e-4)


def test_a_path_may_be_korean(store: VectorStore, tmp_path: Path) -> None:
    path = tmp_path / "약관 색인.faiss"
    store.write(path)
    assert len(VectorStore.read(path)) == 3


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"none\.faiss: 벡터 색인을 읽을 수 없습니다"):
        VectorStore.read(tmp_path / "none.faiss")


@pytest.mark.parametrize("data", [b"", b"x", b"not an index at all" * 9], ids=["empty", "short", "foreign"])
def test_a_file_that_is_no_index_is_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "bad.faiss"
    path.write_bytes(data)
    with pytest.raises(StoreError, match=r"bad\.faiss: 벡터 색인을 읽을 수 없습니다"):
        VectorStore.read(path)


def test_a_truncated_file_is_refused_wherever_it_ends(store: VectorStore, tmp_path: Path) -> None:
    path = tmp_path / "vectors.faiss"
    store.write(path)
    data = path.read_bytes()
    for length in range(len(data)):
        path.write_bytes(data[:length])
        with pytest.raises(StoreError):
            VectorStore.read(path)


@given(st.lists(st.floats(-3.1, 3.1), min_size=1, max_size=20))
def test_cosines_are_those_of_numpy(angles: list[float]) -> None:
    rows = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    cosines, items = VectorStore.of(rows).search(rows, len(rows))
    wanted = rows @ rows.T
    np.testing.assert_allclose(cosines, np.take_along_axis(wanted, items, axis=1), atol=1e-6)
    np.testing.assert_allclose(cosines, -np.sort(-wanted, axis=1), atol=1e-6)
