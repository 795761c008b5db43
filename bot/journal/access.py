"""The access record (접속기록): who did what at the desk, when, from where, and to whose conversation.

Lines are added and read, and purged with the journal when their days are over; nothing here changes or deletes one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from sqlalchemy import func, or_, select

from bot.journal.names import ACTS
from bot.journal.spreadsheet import heading, seoul_time, written
from bot.journal.tables import AccessRow, seoul_day
from bot.privacy import mask_personal
from bot.understand.question import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Select

    from bot.journal.journal import Journal
    from bot.journal.names import Act

HEADINGS = ("번호", "시각", "이름", "주소", "한 일", "대화", "내용")
LONGEST_ADDRESS, LONGEST_CONVERSATION, LONGEST_ABOUT = 64, 32, 500  # characters that are kept
_BATCH = 500  # lines that are read at once


@dataclass(frozen=True, slots=True)
class Access:
    """A line. ``name``: of the account, "" for nobody's. ``conversation``: whose, "" for none in particular."""

    id: int
    at: datetime
    name: str
    address: str
    act: Act
    conversation: str
    about: str


@dataclass(frozen=True, slots=True)
class AccessFilter:
    """Which lines; all that is given must hold. Days are those of Asia/Seoul, ``until`` is included.

    ``text`` is looked for in name, address, conversation and what it is about.
    """

    since: date | None = None
    until: date | None = None
    act: Act | None = None
    text: str = ""


class AccessRecord:
    """The record in a journal, newest lines first. Every method raises JournalError if the database fails."""

    def __init__(self, journal: Journal) -> None:
        self._database = journal.database
        self._clock = journal.clock

    def write(
        self, name: str, address: str, act: Act, *, conversation: str = "", about: str = "", typed: str = ""
    ) -> None:
        """Add a line; it is about ``about`` and what somebody ``typed``, which is masked."""
        now = self._clock()
        said = mask_personal(clean(typed[: 2 * LONGEST_ABOUT]))
        row = AccessRow(
            at=now,
            day=seoul_day(now),
            name=name,
            address=clean(address)[:LONGEST_ADDRESS],
            act=act,
            conversation=clean(conversation[:LONGEST_CONVERSATION]),
            about=" ".join(filter(None, [clean(about), said]))[:LONGEST_ABOUT],
        )
        with self._database.writing() as session:
            session.add(row)

    def page(self, wanted: AccessFilter, page: int, size: int) -> tuple[list[Access], int]:
        """Page ``page`` (from 1) of ``size`` lines, and how many there are in all. Behind the last one it is empty."""
        conditions, skipped = _conditions(wanted), (page - 1) * size
        with self._database.reading() as session:
            total = session.scalar(select(func.count()).select_from(AccessRow).where(*conditions)) or 0
            rows = session.scalars(_newest(conditions).offset(skipped).limit(size)) if skipped < total else ()
            return [_access(row) for row in rows], total

    def csv(self, wanted: AccessFilter) -> Iterator[str]:
        """All lines as CSV for Excel, in pieces. No transaction is held between the pieces."""
        yield heading(HEADINGS)
        conditions = _conditions(wanted)
        lines = self._some(conditions)
        while lines:
            yield written(map(_cells, lines))
            lines = self._some([*conditions, AccessRow.id < lines[-1].id])

    def _some(self, conditions: Sequence[ColumnElement[bool]]) -> list[Access]:
        with self._database.reading() as session:
            return [_access(row) for row in session.scalars(_newest(conditions).limit(_BATCH))]


def _newest(conditions: Sequence[ColumnElement[bool]]) -> Select[AccessRow]:
    return select(AccessRow).where(*conditions).order_by(AccessRow.id.desc())


def _conditions(wanted: AccessFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        found.append(AccessRow.day >= wanted.since)
    if wanted.until is not None:
        found.append(AccessRow.day <= wanted.until)
    if wanted.act is not None:
        found.append(AccessRow.act == wanted.act)
    if text := clean(wanted.text[:200]):
        columns = (AccessRow.name, AccessRow.address, AccessRow.conversation, AccessRow.about)
        found.append(or_(*(column.icontains(text, autoescape=True) for column in columns)))
    return found


def _cells(line: Access) -> tuple[str, ...]:
    act = ACTS.get(line.act, line.act)
    return (str(line.id), seoul_time(line.at), line.name, line.address, act, line.conversation, line.about)


def _access(row: AccessRow) -> Access:
    return Access(
        id=row.id,
        at=row.at,
        name=row.name,
        address=row.address,
        act=cast("Act", row.act),
        conversation=row.conversation,
        about=row.about,
    )
