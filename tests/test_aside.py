"""The index made in a process of its own, and a start with data that changed meanwhile."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import pytest
from support.fakes import FakeEmbedder

from bot.understand.question import Ask
from index import snapshot
from index.errors import StoreError
from index.questions.corpus import read_corpus
from index.search import aside
from index.search.aside import build_aside
from index.search.build import build, load

if TYPE_CHECKING:
    from pathlib import Path

    from bot.service import Service
    from bot.settings import Settings
    from index.editions.edition import Edition
    from index.questions.corpus import Corpus

QUESTION = "날씨 나쁜 날 받으면 어때요"


@pytest.fixture
def without_model(shop_settings: Settings, tmp_path: Path) -> Settings:
    return shop_settings.model_copy(update={"embedding": str(tmp_path / "none")})


def add_question(settings: Settings) -> None:
    path = settings.data / "questions" / "가게" / "2.md"
    path.write_text(path.read_text(encoding="utf-8") + f"- {QUESTION}\n", encoding="utf-8")


@pytest.mark.slow
def test_the_process_makes_what_can_be_loaded_here(
    without_model: Settings, shop_editions: tuple[Edition, ...], shop_corpus: Corpus
) -> None:
    build_aside(without_model, shop_editions, None)
    collection, manifest = load(without_model, shop_corpus, None)
    assert manifest["model"] is None
    assert collection.by_words.coefficients.shape[0] == 14


@pytest.mark.slow
def test_what_it_says_of_a_fault_is_told(without_model: Settings, shop_editions: tuple[Edition, ...]) -> None:
    (without_model.data / "questions" / "가게" / "1.md").write_text("- 제목이 없음\n", encoding="utf-8")
    with pytest.raises(StoreError, match=r"^\S*1\.md:1: 제목도 질문도 아닌 줄입니다"):
        build_aside(without_model, shop_editions, None)
    assert not snapshot.is_there(without_model.index)


def test_a_start_answers_from_a_question_that_is_new_and_learns_it_behind(
    shop_service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop_service.load()
    add_question(shop_service.settings)
    begun, going_on = threading.Event(), threading.Event()
    made = aside.build_aside

    def held(*given: object) -> None:
        begun.set()
        assert going_on.wait(20)
        made(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(aside, "build_aside", held)
    shop_service.keep_loading()
    assert begun.wait(20)
    assert shop_service.index().updated
    assert "7일 안에" in shop_service.ask(Ask(QUESTION)).text
    going_on.set()
    for thread in threading.enumerate():
        if thread.name == "rebuild":
            thread.join(20)
    assert not shop_service.index().updated
    assert shop_service.index().description["questions"] == 11


def test_an_update_starts_from_the_newest_index(shop_service: Service, shop_settings: Settings) -> None:
    shop_service.load()
    add_question(shop_settings)
    build(shop_settings, read_corpus(shop_settings.data, shop_service.editions), FakeEmbedder())
    folder, manifest = snapshot.read_manifest(shop_settings.index)
    path = folder / snapshot.MANIFEST
    path.write_text(json.dumps(manifest | {"created": "2024-03-01T00:00:00+00:00"}), encoding="utf-8")
    before = shop_service.index().collection
    file = shop_settings.data / "questions" / "가게" / "3.md"
    file.write_text(file.read_text(encoding="utf-8") + "- 전화 상담은 언제 하나요\n", encoding="utf-8")
    shop_service.take_over()
    base = shop_service.index().collection.base
    assert base is not None
    assert base is not before
    assert base.ngrams.shape[0] == before.ngrams.shape[0] + 1


def test_a_command_waits_until_all_is_learnt(shop_service: Service) -> None:
    shop_service.load()
    add_question(shop_service.settings)
    shop_service.load()
    assert not shop_service.index().updated
    assert snapshot.read_manifest(shop_service.settings.index)[1]["questions"] == 11
    assert "7일 안에" in shop_service.ask(Ask(QUESTION)).text


def test_an_update_that_is_cut_off_leaves_the_saved_index_as_it_was(
    shop_service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop_service.load()
    before, saved = shop_service.index(), snapshot.read_manifest(shop_service.settings.index)
    add_question(shop_service.settings)

    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("index.search.update._bordered", fail)
    with pytest.raises(MemoryError):
        shop_service.take_over()
    assert shop_service.index() is before
    folder, manifest = snapshot.read_manifest(shop_service.settings.index)
    assert (folder, manifest) == saved
    snapshot.check_files(folder, manifest)
