"""Texts to unit vectors: what reaches the model, what comes back, and the bundled model itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from index.errors import EmbeddingError
from index.search.embedding import MAX_CHARACTERS, SentenceEmbedder, full_name, load_embedder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sentence_transformers import SentenceTransformer

    from index.search.embedding import Embedder


class LetterModel:
    """Counts two letters of a text: the vectors are not of length one."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def encode_query(self, texts: Sequence[str], **options: object) -> list[list[float]]:
        del options
        self.seen += texts
        return [[float(text.count("가")), float(text.count("나"))] for text in texts]

    def encode_document(self, texts: Sequence[str], **options: object) -> list[list[float]]:
        return [row[::-1] for row in self.encode_query(texts, **options)]


@pytest.fixture
def model() -> LetterModel:
    return LetterModel()


@pytest.fixture
def embedder(model: LetterModel) -> SentenceEmbedder:
    return SentenceEmbedder(cast("SentenceTransformer", model), "letters")


@pytest.fixture(scope="module")
def bundled() -> Embedder:
    return load_embedder()


def test_vectors_are_made_of_length_one(embedder: SentenceEmbedder) -> None:
    found = embedder.queries(["가가가나나나나", "가"])
    np.testing.assert_allclose(found, [[0.6, 0.8], [1.0, 0.0]], rtol=1e-6)
    assert found.dtype == np.float32
    assert (embedder.name, embedder.dimension) == ("letters", 2)


def test_passages_are_embedded_as_documents(embedder: SentenceEmbedder) -> None:
    np.testing.assert_allclose(embedder.passages(["가가가나나나나"]), [[0.8, 0.6]], rtol=1e-6)


def test_a_vector_of_zeros_stays_one(embedder: SentenceEmbedder) -> None:
    assert embedder.queries(["다"]).tolist() == [[0, 0]]


@pytest.mark.parametrize("kind", ["queries", "passages"])
def test_an_overlong_text_is_cut_before_it_is_embedded(
    embedder: SentenceEmbedder, model: LetterModel, kind: str
) -> None:
    getattr(embedder, kind)(["가" * MAX_CHARACTERS + "나", "가나"])
    assert model.seen[-2:] == ["가" * MAX_CHARACTERS, "가나"]


def test_only_the_bundled_model_has_another_name_in_the_manifest() -> None:
    assert full_name("bundled") == "multilingual-e5-small-int8"
    assert full_name("some/model") == "some/model"


@pytest.mark.parametrize("kind", ["missing", "empty", "broken"])
def test_a_model_that_cannot_be_loaded_is_named_in_one_line(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / kind
    if kind != "missing":
        folder.mkdir()
    if kind == "broken":
        (folder / "modules.json").write_text("not json", encoding="utf-8")
    with pytest.raises(EmbeddingError, match=r"임베딩 모델을 읽지 못했습니다: .+") as raised:
        load_embedder(str(folder))
    assert str(folder) in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1


@pytest.mark.model
def test_the_bundled_model_gives_unit_vectors(bundled: Embedder) -> None:
    assert bundled.name == "multilingual-e5-small-int8"
    for found in (bundled.queries(["환불 되나요", "요금"]), bundled.passages(["환불 되나요", "요금"])):
        assert found.shape == (2, bundled.dimension) == (2, 384)
        assert found.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)


@pytest.mark.model
def test_the_bundled_model_tells_questions_from_passages(bundled: Embedder) -> None:
    question, passage = bundled.queries(["환불 되나요"])[0], bundled.passages(["환불 되나요"])[0]
    assert question @ passage < 0.999
    np.testing.assert_allclose(bundled.queries(["환불 되나요"])[0], question, atol=1e-6)


@pytest.mark.model
def test_the_bundled_model_puts_like_near_like(bundled: Embedder) -> None:
    question = bundled.queries(["돈을 돌려받을 수 있나요?"])[0]
    refund, weather = bundled.passages(["구매 금액은 환불됩니다.", "내일은 비가 옵니다."])
    assert question @ refund > question @ weather


@pytest.mark.model
def test_the_bundled_model_does_not_read_beyond_the_limit(bundled: Embedder) -> None:
    start = "환불 " * (MAX_CHARACTERS // 3 + 1)
    limited = start[:MAX_CHARACTERS]
    first, second = bundled.queries([limited, limited + "날씨 " * 20_000])
    np.testing.assert_allclose(first, second, atol=1e-6)
