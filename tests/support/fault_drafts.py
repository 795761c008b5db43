"""A new edition is taken in, published and taken back at the desk; a journal of an earlier version is opened."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from bot.drafts.publishing import publish, withdraw
from bot.drafts.store import DraftError, Drafts
from bot.journal.journal import Journal
from bot.journal.reader import Reader
from bot.journal.tables import VERSION
from index.editions.library import load_editions
from index.errors import TermsError
from index.questions.corpus import read_corpus
from index.trial import look_over
from support.editions import COMING, NEW, TODAY
from support.entries import ONE, TWO
from support.fault_actions import TERMS, Plain, write_shop

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from index.editions.edition import Edition

OLDEST = Path("tests/data/journal_of_version_1.sql")


def read_in_this_process(file: Path, before: Path | None) -> None:
    if told := look_over(file, before):
        raise TermsError(told)


class TakeIn(Plain):
    """The desk takes in a draft."""

    name = "데스크에서 새 판 올리기"

    def prepare(self, folder: Path) -> None:
        write_shop(folder)

    def reading(self) -> AbstractContextManager[object]:
        return patch("bot.drafts.store.try_reading", read_in_this_process)

    def act(self, folder: Path) -> None:
        with self.reading():
            Drafts(folder / "data").take(TERMS, COMING, NEW.encode(), TODAY)

    def again(self, folder: Path) -> None:
        if not self.drafts(folder):
            self.act(folder)

    def drafts(self, folder: Path) -> list[Edition]:
        try:
            return [Drafts(folder / "data").find(TERMS).edition]
        except DraftError:
            return []

    def check(self, folder: Path, *, done: bool) -> None:
        found = self.drafts(folder)
        assert [edition.date for edition in found] in ([[str(COMING)]] if done else [[], [str(COMING)]])
        assert all(len(edition.terms.articles) == 4 for edition in found), "half a draft"
        read_corpus(folder / "data", load_editions(folder / "data"))


class Publish(TakeIn):
    """The desk publishes a draft."""

    name = "데스크에서 새 판 게시하기"

    def prepare(self, folder: Path) -> None:
        super().prepare(folder)
        TakeIn.act(self, folder)

    def act(self, folder: Path) -> None:
        drafts = Drafts(folder / "data")
        publish(drafts, drafts.find(TERMS), TODAY)

    def again(self, folder: Path) -> None:
        """What was left of a draft behind its publication is gone with the next one."""
        if self.drafts(folder):
            self.act(folder)
        drafts = Drafts(folder / "data")
        with self.reading():
            drafts.take(TERMS, COMING + timedelta(days=1), NEW.encode(), TODAY)
        drafts.discard(TERMS)

    def check(self, folder: Path, *, done: bool) -> None:
        dates = Drafts(folder / "data").library.dates(TERMS)
        drafted, published = bool(self.drafts(folder)), str(COMING) in dates
        assert drafted != published, "neither a draft nor an edition, or both"
        assert published or not done
        for date in dates:
            edition = Drafts(folder / "data").library.edition(TERMS, date)
            assert edition is not None
            assert len(edition.terms.articles) == (4 if date == str(COMING) else 3), "half an edition"
        read_corpus(folder / "data", load_editions(folder / "data"))


class Withdraw(Publish):
    """The desk takes an edition back."""

    name = "데스크에서 게시한 판 되돌리기"

    def prepare(self, folder: Path) -> None:
        super().prepare(folder)
        Publish.act(self, folder)

    def act(self, folder: Path) -> None:
        withdraw(Drafts(folder / "data"), TERMS, str(COMING), TODAY)

    def again(self, folder: Path) -> None:
        if str(COMING) in Drafts(folder / "data").library.dates(TERMS):
            self.act(folder)

    def check(self, folder: Path, *, done: bool) -> None:
        published = str(COMING) in Drafts(folder / "data").library.dates(TERMS)
        kept = list((folder / "data" / "withdrawn").rglob("*.txt"))
        assert len(kept) + published == 1, "lost, or there twice"
        assert not (published and done)
        read_corpus(folder / "data", load_editions(folder / "data"))


class Upgrade(Plain):
    """A journal of the first version is opened, which brings it to this one."""

    name = "옛 대화 기록을 열어 올리기"

    def prepare(self, folder: Path) -> None:
        with closing(sqlite3.connect(folder / "journal.db")) as connection:
            connection.executescript(OLDEST.read_text(encoding="utf-8"))

    def act(self, folder: Path) -> None:
        Journal.open(f"sqlite:///{folder / 'journal.db'}", 90).close()

    def check(self, folder: Path, *, done: bool) -> None:
        with closing(sqlite3.connect(folder / "journal.db")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            (version,) = connection.execute("SELECT version FROM journal_version").fetchone()
            assert version == VERSION if done else 1 <= version <= VERSION
        if done:
            journal = Journal.open(f"sqlite:///{folder / 'journal.db'}", 100_000)
            assert [len(Reader(journal).conversation(id)) for id in (ONE, TWO)] == [1, 1], "a conversation is lost"
            journal.close()
