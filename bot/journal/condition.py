"""How a journal is, looked at without changing it: no file and no table is made, nothing is locked."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, func, inspect, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.journal.database import JournalAwayError
from bot.journal.tables import AccountRow, EntryRow, VersionRow
from bot.values.journal import DRIVERS, read_journal

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import URL, Connection, Engine

WAIT_SECONDS = 5  # for the server


@dataclass(frozen=True, slots=True)
class Condition:
    """``version``: of the tables, None before they are made. ``oldest``: the time of the first entry, if there is one.

    ``writable``: whether this user may write there. ``accounts``: whether anybody has one at the desk.
    """

    version: int | None = None
    oldest: datetime | None = None
    writable: bool = True
    accounts: bool = False


def look_at(url: str) -> Condition:
    """The condition of the journal at a SQLAlchemy address.

    Raises:
        SettingsError: an address that cannot be used.
        JournalAwayError: the database cannot be reached or read; the message holds no password.
    """
    address = read_journal(url)
    if DRIVERS[address.drivername] == "sqlite":
        return _file(Path(address.database or ""))
    return _read(_server(address))


def _file(path: Path) -> Condition:
    path = path.absolute()
    if path.exists() and not path.is_file():
        raise JournalAwayError(f"{path}: 파일이 아닙니다.")
    folder = next(place for place in path.parents if place.exists())
    beside = folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
    if not path.is_file():
        return Condition(writable=beside)
    # a reader would make the missing one of the two files beside it; without them nobody writes now
    live = all(path.with_name(path.name + end).exists() for end in ("-wal", "-shm"))
    engine = create_engine(
        f"sqlite+pysqlite:///{path.as_uri()}?{'mode=ro' if live else 'immutable=1'}&uri=true", hide_parameters=True
    )
    return _read(engine, writable=beside and os.access(path, os.W_OK))


def _server(address: URL) -> Engine:
    return create_engine(address, hide_parameters=True, connect_args={"connect_timeout": WAIT_SECONDS})


def _read(engine: Engine, *, writable: bool = True) -> Condition:
    try:
        with engine.connect() as connection:
            if engine.dialect.name != "sqlite":
                writable = _may_write(connection)
            if not inspect(connection).has_table(VersionRow.__tablename__):
                return Condition(writable=writable)
            version = connection.scalar(select(VersionRow.version))
            accounts = inspect(connection).has_table(AccountRow.__tablename__)
            found = accounts and connection.scalar(select(AccountRow.id).limit(1)) is not None
            return Condition(version, connection.scalar(select(func.min(EntryRow.at))), writable, found)
    except SQLAlchemyError as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        raise JournalAwayError(next(iter(str(cause).splitlines()), type(cause).__name__)) from None
    finally:
        engine.dispose()


def _may_write(connection: Connection) -> bool:
    connection.execute(text("SET TRANSACTION READ ONLY"))
    allowed = "SELECT NOT pg_is_in_recovery() AND has_schema_privilege(current_schema(), 'CREATE')"
    return bool(connection.scalar(text(allowed)))
