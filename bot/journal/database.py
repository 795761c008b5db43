"""The database under the journal: opened, prepared, and its failures turned into one Korean line."""

from __future__ import annotations

import logging
import sqlite3
import threading
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, event, func, inspect, select, update
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from bot.journal.tables import ADDED, VERSION, Base, VersionRow
from bot.values.journal import DRIVERS, read_journal
from index.errors import SettingsError, YakgwanError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Connection
    from sqlalchemy.engine.interfaces import DBAPIConnection

log = logging.getLogger(__name__)

WAIT_SECONDS = 10  # for another writer (SQLite) or the server (PostgreSQL)
_BEGIN = "journal_begin"  # execution option: how SQLite begins the transaction
PREPARING = 0x79616B67  # PostgreSQL's advisory lock; any number that nothing else uses


class JournalError(YakgwanError):
    """The journal cannot be opened, read or written. The message holds no password and nothing that was asked."""


class JournalAwayError(JournalError):
    """The file or the server of the journal cannot be reached, read or written now; later it may be."""


class Database:
    """A journal's database, ready to use by all threads. ``file``: of SQLite; None on a server.

    ``later``: if it is away now, it is opened when it is used and there.

    Raises:
        JournalError: on construction, for an address that cannot be used, a database that cannot be opened or that
            holds tables of another version; by the methods if the database fails.
    """

    def __init__(self, url: str, *, later: bool = False) -> None:
        parsed = read_address(url)
        self.opened = False
        self._opening = threading.Lock()
        self.file = Path(parsed.database or "") if DRIVERS[parsed.drivername] == "sqlite" else None
        # without parameters: what was asked must not reach a log by way of an error
        if self.file:
            self._engine = create_engine(parsed, hide_parameters=True)
            event.listen(self._engine, "connect", _set_up)
            event.listen(self._engine, "begin", _begin)
        else:
            self._engine = create_engine(
                parsed, hide_parameters=True, pool_pre_ping=True, connect_args={"connect_timeout": WAIT_SECONDS}
            )
        self._writer = self._engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})
        try:
            self._open()
        except JournalAwayError as error:
            if not later:
                self.close()
                raise
            log.error("the journal is off: %s", error)  # noqa: TRY400  # the message says what is wrong
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads; on SQLite it sees one state and holds no writer up."""
        self._open()
        with failures_told(), Session(self._engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that is committed on leaving without an exception. SQLite lets one writer in at a time."""
        self._open()
        with self._writing() as session:
            yield session

    def shred(self, *, rebuild: bool) -> None:
        """Take what was deleted out of the files; ``rebuild`` them too, while other writers wait.

        Raises:
            JournalError: also if a reader keeps the old state of an SQLite file alive; a later call does the rest.
        """
        self._open()
        engine = self._engine.execution_options(isolation_level="AUTOCOMMIT", **{_BEGIN: ""})
        with failures_told(), engine.connect() as connection:
            sqlite = connection.dialect.name == "sqlite"
            if rebuild:
                connection.exec_driver_sql("VACUUM" if sqlite else f"VACUUM FULL {', '.join(Base.metadata.tables)}")
            if not sqlite:
                return
            # secure_delete has overwritten what was deleted, but the log beside the file still holds it
            blocked = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar_one()
        if blocked:
            raise JournalError(
                "지운 대화 기록이 아직 WAL 파일에 남아 있습니다. 다른 프로그램이 읽기를 마친 뒤 지워집니다."
            )

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with failures_told(), Session(self._writer) as session, session.begin():
            yield session

    def _open(self) -> None:
        if self.opened:
            return
        with self._opening:
            if not self.opened:
                if self.file:
                    _make_private(self.file)
                self._prepare()
                self.opened = True

    def _prepare(self) -> None:
        """Make the tables in a database without them, bring up those of an older version, refuse those of another."""
        with self._writing() as session:
            connection = session.connection()
            if connection.dialect.name != "sqlite":  # SQLite has let in one writer already
                session.execute(select(func.pg_advisory_xact_lock(PREPARING)))
            if not inspect(connection).has_table(VersionRow.__tablename__):
                Base.metadata.create_all(connection, checkfirst=False)
                session.add(VersionRow(version=VERSION))
                return
            found = session.scalar(select(VersionRow.version))
            if found is not None and 1 <= found < VERSION:
                added = [row.__tablename__ for since, rows in ADDED.items() if since > found for row in rows]
                Base.metadata.create_all(connection, tables=[Base.metadata.tables[name] for name in added])
                session.execute(update(VersionRow).values(version=VERSION))
                return
        if found != VERSION:
            raise JournalError(
                f"대화 기록의 판이 {found}입니다. 판 {VERSION}만 쓸 수 있으니 BOT_JOURNAL에 다른 곳을 정해 주세요."
            )


def read_address(url: str) -> URL:
    """The address of a journal. Raises JournalError if it cannot be one; no password is shown."""
    try:
        return read_journal(url)
    except SettingsError as error:
        raise JournalError(str(error)) from None


def _make_private(path: Path) -> None:
    """A file that its owner alone may read; SQLite gives the files beside it the same mode.

    An existing file is not opened: closing it would drop the locks that SQLite holds in this process.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
        if not path.is_file():
            raise JournalError(f"{path}: 파일이 아니어서 대화 기록을 쓸 수 없습니다.")
        path.chmod(0o600)
    except OSError as error:
        raise JournalAwayError(f"{path}: 대화 기록 파일을 만들 수 없습니다: {error.strerror}") from error


def _set_up(connection: DBAPIConnection, record: object) -> None:
    del record
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")
    until = monotonic() + WAIT_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as error:
            # a new file: this switch alone does not wait for another one's, so it is tried
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(0.02)
    cursor.close()


def _begin(connection: Connection) -> None:
    statement = connection.get_execution_options().get(_BEGIN, "BEGIN")
    if statement:
        connection.exec_driver_sql(statement)


@contextmanager
def failures_told() -> Iterator[None]:
    """What fails in SQLAlchemy within is a JournalAwayError."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        reason = next(iter(str(cause).splitlines()), type(cause).__name__)
        raise JournalAwayError(f"대화 기록 데이터베이스를 쓸 수 없습니다: {reason}") from error
