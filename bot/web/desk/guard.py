"""In front of every route of the desk: who it is that asks, and whether the table lets that person pass."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, HTTPException, Request

from bot.journal.database import JournalError
from bot.web.desk.roles import STATIC, Need, need_of, reach_of

if TYPE_CHECKING:
    from bot.journal.accounts import Account, Accounts
    from bot.journal.logins import Login, Logins

log = logging.getLogger(__name__)
COOKIE = "desk"
CLOSED = (
    "상담 데스크가 닫혀 있습니다. 서버에서 `python -m bot account add 이름 --role 관리자`로 "
    "첫 계정을 만들고 다시 시작하면 열립니다."
)
AWAY = "지금은 상담 데스크를 쓸 수 없습니다. 잠시 뒤 다시 시도해 주세요."
LOGGED_OUT = "로그인이 끝났습니다. 다시 로그인해 주세요."
FORBIDDEN = "이 계정으로는 할 수 없는 일입니다. 관리자에게 물어보세요."
MUST_CHANGE = "먼저 비밀번호를 새로 정해 주세요."


class MustChangeError(HTTPException):
    """Nothing but choosing a password is open to the account."""

    def __init__(self) -> None:
        super().__init__(403, MUST_CHANGE)


@dataclass(frozen=True, slots=True)
class Visit:
    """A request of somebody who is logged in. ``address``: where it comes from."""

    account: Account
    login: Login
    address: str


class Guard:
    """Its `check` is a dependency of the whole desk; it puts the `Visit` into the state of a request that it lets pass.

    Raises:
        HTTPException: 503 without any account or journal, 401 without a log-in, 403 for what the account may not do
            and for a route that is not in the table.
    """

    def __init__(self, accounts: Accounts, logins: Logins) -> None:
        self._accounts = accounts
        self._logins = logins

    def check(self, request: Request) -> None:
        """Let a request pass, or raise as above."""
        need = need_of(request.method, request.scope["route"].path)
        if need is None:
            log.error("desk: a route that is not in the table: %s", request.scope["route"].path)
            raise HTTPException(403, FORBIDDEN)
        request.state.visit = None
        if request.scope["route"].path.startswith(STATIC):
            return
        try:
            if not self._accounts.exist():
                raise HTTPException(503, CLOSED)
            request.state.visit = self._find(request)
        except JournalError as error:  # what the database says is none of a stranger's business
            log.error("desk: %s", error)  # noqa: TRY400  # the message says what is wrong
            raise HTTPException(503, AWAY) from error
        if need is not Need.NOTHING:
            _check(request.state.visit, need)

    def _find(self, request: Request) -> Visit | None:
        login = self._logins.find(request.cookies.get(COOKIE, ""))
        if login is None:
            return None
        return Visit(self._accounts.get(login.account), login, address_of(request))


def visit(request: Request) -> Visit:
    """The visit that the guard let pass; a dependency of the routes that need to know whose it is."""
    found: Visit | None = request.state.visit
    if found is None:
        raise HTTPException(401, LOGGED_OUT)
    return found


Present = Annotated[Visit, Depends(visit)]


def address_of(request: Request) -> str:
    """The address of the client."""
    return request.client.host if request.client else ""


def _check(visit: Visit | None, need: Need) -> None:
    if visit is None:
        raise HTTPException(401, LOGGED_OUT)
    reach = reach_of(visit.account)
    if reach is Need.LOGIN and need > reach:
        raise MustChangeError
    if need > reach:
        raise HTTPException(403, FORBIDDEN)
