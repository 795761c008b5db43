"""A database that fails is told in one line, and tells nothing of what was asked."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import text
from support.entries import DAYS, ONE, asked

from bot.journal.database import JournalError
from bot.journal.entries import Filter
from bot.journal.journal import Journal
from bot.journal.reader import Reader
from bot.journal.statistics import statistics
from bot.journal.writer import Writer
from bot.web.metrics import Metrics

if TYPE_CHECKING:
    from support.databases import Server

pytest_plugins = ["support.databases"]
WAIT = 30.0  # seconds


def test_a_failure_is_one_line_and_its_cause_does_not_quote_the_question(journal: Journal) -> None:
    with journal.database.writing() as session:
        session.execute(text("ALTER TABLE journal_entries RENAME TO aside"))
    entry = asked("비밀스러운 질문")
    with pytest.raises(JournalError, match=r"^대화 기록 데이터베이스를 쓸 수 없습니다: .*journal_entries.*$") as told:
        journal.record(entry)
    logged = "".join(traceback.format_exception(told.value))
    assert "INSERT INTO journal_entries" in logged
    assert "비밀스러운" not in logged


def test_every_method_tells_a_failure(journal: Journal) -> None:
    with journal.database.writing() as session:
        for table in ("checks", "clauses", "handovers", "entries"):
            session.execute(text(f"DROP TABLE journal_{table}"))
    reader, today = Reader(journal), journal.clock().date()
    for call in (
        lambda: journal.record(asked()),
        lambda: journal.rate(1, ONE, good=True),
        lambda: journal.hand_over(ONE),
        journal.purge,
        lambda: reader.entries(Filter(), 1, 10),
        lambda: reader.conversation(ONE),
        lambda: reader.by_code("ABCDEF"),
        lambda: list(reader.csv(Filter())),
        lambda: reader.gaps(None, None),
        lambda: statistics(journal, today, today),
    ):
        with pytest.raises(JournalError):
            call()


def test_an_entry_is_written_whole_or_not_at_all(journal: Journal) -> None:
    with journal.database.writing() as session:
        session.execute(text("ALTER TABLE journal_clauses RENAME TO aside"))
    with pytest.raises(JournalError):
        journal.record(asked())
    with journal.database.writing() as session:
        session.execute(text("ALTER TABLE aside RENAME TO journal_clauses"))
    assert Reader(journal).entries(Filter(), 1, 10) == ([], 0)
    journal.record(asked())


@pytest.mark.postgres
def test_a_server_that_was_away_is_used_again(empty_postgres: Server) -> None:
    journal = Journal.open(empty_postgres.url, DAYS)
    journal.record(asked())
    empty_postgres.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    journal.record(asked())
    assert Reader(journal).entries(Filter(), 1, 10)[1] == 2
    journal.close()


@pytest.mark.postgres
def test_a_server_that_is_locked_holds_nobody_up(empty_postgres: Server) -> None:
    journal = Journal.open(empty_postgres.url, DAYS)
    writer = Writer(journal, Metrics({}))
    with psycopg.connect(empty_postgres.url.replace("+psycopg", "")) as other:
        other.execute("LOCK TABLE journal_entries IN ACCESS EXCLUSIVE MODE")
        receipt = writer.submit(asked())
        assert writer.wait(receipt) is None
        assert writer.perform(lambda: journal.hand_over("a" * 32)) is None
    assert writer.wait(receipt, WAIT) is not None
    writer.close(WAIT)
    journal.close()
