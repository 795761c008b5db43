"""Who may try a password: names and addresses that failed often rest, counted in the database for all processes."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError

from bot.journal.accounts import name_key
from bot.journal.tables import FailureRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.journal.journal import Journal

OF_ADDRESS, OF_NAME = 5, 10  # wrong passwords within MINUTES; a name has more: others can use them up
MINUTES = 15  # that failures count, and that a name or address rests from its last one
BUSY = 20  # wrong passwords of all within MINUTES, from which each log-in is slowed down
SLOW = 2.0  # seconds
PURPOSE = b"yakgwan-bot: who failed to log in"  # the same file seals contacts, with another key
_ALL = "all"


@dataclass(frozen=True, slots=True)
class Try:
    """``wait``: whole seconds until the next try, 0 if this one may go on. ``last``: the next one will have to wait.

    ``delay``: seconds by which this one is slowed down.
    """

    wait: int = 0
    last: bool = False
    delay: float = 0.0


class LoginFailures:
    """Counts in a journal; ``secret`` as of the seal. Every method raises JournalError if the database fails.

    What was typed as a name may be a password: no name stands in the database, but a hash with a key.
    """

    def __init__(self, journal: Journal, secret: bytes) -> None:
        self._database = journal.database
        self._clock = journal.clock
        self._secret = secret

    def begin(self, name: str, address: str) -> Try:
        """Count a try as failed until `succeeded`; ``name``: "" for none, ``address``: what counts as one client.

        It counts before the password is looked at, so that tries side by side are not let through.
        """
        now, subjects = self._clock(), self._subjects(name, address)
        with self._database.writing() as session:
            wait = max(_left(session.scalar(_held(subject)), most, now) for subject, most in subjects)
            if wait:  # nothing is written: who rests leaves no rows of ever new names
                return Try(wait)
            rows = [(_row(session, subject, now), most) for subject, most in subjects]
            for row, most in rows:
                row.count += 1
                if row.count == most:  # the last one: the rest is counted from now on
                    row.until = now + timedelta(minutes=MINUTES)
            everybodys = select(FailureRow.count).where(FailureRow.subject == _ALL, FailureRow.until > now)
            failed = session.scalar(everybodys) or 0
            last = any(row.count >= most for row, most in rows)
            return Try(last=last, delay=SLOW if failed >= BUSY else 0.0)

    def wait(self, name: str, address: str) -> int:
        """Whole seconds until the next try, 0 if one may go on; nothing is counted."""
        now, subjects = self._clock(), self._subjects(name, address)
        with self._database.reading() as session:
            held = ((session.get(FailureRow, subject), most) for subject, most in subjects)
            return max(_left(row, most, now) for row, most in held)

    def succeeded(self, name: str, address: str) -> None:
        """The last try had the right password: name and address begin anew."""
        subjects = [subject for subject, _ in self._subjects(name, address)]
        with self._database.writing() as session:
            session.execute(delete(FailureRow).where(FailureRow.subject.in_(subjects)))

    def use(self, ticket: str, lasts: timedelta) -> bool:
        """Whether something that may be used once is used for the first time. It is forgotten after ``lasts``."""
        row = FailureRow(subject=self._hash(f"used {ticket}"), count=1, until=self._clock() + lasts)
        with self._database.writing() as session:
            try:
                with session.begin_nested():
                    session.add(row)
            except IntegrityError:
                return False
            return True

    def failed(self) -> None:
        """The last try had a wrong password."""
        with self._database.writing() as session:
            _row(session, _ALL, self._clock()).count += 1

    def _subjects(self, name: str, address: str) -> list[tuple[str, int]]:
        """In an order that is the same for all processes, so that none waits for one that waits for it."""
        given = [(f"address {address}", OF_ADDRESS), *([(f"name {name_key(name)}", OF_NAME)] if name else [])]
        return sorted((self._hash(text), most) for text, most in given)

    def _hash(self, text: str) -> str:
        return hmac.digest(self._secret, PURPOSE + b" " + text.encode(errors="replace"), "sha256").hex()


def _row(session: Session, subject: str, now: datetime) -> FailureRow:
    """The row of a subject, held until the end of the transaction; made if need be."""
    while True:
        row = session.scalar(_held(subject))
        if row is not None and row.until > now:
            return row
        if row is not None:
            row.count, row.until = 0, now + timedelta(minutes=MINUTES)
            return row
        row = FailureRow(subject=subject, count=0, until=now + timedelta(minutes=MINUTES))
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:  # another process was first
            continue
        return row


def _held(subject: str) -> Select[FailureRow]:
    return select(FailureRow).where(FailureRow.subject == subject).with_for_update()


def _left(row: FailureRow | None, most: int, now: datetime) -> int:
    """Whole seconds (> 0) until a subject may try again; 0 if it may now."""
    if row is None or row.count < most or row.until <= now:
        return 0
    return max(1, ceil((row.until - now).total_seconds()))
