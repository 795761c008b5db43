"""Who is logged in: one row for each log-in, found by the hash of a random token that only the browser has."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from bot.journal.tables import AccountRow, LoginRow
from bot.understand.question import clean

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement

    from bot.journal.journal import Journal

NOTED = timedelta(minutes=1)  # the last use is written at most so often
LONGEST_DEVICE, LONGEST_ADDRESS, LONGEST_TOKEN = 200, 64, 100  # characters


@dataclass(frozen=True, slots=True)
class Login:
    """``account``: its number. ``used``: last, to the minute. ``device``: as its browser calls itself."""

    id: int
    account: int
    started: datetime
    used: datetime
    until: datetime
    address: str
    device: str


class Logins:
    """The log-ins in a journal. Every method raises JournalError if the database fails.

    One ends ``idle`` after its last use and ``longest`` after its beginning, or when it is ended.
    """

    def __init__(self, journal: Journal, idle: timedelta, longest: timedelta) -> None:
        self._database = journal.database
        self._clock = journal.clock
        self._idle = idle
        self.longest = longest

    def start(self, account: int, address: str, device: str) -> str:
        """The token of a new log-in; in the database is only its hash."""
        token, now = secrets.token_urlsafe(32), self._clock()
        row = LoginRow(
            token=_hash(token),
            account_id=account,
            started=now,
            used=now,
            until=now + self.longest,
            address=clean(address)[:LONGEST_ADDRESS],
            device=clean(device[: 2 * LONGEST_DEVICE])[:LONGEST_DEVICE],
        )
        with self._database.writing() as session:
            session.add(row)
        return token

    def find(self, token: str) -> Login | None:
        """The log-in of a token, which is used by that; None if there is none, it is over, or its account disabled."""
        if not token or len(token) > LONGEST_TOKEN:
            return None
        now = self._clock()
        enabled = LoginRow.account_id.in_(select(AccountRow.id).where(AccountRow.disabled.is_(False)))
        wanted = select(LoginRow).where(LoginRow.token == _hash(token), enabled, *self._alive(now))
        with self._database.reading() as session:
            row = session.scalar(wanted)
            found = _login(row) if row is not None else None
        if found and now - found.used >= NOTED:
            with self._database.writing() as session:
                session.execute(update(LoginRow).where(LoginRow.id == found.id).values(used=now))
        return found

    def of(self, account: int) -> list[Login]:
        """Those of an account that are not over, the newest first."""
        wanted = select(LoginRow).where(LoginRow.account_id == account, *self._alive(self._clock()))
        with self._database.reading() as session:
            return [
                _login(row) for row in session.scalars(wanted.order_by(LoginRow.started.desc(), LoginRow.id.desc()))
            ]

    def end(self, token: str) -> None:
        """No copy of the token works any more."""
        self._end(LoginRow.token == _hash(token))

    def end_all(self, account: int) -> None:
        """Log out everywhere."""
        self._end(LoginRow.account_id == account)

    def _end(self, which: ColumnElement[bool]) -> None:
        with self._database.writing() as session:
            session.execute(delete(LoginRow).where(which))

    def _alive(self, now: datetime) -> tuple[ColumnElement[bool], ...]:
        return LoginRow.until > now, LoginRow.used > now - self._idle


def _hash(token: str) -> str:
    # of 256 random bits no slow hash is needed
    return sha256(token.encode(errors="replace")).hexdigest()


def _login(row: LoginRow) -> Login:
    return Login(
        id=row.id,
        account=row.account_id,
        started=row.started,
        used=row.used,
        until=row.until,
        address=row.address,
        device=row.device,
    )
