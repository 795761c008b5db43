"""The shop's data, index and search, made anew for each test, and the real search, opened once."""

from __future__ import annotations

import os
import shutil
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from support.fakes import QUESTIONS, SHOP, FakeEmbedder, settings_in

from bot.service import Service
from bot.settings import Settings
from index.editions.library import load_editions
from index.errors import StoreError
from index.questions.corpus import Corpus, read_corpus
from index.search import build as building
from index.search.build import build, load
from index.search.clause_search import ClauseSearch
from index.settings import IndexSettings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser

    from index.editions.edition import Edition
    from index.search.embedding import Embedder

# what a developer has set for the own bot is none of the tests' business
for kind in (IndexSettings, Settings):
    kind.model_config["env_file"] = None
for name in [name for name in os.environ if name.upper().startswith("BOT_")]:
    del os.environ[name]

# how long something takes is asked by tests of its own: a busy machine fails no property
settings.register_profile("tests", deadline=None)
settings.load_profile("tests")

# about a journal that does not answer in time
SLOW_DISKS = {"test_load_journal", "test_load_waiting", "test_load_edges", "test_conversation_faults"}
SLOW_DISKS |= {"test_journal_faults", "test_faults", "test_recorder", "test_api_requests"}
# fixtures that build an index, load a model or start a server, and marks that say so
HEAVY = {
    "shop_search",
    "shop_service",
    "shop_environment",
    "real_search",
    "real_service",
    "adversary",
    "journal",
    "chat_journal",
    "desk_journal",
    "reader",
}
MARKS = ("model", "browser", "postgres", "slow")
# files that load the analyser of morphemes, build index or page, try many texts or wait for clocks
FILES = {
    *("test_as_of", "test_as_of_interfaces", "test_build", "test_clause_pages", "test_doors_gradio"),
    *("test_doors_hosts", "test_doors_policy", "test_incremental", "test_journal", "test_journal_purge"),
    *("test_linear_patterns", "test_load_journal", "test_plain_lines", "test_questions", "test_report"),
    *("test_terms_whole", "test_verifier_measured", "test_verify", "test_verify_endings", "test_verify_kinds"),
    "test_widget",
}


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """``quick``: what `make check` runs; the real server and its browser stay on one worker."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        heavy = item.path.stem in FILES or not HEAVY.isdisjoint(fixtures)
        if not heavy and not any(item.get_closest_marker(mark) for mark in MARKS):
            item.add_marker("quick")


@pytest.fixture(scope="session", autouse=True)
def built_here() -> Iterator[None]:
    """An index is made in this process, by the test's own embedder."""

    def build_here(settings: IndexSettings, editions: Sequence[Edition], embedder: Embedder | None) -> None:
        build(settings, read_corpus(settings.data, editions), embedder or building.embedder_or_none(settings))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.search.aside.build_aside", build_here)
        yield


@pytest.fixture(autouse=True)
def patient_journal(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is busy with an index for a moment fails no test but those that are about slow disks."""
    if request.path.stem not in SLOW_DISKS:
        monkeypatch.setattr("bot.journal.writer.TELL_SECONDS", 30.0)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for the tests of a file: two of Playwright's cannot run in one thread."""
    from support.serving import open_browser

    with open_browser() as opened:
        yield opened


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """No thread that makes an index outlives its test."""
    yield
    for name in ("load", "take over", "rebuild", "effect", "rehearsal"):
        for thread in threading.enumerate():
            if thread.name == name:
                thread.join(60)


def open_shop(folder: Path) -> Settings:
    """Settings over a data folder with the shop's terms and curated questions."""
    terms = folder / "data" / "terms" / "가게"
    questions = folder / "data" / "questions" / "가게"
    terms.mkdir(parents=True)
    questions.mkdir(parents=True)
    (terms / "2024-03-01.txt").write_text(SHOP, encoding="utf-8")
    metadata = 'title = "가게 약관"\ncompany = "예시가게"\ncontact = ["3.1"]\n[examples]\n"환불" = ["환불 되나요?"]\n'
    (terms / "terms.toml").write_text(metadata, encoding="utf-8")
    for name, text in QUESTIONS.items():
        (questions / name).write_text(text, encoding="utf-8")
    return settings_in(folder)


@pytest.fixture
def shop_settings(tmp_path: Path) -> Settings:
    """The shop, without an index."""
    return open_shop(tmp_path)


@pytest.fixture(scope="session")
def shop_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the shop, made once; a test that changes the shop makes its own."""
    settings = open_shop(tmp_path_factory.mktemp("shop"))
    build(settings, read_corpus(settings.data, load_editions(settings.data)), FakeEmbedder())
    return settings.index


@pytest.fixture
def shop_environment(shop_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands answer from the shop's data, and their model is not there: they go by words."""
    monkeypatch.setenv("BOT_DATA", str(shop_settings.data))
    monkeypatch.setenv("BOT_INDEX", str(shop_settings.index))
    monkeypatch.setenv("BOT_EMBEDDING", str(tmp_path / "none"))


@pytest.fixture
def shop_editions(shop_settings: Settings) -> tuple[Edition, ...]:
    return load_editions(shop_settings.data)


@pytest.fixture
def shop_corpus(shop_settings: Settings, shop_editions: tuple[Edition, ...]) -> Corpus:
    return read_corpus(shop_settings.data, shop_editions)


@pytest.fixture
def shop_search(shop_settings: Settings, shop_corpus: Corpus, shop_index: Path) -> ClauseSearch:
    shutil.copytree(shop_index, shop_settings.index)
    try:
        collection, manifest = load(shop_settings, shop_corpus, FakeEmbedder())
    except StoreError:  # the shop was changed
        collection, manifest = build(shop_settings, shop_corpus, FakeEmbedder())
    return ClauseSearch.over(shop_corpus, collection, FakeEmbedder(), manifest)


@pytest.fixture
def shop_service(shop_settings: Settings, shop_index: Path, monkeypatch: pytest.MonkeyPatch) -> Service:
    """A service over the shop with the embedder that can be computed by hand; not loaded yet."""
    shutil.copytree(shop_index, shop_settings.index)
    monkeypatch.setattr("index.search.build.load_embedder", lambda *_: FakeEmbedder())
    return Service(shop_settings)


@pytest.fixture(scope="session")
def real_editions() -> tuple[Edition, ...]:
    return load_editions(Settings().data)


@pytest.fixture(scope="session")
def real_service() -> Service:
    """The project's own terms and index with the bundled model; the index is built first if it is missing or stale."""
    service = Service(Settings())
    service.load()
    return service


@pytest.fixture(scope="session")
def real_search(real_service: Service) -> ClauseSearch:
    """What it searches."""
    return real_service.index()
