"""Reading the journal: filtered pages, whole conversations, a table for Excel, and what the answers lack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import selectinload

from bot.journal.entries import Checked, Cited, Filter, Logged
from bot.journal.journal import CODE_LENGTH, CODE_LETTERS
from bot.journal.spreadsheet import heading, lines
from bot.journal.tables import ClauseRow, EntryRow, HandOverRow
from bot.understand.question import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Select

    from bot.journal.journal import Journal

_BATCH = 500  # entries of the table that are read at once
_WHOLE = (selectinload(EntryRow.clauses), selectinload(EntryRow.checks))
_RATINGS = {"good": True, "bad": False, "none": None}


class Reader:
    """Reads a journal, newest entries first. Every method raises JournalError if the database fails."""

    def __init__(self, journal: Journal) -> None:
        self._database = journal.database

    def entries(self, filter: Filter, page: int, size: int) -> tuple[list[Logged], int]:
        """Page ``page`` (from 1) of ``size`` (1..1000) entries, and how many there are in all.

        Raises:
            ValueError: a page or size out of range. A page behind the last one is empty.
        """
        if page < 1 or not 1 <= size <= 1000:
            raise ValueError(f"page {page} of size {size}")
        conditions = _conditions(filter)
        skipped = (page - 1) * size
        with self._database.reading() as session:
            total = session.scalar(select(func.count()).select_from(EntryRow).where(*conditions)) or 0
            if skipped >= total:  # also: a number that no database takes
                return [], total
            rows = session.scalars(_newest(conditions).offset(skipped).limit(size))
            return [_logged(row) for row in rows], total

    def conversation(self, id: str) -> list[Logged]:
        """All of a conversation, oldest first; empty if there is none."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(EntryRow).where(EntryRow.conversation == _plain(id)).order_by(EntryRow.id).options(*_WHOLE)
            )
            return [_logged(row) for row in rows]

    def chat(self, id: str, most: int) -> list[Logged]:
        """The last ``most`` entries that the chat has of a conversation, oldest first; empty if there is none."""
        conditions = [EntryRow.conversation == _plain(id), EntryRow.channel == "chat"]
        return self._some(conditions, most)[::-1]

    def by_code(self, code: str) -> str | None:
        """The conversation of a hand-over code, typed in any case and with spaces or dashes; None if there is none."""
        plain = "".join(code[:40].split()).replace("-", "").upper()
        if len(plain) != CODE_LENGTH or not set(plain) <= set(CODE_LETTERS):
            return None
        with self._database.reading() as session:
            return session.scalar(select(HandOverRow.conversation).where(HandOverRow.code == plain))

    def csv(self, filter: Filter) -> Iterator[str]:
        """All entries as CSV for Excel, in pieces. No transaction is held between the pieces."""
        yield heading()
        conditions = _conditions(filter)
        rows = self._some(conditions, _BATCH)
        while rows:
            yield lines(rows)
            rows = self._some([*conditions, EntryRow.id < rows[-1].id], _BATCH)

    def gaps(self, since: date | None, until: date | None, limit: int = 1000) -> list[Logged]:
        """The newest ``limit`` questions of these days that found nothing or were answered badly, as somebody rated."""
        bad = and_(EntryRow.status == "answered", EntryRow.good.is_(False))
        lacking = or_(EntryRow.status == "not_found", bad)
        return self._some([*_conditions(Filter(since, until)), lacking], limit)

    def _some(self, conditions: Sequence[ColumnElement[bool]], limit: int) -> list[Logged]:
        with self._database.reading() as session:
            return [_logged(row) for row in session.scalars(_newest(conditions).limit(limit))]


def _newest(conditions: Sequence[ColumnElement[bool]]) -> Select[EntryRow]:
    return select(EntryRow).where(*conditions).order_by(EntryRow.id.desc()).options(*_WHOLE)


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        found.append(EntryRow.day >= wanted.since)
    if wanted.until is not None:
        found.append(EntryRow.day <= wanted.until)
    if wanted.status is not None:
        found.append(EntryRow.status == _plain(wanted.status))
    if wanted.channel is not None:
        found.append(EntryRow.channel == _plain(wanted.channel))
    if wanted.rating is not None:
        found.append(EntryRow.good.is_(_RATINGS[wanted.rating]))
    if wanted.article is not None:
        article = _plain(wanted.article)
        found.append(EntryRow.clauses.any((ClauseRow.article == article) & ClauseRow.related.is_(False)))
    if text := _plain(wanted.text):
        columns = (EntryRow.question, EntryRow.interpreted, EntryRow.answer, EntryRow.reason)
        found.append(or_(*(column.icontains(text, autoescape=True) for column in columns)))
    return found


def _plain(text: str) -> str:
    """Of what a person or an address gave: limited, and without the characters that PostgreSQL refuses."""
    return clean(text[:200])


def _logged(row: EntryRow) -> Logged:
    clauses = [(c.related, Cited(c.clause, c.edition)) for c in row.clauses]
    return Logged(
        id=row.id,
        conversation=row.conversation,
        at=row.at,
        question=row.question,
        answer=row.answer,
        interpreted=row.interpreted,
        status=row.status,
        confidence=row.confidence,
        citations=tuple(cited for related, cited in clauses if not related),
        related=tuple(cited for related, cited in clauses if related),
        elapsed_ms=row.elapsed_ms,
        channel=row.channel,
        good=row.good,
        reason=row.reason,
        checks=tuple(
            Checked(c.text, c.outcome, tuple(c.clauses), tuple(c.faults), tuple(c.unchecked)) for c in row.checks
        ),
    )
