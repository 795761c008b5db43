"""A journal is made private and complete, or refused in one line without a secret."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update
from support.entries import ONE, asked
from support.leaving import ABOUT, requests_of

from bot.journal.accounts import Accounts
from bot.journal.database import JournalError
from bot.journal.entries import Checked, Filter
from bot.journal.journal import Journal
from bot.journal.names import Role
from bot.journal.reader import Reader
from bot.journal.tables import VersionRow

if TYPE_CHECKING:
    from support.databases import Server

pytest_plugins = ["support.databases"]


def change_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE journal_version SET version = 99")


def test_what_was_written_is_there_when_it_is_opened_again(database_url: str) -> None:
    for count in (1, 2):
        journal = Journal.open(database_url, 90)
        journal.record(asked())
        assert Reader(journal).entries(Filter(), 1, 10)[1] == count
        journal.close()


def test_the_folder_is_made_and_its_owner_alone_reads_the_files(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "journal.db"
    journal = Journal.open(f"sqlite:///{path}", 90)
    journal.record(asked())
    assert {file.name for file in path.parent.iterdir()} == {"journal.db", "journal.db-wal", "journal.db-shm"}
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}
    journal.close()


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    path.touch(mode=0o644)
    Journal.open(f"sqlite:///{path}", 90).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_file_is_set_up_for_many_readers_and_real_deletion(tmp_path: Path) -> None:
    journal = Journal.open(f"sqlite:///{tmp_path}/journal.db", 90)
    pragmas = {"journal_mode": "wal", "busy_timeout": 10_000, "foreign_keys": 1, "secure_delete": 1}
    with journal.database.reading() as session:
        found = {name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas}
    assert found == pragmas
    journal.close()


OF_THE_DESK = ("journal_logins", "journal_accounts", "journal_login_failures", "journal_accesses")
BEFORE = {  # the tables that a version had not
    1: ("journal_checks", "journal_requests", *OF_THE_DESK),
    2: ("journal_requests", *OF_THE_DESK),
    3: OF_THE_DESK,
}


@pytest.mark.parametrize("version", BEFORE)
def test_a_journal_of_an_older_version_is_brought_up_and_keeps_all(database_url: str, version: int) -> None:
    old = Journal.open(database_url, 90)
    old.record(asked())
    code = old.hand_over(ONE)
    with old.database.writing() as session:
        for table in BEFORE[version]:
            session.connection().exec_driver_sql(f"DROP TABLE {table}")
        session.execute(update(VersionRow).values(version=version))
    old.close()
    for count in (1, 2):  # it is brought up once
        journal = Journal.open(database_url, 90)
        journal.record(asked(checks=(Checked("30일 안에 환불됩니다.", "dropped"),)))
        kept = [entry.checks for entry in Reader(journal).conversation(ONE)]
        assert kept == [(), *[(Checked("30일 안에 환불됩니다.", "dropped"),)] * count]
        left, new = requests_of(journal).leave(ONE, ABOUT, "", tell=False)
        assert (left.code, new) == (code, count == 1)
        assert Accounts(journal).exist() == (count == 2)
        if count == 1:
            Accounts(journal).add("김관리", Role.MANAGER, "hash")
        journal.close()


def test_a_journal_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    Journal.open(f"sqlite:///{path}", 90).close()
    change_version(path)
    with pytest.raises(JournalError, match=r"^대화 기록의 판이 99입니다\. 판 4만 .*$"):
        Journal.open(f"sqlite:///{path}", 90)


@pytest.mark.postgres
def test_a_server_of_another_version_is_refused(empty_postgres: Server) -> None:
    Journal.open(empty_postgres.url, 90).close()
    empty_postgres.run("UPDATE journal_version SET version = 99")
    with pytest.raises(JournalError, match=r"^대화 기록의 판이 99입니다\. 판 4만 .*$"):
        Journal.open(empty_postgres.url, 90)


def test_tables_that_only_look_like_the_journals_are_refused_and_left(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE journal_entries (other TEXT)")
    with pytest.raises(JournalError, match="journal_entries already exists"):
        Journal.open(f"sqlite:///{path}", 90)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("journal_entries",)]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "journal.db",
        "mysql://agent:geheim@server/journal",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:journal?mode=memory&uri=true",
        "postgresql+psycopg2://agent:geheim@server/journal",
        "postgresql+psycopg://agent:gehe@im@server/journal",
        "postgresql+psycopg://agent:x@geheim/y@server/journal",
        "postgresql+psycopg://agent:x@a:geheim@server/journal",
        "postgresql+psycopg://agent:geheim@127.0.0.1:1/journal",
        "postgresql+psycopg://127.0.0.1:1/journal?user=agent&password=geheim",
    ],
)
def test_an_address_that_cannot_be_used_is_told_in_one_line_without_the_password(url: str) -> None:
    with pytest.raises(
        JournalError, match=r"^(설정 BOT_JOURNAL: |대화 기록 데이터베이스를 쓸 수 없습니다: ).*$"
    ) as told:
        Journal.open(url, 90)
    assert not {"geheim", "gehe", "im@"} & set(str(told.value).replace("/", " ").split())
    assert "geheim" not in str(told.value)


@pytest.mark.postgres
def test_a_wrong_password_is_told_and_not_shown(postgres: Server) -> None:
    url = postgres.url.replace("correct-horse", "geheim")
    with pytest.raises(
        JournalError, match=r"^대화 기록 데이터베이스를 쓸 수 없습니다: .*authentication failed.*$"
    ) as told:
        Journal.open(url, 90)
    assert "geheim" not in str(told.value)


def test_a_place_without_room_for_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path, tmp_path / "file" / "journal.db", Path("/proc/journal/journal.db")):
        with pytest.raises(JournalError, match=f"^{path}: .*대화 기록.*$"):
            Journal.open(f"sqlite:///{path}", 90)


def test_a_file_that_is_no_database_is_told_and_left(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    path.write_text("이것은 데이터베이스가 아닙니다. " * 100, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(JournalError, match="not a database"):
        Journal.open(f"sqlite:///{path}", 90)
    assert path.read_bytes() == before
