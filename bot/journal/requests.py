"""What customers leave for agents: written once for a conversation, read by the desk, and told to the operator."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from sqlalchemy import func, or_, select, update
from sqlalchemy.exc import IntegrityError

from bot.journal.database import JournalError
from bot.journal.journal import check_conversation, code_of
from bot.journal.tables import RequestRow
from bot.privacy import mask_personal
from bot.understand.question import clean

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from bot.journal.journal import Journal
    from bot.journal.names import Notice, RequestState
    from bot.journal.sealing import Seal

LONGEST_ABOUT, LONGEST_CONTACT = 1_000, 100  # characters that are taken


@dataclass(frozen=True, slots=True)
class Request:
    """``about``: masked. ``reachable``: whether the customer gave a name, number or address to be called back by."""

    code: str
    conversation: str
    at: datetime
    about: str
    reachable: bool
    state: RequestState
    notice: Notice


@dataclass(frozen=True, slots=True)
class Whole(Request):
    """``contact``: as it was given, "" without one, None if it was sealed with another key; in no log and no figure."""

    contact: str | None = field(repr=False)


class Requests:
    """The requests in a journal. Every method raises JournalError if the database fails."""

    def __init__(self, journal: Journal, seal: Seal) -> None:
        self._journal = journal
        self._database = journal.database
        self._seal = seal

    def leave(self, conversation: str, about: str, contact: str, *, tell: bool) -> tuple[Request, bool]:
        """The request of a conversation, and whether it is new: the first one holds, however often it is sent.

        ``tell``: it is to be told to the operator's program.

        Raises:
            ValueError: a bad conversation, nothing to say, or more than is taken.
        """
        check_conversation(conversation)
        said, reached = plain_lines(about), clean(contact)
        if not said or len(about) > LONGEST_ABOUT or len(contact) > LONGEST_CONTACT:
            raise ValueError("a request says something, and not more than is taken")
        for _ in range(2):
            with self._database.writing() as session:
                held = session.scalar(select(RequestRow).where(RequestRow.conversation == conversation))
                if held is not None:
                    return _request(held), False
                row = self._row(session, conversation, mask_personal(said), reached, tell=tell)
                try:
                    with session.begin_nested():
                        session.add(row)
                except IntegrityError:  # another process was first: look again
                    continue
                return _request(row), True
        raise JournalError("상담 번호가 겹칩니다.")

    def ticket(self, conversation: str) -> str:
        """What stands for a conversation where its own name must not go: in the browser of the customer."""
        return self._seal.close(conversation)

    def conversation_of(self, ticket: str) -> str | None:
        """The conversation of a ticket; None for one that was not given out."""
        found = self._seal.open(ticket)
        return found or None

    def of_conversation(self, conversation: str) -> Request | None:
        """What was left in a conversation."""
        with self._database.reading() as session:
            row = session.scalar(select(RequestRow).where(RequestRow.conversation == conversation))
            return _request(row) if row is not None else None

    def read(self, code: str) -> Whole | None:
        """One request with how to reach the customer."""
        with self._database.reading() as session:
            row = session.get(RequestRow, clean(code[:40]).upper())
            if row is None:
                return None
            told = _request(row)
            return Whole(
                **{name: getattr(told, name) for name in Request.__slots__}, contact=self._seal.open(row.contact)
            )

    def page(self, state: RequestState | None, text: str, page: int, size: int) -> tuple[list[Request], int]:
        """Page ``page`` (from 1) of ``size`` requests, the newest first, and how many there are in all.

        ``state``: None for all. ``text``: stands in what was left, or is the code.
        """
        wanted: list[ColumnElement[bool]] = [] if state is None else [RequestRow.state == state]
        if looked := clean(text[:200]):
            wanted.append(or_(RequestRow.about.icontains(looked, autoescape=True), RequestRow.code == looked.upper()))
        newest = select(RequestRow).where(*wanted).order_by(RequestRow.at.desc(), RequestRow.code)
        with self._database.reading() as session:
            total = session.scalar(select(func.count()).select_from(RequestRow).where(*wanted)) or 0
            rows = session.scalars(newest.offset((page - 1) * size).limit(size)) if (page - 1) * size < total else ()
            return [_request(row) for row in rows], total

    def counts(self) -> dict[str, int]:
        """How many there are in each state that any is in."""
        with self._database.reading() as session:
            found = session.execute(select(RequestRow.state, func.count()).group_by(RequestRow.state))
            return {str(state): int(count) for state, count in found}

    def change(self, code: str, state: RequestState) -> bool:
        """Put a request into another state; False if there is none."""
        return self._set(code, state=state)

    def mark(self, code: str, notice: Notice) -> bool:
        """Note how telling a request went; False if there is none any more."""
        return self._set(code, notice=notice)

    def untold(self, limit: int) -> list[Request]:
        """Those that were to be told and are not, the oldest first, at most ``limit``."""
        wanted = select(RequestRow).where(RequestRow.notice.in_(("waiting", "failed"))).order_by(RequestRow.at)
        with self._database.reading() as session:
            return [_request(row) for row in session.scalars(wanted.limit(limit))]

    def _set(self, code: str, **values: str) -> bool:
        changed = update(RequestRow).where(RequestRow.code == code).values(**values).returning(RequestRow.code)
        with self._database.writing() as session:
            return session.scalar(changed) is not None

    def _row(self, session: Session, conversation: str, about: str, contact: str, *, tell: bool) -> RequestRow:
        now = self._journal.clock()
        return RequestRow(
            code=code_of(session, conversation, now),
            conversation=conversation,
            at=now,
            about=about,
            contact=self._seal.close(contact),
            state="new",
            notice="waiting" if tell else "none",
        )


def plain_lines(text: str) -> str:
    """``text``, clean line by line and without empty ones."""
    return "\n".join(filter(None, map(clean, text.splitlines())))


def _request(row: RequestRow) -> Request:
    return Request(
        code=row.code,
        conversation=row.conversation,
        at=row.at,
        about=row.about,
        reachable=bool(row.contact),
        state=cast("RequestState", row.state),
        notice=cast("Notice", row.notice),
    )
