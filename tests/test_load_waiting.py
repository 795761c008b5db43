"""What a person does beside asking never waits for a journal that is locked, nor does the desk get past the queue."""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from support.chatting import REFUND, put
from support.desk_client import desk_app, log_in
from test_load_admission import Held

from bot.admission import Admission
from bot.errors import BUSY
from bot.journal.database import JournalError
from bot.journal.reader import Reader
from bot.journal.writer import Writer
from bot.web.chat.conversation import Conversation
from bot.web.chat.events import NOT_RATED, Events

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.journal.journal import Journal
    from bot.service import Service
    from bot.settings import Settings
    from bot.web.metrics import Metrics

pytest_plugins = ["support.chat_events"]
SECONDS = 8.0  # one second is waited, the rest is the machine's; who waits for the lock takes 10
WAIT = 30.0


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    other = sqlite3.connect(folder / "journal.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


def until(written: object) -> None:
    end = time.monotonic() + WAIT
    while callable(written) and not written():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_rating_waits_a_second_at_most_and_is_written_when_the_journal_is_free(
    events: Events, chat_journal: Journal, tmp_path: Path
) -> None:
    _, state = put(events, REFUND, Conversation())
    with locked(tmp_path):
        for act in (lambda: events.rate(False, state), lambda: events.explain("찾는 내용이 아니에요", state)):
            begun = time.monotonic()
            act()
            assert time.monotonic() - begun < SECONDS
    until(lambda: [row.reason for row in Reader(chat_journal).conversation(state.id)] == ["찾는 내용이 아니에요"])


def test_the_way_to_a_person_is_there_at_once_without_a_code_and_later_with_it(events: Events, tmp_path: Path) -> None:
    _, state = put(events, REFUND, Conversation())
    with locked(tmp_path):
        begun = time.monotonic()
        card = events.hand_over("", state)[0]["value"]
        assert time.monotonic() - begun < SECONDS
    assert "지금은 상담 번호를 만들지 못했습니다." in card
    assert "02-000-0000" in card
    until(lambda: 'class="code"' in events.hand_over("", state)[0]["value"])


def test_a_rating_that_finds_no_room_is_told(events: Events, metrics: Metrics, monkeypatch: pytest.MonkeyPatch) -> None:
    _, state = put(events, REFUND, Conversation())
    told: list[str] = []
    monkeypatch.setattr("bot.web.chat.events.gr.Info", told.append)
    monkeypatch.setattr("bot.journal.writer.ROOM", 0)

    def full(*_: object, **__: object) -> None:
        raise JournalError("full")

    monkeypatch.setattr(Writer, "perform", full)
    events.rate(True, state)
    events.explain("까닭", state)
    assert told == [NOT_RATED, NOT_RATED]
    assert 'bot_ratings_total{rating="good"} 0.0' in metrics.exposition("ready", "")[0].decode()


def test_one_errand_that_fails_holds_no_other_up(chat_journal: Journal, metrics: Metrics) -> None:
    writer = Writer(chat_journal, metrics)

    def fail() -> None:
        with chat_journal.database.reading() as session:
            session.connection().exec_driver_sql("SELECT 1 FROM no_such_table")

    assert writer.perform(fail, 0.1) is None
    assert writer.perform(lambda: 7, WAIT) == 7
    with pytest.raises(ValueError, match="nonsense"):
        writer.perform(lambda: chat_journal.hand_over("nonsense"), WAIT)
    writer.close(0.1)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("GET", "/desk/api/search?q=환불", None), ("POST", "/desk/api/try", {"question": REFUND})],
)
def test_the_desk_waits_its_turn_like_everybody(
    shop_service: Service,
    shop_settings: Settings,
    chat_journal: Journal,
    tmp_path: Path,
    method: str,
    path: str,
    body: dict[str, str] | None,
) -> None:
    shop_service.load()
    app = desk_app(shop_service, chat_journal, shop_settings, tmp_path, admission := Admission(1, 0, WAIT))
    client, held = log_in(app), Held()
    running = admission.stream(held)
    assert held.begun.acquire(timeout=WAIT)
    refused = client.request(method, path, json=body)
    assert (refused.status_code, refused.json()) == (503, {"detail": BUSY})
    assert int(refused.headers["retry-after"]) >= 1
    held.go.set()
    assert list(running) == [1, 2]
    until(lambda: admission.running == 0)
    assert client.request(method, path, json=body).status_code == 200
