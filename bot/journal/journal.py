"""Writing the journal: each question with how it ended, its rating, hand-over codes, and deletion.

What customers leave for agents is written by `bot.journal.requests`, what the desk does by `bot.journal.access`.
"""

from __future__ import annotations

import re
import secrets
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Self

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from bot.journal.database import Database
from bot.journal.tables import (
    AccessRow,
    CheckRow,
    ClauseRow,
    EntryRow,
    FailureRow,
    HandOverRow,
    LoginRow,
    RequestRow,
    seoul_day,
)
from bot.privacy import mask_personal
from bot.understand.question import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from bot.journal.entries import Checked, Entry

LONGEST_QUESTION, LONGEST_ANSWER, LONGEST_REASON = 2_000, 20_000, 1_000  # characters that are kept
ACCESS_DAYS = 730  # that the access record is kept
MOST_CHECKS = 50  # sentences of an answer that are kept
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # those that are not mistaken for one another when read out
CODE_LENGTH = 6
_HIGHEST = 2**31 - 1  # PostgreSQL's integer
_CONVERSATION = re.compile(r"[0-9a-f]{32}")
_MARGIN = 64  # longer than any number or name of a mail account


def _now() -> datetime:
    return datetime.now(UTC)


class Journal:
    """The journal over a database; all threads share it. Every method raises JournalError if the database fails.

    It keeps entries ``days`` days, requests ``request_days`` if that is less, and the access record ``access_days``.
    """

    def __init__(
        self, database: Database, days: int, clock: Callable[[], datetime], request_days: int | None, access_days: int
    ) -> None:
        self.database = database
        self.days = days
        self.request_days = min(days, request_days or days)
        self.access_days = access_days
        self.clock = clock

    @classmethod
    def open(
        cls,
        url: str,
        days: int,
        clock: Callable[[], datetime] = _now,
        *,
        request_days: int | None = None,
        access_days: int = ACCESS_DAYS,
        later: bool = False,
    ) -> Self:
        """The journal at a SQLAlchemy address (SQLite or PostgreSQL), made if need be.

        ``later``: a database that cannot be reached or written now is tried again whenever the journal is used.

        Raises:
            JournalError: the address cannot be used, or the database is of another version; no password is shown.
        """
        return cls(Database(url, later=later), days, clock, request_days, access_days)

    def record(self, entry: Entry) -> int:
        """Write an entry, what was typed and what a model said masked; its number. ValueError: a bad conversation."""
        return self.record_all([(entry, self.clock())])[0]

    def record_all(self, entries: Sequence[tuple[Entry, datetime]]) -> list[int]:
        """Write entries with their times in one transaction, all or none; as `record`."""
        rows = [_entry_row(entry, at) for entry, at in entries]
        with self.database.writing() as session:
            for row in rows:
                session.add(row)
                session.flush()  # one by one: the numbers follow the order
            return [row.id for row in rows]

    def rate(self, entry: int, conversation: str, *, good: bool, reason: str = "") -> bool:
        """Rate an entry, in place of an earlier rating; False if the conversation has no such entry."""
        if not (0 < entry <= _HIGHEST and _CONVERSATION.fullmatch(conversation)):
            return False
        rated = (
            update(EntryRow)
            .where(EntryRow.id == entry, EntryRow.conversation == conversation)
            .values(good=good, reason=_typed(reason, LONGEST_REASON))
            .returning(EntryRow.id)
        )
        with self.database.writing() as session:
            return session.scalar(rated) is not None

    def hand_over(self, conversation: str) -> str:
        """The code of a conversation, always the same one. Raises ValueError for a bad conversation."""
        with self.database.writing() as session:
            return code_of(session, check_conversation(conversation), self.clock())

    def days_written(self) -> list[date]:
        """The days in Korea that have an entry, in order."""
        with self.database.reading() as session:
            return list(session.scalars(select(EntryRow.day).distinct().order_by(EntryRow.day)))

    def purge(self, now: datetime | None = None) -> int:
        """Delete what is older than its days, out of the files too; returns the number of entries.

        With the last entry of a conversation goes what was left in it for an agent; with the rest the lines of the
        access record that are older than its own days, and log-ins and failures that count no more.

        Raises:
            JournalError: also if a reader of the SQLite file keeps its old state alive; the next call does the rest.
        """
        now = now or self.clock()
        until = now - timedelta(days=self.days)
        old = RequestRow.at < now - timedelta(days=self.request_days)
        with self.database.writing() as session:
            gone = session.scalars(delete(EntryRow).where(EntryRow.at < until).returning(EntryRow.conversation)).all()
            codes = session.scalars(delete(HandOverRow).where(HandOverRow.at < until).returning(HandOverRow.code)).all()
            requests = session.scalars(delete(RequestRow).where(old).returning(RequestRow.code)).all()
            self._delete_requests_without_entries(session, set(gone))
            done = AccessRow.at < now - timedelta(days=self.access_days)
            accesses = session.scalars(delete(AccessRow).where(done).returning(AccessRow.id)).all()
            session.execute(delete(LoginRow).where(LoginRow.until < now))
            session.execute(delete(FailureRow).where(FailureRow.until < now))
        self.database.shred(rebuild=bool(gone or codes or requests or accesses))
        return len(gone)

    def forget(self, conversation: str) -> bool:
        """Delete a conversation now, with its code and what was left in it; False if there is nothing of it.

        Raises:
            JournalError: as `purge`: it is deleted all the same.
        """
        with self.database.writing() as session:
            gone = [
                one
                for row in (EntryRow, HandOverRow, RequestRow)
                for one in session.scalars(
                    delete(row).where(row.conversation == check_conversation(conversation)).returning(row.conversation)
                )
            ]
        if gone:
            self.database.shred(rebuild=False)
        return bool(gone)

    def close(self) -> None:
        self.database.close()

    def _delete_requests_without_entries(self, session: Session, conversations: set[str]) -> None:
        left = EntryRow.conversation == RequestRow.conversation
        for conversation in conversations:
            session.execute(
                delete(RequestRow).where(
                    RequestRow.conversation == conversation, ~select(EntryRow.id).where(left).exists()
                )
            )


