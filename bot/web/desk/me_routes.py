"""The page of one's own account: another password, where one is logged in, and logging out everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse

from bot.journal.accounts import COMPANYS
from bot.journal.names import ROLES
from bot.passwords import LENGTH, PasswordError, hash_password
from bot.web.desk import views
from bot.web.desk.guard import MUST_CHANGE, Present, Visit
from bot.web.desk.login import HOME, waiting
from bot.web.templating import render

if TYPE_CHECKING:
    from bot.web.desk.login import Door
    from bot.web.desk.state import Desk

WRONG = "지금 비밀번호가 맞지 않습니다."
UNEQUAL = "새 비밀번호 두 칸이 서로 다릅니다."
SAME = "지금과 다른 비밀번호를 정해 주세요."
Typed = Annotated[str, Form()]


def me_routes(desk: Desk, door: Door) -> APIRouter:
    """GET /me, POST /me/password, POST /me/logout."""
    routes = APIRouter(prefix="/me")

    @routes.get("")
    def show(visit: Present) -> HTMLResponse:
        return _page(desk, visit)

    @routes.post("/password")
    async def change(request: Request, visit: Present, old: Typed = "", new: Typed = "", again: Typed = "") -> Response:
        account = visit.account
        if account.of_company:
            return await run_sync(_page, desk, visit, COMPANYS, 400)
        begun = await door.begin(account.name, visit.address)
        if begun.wait:
            return await run_sync(_page, desk, visit, waiting(begun.wait), 429)
        if not await door.fits(account, old):
            await door.failed(account, visit.address, last=begun.last, where="비밀번호 바꾸기")
            return await run_sync(_page, desk, visit, WRONG, 400)
        return await run_sync(_change, desk, door, request, visit, (old, new, again))

    @routes.post("/logout")
    def log_out_everywhere(request: Request, visit: Present) -> Response:
        desk.logins.end_all(visit.account.id)
        desk.note(visit, "logout", about="모든 기기")
        return door.leave(request)

    return routes


def _change(desk: Desk, door: Door, request: Request, visit: Visit, typed: tuple[str, str, str]) -> Response:
    """The account takes its new password: its log-ins end, and this browser gets another one."""
    old, new, again = typed
    account = visit.account
    try:
        hashed = _hashed(old, new, again, account.name)
    except PasswordError as error:
        return _page(desk, visit, str(error), 400)
    desk.failures.succeeded(account.name, visit.address)
    desk.accounts.set_password(account.id, hashed)
    desk.note(visit, "account", about=f"{account.name}: 비밀번호를 바꿈")
    return door.enter(request, account, HOME)


def _hashed(old: str, new: str, again: str, name: str) -> str:
    if new != again:
        raise PasswordError(UNEQUAL)
    if new == old:
        raise PasswordError(SAME)
    return hash_password(new, name)


def _page(desk: Desk, visit: Visit, message: str = "", code: int = 200) -> HTMLResponse:
    account = visit.account
    logins = [
        {
            "here": one.id == visit.login.id,
            "device": one.device or "알 수 없음",
            "address": one.address,
            "started": views.seoul(one.started),
            "used": views.seoul(one.used),
        }
        for one in desk.logins.of(account.id)
    ]
    notice = MUST_CHANGE if account.one_time else ""
    page = render(
        "desk_me.html",
        account=account,
        role_name=ROLES[account.role],
        logins=logins,
        notice=notice,
        message=message,
        shortest=LENGTH[0],
        longest=LENGTH[1],
    )
    return HTMLResponse(page, code)
