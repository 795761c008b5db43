"""A backup is worth what comes back out of it: each is restored, whole or not at all."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import sqlite3
import stat
import tarfile
import threading
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from dotenv import dotenv_values
from pydantic import SecretStr
from support.commands import run
from support.entries import DAYS, ONE, TWO, asked
from support.leaving import ABOUT, requests_of

from bot.__main__ import app
from bot.backup.archive import FORMAT, MANIFEST, BackupError, packing
from bot.backup.backup import make_backup, tell_settings
from bot.backup.restore import restore_backup
from bot.journal.copying import copy_file, load_tables
from bot.journal.database import JournalError
from bot.journal.entries import Checked, Filter
from bot.journal.journal import Journal
from bot.journal.reader import Reader
from bot.journal.tables import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.databases import Server

    from bot.settings import Settings
    from index.errors import YakgwanError

pytest_plugins = ["support.databases"]
CHECK = Checked("30일 안에 환불됩니다.", "dropped", ("제2조 제1항",), ("number",))


def fill(url: str) -> list[object]:
    """A journal with something in each of its tables; what it tells."""
    journal = Journal.open(url, DAYS)
    journal.record(asked())
    second = journal.record(asked("배송 '며칠'\n걸려요 \\", conversation=TWO, checks=(CHECK,)))
    journal.rate(second, TWO, good=False, reason="틀린 답 \u2028 이에요")
    journal.hand_over(ONE)
    requests_of(journal).leave(TWO, ABOUT, "", tell=False)
    # the last number is given and gone: it must not be given again
    journal.record(asked(conversation="3" * 32))
    journal.forget("3" * 32)
    told = tell(journal)
    journal.close()
    return told


def tell(journal: Journal) -> list[object]:
    reader = Reader(journal)
    entries, count = reader.entries(Filter(), 1, 10)
    assert count == 2
    return [entries, journal.hand_over(ONE), requests_of(journal).of_conversation(TWO)]


def of_database(settings: Settings, url: str) -> Settings:
    return settings.model_copy(update={"journal": SecretStr(url)})


@pytest.fixture
def archive(shop_settings: Settings, tmp_path: Path) -> Path:
    """A backup of the shop with a journal in a file."""
    fill(shop_settings.journal.get_secret_value())
    make_backup(shop_settings, tmp_path / "backup.tar.gz")
    return tmp_path / "backup.tar.gz"


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def nothing_is_left(into: Path, *known: str) -> bool:
    return not into.exists() and sorted(path.name for path in into.parent.iterdir()) == sorted(known)


def test_what_comes_back_from_a_file_is_what_went_in(shop_settings: Settings, tmp_path: Path) -> None:
    url = shop_settings.journal.get_secret_value()
    told = fill(url)
    file, into = tmp_path / "out" / "backup.tar.gz", tmp_path / "again"
    make_backup(shop_settings, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert restore_backup(shop_settings, file, into) == "sqlite"
    assert files_of(into / "data") == files_of(shop_settings.data)
    assert sorted(path.name for path in into.iterdir()) == ["data", "journal.db", "settings.env"]
    journal = Journal.open(f"sqlite:///{into}/journal.db", DAYS)
    assert tell(journal) == told
    assert journal.record(asked()) == 4
    journal.close()


def test_it_is_one_state_of_a_journal_that_is_written_meanwhile(shop_settings: Settings, tmp_path: Path) -> None:
    url = shop_settings.journal.get_secret_value()
    journal, ended, began = Journal.open(url, DAYS), threading.Event(), threading.Event()

    def write() -> None:
        while not ended.is_set():
            journal.record_all([(asked(), journal.clock())] * 5)
            began.set()

    writing = threading.Thread(target=write)
    writing.start()
    try:
        assert began.wait(20)
        source = tmp_path / "journal.db"
        counts = []
        for number in range(3):
            copy_file(source, tmp_path / f"copy-{number}.db")
            with closing(sqlite3.connect(tmp_path / f"copy-{number}.db")) as copy:
                counts.append(copy.execute("SELECT count(*) FROM journal_entries").fetchone()[0])
    finally:
        ended.set()
        writing.join(20)
        journal.close()
    assert counts == sorted(counts)
    assert counts[0] > 0
    assert all(count % 5 == 0 for count in counts)


@pytest.mark.postgres
def test_what_comes_back_from_a_server_is_what_went_in(
    shop_settings: Settings, empty_postgres: Server, tmp_path: Path
) -> None:
    settings = of_database(shop_settings, empty_postgres.url)
    told = fill(empty_postgres.url)
    file, into = tmp_path / "backup.tar.gz", tmp_path / "again"
    make_backup(settings, file)
    with pytest.raises(JournalError, match="이미 있습니다"):
        restore_backup(settings, file, into)
    assert not into.exists()
    empty_postgres.run("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    assert restore_backup(settings, file, into) == "postgresql"
    assert sorted(path.name for path in into.iterdir()) == ["data", "settings.env"]
    journal = Journal.open(empty_postgres.url, DAYS)
    assert tell(journal) == told
    assert journal.record(asked()) == 4  # the third was given and gone
    journal.close()


@pytest.mark.postgres
def test_where_the_folder_cannot_appear_no_row_does(
    shop_settings: Settings, empty_postgres: Server, tmp_path: Path
) -> None:
    settings = of_database(shop_settings, empty_postgres.url)
    fill(empty_postgres.url)
    file, into = tmp_path / "backup.tar.gz", tmp_path / "again"
    make_backup(settings, file)
    empty_postgres.run("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")

    def load(url: str, folder: Path, before_commit: Callable[[], None]) -> None:
        into.mkdir()
        (into / "somebody").touch()  # was quicker
        load_tables(url, folder, before_commit)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.backup.restore.load_tables", load)
        with pytest.raises(BackupError, match="놓을 수 없습니다"):
            restore_backup(settings, file, into)
    assert [path.name for path in into.iterdir()] == ["somebody"]
    Journal.open(empty_postgres.url, DAYS).close()  # makes the tables, which are not there


def test_a_journal_of_a_server_does_not_go_into_a_file(shop_settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="빈 PostgreSQL"):
        load_tables(shop_settings.journal.get_secret_value(), tmp_path, lambda: None)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_one_that_is_cut_short_is_refused(shop_settings: Settings, archive: Path, tmp_path: Path, share: float) -> None:
    known = sorted(path.name for path in tmp_path.iterdir())
    archive.write_bytes(archive.read_bytes()[: int(share * archive.stat().st_size)])
    with pytest.raises(BackupError, match="손상되었거나 끝까지 있지 않습니다"):
        restore_backup(shop_settings, archive, tmp_path / "again")
    assert nothing_is_left(tmp_path / "again", *known)


def test_one_of_which_a_byte_was_changed_is_refused(shop_settings: Settings, archive: Path, tmp_path: Path) -> None:
    content = gzip.decompress(archive.read_bytes())
    assert content.count("결제한 날부터".encode()) == 1
    archive.write_bytes(gzip.compress(content.replace("결제한 날부터".encode(), "결제한 날까지".encode())))
    with pytest.raises(BackupError, match=r"손상되었거나 끝까지 있지 않습니다\(data/terms/가게/2024-03-01\.txt\)"):
        restore_backup(shop_settings, archive, tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_what_is_no_archive_is_refused(shop_settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("아무 글", encoding="utf-8")
    with pytest.raises(BackupError, match="손상"):
        restore_backup(shop_settings, tmp_path / "text", tmp_path / "again")


def forge(path: Path, members: dict[str, bytes | str], **changes: Any) -> None:
    """An archive whose manifest is right about its ``members``; a str is where a link points to."""
    files = {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in members.items()
        if isinstance(content, bytes)
    }
    manifest = {"format": FORMAT, "journal": {"kind": "sqlite", "version": VERSION}, "files": files} | changes
    with tarfile.open(path, "w:gz") as tar:
        for name, content in (members | {MANIFEST: json.dumps(manifest).encode()}).items():
            info = tarfile.TarInfo(name)
            if isinstance(content, str):
                info.type, info.linkname = tarfile.SYMTYPE, content
                tar.addfile(info)
            else:
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))


@pytest.mark.parametrize(
    ("members", "changes", "told"),
    [
        ({"../outside": b"x"}, {}, "손상"),
        ({"/outside": b"x"}, {}, "손상"),
        ({"data/../../outside": b"x"}, {}, "손상"),
        ({"data/link": "/etc/passwd"}, {}, "손상"),
        ({"data/a": b"x"}, {"files": {}}, "손상"),
        ({}, {"files": {"data/a": {"bytes": 0, "sha256": ""}}}, "손상"),
        ({}, {"files": ["data/a"]}, "손상"),
        ({}, {"journal": {"kind": "oracle", "version": 1}}, "손상"),
        ({}, {"journal": {"kind": "postgresql", "version": 1}}, "손상"),
        ({}, {}, "대화 기록이 아닙니다"),
        ({"journal.db": b"x"}, {}, "대화 기록이 아닙니다"),
        ({}, {"format": FORMAT + 1}, "백업의 판이 2입니다"),
        ({}, {"journal": {"kind": "sqlite", "version": VERSION + 1}}, f"대화 기록의 판이 {VERSION + 1}입니다"),
    ],
)
def test_one_that_was_forged_is_refused_and_writes_nothing(
    shop_settings: Settings, tmp_path: Path, members: dict[str, bytes | str], changes: dict[str, Any], told: str
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    forge(folder / "forged.tar.gz", members, **changes)
    with pytest.raises((BackupError, JournalError), match=told):
        restore_backup(shop_settings, folder / "forged.tar.gz", folder / "again")
    assert nothing_is_left(folder / "again", "forged.tar.gz")
    assert not (tmp_path / "outside").exists()


def test_it_goes_into_an_empty_folder_and_into_no_other(shop_settings: Settings, archive: Path, tmp_path: Path) -> None:
    into = tmp_path / "again"
    into.mkdir()
    (into / "mine").touch()
    with pytest.raises(BackupError, match="비어 있지 않습니다"):
        restore_backup(shop_settings, archive, into)
    assert [path.name for path in into.iterdir()] == ["mine"]
    (into / "mine").unlink()
    restore_backup(shop_settings, archive, into)
    assert (into / "data" / "terms").is_dir()
    assert stat.S_IMODE((into / "journal.db").stat().st_mode) == 0o600


def test_an_earlier_backup_is_not_written_over(shop_settings: Settings, archive: Path) -> None:
    before = archive.read_bytes()
    with pytest.raises(BackupError, match="이미 있습니다"):
        make_backup(shop_settings, archive)
    assert archive.read_bytes() == before


@pytest.mark.parametrize("lacking", ["data", "journal"])
def test_what_lacks_something_is_no_backup(shop_settings: Settings, tmp_path: Path, lacking: str) -> None:
    settings = shop_settings
    if lacking == "data":
        fill(settings.journal.get_secret_value())
        settings = settings.model_copy(update={"data": tmp_path / "nothing"})
    kinds: tuple[type[YakgwanError], ...] = (BackupError, JournalError)
    with pytest.raises(kinds, match="없습니다"):
        make_backup(settings, tmp_path / "out" / "backup.tar.gz")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_file_that_is_cut_short_meanwhile_is_told(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"x" * 10)
    shorter = os.stat_result((0o600, 0, 0, 1, 0, 0, 20, 0, 0, 0))

    def add() -> None:
        with packing(tmp_path / "backup.tar.gz") as made, pytest.MonkeyPatch.context() as patch:
            patch.setattr("os.fstat", lambda _: shorter)
            made.add("source", source)

    with pytest.raises(BackupError):
        add()
    assert [path.name for path in tmp_path.iterdir()] == ["source"]


def test_what_is_written_aside_and_what_a_link_points_to_stays_out(
    shop_settings: Settings, archive: Path, tmp_path: Path
) -> None:
    (shop_settings.data / ".a.md.new").write_text("half", encoding="utf-8")
    (shop_settings.data / "terms" / "link").symlink_to("/etc/passwd")
    (shop_settings.data / "questions" / ".history.jsonl").write_text("{}", encoding="utf-8")
    make_backup(shop_settings, tmp_path / "second.tar.gz")
    with tarfile.open(archive) as first, tarfile.open(tmp_path / "second.tar.gz") as second:
        assert set(second.getnames()) - set(first.getnames()) == {"data/questions/.history.jsonl"}


def test_the_settings_are_told_without_a_secret(shop_settings: Settings, tmp_path: Path) -> None:
    changes: dict[str, Any] = {
        "hosts": ("bot.example.com", "it's"),
        "hours": "월-금 09:00-18:00",
        "model_url": "https://user:geheim@models.example.com",
        "model_key": SecretStr("geheim"),
        "webhook_secret": SecretStr("$geheim"),
        "journal": SecretStr("postgresql://agent:geheim@server/journal"),
    }
    told = tell_settings(shop_settings.model_copy(update=changes))
    assert "geheim" not in told
    assert "# BOT_WEBHOOK_SECRET=(비밀이라 담지 않음)" in told
    found = dotenv_values(stream=io.StringIO(told))
    assert found["BOT_HOURS"] == "월-금 09:00-18:00"
    assert json.loads(str(found["BOT_HOSTS"])) == ["bot.example.com", "it's"]
    assert "BOT_PORT" not in found
    assert "BOT_JOURNAL" not in found


@pytest.fixture
def environment(shop_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("data", "index", "secret"):
        monkeypatch.setenv(f"BOT_{name.upper()}", str(getattr(shop_settings, name)))
    monkeypatch.setenv("BOT_JOURNAL", shop_settings.journal.get_secret_value())


@pytest.mark.usefixtures("environment")
def test_both_are_commands(shop_settings: Settings, tmp_path: Path) -> None:
    fill(shop_settings.journal.get_secret_value())
    file, into = tmp_path / "backup.tar.gz", tmp_path / "again"
    made = run(app, "backup", file)
    assert (made.code, made.err) == (0, "")
    assert "8개 파일을 담았습니다" in made.out
    back = run(app, "restore", file, "--into", into)
    assert (back.code, back.err) == (0, "")
    assert f"BOT_DATA={into}/data, BOT_JOURNAL=sqlite:///{into}/journal.db" in back.out
    again = run(app, "restore", file, "--into", into)
    assert (again.code, again.err) == (1, f"오류: {into}: 비어 있지 않습니다. 백업은 빈 폴더에만 풉니다.\n")
