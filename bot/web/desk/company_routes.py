"""Logging in at the desk by the company's provider: the way there, the way back, the account that comes of it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import RedirectResponse

from bot.journal.accounts import AccountError
from bot.journal.database import JournalError
from bot.journal.names import ROLES
from bot.openid.errors import NotAllowedError, RefusedError, UnreachableError
from bot.openid.ticket import LASTS
from bot.web.desk.guard import AWAY, address_of
from bot.web.desk.login import HOME, log_in_page, waiting
from bot.web.faults import NO_ADDRESS
from bot.web.limits import Limiter, network, wait_hint

if TYPE_CHECKING:
    from fastapi import Response

    from bot.journal.accounts import Account
    from bot.openid.company import Company
    from bot.openid.person import Person
    from bot.openid.ticket import Ticket
    from bot.web.desk.login import Door
    from bot.web.desk.state import Desk

log = logging.getLogger(__name__)
COOKIE, PATH = "desk-oidc", "/desk/oidc"
RATE = "60/minute"  # of one address to the provider: a whole office may come at nine
LONGEST = 8000  # characters of a code
AGAIN = "로그인이 너무 오래 걸렸거나 이미 끝난 것입니다. 단추를 다시 눌러 주세요."
OFTEN = "회사 로그인이 여러 번 거절되어"
NOT_DONE = "회사 로그인이 끝나지 않았습니다. 다시 시도하거나 비밀번호로 로그인해 주세요."
Sent = Annotated[str, Query(max_length=LONGEST)]


def company_routes(desk: Desk, door: Door) -> APIRouter:
    """GET /oidc and GET /oidc/callback; 404 where the company has no log-in."""
    routes = APIRouter(prefix="/oidc")
    starts = Limiter(RATE)

    @routes.get("")
    async def leave(request: Request) -> Response:
        company = _company(desk)
        if request.state.visit:
            return RedirectResponse(HOME, 303)
        wait = starts.allow(address_of(request))
        if wait is not None:
            return _page(desk, wait_hint(wait, "로그인"), 429, retry=int(wait) + 1)
        ticket = desk.tickets.new()
        try:
            there = await company.provider.address_to_log_in(ticket)
        except UnreachableError as error:
            return _page(desk, str(error), 503)
        response = RedirectResponse(there, 303)
        # from the provider's page the browser comes back with it: that is a link, which SameSite=Lax allows
        door.give(request, response, COOKIE, ticket.cookie, path=PATH, seconds=int(LASTS.total_seconds()))
        return response

    @routes.get("/callback")
    async def come_back(request: Request, code: Sent = "", state: Sent = "", error: Sent = "") -> Response:
        ticket = desk.tickets.read(request.cookies.get(COOKIE, ""), state)
        arrival = _Arrival(desk, door, _company(desk), request)
        if ticket is None:  # nothing is asked of the provider and nothing counted: any site may send people here
            response = _page(desk, AGAIN, 400)
        elif error or not code:
            response = _page(desk, NOT_DONE, 400)
        else:
            response = await arrival.enter(ticket, code)
        door.take(request, response, COOKIE, path=PATH)
        return response

    return routes


class _Arrival:
    """Somebody who comes back from the provider."""

    def __init__(self, desk: Desk, door: Door, company: Company, request: Request) -> None:
        self._desk = desk
        self._door = door
        self._company = company
        self._request = request
        self._address = address_of(request)
        # counted apart from wrong passwords: neither locks the other way in
        self._client = f"company {network(self._address)}"

    async def enter(self, ticket: Ticket, code: str) -> Response:
        """The way into the desk, or the page to log in with what is wrong."""
        try:
            return await self._enter(ticket, code)
        except JournalError as error:
            log.error("desk: %s", error)  # noqa: TRY400  # the message says what is wrong
            raise HTTPException(503, AWAY) from error

    async def _enter(self, ticket: Ticket, code: str) -> Response:
        # unlike a password nothing can be guessed here, so it counts only when it has failed
        wait = await run_sync(self._desk.failures.wait, "", self._client)
        if wait:
            return _page(self._desk, waiting(wait, OFTEN), 429, retry=wait)
        if not await run_sync(self._desk.failures.use, ticket.state, LASTS):
            return await self._refuse(AGAIN, "다시 쓴 로그인", 400)
        now = int(self._desk.journal.clock().timestamp())
        try:
            person = self._company.rules.read(await self._company.provider.claims_of(ticket, code, now))
        except UnreachableError as error:
            return _page(self._desk, str(error), 503)
        except RefusedError as error:
            return await self._refuse(str(error), "확인되지 않음", 401)
        except NotAllowedError as error:
            return await self._refuse(str(error), f"{error.name} 권한 없음".strip(), 403)
        return await run_sync(self._let_in, person)

    async def _refuse(self, message: str, about: str, code: int) -> Response:
        await run_sync(self._count, about)
        return _page(self._desk, message, code)

    def _count(self, about: str) -> None:
        log.warning("desk: a log-in at the company refused for %s", self._address)
        self._desk.failures.begin("", self._client)
        self._desk.record.write("", self._address, "login_failed", about=f"회사 계정: {about}")

    def _let_in(self, person: Person) -> Response:
        desk = self._desk
        before = desk.accounts.named(person.name)
        try:
            account = desk.accounts.take_in(person.name, person.role)
        except AccountError as error:
            self._count(f"{person.name} 들어올 수 없음")
            return _page(desk, str(error), 403)
        desk.failures.succeeded("", self._client)
        self._note(before, account)
        return self._door.enter(self._request, account, HOME)

    def _note(self, before: Account | None, account: Account) -> None:
        write = self._desk.record.write
        if before is None:
            write(account.name, self._address, "account", about=f"{account.name}: 회사 계정을 만듦")
        elif before.role is not account.role:
            said = f"{account.name}: 회사가 {ROLES[account.role]}(으)로 바꿈"
            write(account.name, self._address, "account", about=said)
        write(account.name, self._address, "login_company")


def _page(desk: Desk, message: str, code: int, *, retry: int = 0) -> Response:
    return log_in_page(desk, message=message, code=code, retry=retry, elsewhere=True)


def _company(desk: Desk) -> Company:
    if desk.company is None:
        raise HTTPException(404, NO_ADDRESS)
    return desk.company
