"""No answer waits for the journal, and what was acknowledged is in it whatever happens."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr
from sqlalchemy import select
from support.entries import DAYS, DELIVERY, ONE, REFUND, Clock, asked
from support.pages import open_client

from bot.journal.database import JournalError
from bot.journal.journal import Journal
from bot.journal.reader import Reader
from bot.journal.tables import EntryRow
from bot.journal.writer import ROOM, Writer
from bot.web.metrics import Metrics

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from bot.journal.entries import Entry
    from bot.service import Service

WAIT = 30.0
HELD_UP = 8.0  # seconds; a busy machine takes less, and who waits for the lock (10) or for each entry takes more


class Losses:
    """Remembers what went wrong."""

    def __init__(self) -> None:
        self.failed = self.lost = 0

    def journal_failed(self) -> None:
        self.failed += 1

    def journal_lost(self, entries: int) -> None:
        self.lost += entries


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(f"sqlite:///{tmp_path}/journal.db", DAYS, Clock())
    yield opened
    opened.close()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Another program writes into the journal and does not end."""
    other = sqlite3.connect(folder / "journal.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def until(condition: object) -> None:
    end = time.monotonic() + WAIT
    while callable(condition) and not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_entries_are_written_in_their_order_with_the_time_at_which_they_came(journal: Journal) -> None:
    losses = Losses()
    writer = Writer(journal, losses)
    clock = journal.clock
    assert isinstance(clock, Clock)
    first = writer.submit(asked("첫 질문"))
    clock.forward(hours=1)
    second = writer.submit(asked("둘째 질문", citations=(REFUND, DELIVERY)))
    numbers = [writer.wait(first), writer.wait(second)]
    rows = Reader(journal).conversation(ONE)
    assert [row.id for row in rows] == numbers
    assert [(row.question, row.at.hour) for row in rows] == [("첫 질문", 0), ("둘째 질문", 1)]
    writer.close(WAIT)
    assert (losses.failed, losses.lost) == (0, 0)


def test_while_the_database_is_locked_an_answer_waits_a_second_at_most_and_is_written_later(
    journal: Journal, tmp_path: Path
) -> None:
    writer = Writer(journal, Losses())
    with locked(tmp_path):
        begun = time.monotonic()
        receipts = [writer.submit(asked(f"질문 {number}")) for number in range(20)]
        assert [writer.wait(receipt) for receipt in receipts] == [None] * 20
        assert time.monotonic() - begun < HELD_UP  # together, not each
        assert (writer.state, writer.depth) == ("failing", 20)
    until(lambda: all(receipt.settled.is_set() for receipt in receipts))
    assert [row.question for row in Reader(journal).conversation(ONE)] == [f"질문 {n}" for n in range(20)]
    until(lambda: writer.state == "ok")


def test_beyond_the_room_of_the_queue_entries_are_lost_counted_and_told_once_without_their_text(
    journal: Journal, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    losses = Losses()
    writer = Writer(journal, losses, room=3)
    with locked(tmp_path):
        receipts = [writer.submit(asked("비밀 질문")) for _ in range(60)]
        assert losses.lost == 57
    assert caplog.text.count("the queue of the journal is full") == 1
    assert "비밀" not in caplog.text
    assert writer.wait(receipts[-1]) is None
    writer.close(WAIT)
    assert len(Reader(journal).conversation(ONE)) == 3


def test_a_full_disk_is_told_in_one_line_and_the_entries_come_when_there_is_room(
    journal: Journal, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    losses = Losses()
    writer = Writer(journal, losses)
    with monkeypatch.context() as patch:

        def fail(entries: Sequence[tuple[Entry, datetime]]) -> list[int]:
            raise JournalError("database or disk is full")

        patch.setattr(journal, "record_all", fail)
        for _ in range(20):
            writer.submit(asked())
        until(lambda: losses.failed >= 3)
        assert writer.state == "failing"
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) == 1
    assert "disk is full" in lines[0]
    assert "Traceback" not in caplog.text
    until(lambda: writer.depth == 0)
    assert len(Reader(journal).conversation(ONE)) == 20


def test_an_entry_that_cannot_be_written_does_not_hold_up_the_others(journal: Journal, tmp_path: Path) -> None:
    losses = Losses()
    writer = Writer(journal, losses)
    with locked(tmp_path):
        writer.submit(asked("먼저"))
        time.sleep(0.1)
        bad = writer.submit(asked(conversation="nonsense"))
        good = [writer.submit(asked(f"질문 {number}")) for number in range(3)]
    until(lambda: all(receipt.settled.is_set() for receipt in [bad, *good]))
    assert (bad.row, losses.lost) == (None, 1)
    assert [row.question for row in Reader(journal).conversation(ONE)][1:] == ["질문 0", "질문 1", "질문 2"]


def test_at_the_end_what_waits_is_written(journal: Journal) -> None:
    writer = Writer(journal, Losses())
    for _ in range(200):
        writer.submit(asked())
    writer.close(WAIT)
    assert len(Reader(journal).conversation(ONE)) == 200
    assert writer.wait(writer.submit(asked())) == 201


def test_at_the_end_a_locked_database_holds_nothing_up_and_the_loss_is_told(
    journal: Journal, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    losses = Losses()
    writer = Writer(journal, losses)
    with locked(tmp_path):
        writer.submit(asked())
        begun = time.monotonic()
        writer.close(0.2)
        assert time.monotonic() - begun < HELD_UP
    assert losses.lost == 1
    assert "the journal was closed: 1 lost" in caplog.text


@pytest.mark.parametrize("attempt", range(3))
def test_every_acknowledged_entry_outlives_kill_9(tmp_path: Path, attempt: int) -> None:
    url = f"sqlite:///{tmp_path}/journal.db"
    command = [sys.executable, "-m", "support.writer_process", url]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path.cwd()), "tests"])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        told = [int(process.stdout.readline()) for _ in range(40 + 30 * attempt)]
        process.kill()
        told += [int(line) for line in process.stdout if line.endswith("\n")]
    journal = Journal.open(url, DAYS)
    with journal.database.reading() as session:
        rows = set(session.scalars(select(EntryRow.id)))
        assert session.connection().exec_driver_sql("PRAGMA integrity_check").all() == [("ok",)]
    journal.close()
    assert len(told) >= 40
    assert set(told) <= rows


