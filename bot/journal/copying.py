"""The whole journal out of its database and into an empty one: SQLite's file as it is, PostgreSQL's rows as JSON."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, create_engine, func, insert, inspect, select, text

from bot.journal.database import PREPARING, WAIT_SECONDS, JournalError, failures_told, read_address
from bot.journal.tables import VERSION, Base, Utc, VersionRow
from bot.values.journal import DRIVERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection, Engine, Table

BATCH = 500  # rows that are read and written at a time
NUMBERS = "numbers.json"  # the last number that an entry was given: it is never given again
_LAST = "SELECT pg_sequence_last_value(pg_get_serial_sequence('journal_entries', 'id')::regclass)"
_GIVEN = "SELECT setval(pg_get_serial_sequence('journal_entries', 'id')::regclass, :last)"


def file_of(url: str) -> Path | None:
    """The file of a journal in SQLite, None for one on a server. Raises JournalError for an address of neither."""
    parsed = read_address(url)
    return Path(parsed.database or "") if DRIVERS[parsed.drivername] == "sqlite" else None


def copy_file(source: Path, into: Path) -> int:
    """Copy a journal of SQLite into a new file while others read and write it; returns the version of its tables.

    Raises:
        JournalError: there is none, or it cannot be read, or ``into`` not written.
    """
    if not source.is_file():
        raise JournalError(f"{source}: 대화 기록이 없습니다.")
    try:
        into.touch(mode=0o600, exist_ok=False)
        with closing(_connect(source)) as live, closing(sqlite3.connect(into)) as copy:
            live.backup(copy)  # one state of it; the log beside the file is in it
            copy.execute("PRAGMA journal_mode = DELETE")  # one file; the server opens it with a log again
    except (sqlite3.Error, OSError) as error:
        raise JournalError(f"{source}: 대화 기록을 복사할 수 없습니다: {error}") from error
    return check_file(into)


def check_file(path: Path) -> int:
    """The version of the tables in a file of SQLite.

    Raises:
        JournalError: it is no journal, is damaged, or its tables are of a later version.
    """
    try:
        with closing(_connect(path)) as connection:
            sound = connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
            found = connection.execute(f"SELECT version FROM {VersionRow.__tablename__}").fetchall()  # noqa: S608  # ours
    except sqlite3.Error as error:
        raise JournalError(f"{path.name}: 대화 기록이 아닙니다: {error}") from error
    if not sound or len(found) != 1:
        raise JournalError(f"{path.name}: 대화 기록이 손상되었습니다.")
    return check_version(found[0][0])


def check_version(found: object) -> int:
    """``found``, a version of the tables that this program can bring up. Raises JournalError for any other."""
    if not isinstance(found, int) or not 1 <= found <= VERSION:
        raise JournalError(f"대화 기록의 판이 {str(found)[:20]}입니다. 판 {VERSION}까지만 쓸 수 있습니다.")
    return found


def dump_tables(url: str, folder: Path) -> int:
    """Write the rows of each table into ``folder``, all of one moment; returns the version of the tables.

    ``folder``: empty; it gets ``<table>.jsonl`` of each table, and `NUMBERS`.

    Raises:
        JournalError: the database cannot be reached or holds no journal.
    """
    with _engine(url) as engine, engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
        if VersionRow.__tablename__ not in there:
            raise JournalError("대화 기록이 없습니다.")
        for table in Base.metadata.sorted_tables:
            if table.name in there:  # an older version lacks some
                _dump(connection, table, folder / f"{table.name}.jsonl")
        numbers = {"journal_entries": connection.scalar(text(_LAST))}
        (folder / NUMBERS).write_text(json.dumps(numbers), encoding="utf-8")
        return check_version(connection.scalar(select(VersionRow.version)))


def load_tables(url: str, folder: Path, before_commit: Callable[[], None]) -> None:
    """Make the journal's tables on a server that has none of them, from what `dump_tables` wrote; all or nothing.

    ``before_commit``: done when all rows are in, and before anybody else sees them; if it raises, none are.

    Raises:
        JournalError: the database is none of PostgreSQL, cannot be reached or holds a journal; or the rows do not fit.
    """
    if file_of(url):
        raise JournalError("PostgreSQL의 대화 기록입니다. BOT_JOURNAL에 빈 PostgreSQL 데이터베이스를 정해 주세요.")
    with _engine(url) as engine, engine.begin() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(PREPARING)))
        there = set(inspect(connection).get_table_names()) & set(Base.metadata.tables)
        if there:
            raise JournalError("BOT_JOURNAL의 데이터베이스에 대화 기록이 이미 있습니다. 빈 데이터베이스에만 풉니다.")
        Base.metadata.create_all(connection, checkfirst=False)
        connection.execute(insert(VersionRow).values(version=VERSION))
        try:
            _load_all(connection, folder)
        except (ValueError, KeyError, TypeError, OSError) as error:
            raise JournalError("백업에 든 대화 기록을 읽을 수 없습니다.") from error
        before_commit()


def _load_all(connection: Connection, folder: Path) -> None:
    for table in Base.metadata.sorted_tables:
        path = folder / f"{table.name}.jsonl"
        if table.name == VersionRow.__tablename__ or not path.exists():
            continue
        with path.open(encoding="utf-8") as lines:
            rows = (_row(table, json.loads(line)) for line in lines)
            while batch := list(islice(rows, BATCH)):
                connection.execute(insert(table), batch)
    last = json.loads((folder / NUMBERS).read_text(encoding="utf-8"))["journal_entries"]
    if last is not None:
        connection.execute(text(_GIVEN), {"last": int(last)})


def _dump(connection: Connection, table: Table, path: Path) -> None:
    rows = connection.execution_options(yield_per=BATCH).execute(select(table).order_by(*table.primary_key))
    with path.open("w", encoding="utf-8") as file:
        for row in rows.mappings():
            file.write(json.dumps(dict(row), ensure_ascii=False, default=_plain) + "\n")


def _plain(value: object) -> str:
    if isinstance(value, date):  # a time is one too
        return value.isoformat()
    raise TypeError(f"no value of the journal: {type(value)}")


def _row(table: Table, found: dict[str, Any]) -> dict[str, Any]:
    """A row as its table takes it; an older version may lack columns. Raises ValueError for what does not fit."""
    readers = {Utc: datetime.fromisoformat, Date: date.fromisoformat}
    row = {}
    for column in (column for column in table.columns if column.name in found):
        value, reader = found[column.name], readers.get(type(column.type))
        row[column.name] = reader(value) if reader and value is not None else value
    return row


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    """To a server, on which each transaction sees one state."""
    engine = create_engine(
        read_address(url),
        hide_parameters=True,
        isolation_level="REPEATABLE READ",
        connect_args={"connect_timeout": WAIT_SECONDS},
    )
    try:
        with failures_told():
            yield engine
    finally:
        engine.dispose()


def _connect(path: Path) -> sqlite3.Connection:
    """To a file that is there."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=WAIT_SECONDS)
