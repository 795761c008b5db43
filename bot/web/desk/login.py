"""Logging in and out of the desk: the page, the cookie, the wait after wrong passwords."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, Annotated

import anyio
from anyio.to_thread import run_sync
from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from bot.journal.database import JournalError
from bot.passwords import verify_password
from bot.web.desk.guard import AWAY, COOKIE, Present, address_of
from bot.web.limits import network
from bot.web.templating import render

if TYPE_CHECKING:
    from bot.journal.accounts import Account
    from bot.journal.login_failures import Try
    from bot.web.desk.state import Desk

log = logging.getLogger(__name__)
DESK, HOME, LOGIN, ME = "/desk", "/desk/", "/desk/login", "/desk/me"
WRONG = "로그인하지 못했습니다. 이름과 비밀번호를 다시 확인해 주세요."
ONE_AT_A_TIME = 1  # a check of a password takes 64 MiB


class Door:
    """Checks passwords, one at a time, and opens and closes log-ins."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._limiter = anyio.CapacityLimiter(ONE_AT_A_TIME)

    async def begin(self, name: str, address: str) -> Try:
        """Count a try of a password, and slow it down while many fail."""
        begun = await run_sync(self._desk.failures.begin, name, network(address))
        if begun.wait:
            log.warning("desk: a password refused for %s, %d s left", address, begun.wait)
        else:
            await asyncio.sleep(begun.delay)
        return begun

    async def fits(self, account: Account | None, password: str) -> bool:
        """Whether the account may log in with a password; nobody's takes as long as a wrong one."""
        usable = account is not None and not account.disabled and not self._stale(account)
        hashed = account.password if account is not None and usable else ""
        return await run_sync(partial(verify_password, hashed, password), limiter=self._limiter)

    async def failed(self, account: Account | None, address: str, *, last: bool, where: str = "") -> None:
        """Count and record that a password was wrong; ``where``: in words, if not at the log-in."""
        log.warning("desk: a wrong password from %s", address)
        name = account.name if account else ""
        about = " ".join(filter(None, [where if account else "없는 이름", "이제 15분 동안 막힘" if last else ""]))
        await run_sync(self._desk.failures.failed)
        await run_sync(partial(self._desk.record.write, name, address, "login_failed", about=about))

    def enter(self, request: Request, account: Account, place: str) -> Response:
        """Begin a log-in; the one that the browser had ends. The way goes on to ``place``."""
        self._desk.logins.end(request.cookies.get(COOKIE, ""))
        token = self._desk.logins.start(account.id, address_of(request), request.headers.get("user-agent", ""))
        response = RedirectResponse(place, 303)
        self.give(request, response, COOKIE, token, path=DESK, seconds=int(self._desk.logins.longest.total_seconds()))
        return response

    def leave(self, request: Request) -> Response:
        """To the page to log in, without the cookie."""
        response = RedirectResponse(LOGIN, 303)
        self.take(request, response, COOKIE, path=DESK)
        return response

    def give(self, request: Request, response: Response, name: str, value: str, *, path: str, seconds: int) -> None:
        """A cookie that scripts and requests of other sites do not get."""
        response.set_cookie(
            name, value, max_age=seconds, path=path, secure=self._safe(request), httponly=True, samesite="lax"
        )

    def take(self, request: Request, response: Response, name: str, *, path: str) -> None:
        """The browser forgets a cookie."""
        response.delete_cookie(name, path=path, secure=self._safe(request), httponly=True, samesite="lax")

    def _stale(self, account: Account) -> bool:
        return account.one_time is not None and account.one_time <= self._desk.journal.clock()

    def _safe(self, request: Request) -> bool:
        """Whether the desk is called by HTTPS, as far as this server knows."""
        settings = self._desk.settings
        return request.url.scheme == "https" or settings.address.startswith("https:") or bool(settings.desk_host)


def login_routes(desk: Desk, door: Door) -> APIRouter:
    """GET and POST /login, POST /logout."""
    routes = APIRouter()

    @routes.get("/login")
    def show(request: Request) -> Response:
        if request.state.visit:
            return RedirectResponse(HOME, 303)
        return log_in_page(desk)

    @routes.post("/login")
    async def login(
        request: Request, name: Annotated[str, Form()] = "", password: Annotated[str, Form()] = ""
    ) -> Response:
        try:
            return await _log_in(desk, door, request, name[:200], password)
        except JournalError as error:
            log.error("desk: %s", error)  # noqa: TRY400  # the message says what is wrong
            raise HTTPException(503, AWAY) from error

    @routes.post("/logout")
    def logout(request: Request, visit: Present) -> Response:
        desk.logins.end(request.cookies.get(COOKIE, ""))
        desk.note(visit, "logout")
        return door.leave(request)

    return routes


async def _log_in(desk: Desk, door: Door, request: Request, name: str, password: str) -> Response:
    address = address_of(request)
    begun = await door.begin(name, address)
    if begun.wait:
        return log_in_page(desk, name, waiting(begun.wait), 429, retry=begun.wait)
    account = await run_sync(desk.accounts.named, name)
    fits = await door.fits(account, password)
    if account is None or not fits:
        await door.failed(account, address, last=begun.last)
        return log_in_page(desk, name, WRONG, 401)
    await run_sync(desk.failures.succeeded, name, network(address))
    await run_sync(desk.record.write, account.name, address, "login")
    return await run_sync(door.enter, request, account, ME if account.one_time else HOME)


def waiting(seconds: int, why: str = "비밀번호가 여러 번 틀려") -> str:
    """What a person is told who has to wait."""
    return f"{why} 잠시 막았습니다. {-(-seconds // 60)}분 뒤에 다시 시도해 주세요."


def log_in_page(
    desk: Desk, name: str = "", message: str = "", code: int = 200, *, retry: int = 0, elsewhere: bool = False
) -> Response:
    """The page.

    ``retry``: seconds to wait before the next try, 0 for none. ``elsewhere``: it is shown at another address.
    """
    button = desk.company.button if desk.company else ""
    page = render("desk_login.html", name=name, message=message, button=button, elsewhere=elsewhere)
    return HTMLResponse(page, code, {"Retry-After": str(retry)} if retry else None)
