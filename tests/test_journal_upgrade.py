"""Journals that earlier versions wrote, as they wrote them, are opened by this one and keep what is in them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.entries import DAYS, ONE, TWO, Clock, asked
from support.leaving import ABOUT, requests_of

from bot.journal.copying import check_file, copy_file
from bot.journal.entries import Checked, Cited
from bot.journal.journal import Journal
from bot.journal.reader import Reader
from bot.journal.tables import VERSION
from index.clause import Clause

OLD = sorted(Path("tests/data").glob("journal_of_version_*.sql"))
CHECK = Checked("30일 안에 환불됩니다.", "dropped", ("제2조 제1항",), ("숫자",))


@pytest.fixture(params=OLD, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file as an earlier version left it."""
    path = tmp_path / "journal.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(request.param.read_text(encoding="utf-8"))
    return path


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        found: int = connection.execute("SELECT version FROM journal_version").fetchone()[0]
    return found


def check_that_all_is_there(path: Path, version: int) -> None:
    journal = Journal.open(f"sqlite:///{path}", DAYS, Clock())
    reader = Reader(journal)
    (first,), (second,) = reader.conversation(ONE), reader.conversation(TWO)
    assert (first.id, first.at, first.question) == (1, datetime(2026, 3, 1, 15, 30, tzinfo=UTC), "환불 되나요?")
    assert (first.status, first.confidence, first.good) == ("answered", 0.875, True)
    assert first.citations == (Cited(Clause("가게", "2", "1"), "2024-03-01"),)
    assert first.related == (Cited(Clause("가게", "10의2", "1"), "2024-03-01"),)
    assert first.checks == ((CHECK,) if version > 1 else ())
    assert (second.id, second.status, second.good, second.reason) == (3, "not_found", False, "틀렸어요")
    assert journal.hand_over(ONE) == "ABC234"
    # and it goes on from there
    assert journal.record(asked(conversation=TWO, checks=(CHECK,))) == 4
    assert journal.rate(4, TWO, good=True)
    left, new = requests_of(journal).leave(ONE, ABOUT, "", tell=False)
    assert (left.code, new) == ("ABC234", True)
    journal.close()
    assert version_of(path) == VERSION


def test_it_keeps_all_and_goes_on(old: Path) -> None:
    check_that_all_is_there(old, version_of(old))


def test_so_does_its_copy(old: Path, tmp_path: Path) -> None:
    version = version_of(old)
    copy = tmp_path / "copy.db"
    assert copy_file(old, copy) == check_file(copy) == version
    check_that_all_is_there(copy, version)
    assert version_of(old) == version


def test_there_is_one_of_each_earlier_version() -> None:
    assert [int(path.stem.rpartition("_")[2]) for path in OLD][:2] == [1, 2]
