"""`python -m bot doctor`: each thing that can be wrong on a server is found, and nothing is changed by looking."""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr
from support.commands import run
from support.entries import asked
from support.fakes import FakeEmbedder

from bot.__main__ import app
from bot.doctor.checks import CHECKS, FINE, WRONG, code_of, examine
from bot.doctor.data import check_contact, check_numbers, check_questions, check_terms, check_texts
from bot.doctor.journal import check_journal
from bot.doctor.places import check_clock, check_disk, check_memory, check_secret
from bot.doctor.port import check_port
from bot.doctor.result import Mark, fine
from bot.doctor.search import check_embedding, check_index, check_model
from bot.doctor.settings import check_desk, check_reach, check_retention, check_webhook
from bot.journal.journal import Journal
from bot.web.listening import listen
from index.search.build import build

if TYPE_CHECKING:
    from pathlib import Path

    from bot.doctor.result import Result
    from bot.settings import Settings
    from index.questions.corpus import Corpus

SECRET = "geheim"  # noqa: S105  # looked for in what is said


def changed(settings: Settings, **changes: object) -> Settings:
    return settings.model_copy(update=changes)


def tree(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in sorted(folder.rglob("*"))}


def test_a_failing_check_stops_no_other_and_tells_no_secret(shop_settings: Settings) -> None:
    def fail(settings: Settings) -> Result:
        raise RuntimeError(SECRET)

    found = list(examine(shop_settings, {"하나": fail, "둘": lambda _: fine("좋음")}))
    assert [one.result.mark for one in found] == [Mark.WRONG, Mark.FINE]
    assert found[0].line() == "[잘못] 하나: 확인하지 못했습니다: RuntimeError → 권한과 파일을 확인하세요."
    assert (code_of(found), code_of(found[1:])) == (WRONG, FINE)


def test_looking_changes_nothing_and_shows_no_secret(shop_settings: Settings, tmp_path: Path) -> None:
    settings = changed(
        shop_settings,
        webhook=SecretStr(f"https://hooks.example.com/{SECRET}"),
        webhook_secret=SecretStr(SECRET),
        model_key=SecretStr(SECRET),
    )
    before = tree(tmp_path)
    found = list(examine(settings))
    assert tree(tmp_path) == before
    assert len(found) == len(CHECKS)
    lines = [one.line() for one in found]
    assert not any(SECRET in line or "\n" in line for line in lines)


