"""A journal over a file and over a real PostgreSQL server: the same tests run on both."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import psycopg
import pytest

from bot.journal.journal import Journal
from support.entries import DAYS, Clock

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSWORD = "correct-horse"  # noqa: S105  # of a server that lives as long as the tests


class Server(NamedTuple):
    """A PostgreSQL server behind a socket. ``files``: where it keeps the tables."""

    url: str
    files: Path

    def run(self, *statements: str) -> None:
        with psycopg.connect(self.url.replace("+psycopg", ""), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A new server of Debian's `postgresql`; skips where that is not installed."""
    with running_postgres() as server:
        yield server


@contextmanager
def running_postgres() -> Iterator[Server]:
    """As `postgres`, for programs."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    found = shutil.which("initdb")
    if not programs and not found:
        pytest.skip("PostgreSQL의 initdb와 pg_ctl이 없습니다: apt-get install postgresql")
    program = Path(found).parent if found else programs[-1]
    user = "postgres" if os.getuid() == 0 else None  # the server refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="yakgwan-postgres-"))
    secret = folder / "password"
    secret.write_text(PASSWORD, encoding="utf-8")
    if user:
        shutil.chown(folder, user)
        shutil.chown(secret, user)

    def run(*command: object) -> None:
        subprocess.run([str(part) for part in command], user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)

    data = folder / "data"
    options = f"-k {folder} -c listen_addresses= -c fsync=off"
    try:
        run(program / "initdb", "-D", data, "-U", "tester", "-E", "UTF8", "-A", "scram-sha-256", f"--pwfile={secret}")
        run(program / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
        try:
            yield Server(f"postgresql+psycopg://tester:{PASSWORD}@/postgres?host={folder}", data / "base")
        finally:
            run(program / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def empty_postgres(postgres: Server) -> Server:
    """The server without a table."""
    postgres.run("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    return postgres


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/journal.db"
    server: Server = request.getfixturevalue("empty_postgres")
    return server.url


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(database_url: str, clock: Clock) -> Iterator[Journal]:
    """An empty journal that keeps entries `DAYS` days and goes by ``clock``."""
    opened = Journal.open(database_url, DAYS, clock)
    yield opened
    opened.close()
