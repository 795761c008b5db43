"""What one question may cost, and edges of the index, of the clock and of requests that must end in no outage."""

from __future__ import annotations

import datetime as dt
import shutil
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from support.entries import DAYS, ONE, Clock, asked
from support.fakes import FakeEmbedder, RememberingEmbedder
from support.serving import serve

from bot.answer import Status
from bot.background import _purge, believes
from bot.errors import NotReadyError
from bot.journal.journal import Journal
from bot.journal.reader import Reader
from bot.understand.find import HISTORY_CHARACTERS, QUESTION_CHARACTERS, afford, find
from bot.understand.question import Ask, clean, read_question
from index import snapshot
from index.documents.html import read_html
from index.errors import StoreError, TermsError
from index.search.build import load
from index.search.embedding import Sparing, cost_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.service import Service
    from bot.settings import Settings
    from index.questions.corpus import Corpus
    from index.search.clause_search import ClauseSearch

TODAY = dt.date(2026, 11, 30)
LIMITS: Any = {"max_characters": 500, "max_history": 4, "today": TODAY, "revised": TODAY}
COSTLY = [
    ("해지하고 환불하고 " * 60)[:500],
    ("환불 및 " * 100)[:500],
    ("배송은 언제 되나요? " * 60)[:500],
    ("환불되나요, 늦으면 알림 와요, " * 60)[:500],
    ("가\u0301" * 500)[:500],
    ("환뷸 기한이 며칠이에여 " * 60)[:500],
]


@pytest.mark.parametrize("question", COSTLY, ids=lambda text: text[:8])
@pytest.mark.parametrize("many", [0, 4])
def test_what_is_embedded_for_one_question_and_its_history_is_bounded(
    shop_search: ClauseSearch, question: str, many: int
) -> None:
    counting = RememberingEmbedder()
    query = read_question(Ask(question, (question,) * many), **LIMITS)
    find(query, afford(query, shop_search.with_embedder(counting)))
    assert sum(map(len, counting.texts)) <= QUESTION_CHARACTERS + (HISTORY_CHARACTERS if many else 0)
    assert len(counting.texts) == len(set(counting.texts))


def test_a_short_question_is_read_in_all_its_ways(shop_search: ClauseSearch) -> None:
    _, findings = find(
        read_question(Ask("배송은 며칠 걸려요? 환불 기한이 며칠이에요?"), **LIMITS),
        shop_search,
    )
    assert [finding.hits[0].passage.clause.article for finding in findings] == ["1", "2"]


def test_the_sparing_embedder_gives_the_same_vectors_and_nothing_beyond_its_means() -> None:
    counting, texts = RememberingEmbedder(), ["환불", "배송", "환불"]
    sparing = Sparing(counting, 4)
    assert np.array_equal(sparing.queries(texts), counting.queries(texts))
    assert not sparing.queries(["전화"]).any()
    assert np.array_equal(sparing.queries(["환불"]), counting.queries(["환불"]))
    assert (sparing.dimension, cost_of("가 a1!")) == (counting.dimension, 9)


def test_marks_heaped_upon_a_letter_are_thinned_and_languages_stay() -> None:
    assert clean("가" + "\u0301" * 490) == "가" + "\u0301" * 3
    assert clean("Việt ế \u1112\u1161\u11ab") == "Việt ế 한"
    begun = time.process_time()
    clean("a" + "\u0301\u0316" * 100_000)
    assert time.process_time() - begun < 2


def test_history_that_grows_in_cleaning_is_cut() -> None:
    query = read_question(Ask("환불", ("\U0001d160" * 500,)), **LIMITS)
    assert all(len(text) <= 500 for text in query.history)


# --- the index


def vanish(folder: Path) -> None:
    shutil.rmtree(folder)


def stand_in_the_way(folder: Path) -> None:
    (folder / "idf.npz").unlink()
    (folder / "idf.npz").mkdir()