def test_the_command_says_it_as_lines_and_as_json(
    shop_environment: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_JOURNAL", f"sqlite:///{tmp_path / 'journal.db'}")
    shown, plain = run(app, "doctor"), json.loads(run(app, "doctor", "--json").out)
    assert shown.code == plain["code"] == 1  # there is no index
    assert "[잘못] 색인: " in shown.out
    assert [one["name"] for one in plain["checks"]] == ["설정", *CHECKS]
    monkeypatch.setenv("BOT_PORT", "x")
    ended = run(app, "doctor", "--json")
    assert (ended.code, json.loads(ended.out)["code"]) == (2, 2)


def test_the_index_missing_stale_and_damaged(shop_settings: Settings, shop_corpus: Corpus) -> None:
    assert check_index(shop_settings).found.endswith("색인이 없습니다.")
    build(shop_settings, shop_corpus, FakeEmbedder())
    assert check_index(shop_settings).mark is Mark.FINE
    [file] = shop_settings.index.glob("*/rows.json")
    kept = file.read_bytes()
    file.write_bytes(b"[]")
    assert check_index(shop_settings).mark is Mark.WRONG
    file.write_bytes(kept)
    questions = next((shop_settings.data / "questions" / "가게").glob("[0-9]*.md"))
    questions.write_text(questions.read_text(encoding="utf-8") + "- 새로 물은 것인가요?\n", encoding="utf-8")
    stale = check_index(shop_settings)
    assert (stale.mark, "바뀌었습니다" in stale.found) == (Mark.WARNING, True)
    [manifest] = shop_settings.index.glob("*/manifest.json")
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"format": ', '"format": 9'), encoding="utf-8")
    assert "다른 판의 색인" in check_index(shop_settings).found


def test_terms_contacts_and_questions(shop_settings: Settings) -> None:
    assert check_terms(shop_settings).mark is Mark.FINE
    assert check_contact(shop_settings).mark is Mark.FINE
    assert check_texts(shop_settings).mark is Mark.FINE
    assert check_numbers(shop_settings).mark is Mark.FINE
    assert "권장" in check_questions(shop_settings).found
    folder = shop_settings.data / "questions" / "가게"
    (folder / "99.md").write_text("## 제1항\n- 없는 조를 묻나요?\n", encoding="utf-8")
    assert check_numbers(shop_settings).found == "가게 제99조 제1항: 그런 항이 없습니다(대표 질문 1개)."
    (folder / "99.md").write_text("아무 말\n", encoding="utf-8")
    assert check_questions(shop_settings).mark is Mark.WRONG
    metadata = shop_settings.data / "terms" / "가게" / "terms.toml"
    metadata.write_text('contact = ["77.1"]\n', encoding="utf-8")
    assert "없는 연락처 조항입니다: 77.1" in check_terms(shop_settings).found
    metadata.write_text("", encoding="utf-8")
    assert check_contact(shop_settings).mark is Mark.WARNING


def test_the_journal_before_within_and_behind_its_days(shop_settings: Settings, tmp_path: Path) -> None:
    assert check_journal(shop_settings).mark is Mark.FINE  # not there yet
    journal = Journal.open(shop_settings.journal.get_secret_value(), 90)
    journal.record(asked())
    assert "쓸 수 있음" in check_journal(shop_settings).found  # while it is open
    journal.close()
    before = tree(tmp_path)
    later = check_journal(shop_settings, dt.datetime.now(dt.UTC) + dt.timedelta(days=100))
    assert (later.mark, later.found) == (Mark.WARNING, "100일 된 기록이 남아 있습니다(보관은 90일).")
    assert tree(tmp_path) == before
    with sqlite3.connect(tmp_path / "journal.db") as connection:
        connection.execute("UPDATE journal_version SET version = 99")
    connection.close()
    assert "표의 판이 99" in check_journal(shop_settings).found


def test_a_journal_that_cannot_be_had(shop_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no database at all", encoding="utf-8")
    for place, said in (
        ("file/journal.db", "쓸 수 없습니다"),
        ("file", "읽을 수 없습니다"),
        ("data", "파일이 아닙니다"),
    ):
        found = check_journal(changed(shop_settings, journal=SecretStr(f"sqlite:///{tmp_path / place}")))
        assert (found.mark, said in found.found) == (Mark.WRONG, True)
    away = f"postgresql://user:{SECRET}@127.0.0.1:1/x"
    found = check_journal(changed(shop_settings, journal=SecretStr(away)))
    assert (found.mark, SECRET in found.found) == (Mark.WRONG, False)
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "쓸 수 없습니다" in check_journal(shop_settings).found


def test_the_port_free_taken_and_of_another(shop_settings: Settings) -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        taken.listen()
        settings = changed(shop_settings, port=port)
        assert "다른 프로그램이 쓰고 있습니다" in check_port(settings).found
    assert check_port(settings).mark is Mark.FINE


@pytest.mark.parametrize(
    ("state", "mark"), [("ready", Mark.FINE), ("words_only", Mark.WARNING), ("failed", Mark.WRONG)]
)
def test_the_port_served_by_this_bot(
    shop_settings: Settings, monkeypatch: pytest.MonkeyPatch, state: str, mark: Mark
) -> None:
    monkeypatch.setattr("bot.doctor.port.read_json", lambda *_: {"state": state, "journal": "ok"})
    with listen("127.0.0.1", 0) as taken:
        taken.listen()
        found = check_port(changed(shop_settings, port=taken.getsockname()[1]))
    assert (found.mark, state in found.found) == (mark, True)


def test_the_file_of_the_key(shop_settings: Settings) -> None:
    assert check_secret(shop_settings).mark is Mark.FINE
    shop_settings.secret.write_bytes(b"0" * 32)
    shop_settings.secret.chmod(0o644)
    assert check_secret(shop_settings).advice == f"chmod 600 {shop_settings.secret}"
    shop_settings.secret.chmod(0o600)
    assert check_secret(shop_settings).mark is Mark.FINE
    shop_settings.secret.write_bytes(b"0")
    assert check_secret(shop_settings).mark is Mark.WRONG


def test_the_machine(shop_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, mark in ((100, Mark.WRONG), (2**31, Mark.WARNING), (2**40, Mark.FINE)):
        monkeypatch.setattr("shutil.disk_usage", lambda path, free=free: type("Usage", (), {"free": free}))
        assert check_disk(shop_settings).mark is mark
    for kib, mark in ((500_000, Mark.WARNING), (1_500_000, Mark.WARNING), (8_000_000, Mark.FINE)):
        (tmp_path / "meminfo").write_text(f"MemTotal: 9 kB\nMemAvailable: {kib} kB\n", encoding="ascii")
        assert check_memory(tmp_path / "meminfo", tmp_path).mark is mark
    (tmp_path / "memory.max").write_text("1000000000", encoding="ascii")
    (tmp_path / "memory.current").write_text("900000000", encoding="ascii")
    assert check_memory(tmp_path / "meminfo", tmp_path).found == "0.1 GB 쓸 수 있습니다."
    assert check_memory(tmp_path / "none", tmp_path).mark is Mark.INFO
    assert check_clock(dt.datetime(1970, 1, 1, tzinfo=dt.UTC)).mark is Mark.WRONG
    assert check_clock(dt.datetime(2026, 12, 1, tzinfo=dt.UTC)).found == "2026-12-01 09:00 (Asia/Seoul)"


def test_settings_that_are_risky_together(shop_settings: Settings) -> None:
    assert check_reach(changed(shop_settings, host="0.0.0.0")).mark is Mark.WARNING
    assert check_reach(changed(shop_settings, host="0.0.0.0", hosts=("bot.example.com",))).mark is Mark.FINE
    assert check_reach(changed(shop_settings, address="http://bot.example.com")).mark is Mark.WARNING
    assert check_desk(shop_settings).mark is Mark.INFO
    assert check_desk(changed(shop_settings, desk_host="desk.example.com")).mark is Mark.WARNING
    assert check_webhook(changed(shop_settings, webhook_secret=SecretStr(SECRET))).mark is Mark.WARNING
    assert check_retention(shop_settings).mark is Mark.FINE


def test_models(shop_settings: Settings, tmp_path: Path) -> None:
    assert check_embedding(shop_settings).mark is Mark.INFO
    assert check_embedding(changed(shop_settings, embedding=str(tmp_path))).mark is Mark.FINE
    (tmp_path / "differences").write_bytes(b"none")
    wrong = changed(shop_settings, embedding="bundled", differences=tmp_path / "differences")
    assert "훈련한 차이를 읽을 수 없습니다" in check_embedding(wrong).found
    assert check_model(shop_settings).mark is Mark.INFO
    away = changed(shop_settings, model="openai:x", model_url="http://127.0.0.1:1/v1")
    assert "127.0.0.1:1에 닿지 않습니다" in check_model(away).found