def test_a_locked_journal_costs_neither_answers_nor_pages_their_time(shop_service: Service, tmp_path: Path) -> None:
    shop_service.load()
    with open_client(shop_service) as client:
        assert client.get("/healthz").json()["journal"] == "ok"
        with locked(tmp_path):
            for _ in range(3):
                begun = time.monotonic()
                answer = client.post("/api/ask", json={"question": "환불 되나요"}).json()
                assert time.monotonic() - begun < HELD_UP
                assert (answer["status"], answer["entry"]) == ("answered", None)
            assert client.get("/healthz").json()["journal"] == "failing"
        until(lambda: client.get("/healthz").json()["journal"] == "ok")
        assert client.post("/api/ask", json={"question": "환불 되나요"}).json()["entry"] == 4


def test_a_journal_that_cannot_be_opened_is_off_until_it_can(
    shop_service: Service, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "folder"
    folder.touch()  # where nothing can be made: as in a folder that may only be read
    url = SecretStr(f"sqlite:///{folder}/journal.db")
    shop_service.settings = shop_service.settings.model_copy(update={"journal": url})
    shop_service.load()
    with open_client(shop_service) as client:
        assert "the journal is off" in caplog.text
        assert client.get("/healthz").json()["journal"] == "off"
        answer = client.post("/api/ask", json={"question": "환불 되나요"}).json()
        assert (answer["status"], answer["entry"]) == ("answered", None)
        folder.unlink()
        until(lambda: client.get("/healthz").json()["journal"] == "ok")
        assert client.post("/api/ask", json={"question": "환불 되나요"}).json()["entry"] == 2


def test_the_figures_tell_depth_and_losses() -> None:
    metrics = Metrics({})
    metrics.journal_lost(3)
    metrics.watch_queues(lambda: 1, lambda: 2, lambda: ROOM)
    shown = metrics.exposition("ready", "")[0].decode()
    assert "bot_journal_lost_total 3.0" in shown
    assert f"bot_journal_waiting {float(ROOM)}" in shown
