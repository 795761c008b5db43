"""Building again: only what changed is embedded, and the result is what a build from nothing gives."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.fakes import FakeEmbedder, RememberingEmbedder

from index.editions.library import load_editions
from index.questions.corpus import Corpus, read_corpus
from index.search.build import build
from index.search.collection import Collection, embed_rows
from index.snapshot import read_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import Settings


def changed(settings: Settings) -> Corpus:
    path: Path = settings.data / "questions" / "가게" / "2.md"
    path.write_text("# 제2조\n\n## 제1항\n- 환불 되나요\n- 환불은 어디에 신청해요\n", encoding="utf-8")
    return read_corpus(settings.data, load_editions(settings.data))


def test_only_new_texts_are_embedded_and_the_manifest_says_so(shop_settings: Settings, shop_corpus: Corpus) -> None:
    build(shop_settings, shop_corpus, FakeEmbedder())
    embedder = RememberingEmbedder()
    _, manifest = build(shop_settings, changed(shop_settings), embedder)
    assert embedder.texts == ["환불은 어디에 신청해요"]
    assert manifest["vectors"] == {"kept": 13, "embedded": 1, "dropped": 1}


def test_the_result_is_that_of_a_build_from_nothing(shop_settings: Settings, shop_corpus: Corpus) -> None:
    build(shop_settings, shop_corpus, FakeEmbedder())
    corpus = changed(shop_settings)
    again, _ = build(shop_settings, corpus, FakeEmbedder())
    fresh = Collection.of(corpus, embed_rows(corpus, FakeEmbedder(), lambda done, total: None))
    assert again.vectors is not None
    assert fresh.vectors is not None
    np.testing.assert_array_equal(again.vectors.vectors(), fresh.vectors.vectors())
    np.testing.assert_allclose(again.by_words.coefficients, fresh.by_words.coefficients)


@pytest.mark.parametrize("damage", ["rows.json", "vectors.faiss", "everything"])
def test_vectors_of_a_damaged_index_are_not_used(shop_settings: Settings, shop_corpus: Corpus, damage: str) -> None:
    build(shop_settings, shop_corpus, FakeEmbedder())
    folder, _ = read_manifest(shop_settings.index)
    if damage == "everything":
        shutil.rmtree(folder)
    else:
        (folder / damage).write_bytes(b"[]")
    embedder = RememberingEmbedder()
    build(shop_settings, shop_corpus, embedder)
    assert len(embedder.texts) == 14
