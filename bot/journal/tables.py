"""The tables: entries with their clauses and checks, codes, requests to agents; the desk's accounts; their version."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import JSON, DateTime, ForeignKey, String, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, composite, mapped_column, relationship

from index.clause import Clause
from index.editions.edition import SEOUL

if TYPE_CHECKING:
    from sqlalchemy import Dialect

VERSION = 4  # of the tables below; a change to them counts it up, and `bot.journal.database` brings older ones up


def seoul_day(at: datetime) -> date:
    """The day in Korea at an aware time."""
    return at.astimezone(SEOUL).date()


class Utc(TypeDecorator[datetime]):
    """An aware time. SQLite keeps no zone and PostgreSQL answers in the session's: both give UTC here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


class Base(DeclarativeBase):
    """The tables of the journal. The prefix keeps them apart in a database that holds others."""


class EntryRow(Base):
    """One question with how it ended. ``good`` and ``reason`` are the person's rating, ``good`` NULL without one."""

    __tablename__ = "journal_entries"
    # the number of a deleted entry is never given again: a rating that comes late must not meet another entry
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012  # SQLAlchemy reads it from the class

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation: Mapped[str] = mapped_column(String(32), index=True)
    at: Mapped[datetime] = mapped_column(Utc, index=True)
    day: Mapped[date] = mapped_column(index=True)  # in Korea; derived from ``at``, so that all databases group alike
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    interpreted: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16))
    confidence: Mapped[float]
    elapsed_ms: Mapped[float]
    channel: Mapped[str] = mapped_column(String(16))
    good: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    clauses: Mapped[list[ClauseRow]] = relationship(order_by="ClauseRow.place", passive_deletes=True)
    checks: Mapped[list[CheckRow]] = relationship(order_by="CheckRow.place", passive_deletes=True)


class ClauseRow(Base):
    """A clause that an entry cites or, ``related``, only points to."""

    __tablename__ = "journal_clauses"

    entry_id: Mapped[int] = mapped_column(ForeignKey(EntryRow.id, ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    related: Mapped[bool]
    terms: Mapped[str] = mapped_column(Text)
    edition: Mapped[str] = mapped_column(Text)
    article: Mapped[str] = mapped_column(Text)
    paragraph: Mapped[str] = mapped_column(Text)
    clause: Mapped[Clause] = composite(Clause, "terms", "article", "paragraph")


class CheckRow(Base):
    """What became of a sentence of a language model. The lists hold Korean names of clauses and of faults."""

    __tablename__ = "journal_checks"

    entry_id: Mapped[int] = mapped_column(ForeignKey(EntryRow.id, ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(String(16))
    clauses: Mapped[list[str]] = mapped_column(JSON)
    faults: Mapped[list[str]] = mapped_column(JSON)
    unchecked: Mapped[list[str]] = mapped_column(JSON)


class HandOverRow(Base):
    """The code that a customer tells an agent, for one conversation."""

    __tablename__ = "journal_handovers"

    code: Mapped[str] = mapped_column(String(6), primary_key=True)
    conversation: Mapped[str] = mapped_column(String(32), unique=True)
    at: Mapped[datetime] = mapped_column(Utc)


class RequestRow(Base):
    """What a customer left for an agent, one for a conversation, under the code that the customer was told.

    ``about`` is masked, ``contact`` sealed (`bot.journal.sealing`) and "" without one. ``state`` and ``notice``: the
    short words of `bot.journal.names`.
    """

    __tablename__ = "journal_requests"

    code: Mapped[str] = mapped_column(String(6), primary_key=True)
    conversation: Mapped[str] = mapped_column(String(32), unique=True)
    at: Mapped[datetime] = mapped_column(Utc, index=True)
    about: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    notice: Mapped[str] = mapped_column(String(16))


class AccountRow(Base):
    """Who may use the desk. It is never deleted, so that the access record keeps its meaning, only disabled.

    ``key``: the name as it is compared. ``role``: of `bot.journal.names.Role`. ``password``: its hash, "" of one that
    logs in at the company's provider. ``until``: of a one-time password, how long it can be used; NULL for one that the
    person has chosen.
    """

    __tablename__ = "journal_accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(160), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    password: Mapped[str] = mapped_column(String(200))
    until: Mapped[datetime | None] = mapped_column(Utc)
    disabled: Mapped[bool]
    at: Mapped[datetime] = mapped_column(Utc)


class LoginRow(Base):
    """One log-in of an account. ``token``: the hash of what its cookie holds. ``until``: it ends then at the latest."""

    __tablename__ = "journal_logins"

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(AccountRow.id), index=True)
    started: Mapped[datetime] = mapped_column(Utc)
    used: Mapped[datetime] = mapped_column(Utc)
    until: Mapped[datetime] = mapped_column(Utc)
    address: Mapped[str] = mapped_column(String(64))
    device: Mapped[str] = mapped_column(String(200))


class FailureRow(Base):
    """Log-ins of one name or address, as a keyed hash, that had no right password, and until when they count.

    Also the hash of what may be used only once, and has been.
    """

    __tablename__ = "journal_login_failures"

    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    until: Mapped[datetime] = mapped_column(Utc)


class AccessRow(Base):
    """A line of the access record: who did what from where, and to whose conversation. Only added and purged.

    ``name``: of the account as it was then, "" for nobody's. ``act``: of `bot.journal.names.ACTS`.
    """

    __tablename__ = "journal_accesses"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012  # SQLAlchemy reads it from the class

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Utc, index=True)
    day: Mapped[date] = mapped_column(index=True)  # in Korea
    name: Mapped[str] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(64))
    act: Mapped[str] = mapped_column(String(16))
    conversation: Mapped[str] = mapped_column(String(32))
    about: Mapped[str] = mapped_column(Text)


class VersionRow(Base):
    """One row: the version of the tables."""

    __tablename__ = "journal_version"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


# the tables that came with each version after the first; nothing else has changed between them
ADDED: dict[int, tuple[type[Base], ...]] = {
    2: (CheckRow,),
    3: (RequestRow,),
    4: (AccountRow, LoginRow, FailureRow, AccessRow),
}
