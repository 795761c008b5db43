"""`python -m bot account add|list|password|role|disable|enable`: the accounts of the desk from the command line."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from bot.journal.access import AccessRecord
from bot.journal.accounts import Account, AccountError, Accounts
from bot.journal.journal import Journal
from bot.journal.names import ROLES, Role
from bot.journal.spreadsheet import seoul_time
from bot.passwords import hash_password
from bot.settings import load_settings
from index.cli import make_app

if TYPE_CHECKING:
    from collections.abc import Iterator

app = make_app("상담 데스크의 계정을 만들고 바꿉니다.")
HERE = "이 컴퓨터의 명령"  # in the access record in place of an address


def _read_role(text: str) -> Role:
    found = {shown: role for role, shown in ROLES.items()}.get(text)
    if found is None:
        raise typer.BadParameter(f"{', '.join(ROLES.values())} 가운데 하나를 적습니다.")
    return found


Name = Annotated[str, typer.Argument(help="계정의 이름")]
RoleOption = Annotated[
    Role, typer.Option("--role", parser=_read_role, metavar="|".join(ROLES.values()), help="할 수 있는 일")
]
RoleArgument = Annotated[
    Role, typer.Argument(parser=_read_role, metavar="|".join(ROLES.values()), help="할 수 있는 일")
]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="비밀번호를 표준 입력의 첫 줄에서 읽기")]


class _Opened(NamedTuple):
    accounts: Accounts
    record: AccessRecord

    def account(self, name: str) -> Account:
        found = self.accounts.named(name)
        if found is None:
            raise AccountError(f"{name}: 그런 계정이 없습니다.")
        return found

    def note(self, about: str) -> None:
        self.record.write("", HERE, "account", about=about)
        typer.echo(about)


@app.command()
def add(name: Name, role: RoleOption, *, password_stdin: FromStdin = False) -> None:
    """계정을 만듭니다. 비밀번호는 두 번 묻고 보이지 않습니다."""
    with _opened() as opened:
        first = not opened.accounts.exist()
        if first and role is not Role.MANAGER:
            raise AccountError("첫 계정은 관리자여야 합니다.")
        made = opened.accounts.add(name, role, _new_password(name, from_stdin=password_stdin))
        opened.note(f"{made.name}: {ROLES[made.role]} 계정을 만들었습니다.")
    if first:
        typer.echo("서버를 다시 시작하면 상담 데스크가 열립니다.")


@app.command(name="list")
def show() -> None:
    """계정을 모두 보여 줍니다."""
    with _opened() as opened:
        for one in opened.accounts.all():
            kind = "회사 계정" if one.of_company else "일회용 비밀번호" if one.one_time else ""
            state = "막힘" if one.disabled else kind
            typer.echo("\t".join([one.name, ROLES[one.role], seoul_time(one.at), state]).rstrip())


@app.command()
def password(name: Name, *, password_stdin: FromStdin = False) -> None:
    """비밀번호를 바꿉니다. 그 계정의 로그인은 모두 끝납니다."""
    with _opened() as opened:
        account = opened.account(name)
        opened.accounts.set_password(account.id, _new_password(account.name, from_stdin=password_stdin))
        opened.note(f"{account.name}: 비밀번호를 바꿨습니다.")


@app.command()
def role(name: Name, role: RoleArgument) -> None:
    """할 수 있는 일을 바꿉니다."""
    with _opened() as opened:
        account = opened.accounts.set_role(opened.account(name).id, role)
        opened.note(f"{account.name}: {ROLES[account.role]}(으)로 바꿨습니다.")


@app.command()
def disable(name: Name) -> None:
    """계정을 막습니다. 그 계정의 로그인은 모두 끝납니다."""
    with _opened() as opened:
        account = opened.accounts.disable(opened.account(name).id)
        opened.note(f"{account.name}: 막았습니다.")


@app.command()
def enable(name: Name) -> None:
    """막은 계정을 다시 쓰게 합니다."""
    with _opened() as opened:
        account = opened.accounts.enable(opened.account(name).id)
        opened.note(f"{account.name}: 다시 쓸 수 있습니다.")


@contextmanager
def _opened() -> Iterator[_Opened]:
    settings = load_settings()
    journal = Journal.open(settings.journal.get_secret_value(), settings.journal_days)
    try:
        yield _Opened(Accounts(journal), AccessRecord(journal))
    finally:
        journal.close()


def _new_password(name: str, *, from_stdin: bool) -> str:
    """The hash of a password from the first line of standard input, or asked for twice without showing it."""
    if from_stdin:
        return hash_password(sys.stdin.readline().rstrip("\r\n"), name)
    return hash_password(typer.prompt("새 비밀번호", hide_input=True, confirmation_prompt="한 번 더"), name)
