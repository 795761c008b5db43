"""`python -m bot account …`: the first account and all others, without a password on the screen."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import typer
from support.commands import Ended
from support.commands import run as run_command

from bot.__main__ import app
from bot.journal.access import AccessFilter, AccessRecord
from bot.journal.accounts import Accounts
from bot.journal.journal import Journal
from bot.journal.logins import Logins
from bot.passwords import verify_password
from bot.settings import load_settings
from index.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytest_plugins = ["support.desk_fixtures"]
pytestmark = pytest.mark.usefixtures("cheap_passwords")
GOOD = "다람쥐 쳇바퀴 돌리기"


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Journal]:
    """The one that the commands open."""
    address = f"sqlite:///{tmp_path}/journal.db"
    monkeypatch.setenv("BOT_JOURNAL", address)
    opened = Journal.open(address, 90)
    yield opened
    opened.close()


def run(*arguments: str) -> Ended:
    return run_command(app, "account", *arguments)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is typed when a password is asked for; the prompts must hide it and ask twice."""
    answers: list[str] = []

    def prompt(text: str, **options: object) -> str:
        assert options == {"hide_input": True, "confirmation_prompt": "한 번 더"}
        return answers.pop(0)

    monkeypatch.setattr(typer, "prompt", prompt)
    return answers


def test_the_first_account_opens_the_desk(journal: Journal, typed: list[str]) -> None:
    typed.extend([GOOD, GOOD])
    first = run("add", "김관리", "--role", "관리자")
    assert (first.code, "다시 시작하면 상담 데스크가 열립니다." in first.out, GOOD in first.out + first.err) == (
        0,
        True,
        False,
    )
    assert "열립니다" not in run("add", "이상담", "--role", "상담사").out
    listed = [line.split("\t") for line in run("list").out.splitlines()]
    assert [(line[0], line[1], len(line)) for line in listed] == [("김관리", "관리자", 3), ("이상담", "상담사", 3)]
    account = Accounts(journal).named("김관리")
    assert account
    assert verify_password(account.password, GOOD)
    assert account.one_time is None


def test_the_first_account_manages(journal: Journal, typed: list[str]) -> None:
    ended = run("add", "이상담", "--role", "상담사")
    assert (ended.code, ended.err) == (1, "오류: 첫 계정은 관리자여야 합니다.\n")
    assert typed == []
    assert not Accounts(journal).exist()


def test_a_password_comes_from_standard_input_too(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{GOOD}\r\n둘째 줄\n"))
    assert run("add", "김관리", "--role", "관리자", "--password-stdin").code == 0
    account = Accounts(journal).named("김관리")
    assert account
    assert verify_password(account.password, GOOD)


def test_an_account_is_changed_and_kept_out(journal: Journal, typed: list[str]) -> None:
    typed.extend([GOOD, GOOD, f"{GOOD}!", GOOD])
    run("add", "김관리", "--role", "관리자")
    run("add", "이상담", "--role", "상담사")
    accounts = Accounts(journal)
    account = accounts.named("이상담")
    assert account
    logins = Logins(journal, timedelta(hours=1), timedelta(hours=12))
    token = logins.start(account.id, "192.0.2.1", "")
    assert run("password", "이상담").out == "이상담: 비밀번호를 바꿨습니다.\n"
    assert logins.find(token) is None
    assert run("role", "이상담", "관리자").out == "이상담: 관리자(으)로 바꿨습니다.\n"
    assert run("disable", "이상담").out == "이상담: 막았습니다.\n"
    assert run("list").out.splitlines()[1].endswith("막힘")
    assert run("enable", "이상담").code == 0
    lines = AccessRecord(journal).page(AccessFilter(act="account"), 1, 100)[0]
    assert {(one.name, one.address) for one in lines} == {("", "이 컴퓨터의 명령")}
    assert [one.about.split(" ")[0] for one in lines] == ["이상담:"] * 5 + ["김관리:"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("add", "이상담", "--role", "사장"), 2, "상담사, 관리자 가운데 하나를 적습니다."),
        (("add", "이상담"), 2, "--role"),
        (("add", "이상담", "--role", "상담사"), 1, "10자 이상 200자 이하"),
        (("role", "없는이", "관리자"), 1, "없는이: 그런 계정이 없습니다."),
        (("disable", "김관리"), 1, "관리자가 한 사람은 있어야 합니다."),
        (("add", "김관리", "--role", "관리자"), 1, "김관리: 이미 있는 이름입니다."),
    ],
)
def test_a_mistake_is_told_in_one_line(
    journal: Journal, typed: list[str], arguments: tuple[str, ...], code: int, said: str
) -> None:
    typed.extend([GOOD, GOOD if "김관리" in arguments else "짧다"])
    run("add", "김관리", "--role", "관리자")
    ended = run(*arguments)
    assert (ended.code, ended.out, ended.err.count("\n")) == (code, "", 1)
    assert said in ended.err
    assert len(Accounts(journal).all()) == 1


def test_the_password_that_there_was_once_is_told_what_to_run_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_DESK_PASSWORD", "$argon2id$v=19$geheim")
    with pytest.raises(SettingsError, match=r"python -m bot account add 이름 --role 관리자") as told:
        load_settings()
    assert "geheim" not in str(told.value)
