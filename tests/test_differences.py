"""What training adds to the weights: kept in a file, added to matrices, and part of the model's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.small_weights import SIZES, SmallWeights

from index.encoder import graph
from index.encoder.differences import Differences, read_differences, write_differences
from index.errors import EmbeddingError
from index.search.build import embedder_or_none
from index.search.embedding import full_name, trained_differences
from index.settings import IndexSettings

if TYPE_CHECKING:
    from pathlib import Path

LEFT, RIGHT = np.array([[1.0], [2.0]]), np.array([[0.5, 0.0, -1.0]])


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "encoder" / "differences.safetensors"
    write_differences(path, {"l4.q": (LEFT, RIGHT)}, {"steps": 3})
    found = read_differences(path)
    np.testing.assert_array_equal(found.add("l4.q", np.zeros((2, 3))), [[0.5, 0, -1], [1, 0, -2]])
    np.testing.assert_array_equal(found.add("l4.k", np.ones((2, 3))), np.ones((2, 3)))
    assert found.recipe == {"steps": 3}
    assert full_name("bundled", found) == f"multilingual-e5-small-int8+{found.digest}"


def test_other_differences_are_another_model(tmp_path: Path) -> None:
    write_differences(tmp_path / "a", {"l4.q": (LEFT, RIGHT)}, {})
    write_differences(tmp_path / "b", {"l4.q": (LEFT, RIGHT * 2)}, {})
    assert read_differences(tmp_path / "a").digest != read_differences(tmp_path / "b").digest


def test_without_a_file_the_model_is_the_installed_one(tmp_path: Path) -> None:
    none = read_differences(tmp_path / "none")
    assert none == Differences()
    assert full_name("bundled", none) == "multilingual-e5-small-int8"


def test_another_model_has_no_differences(tmp_path: Path) -> None:
    path = tmp_path / "differences"
    write_differences(path, {"l4.q": (LEFT, RIGHT)}, {})
    settings = IndexSettings(embedding="some/model", differences=path, _env_file=None)
    assert trained_differences(settings).digest == ""
    assert trained_differences(settings.model_copy(update={"embedding": "bundled"})).digest


def test_differences_of_another_shape_say_which(tmp_path: Path) -> None:
    write_differences(tmp_path / "file", {"l4.q": (LEFT, RIGHT)}, {})
    with pytest.raises(EmbeddingError, match=r"l4\.q \(2, 3\), 모델은 \(3, 3\)"):
        read_differences(tmp_path / "file").add("l4.q", np.zeros((3, 3)))


@pytest.mark.parametrize("content", [b"", b"no tensors", b"\xff" * 100], ids=["empty", "text", "bytes"])
def test_a_damaged_file_leaves_the_search_by_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "differences"
    path.write_bytes(content)
    with pytest.raises(EmbeddingError, match="훈련한 차이를 읽을 수 없습니다"):
        read_differences(path)
    settings = IndexSettings(differences=path, encoder=tmp_path / "encoder", _env_file=None)
    assert embedder_or_none(settings) is None


def test_the_graph_multiplies_by_what_was_learnt(tmp_path: Path) -> None:
    import onnxruntime

    def means(differences: Differences) -> np.ndarray:
        path = tmp_path / "graph.onnx"
        graph.write(SmallWeights(), differences, path, quantized=False)  # type: ignore[arg-type]
        session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        (found,) = session.run([graph.MEAN], {graph.IDS: np.array([[3, 7, 11]], np.int64)})
        return np.asarray(found)

    chance, size = np.random.default_rng(1), SIZES.hidden
    changed = {"l5.ao": (chance.normal(size=(size, 1)), chance.normal(size=(1, size)))}
    assert np.abs(means(Differences(matrices=changed)) - means(Differences())).max() > 0.01
