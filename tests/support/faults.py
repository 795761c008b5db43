"""The n-th call of a kind fails, below one folder: how SQLite tests that it bears a full or a broken disk.

Files are opened with a `FileIO` of one's own under Python's buffers, so that a write fails where a real one does: when
the buffer is written out or the file closed. SQLite writes in C; its statements and commits fail instead.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import sqlite3
import threading
from collections import Counter
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KINDS = ("open", "write", "fsync", "rename", "read", "unlink", "mkdir", "list", "sql", "commit")
ANY = "any"
NUMBERS = (errno.ENOSPC, errno.EIO, errno.EACCES)  # by turns
OF_SQLITE = (
    (sqlite3.SQLITE_FULL, "database or disk is full"),
    (sqlite3.SQLITE_IOERR, "disk I/O error"),
    (sqlite3.SQLITE_CANTOPEN, "unable to open database file"),
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_WHOLE = {  # functions of `os` that name one file or two: their kind
    "fsync": "fsync",
    "posix_fallocate": "write",
    "ftruncate": "write",
    "sendfile": "write",
    "rename": "rename",
    "replace": "rename",
    "link": "rename",
    "unlink": "unlink",
    "remove": "unlink",
    "rmdir": "unlink",
    "mkdir": "mkdir",
    "chmod": "open",
    "scandir": "list",
    "listdir": "list",
}


class Faults:
    """The ``n``-th call of ``kind`` (`ANY`: of all kinds) fails; with ``lasting`` all after it too: the disk is gone.

    ``calls``: how many there were; ``injected``: how many failed; ``failed``: the file of the last one.
    """

    def __init__(self, folder: Path, kind: str, n: int, *, lasting: bool = False) -> None:
        self.folder = os.path.realpath(folder)
        self.kind = kind
        self.n = n
        self.lasting = lasting
        self.calls = self.injected = 0
        self.by_kind = Counter[str]()
        self.failed = ""
        self._lock = threading.Lock()

    def pass_or_fail(self, kind: str, path: str) -> None:
        """Count a call. Raises OSError, or sqlite3.OperationalError for one of SQLite's, if it is to fail."""
        if self.kind not in {ANY, kind} or not self.concerns(path):
            return
        with self._lock:
            self.calls += 1
            self.by_kind[kind] += 1
            if self.calls != self.n and not (self.lasting and self.calls > self.n):
                return
            self.injected += 1
            self.failed = path
        turn = self.n % len(NUMBERS)
        if kind in {"sql", "commit"}:
            error = sqlite3.OperationalError(OF_SQLITE[turn][1])
            error.sqlite_errorcode = OF_SQLITE[turn][0]
            raise error
        raise OSError(NUMBERS[turn], os.strerror(NUMBERS[turn]), path)

    def of(self, kind: str) -> int:
        """How many calls of a kind there were, of those that are counted."""
        return self.calls if kind == ANY else self.by_kind[kind]

    def concerns(self, path: str) -> bool:
        return path.startswith(self.folder)


class _File(io.FileIO):
    """A file whose reads and writes are counted."""

    faults: Faults
    path: str

    def write(self, data: Any, /) -> int:
        self.faults.pass_or_fail("write", self.path)
        return super().write(data)

    def truncate(self, size: int | None = None, /) -> int:
        self.faults.pass_or_fail("write", self.path)
        return super().truncate(size)

    def readinto(self, buffer: Any, /) -> int:
        self.faults.pass_or_fail("read", self.path)
        return super().readinto(buffer)

    def readall(self) -> bytes:
        self.faults.pass_or_fail("read", self.path)
        return super().readall()


def _path_of(file: Any, folder: int | None = None) -> str:
    """The file that an argument means: a path, a number of an open file, or a path below an open folder."""
    if isinstance(file, int):
        return str(Path(f"/proc/self/fd/{file}").readlink())
    name = os.fsdecode(file) if isinstance(file, (str, bytes, os.PathLike)) else ""
    return os.path.join(os.path.abspath("") if folder is None else _path_of(folder), name)  # noqa: PTH100, PTH118


def _opening(faults: Faults, real: Callable[..., Any]) -> Callable[..., Any]:
    def opened(  # as `open`
        file: Any,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        closefd: bool = True,
        opener: Any = None,
    ) -> Any:
        path = _path_of(file)
        if not faults.concerns(path):
            return real(file, mode, buffering, encoding, errors, newline, closefd, opener)
        writes = bool(set(mode) & set("wax+"))
        if not isinstance(file, int):
            faults.pass_or_fail("open" if writes else "read", path)
        raw = _File(file, mode.replace("b", "").replace("t", ""), closefd, opener)
        raw.faults, raw.path = faults, path
        if not buffering:
            return raw
        kind = io.BufferedRandom if "+" in mode else io.BufferedWriter if writes else io.BufferedReader
        buffer = kind(raw)
        return buffer if "b" in mode else io.TextIOWrapper(buffer, encoding or "utf-8", errors, newline)

    return opened


def _counted(faults: Faults, kind: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def call(file: Any = ".", *arguments: Any, **named: Any) -> Any:
        faults.pass_or_fail(kind, _path_of(file, named.get("dir_fd")))
        # nothing is lost here that was not synchronized: it is not waited for
        return None if kind == "fsync" else real(file, *arguments, **named)

    return call


def _opening_below(faults: Faults) -> Callable[..., int]:
    real = os.open

    def opened(path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        faults.pass_or_fail("open" if flags & _WRITING else "read", _path_of(path, dir_fd))
        return real(path, flags, mode, dir_fd=dir_fd)

    return opened


_active: list[Faults] = []


def _count_sql(kind: str, path: str) -> None:
    for faults in _active:
        faults.pass_or_fail(kind, path)


class _Cursor(sqlite3.Cursor):
    def execute(self, *arguments: Any) -> Any:
        _count_sql("sql", getattr(self.connection, "path", ""))
        return super().execute(*arguments)

    def executemany(self, *arguments: Any) -> Any:
        _count_sql("sql", getattr(self.connection, "path", ""))
        return super().executemany(*arguments)


class _Connection(sqlite3.Connection):
    path = ""

    def cursor(self, factory: Any = _Cursor) -> Any:
        return super().cursor(factory)

    def commit(self) -> None:
        _count_sql("commit", self.path)
        super().commit()


def _connecting(real: Callable[..., Any]) -> Callable[..., Any]:
    def connect(database: Any, *arguments: Any, **named: Any) -> Any:
        path = _path_of(database)
        _count_sql("sql", path)
        connection = real(database, *arguments, factory=_Connection, **named)
        connection.path = path
        return connection

    return connect


@contextmanager
def injected(faults: Faults) -> Iterator[Faults]:
    """What is called inside may fail; connections to SQLite that were made inside count only as long as it lasts."""
    opened = _opening(faults, io.open)
    with ExitStack() as stack:
        for module in (builtins, io):
            stack.enter_context(patch.object(module, "open", opened))
        for name, kind in _WHOLE.items():
            stack.enter_context(patch.object(os, name, _counted(faults, kind, getattr(os, name))))
        stack.enter_context(patch.object(os, "open", _opening_below(faults)))
        stack.enter_context(patch.object(sqlite3.dbapi2, "connect", _connecting(sqlite3.dbapi2.connect)))
        _active.append(faults)
        try:
            yield faults
        finally:
            _active.remove(faults)
