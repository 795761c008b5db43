"""The saved index: described, whole, and never searched when it is stale, foreign, truncated or corrupt."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.fakes import FakeEmbedder

from index import snapshot
from index.editions.library import load_editions
from index.errors import EmbeddingError, StoreError
from index.questions.corpus import read_corpus
from index.search import build as building
from index.search.collection import Collection, embed_rows

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.editions.edition import Edition
    from index.questions.corpus import Corpus


@pytest.fixture
def folder(shop_settings: Settings, shop_corpus: Corpus) -> Path:
    building.build(shop_settings, shop_corpus, FakeEmbedder())
    return snapshot.read_manifest(shop_settings.index)[0]


def test_the_manifest_says_what_the_index_is(folder: Path, shop_corpus: Corpus) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["model"] == "fake"
    assert manifest["dimension"] == 6
    assert manifest["data"] == shop_corpus.digest
    assert manifest["rows"] == 10 + 4
    assert set(manifest["versions"]) == set(building.LIBRARIES)
    assert set(manifest["files"]) == {
        "vectors.faiss",
        "meaning.npz",
        "words.npz",
        "ngrams.npz",
        "idf.npz",
        "rows.json",
        "learning.npz",
        "factor.map",
    }


def test_what_is_loaded_is_what_was_built(folder: Path, shop_settings: Settings, shop_corpus: Corpus) -> None:
    del folder
    built = Collection.of(shop_corpus, embed_rows(shop_corpus, FakeEmbedder(), lambda done, total: None))
    loaded, _ = building.load(shop_settings, shop_corpus, FakeEmbedder())
    assert loaded.vectors is not None
    assert built.vectors is not None
    np.testing.assert_array_equal(loaded.vectors.vectors(), built.vectors.vectors())
    np.testing.assert_allclose(loaded.by_words.coefficients, built.by_words.coefficients)


@pytest.mark.parametrize("name", ["vectors.faiss", "meaning.npz", "words.npz", "ngrams.npz", "idf.npz", "learning.npz"])
@pytest.mark.parametrize("damage", ["truncated", "changed", "missing"])
def test_a_damaged_file_is_refused(
    folder: Path, shop_settings: Settings, shop_corpus: Corpus, name: str, damage: str
) -> None:
    path = folder / name
    data = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(data[:-7] if damage == "truncated" else b"X" + data[1:])
    with pytest.raises(StoreError, match=rf"{name}: 색인 파일이 없거나 손상되었습니다"):
        building.load(shop_settings, shop_corpus, FakeEmbedder())


def test_an_index_of_other_data_is_stale(
    folder: Path, shop_settings: Settings, shop_editions: tuple[Edition, ...]
) -> None:
    del folder
    path = shop_settings.data / "questions" / "가게" / "2.md"
    path.write_text(path.read_text(encoding="utf-8") + "- 반품 기한\n", encoding="utf-8")
    with pytest.raises(StoreError, match="낡은 색인입니다\\(data"):
        building.load(shop_settings, read_corpus(shop_settings.data, shop_editions), FakeEmbedder())


def test_an_index_by_another_model_is_foreign(folder: Path, shop_settings: Settings, shop_corpus: Corpus) -> None:
    del folder
    other = shop_settings.model_copy(update={"embedding": "other"})
    with pytest.raises(StoreError, match="낡은 색인입니다\\(model: fake, 지금은 other"):
        building.load(other, shop_corpus, FakeEmbedder())


def test_a_failed_build_leaves_the_old_one(
    folder: Path, shop_settings: Settings, shop_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Collection, aside: Path) -> None:
        del self
        (aside / "half").write_text("written", encoding="utf-8")
        raise KeyboardInterrupt

    monkeypatch.setattr(Collection, "write", fail)
    with pytest.raises(KeyboardInterrupt):
        building.build(shop_settings, shop_corpus, FakeEmbedder())
    assert snapshot.read_manifest(shop_settings.index)[0] == folder
    building.load(shop_settings, shop_corpus, FakeEmbedder())
    left = sorted(p.name for p in shop_settings.index.iterdir() if p.is_dir())
    assert left == [folder.name]


def test_a_folder_that_cannot_be_written_is_named(shop_settings: Settings, shop_corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    settings = shop_settings.model_copy(update={"index": tmp_path / "file" / "index"})
    with pytest.raises(StoreError, match="색인을 저장할 수 없습니다"):
        building.build(settings, shop_corpus, FakeEmbedder())


def test_a_stale_index_is_rebuilt_with_a_warning(
    folder: Path,
    shop_settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(building, "load_embedder", lambda *_: FakeEmbedder())
    path = shop_settings.data / "questions" / "가게" / "2.md"
    path.write_text(path.read_text(encoding="utf-8") + "- 반품 기한\n", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        search = building.open_search(shop_settings, load_editions(shop_settings.data))
    assert "색인을 새로 만듭니다" in caplog.text
    assert search.description["questions"] == 11
    assert not folder.exists()


def test_without_the_model_the_search_goes_by_words(
    folder: Path,
    shop_settings: Settings,
    shop_editions: tuple[Edition, ...],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(name: str, *_: object) -> FakeEmbedder:
        raise EmbeddingError(f"임베딩 모델을 읽지 못했습니다: {name}: 예시")

    monkeypatch.setattr(building, "load_embedder", fail)
    with caplog.at_level(logging.WARNING):
        search = building.open_search(shop_settings, shop_editions)
    assert "낱말로만 검색합니다" in caplog.text
    assert not search.embedding
    assert folder.exists()
    first = search.hits(search.score(["환불 되나요"])[0])[0]
    assert (first.passage.clause.article, first.passage.clause.paragraph) == ("2", "1")