def code_of(session: Session, conversation: str, at: datetime) -> str:
    """The code of a conversation, given ``at`` this time if it has none."""
    held = select(HandOverRow.code).where(HandOverRow.conversation == conversation)
    while True:
        code = session.scalar(held)
        if code:
            return code
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        # the code is taken, or another process was first: look again
        with suppress(IntegrityError), session.begin_nested():
            session.add(HandOverRow(code=code, conversation=conversation, at=at))


def _entry_row(entry: Entry, at: datetime) -> EntryRow:
    clauses = [(cited, False) for cited in entry.citations] + [(cited, True) for cited in entry.related]
    return EntryRow(
        conversation=check_conversation(entry.conversation),
        at=at,
        day=seoul_day(at),
        question=_typed(entry.question, LONGEST_QUESTION),
        answer=entry.answer[:LONGEST_ANSWER],
        interpreted=_typed(entry.interpreted, LONGEST_QUESTION),
        status=entry.status,
        confidence=entry.confidence,
        elapsed_ms=entry.elapsed_ms,
        channel=entry.channel,
        clauses=[
            ClauseRow(
                place=place,
                related=related,
                clause=cited.clause,
                edition=cited.edition,
            )
            for place, (cited, related) in enumerate(clauses)
        ],
        checks=[_check_row(place, checked) for place, checked in enumerate(entry.checks[:MOST_CHECKS])],
    )


def _check_row(place: int, checked: Checked) -> CheckRow:
    return CheckRow(
        place=place,
        text=_typed(checked.text, LONGEST_QUESTION),
        outcome=checked.outcome,
        clauses=list(checked.clauses),
        faults=list(checked.faults),
        unchecked=list(checked.unchecked),
    )


def check_conversation(conversation: str) -> str:
    """``conversation``. Raises ValueError if it is not the name of one."""
    if not _CONVERSATION.fullmatch(conversation):
        raise ValueError(f"conversation is not 32 hex digits: {conversation!r}")
    return conversation


def _typed(text: str, limit: int) -> str:
    """What a person typed, clean, masked and not longer than ``limit``.

    Half a number is not known as one: where a text is cut, what stands at the cut is given up.
    """
    kept = clean(text[: 4 * limit])
    whole = len(text) <= 4 * limit and len(kept) <= limit + _MARGIN
    masked = mask_personal(kept[: limit + _MARGIN])
    return (masked if whole else masked[:-_MARGIN])[:limit]