@pytest.mark.parametrize("damage", [vanish, stand_in_the_way])
def test_a_build_that_changes_while_it_is_read_is_an_error_that_rebuilds(
    shop_settings: Settings,
    shop_corpus: Corpus,
    shop_search: ClauseSearch,
    damage: Callable[[Path], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert shop_search.embedding
    read = snapshot.read_manifest

    def read_then_damage(root: Path) -> object:
        found = read(root)
        damage(found[0])
        return found

    monkeypatch.setattr(snapshot, "read_manifest", read_then_damage)
    with pytest.raises(StoreError):
        load(shop_settings, shop_corpus, FakeEmbedder())


def test_a_folder_in_place_of_the_pointer_is_built_over(shop_service: Service) -> None:
    shop_service.load()
    pointer = shop_service.settings.index / snapshot.CURRENT
    pointer.unlink()
    pointer.mkdir()
    shop_service.load()
    assert shop_service.report()["state"] == "ready"
    assert pointer.is_file()


def test_loading_that_failed_is_tried_again(shop_service: Service) -> None:
    questions = shop_service.settings.data / "questions" / "가게" / "1.md"
    before = questions.read_text(encoding="utf-8")
    questions.write_text("- 제목이 없음\n", encoding="utf-8")
    loading = threading.Thread(target=shop_service.keep_loading, args=([0.05],))
    loading.start()
    with pytest.raises(NotReadyError):
        shop_service.search("환불", 1)
    assert shop_service.report() == {"state": "failed"}
    questions.write_text(before, encoding="utf-8")
    loading.join(60)
    assert shop_service.report()["state"] == "ready"
    assert shop_service.ask(Ask("환불 되나요")).status is Status.ANSWERED


# --- the clock


def days(*offsets: int) -> list[dt.date]:
    return [dt.date(2026, 3, 2) + dt.timedelta(days=offset) for offset in offsets]


@pytest.mark.parametrize(
    ("today", "written", "seen", "believed"),
    [
        (0, [], [0], True),
        (1, [-2, -1, 0], [1], True),
        (3650, [-1, 0], [3650], False),
        (3651, [-1, 0], [3650, 3651], False),
        (3652, [-1, 0], [3650, 3651, 3652], True),
        (3650, [-1, 0, 3650], [3650], False),
        (3652, [-1, 0, 3650, 3651], [3652], True),
        (100, [0, 1, 50, 51, 52], [100], False),
        (2, [-1, 0, 1, 2, 3650], [2], True),
    ],
)
def test_a_clock_that_leaps_is_believed_after_three_days(
    today: int, written: list[int], seen: list[int], believed: bool
) -> None:
    assert believes(days(today)[0], days(*written), days(*seen)) is believed


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(f"sqlite:///{tmp_path}/journal.db", DAYS, Clock())
    yield opened
    opened.close()


def test_a_clock_ten_years_ahead_deletes_nothing_and_goes_on_being_watched(
    journal: Journal, caplog: pytest.LogCaptureFixture
) -> None:
    clock = journal.clock
    assert isinstance(clock, Clock)
    journal.record(asked())
    seen: set[dt.date] = set()
    clock.forward(days=3650)
    assert _purge(journal, seen) == 0
    assert len(Reader(journal).conversation(ONE)) == 1
    assert "nothing is purged: the clock is more than 7 days ahead" in caplog.text
    for _ in range(2):
        clock.forward(days=1)
    clock.forward(days=-1)
    assert _purge(journal, seen) == 0
    clock.forward(days=1)
    assert _purge(journal, seen) == 1


# --- requests and documents


def test_a_request_with_two_lengths_is_refused_and_nothing_behind_it_is_answered(shop_service: Service) -> None:
    with serve(shop_service) as origin:
        port = int(origin.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as connection:
            head = (
                "POST /api/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
            )
            connection.sendall(f"{head}0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            connection.settimeout(10)
            received = b""
            while piece := connection.recv(65536):
                received += piece
    assert received.startswith(b"HTTP/1.1 400")
    assert received.count(b"HTTP/1.1") == 1


def test_a_page_of_300_000_nested_tags_is_refused_at_once(tmp_path: Path) -> None:
    begun = time.process_time()
    with pytest.raises(TermsError, match="깊이 겹쳐"):
        read_html("<div>" * 300_000 + "가")
    assert time.process_time() - begun < 2
    assert read_html("<ul>" + "<li>가" * 20_000 + "</ul>").text.count("가") == 20_000
    assert read_html("<p>" + "<b>가</b><br>" * 20_000).text.count("가") == 20_000
    assert tmp_path.is_dir()
