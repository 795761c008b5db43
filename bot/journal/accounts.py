"""The accounts of the desk: named, with a role, never deleted but disabled; there is always somebody who manages."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from bot.journal.names import Role
from bot.journal.tables import AccountRow, LoginRow
from bot.understand.question import clean
from index.errors import YakgwanError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.journal.journal import Journal

SHORTEST_NAME, LONGEST_NAME = 2, 40  # characters
ONE_TIME = timedelta(days=3)  # that a one-time password can be used
NO_ACCOUNT = "그런 계정이 없습니다."
COMPANYS = "회사 계정으로 로그인하는 계정입니다. 비밀번호가 없고, 할 수 있는 일은 회사가 로그인할 때마다 정합니다."
HAS_PASSWORD = "같은 이름의 비밀번호 계정이 있습니다. 비밀번호로 로그인하거나 관리자에게 알려 주세요."  # noqa: S105
DISABLED = "막힌 계정입니다. 관리자에게 물어보세요."


class AccountError(YakgwanError):
    """An account cannot be made, found or changed so; the message says why."""


@dataclass(frozen=True, slots=True)
class Account:
    """``one_time``: the password was given by somebody else, can be used until then and must be changed.

    ``password``: its hash, "" of an account of the company's log-in, which has none.
    """

    id: int
    name: str
    role: Role
    one_time: datetime | None
    disabled: bool
    at: datetime
    password: str = field(repr=False)

    @property
    def of_company(self) -> bool:
        """Whether the company's provider says who it is and what it may do."""
        return not self.password


class Accounts:
    """The accounts in a journal. Every method raises JournalError if the database fails."""

    def __init__(self, journal: Journal) -> None:
        self._database = journal.database
        self._clock = journal.clock
        self._found = False

    def exist(self) -> bool:
        """Whether there is any account, disabled or not."""
        if not self._found:
            with self._database.reading() as session:
                self._found = session.scalar(select(AccountRow.id).limit(1)) is not None
        return self._found

    def add(self, name: str, role: Role, password: str, *, one_time: bool = False) -> Account:
        """A new account. ``password``: its hash; ``one_time``: it is to be changed at the first log-in.

        Raises:
            AccountError: a name that is there, too short or too long.
        """
        plain = clean(name[: 4 * LONGEST_NAME])
        if not SHORTEST_NAME <= len(plain) <= LONGEST_NAME:
            raise AccountError(f"이름은 {SHORTEST_NAME}자 이상 {LONGEST_NAME}자 이하여야 합니다.")
        now = self._clock()
        row = AccountRow(
            name=plain,
            key=name_key(plain),
            role=role,
            password=password,
            until=now + ONE_TIME if one_time else None,
            disabled=False,
            at=now,
        )
        with self._database.writing() as session:
            try:
                with session.begin_nested():
                    session.add(row)
            except IntegrityError:
                raise AccountError(f"{plain}: 이미 있는 이름입니다.") from None
            return _account(row)

    def take_in(self, name: str, role: Role) -> Account:
        """The account of somebody who comes from the company's log-in, made at the first time; its role is as given.

        Nobody may be left who manages: the company decides that.

        Raises:
            AccountError: the account is disabled, or one with a password has that name; also as `add`.
        """
        if self.named(name) is None:
            try:
                return self.add(name, role, "")
            except AccountError:  # its name is no name, or it was made meanwhile
                if self.named(name) is None:
                    raise
        with self._database.writing() as session:
            row = session.scalar(select(AccountRow).where(AccountRow.key == name_key(name)).with_for_update())
            if row is None:  # accounts are never deleted
                raise AccountError(NO_ACCOUNT)
            if row.password:
                raise AccountError(HAS_PASSWORD)
            if row.disabled:
                raise AccountError(DISABLED)
            row.role = role
            return _account(row)

    def all(self) -> list[Account]:
        """In the order of their names."""
        with self._database.reading() as session:
            return [_account(row) for row in session.scalars(select(AccountRow).order_by(AccountRow.key))]

    def named(self, name: str) -> Account | None:
        """The account of a name, however it is written."""
        with self._database.reading() as session:
            row = session.scalar(select(AccountRow).where(AccountRow.key == name_key(name)))
            return _account(row) if row is not None else None

    def get(self, id: int) -> Account:
        """Raises AccountError if there is none."""
        with self._database.reading() as session:
            return _account(_row(session, id))

    def set_password(self, id: int, password: str, *, one_time: bool = False) -> Account:
        """Another password (its hash): all log-ins of the account end.

        Raises:
            AccountError: there is no such account, or it is of the company's log-in.
        """
        with self._database.writing() as session:
            row = _row(session, id)
            _check_own(row)
            row.password, row.until = password, self._clock() + ONE_TIME if one_time else None
            session.execute(delete(LoginRow).where(LoginRow.account_id == id))
            return _account(row)

    def set_role(self, id: int, role: Role) -> Account:
        """Raises AccountError if there is none, it is of the company's log-in, or nobody would manage."""
        with self._database.writing() as session:
            row = _row(session, id)
            _check_own(row)
            if role is not Role.MANAGER:
                _check_another_manages(session, id)
            row.role = role
            return _account(row)

    def disable(self, id: int) -> Account:
        """All log-ins of the account end. Raises AccountError if there is none, or nobody would manage."""
        with self._database.writing() as session:
            row = _row(session, id)
            _check_another_manages(session, id)
            row.disabled = True
            session.execute(delete(LoginRow).where(LoginRow.account_id == id))
            return _account(row)

    def enable(self, id: int) -> Account:
        """Let a disabled account in again. Raises AccountError if there is none."""
        with self._database.writing() as session:
            row = _row(session, id)
            row.disabled = False
            return _account(row)


def name_key(name: str) -> str:
    """What two ways to write the same name have in common; at most 160 characters."""
    return unicodedata.normalize("NFKC", clean(name[: 4 * LONGEST_NAME])).casefold()[:160]


def _row(session: Session, id: int) -> AccountRow:
    row = session.get(AccountRow, id)
    if row is None:
        raise AccountError(NO_ACCOUNT)
    return row


def _check_own(row: AccountRow) -> None:
    if not row.password:
        raise AccountError(COMPANYS)


def _check_another_manages(session: Session, id: int) -> None:
    # locked, so that two processes do not take the last two managers away side by side
    managers = select(AccountRow.id).where(AccountRow.role == Role.MANAGER, AccountRow.disabled.is_(False))
    if set(session.scalars(managers.with_for_update())) == {id}:
        raise AccountError("관리자가 한 사람은 있어야 합니다. 다른 관리자를 먼저 정해 주세요.")


def _account(row: AccountRow) -> Account:
    return Account(
        id=row.id,
        name=row.name,
        role=Role(row.role),
        one_time=row.until,
        disabled=row.disabled,
        at=row.at,
        password=row.password,
    )
