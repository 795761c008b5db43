"""The access record in the database: masked, kept for its own days, and gone then; on SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from support.entries import ONE, Clock, asked

from bot.journal.access import Access, AccessFilter, AccessRecord
from bot.journal.journal import Journal

if TYPE_CHECKING:
    from pathlib import Path

pytest_plugins = ["support.databases"]


def test_a_line_is_read_as_it_was_written(journal: Journal, clock: Clock) -> None:
    record = AccessRecord(journal)
    record.write("이상담", "192.0.2.1", "read", conversation=ONE, about="요청 A2B3C4")
    written = Access(1, clock.now, "이상담", "192.0.2.1", "read", ONE, "요청 A2B3C4")
    assert record.page(AccessFilter(), 1, 10) == ([written], 1)
    record.write("이상담", "x" * 99 + "\x00", "search", conversation="z" * 99, typed="010-2345-6789\x00" + "가" * 2000)
    (newest, _), total = record.page(AccessFilter(), 1, 10)
    assert (total, len(newest.address), len(newest.conversation)) == (2, 64, 32)
    assert newest.about.startswith("[전화번호]")
    assert len(newest.about) == 500


def test_all_that_is_given_must_hold(journal: Journal, clock: Clock) -> None:
    record = AccessRecord(journal)
    record.write("이상담", "192.0.2.1", "login")
    clock.forward(hours=15)  # the next day in Korea
    record.write("김관리", "192.0.2.2", "export", about="50%_")
    day = clock.now.date()
    every = AccessFilter(since=day, until=day.replace(day=day.day + 1), act="export", text="50%_")
    for wanted, count in (
        (every, 1),
        (replace(every, act="login"), 0),
        (replace(every, until=day), 0),
        (replace(every, text="5"), 1),
        (replace(every, text="0_"), 0),
        (AccessFilter(text="192.0.2"), 2),
        (AccessFilter(until=day), 1),
    ):
        assert record.page(wanted, 1, 10)[1] == count, wanted
    assert record.page(AccessFilter(), 10**6, 50) == ([], 2)


def test_a_table_comes_in_pieces(journal: Journal) -> None:
    record = AccessRecord(journal)
    for _ in range(501):
        record.write("이상담", "192.0.2.1", "login")
    assert [piece.count("\r\n") for piece in record.csv(AccessFilter())] == [1, 500, 1]


def test_it_outlives_the_conversations_and_goes_after_its_own_days(database_url: str) -> None:
    clock = Clock()
    journal = Journal.open(database_url, 90, clock, access_days=400)
    record = AccessRecord(journal)
    journal.record(asked())
    record.write("이상담", "192.0.2.1", "read", conversation=ONE)
    journal.forget(ONE)
    clock.forward(days=400)
    record.write("이상담", "192.0.2.1", "login")
    journal.purge()
    assert record.page(AccessFilter(), 1, 10)[1] == 2
    clock.forward(seconds=1)
    journal.purge()
    assert [one.act for one in record.page(AccessFilter(), 1, 10)[0]] == ["login"]
    journal.close()


def test_nothing_of_an_old_line_is_left_in_the_file(tmp_path: Path) -> None:
    clock = Clock()
    journal = Journal.open(f"sqlite:///{tmp_path}/journal.db", 90, clock, access_days=400)
    AccessRecord(journal).write("이상담", "192.0.2.1", "export", typed="비밀스러운까닭")
    held = [path.read_bytes() for path in tmp_path.iterdir()]
    assert any("비밀스러운까닭".encode() in one for one in held)
    clock.forward(days=401)
    journal.purge()
    held = [path.read_bytes() for path in tmp_path.iterdir()]
    assert not any("비밀스러운까닭".encode() in one for one in held)
    journal.close()
