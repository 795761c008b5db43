"""A journal on a PostgreSQL server is made, or one of the first version is brought up to this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from bot.journal.journal import Journal
from bot.journal.reader import Reader
from bot.journal.tables import ADDED, VERSION
from support.entries import DAYS, DELIVERY, ONE, REFUND, asked
from support.fault_actions import Plain

if TYPE_CHECKING:
    from pathlib import Path

    from support.databases import Server

BEFORE, NOW = "kill_before", "kill_now"  # databases: as it was, and the one that is written
BEGUN = "begun"  # in a folder: its database was made
SINCE_THE_FIRST = sorted((row.__tablename__ for rows in ADDED.values() for row in rows), reverse=True)


class OpenServer(Plain):
    """A journal is made on the server."""

    name = "대화 기록을 처음 열기(PostgreSQL)"
    entries = 0

    def __init__(self, server: Server) -> None:
        self.server = server

    def address(self, database: str) -> str:
        return self.server.url.replace("/postgres?", f"/{database}?")

    def prepare(self, folder: Path) -> None:
        del folder
        self.make(BEFORE, "template1")

    def make(self, database: str, source: str) -> None:
        self.server.run(
            f"DROP DATABASE IF EXISTS {database} WITH (FORCE)", f"CREATE DATABASE {database} TEMPLATE {source}"
        )

    def begin(self, folder: Path) -> None:
        """A database as it was before, for the first process over this folder."""
        if not (folder / BEGUN).exists():
            self.make(NOW, BEFORE)
            (folder / BEGUN).touch()

    def act(self, folder: Path) -> None:
        del folder
        Journal.open(self.address(NOW), DAYS).close()

    def check(self, folder: Path, *, done: bool) -> None:
        """It opens whatever it was left as, has all its tables and takes an entry; ``done`` needs nothing more."""
        del folder, done
        journal = Journal.open(self.address(NOW), 100_000)
        with journal.database.reading() as session:
            assert session.scalar(text("SELECT version FROM journal_version")) == VERSION
            for table in SINCE_THE_FIRST:
                session.execute(text(f"SELECT count(*) FROM {table}"))  # noqa: S608  # ours
        before = Reader(journal).conversation(ONE)
        assert len(before) >= self.entries
        assert all(entry.citations == (REFUND, DELIVERY) for entry in before), "half an entry"
        row = journal.record(asked(citations=(REFUND, DELIVERY)))
        assert [entry.id for entry in Reader(journal).conversation(ONE)] == [*(entry.id for entry in before), row]
        journal.close()


class UpgradeServer(OpenServer):
    """A journal of the first version is opened, which brings it to this one."""

    name = "옛 대화 기록을 열어 올리기(PostgreSQL)"
    entries = 50

    def prepare(self, folder: Path) -> None:
        super().prepare(folder)
        journal = Journal.open(self.address(BEFORE), DAYS)
        for _ in range(self.entries):
            journal.record(asked(citations=(REFUND, DELIVERY)))
        with journal.database.writing() as session:
            session.execute(text(f"DROP TABLE {', '.join(SINCE_THE_FIRST)}"))
            session.execute(text("UPDATE journal_version SET version = 1"))
        journal.close()
