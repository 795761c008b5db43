"""Every mistake in a setting is one Korean line that names it, its value unless secret, and what to write instead."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings, load_settings
from bot.values.openid import read_issuer
from index.errors import SettingsError
from index.settings import OF_THE_BOT, IndexSettings, load_index_settings

WRONG = [
    ("BOT_PORT", "abc", "설정 BOT_PORT='abc': 1부터 65535까지의 정수를 적으세요. 예: BOT_PORT=7860"),
    ("BOT_PORT", "70000", "1부터 65535까지의 정수를"),
    ("BOT_PORT", "", "설정 BOT_PORT='': 1부터"),
    ("BOT_ANSWERS", "1.5", "0부터 256까지의 정수를"),
    ("BOT_QUEUE_SECONDS", "많이", "0부터 60까지의 수를 적으세요. 예: BOT_QUEUE_SECONDS=1.5"),
    ("BOT_MODEL_SECONDS", "nan", "0보다 크고 300 이하인 수를"),
    ("BOT_READY_SECONDS", "inf", "0보다 크고 3600 이하인 수를"),
    ("BOT_HOST", "http://0.0.0.0", "설정 BOT_HOST='http://0.0.0.0': '127.0.0.1'이나"),
    ("BOT_HOST", "127.0.0.1:80", "주소만 적으세요"),
    ("BOT_HOSTS", "https://bot.example.com", "설정 BOT_HOSTS의 'https://bot.example.com':"),
    ("BOT_HOSTS", "bot.example.com,*", "설정 BOT_HOSTS의 '*':"),
    ("BOT_HOSTS", '["a.example"', "설정 BOT_HOSTS='[\"a.example\"': 쉼표로 이어 적으세요."),
    ("BOT_ORIGINS", "[1]", "설정 BOT_ORIGINS의 '[1]':"),
    ("BOT_ORIGINS", '["https://a.example", 1]', "예: BOT_ORIGINS=https://www.example.com,"),
    ("BOT_ORIGINS", "https://a.example,www.example.com", "설정 BOT_ORIGINS의 'www.example.com': 경로 없이"),
    ("BOT_ORIGINS", "https://a.example/", "설정 BOT_ORIGINS의 'https://a.example/':"),
    ("BOT_ADDRESS", "bot.example.com", "설정 BOT_ADDRESS의 'bot.example.com':"),
    ("BOT_DESK_HOST", "https://desk.example.com", "설정 BOT_DESK_HOST의"),
    ("BOT_MODEL", "gpt-5", "설정 BOT_MODEL='gpt-5': '제공자:모델'로"),
    ("BOT_MODEL_URL", "http://[::1", "설정 BOT_MODEL_URL='http://[::1': https://…처럼"),
    ("BOT_MODEL_URL", "http://x:99999", "https://…처럼"),
    ("BOT_RATE", "30", "설정 BOT_RATE='30': '30/minute'처럼"),
    ("BOT_REQUEST_RATE", "many", "설정 BOT_REQUEST_RATE='many'"),
    ("BOT_HOURS", "언제나", "설정 BOT_HOURS='언제나': '월-금 09:00-18:00,"),
    ("BOT_WEBHOOK", "http://hooks.example.com/geheim", "설정 BOT_WEBHOOK: https://로 시작하는"),
    (
        "BOT_OIDC_ISSUER",
        "http://login.example.com",
        "설정 BOT_OIDC_ISSUER='http://login.example.com': https://로 시작하는",
    ),
    ("BOT_OIDC_ISSUER", "https://login.example.com/?x", "예: BOT_OIDC_ISSUER=https://login.example.com/realms/company"),
    ("BOT_OIDC_SCOPES", "email", "설정 BOT_OIDC_SCOPES='email': openid가 들어"),
    ("BOT_OIDC_BUTTON", "", "설정 BOT_OIDC_BUTTON='': 값이 맞지 않습니다. 예: BOT_OIDC_BUTTON=회사 계정으로 로그인"),
    ("BOT_OIDC_MANAGERS", "[1", "설정 BOT_OIDC_…: 일부만 있습니다."),
    (
        "BOT_OIDC_SECRET",
        "geheim",
        "설정 BOT_OIDC_…: 일부만 있습니다. 회사 계정으로 로그인하려면 BOT_OIDC_ISSUER, BOT_OIDC_C",
    ),
    ("BOT_JOURNAL", "mysql://user:geheim@db/x", "설정 BOT_JOURNAL: sqlite:///파일이나"),
    ("BOT_JOURNAL", "geheim", "설정 BOT_JOURNAL: sqlite:///파일이나"),
    ("BOT_DATA", "", "설정 BOT_DATA='': 이름을 적거나"),
    ("BOT_DATA", "README.md", "설정 BOT_DATA='README.md': 폴더의 이름이어야"),
    ("BOT_INDEX", "~/index", "~는 쓸 수 없습니다"),
    ("BOT_INDEX", ".", "설정 BOT_INDEX='.': 색인만의 빈 폴더를"),
    ("BOT_INDEX", "data", "색인만의 빈 폴더를"),
    ("BOT_INDEX", "tests", "다른 폴더("),
    ("BOT_DIFFERENCES", "data", "설정 BOT_DIFFERENCES='data': 파일의 이름이어야"),
    ("BOT_SECRET", "data", "설정 BOT_SECRET='data': 파일의 이름이어야"),
    ("BOT_EMBEDDING", "", "설정 BOT_EMBEDDING='': 값이 맞지 않습니다. 예: BOT_EMBEDDING=bundled"),
    ("BOT_RATTE", "geheim", "설정 BOT_RATTE: 그런 설정은 없습니다. BOT_RATE인가요?"),
    ("BOT_R\nX", "x", "설정 'BOT_R\\nX': 그런 설정은 없습니다."),
]


@pytest.mark.parametrize(("name", "value", "said"), WRONG)
def test_a_wrong_value_is_one_line(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as told:
        load_settings()
    [line] = told.value.lines
    assert said in line
    assert "\n" not in line
    assert "geheim" not in line


WHOLE = {
    "BOT_OIDC_ISSUER": "https://login.example.com/.well-known/openid-configuration",
    "BOT_OIDC_CLIENT": "desk",
    "BOT_OIDC_SECRET": "geheim",
    "BOT_OIDC_AGENTS": "상담팀, desk",
    "BOT_ADDRESS": "https://bot.example.com",
}


@pytest.mark.parametrize("missing", ["", *WHOLE])
def test_the_log_in_of_the_company_is_whole_or_one_line(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    for name, value in WHOLE.items():
        if name != missing:
            monkeypatch.setenv(name, value)
    if not missing:
        settings = load_settings()
        assert settings.oidc_agents == ("상담팀", "desk")
        assert "geheim" not in repr(settings)
        assert read_issuer(settings.oidc_issuer) == "https://login.example.com"
        return
    with pytest.raises(SettingsError) as told:
        load_settings()
    [line] = told.value.lines
    assert f"로그인하려면 {'BOT_OIDC_MANAGERS나 ' if missing == 'BOT_OIDC_AGENTS' else ''}{missing}도 정하세요." in line
    assert "geheim" not in line


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("origins", "https://a.example,https://b.example", ("https://a.example", "https://b.example")),
        ("origins", '["https://A.example", "https://a.example:443"]', ("https://a.example",)),
        ("origins", " https://a.example , ", ("https://a.example",)),
        ("origins", "[]", ()),
        ("origins", "", ()),
        ("hosts", "bot.example.com", ("bot.example.com",)),
        ("hosts", "Bot.example.com:*,[::1]:80,[::1]", ("bot.example.com:*", "[::1]:80", "[::1]")),
        ("hosts", '["bot.example.com"]', ("bot.example.com",)),
        ("host", "::", "::"),
        ("address", "https://bot.example.com", "https://bot.example.com"),
        ("model_url", "http://[::1]:11434/v1", "http://[::1]:11434/v1"),
        ("rate", "5 per 10 seconds", "5 per 10 seconds"),
        ("index", "var/other", Path("var/other")),
    ],
)
def test_values_that_are_right(monkeypatch: pytest.MonkeyPatch, name: str, value: str, read: object) -> None:
    monkeypatch.setenv(f"BOT_{name.upper()}", value)
    assert getattr(load_settings(), name) == read


def test_every_mistake_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"BOT_PORT": "x", "BOT_HOURS": "x", "BOT_NAME": "x"}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as told:
        load_settings()
    assert sorted(line.split("=")[0].split(":")[0] for line in told.value.lines) == [
        "설정 BOT_HOURS",
        "설정 BOT_NAME",
        "설정 BOT_PORT",
    ]


def test_the_index_knows_the_names_of_the_bot_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(OF_THE_BOT.split()) == Settings.model_fields.keys() - IndexSettings.model_fields.keys()
    monkeypatch.setenv("BOT_PORT", "x")  # the bot's own business
    load_index_settings()
    monkeypatch.setenv("BOT_DATTA", "x")
    with pytest.raises(SettingsError, match="BOT_DATA인가요"):
        load_index_settings()


def test_the_password_in_an_address_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_MODEL_URL", "ftp://user:geheim@models.example/v1")
    with pytest.raises(SettingsError, match="BOT_MODEL_URL") as told:
        load_settings()
    assert "geheim" not in str(told.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"BOT_PORT=1\nBOT_RATE 30/minute geheim\n", r"\.env:2: 'BOT_이름=값'처럼"),
        (b"BOT_RATE\n", r"\.env:1: 'BOT_이름=값'처럼"),
        (b"BOT_HOURS=\xc6\xc0\n", r"\.env: 읽을 수 없습니다"),
    ],
    ids=["no equals sign", "no value", "no UTF-8"],
)
def test_a_file_of_settings_that_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, said: str
) -> None:
    monkeypatch.setitem(Settings.model_config, "env_file", ".env")  # which the other tests do not read
    monkeypatch.chdir(tmp_path)
    Path(".env").write_bytes(content)
    with pytest.raises(SettingsError, match=said) as told:
        load_settings()
    assert "geheim" not in str(told.value)


def test_the_mark_that_some_editors_write_first_hides_no_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(Settings.model_config, "env_file", ".env")
    monkeypatch.chdir(tmp_path)
    Path(".env").write_bytes("BOT_PORT=99\n".encode("utf-8-sig"))
    assert load_settings().port == 99


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "name", "value", "code"),
    [
        (["app.py"], "BOT_ORIGINS", "www.example.com", 1),
        (["-m", "index", "check"], "BOT_DATTA", "x", 1),
        (["-m", "bot", "doctor"], "BOT_PORT", "x", 2),
    ],
)
def test_no_command_shows_a_traceback(command: list[str], name: str, value: str, code: int) -> None:
    environment = os.environ | {name: value}
    ended = subprocess.run([sys.executable, *command], capture_output=True, text=True, env=environment)
    said = ended.stdout + ended.stderr
    assert ended.returncode == code
    assert name in said
    assert "Traceback" not in said
    assert len(ended.stderr.splitlines()) == (0 if code == 2 else 1)
