"""Logging in and out of the desk, and the guard before everything else of it."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, Annotated

import anyio
from anyio.to_thread import run_sync
from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from bot.web.desk.password import verify_password
from bot.web.desk.session import HOURS_12
from bot.web.templating import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.web.desk.lockout import Lockout
    from bot.web.desk.session import Sessions

log = logging.getLogger(__name__)
COOKIE = "desk"
HOME, LOGIN = "/desk/", "/desk/login"
WRONG = "로그인하지 못했습니다. 다시 시도해 주세요."


def build_guard(sessions: Sessions) -> Callable[[Request, Response], None]:
    """A dependency that lets only who is logged in pass, and keeps an active session alive."""

    def guard(request: Request, response: Response) -> None:
        session = sessions.check(request.cookies.get(COOKIE, ""))
        if session is None:
            raise HTTPException(401, "로그인이 끝났습니다. 다시 로그인해 주세요.")
        if session.renewed:
            _set_cookie(response, session.renewed)

    return guard


def login_routes(sessions: Sessions, password_hash: str, lockout: Lockout) -> APIRouter:
    """GET and POST /login, POST /logout."""
    routes = APIRouter()
    one_at_a_time = anyio.CapacityLimiter(1)  # a check takes 64 MiB

    @routes.get("/login")
    def show(request: Request) -> Response:
        if sessions.check(request.cookies.get(COOKIE, "")):
            return RedirectResponse(HOME, 303)
        return HTMLResponse(render("desk_login.html", message=""))

    @routes.post("/login")
    async def login(request: Request, password: Annotated[str, Form()] = "") -> Response:
        address = request.client.host if request.client else ""
        wait = lockout.begin(address)
        if wait:
            log.warning("desk: login refused for %s, %d s left", address, wait)
            message = f"로그인을 여러 번 하지 못해 잠시 막았습니다. {_minutes(wait)}분 뒤에 다시 시도해 주세요."
            return HTMLResponse(render("desk_login.html", message=message), 429, {"Retry-After": str(wait)})
        await asyncio.sleep(lockout.delay)
        check = partial(verify_password, password_hash, password)
        if not await run_sync(check, limiter=one_at_a_time):
            log.warning("desk: login failed from %s", address)
            return HTMLResponse(render("desk_login.html", message=WRONG), 401)
        lockout.succeeded(address)
        response = RedirectResponse(HOME, 303)
        _set_cookie(response, sessions.start())
        return response

    @routes.post("/logout")
    def logout(request: Request) -> Response:
        sessions.end(request.cookies.get(COOKIE, ""))
        response = RedirectResponse(LOGIN, 303)
        response.delete_cookie(COOKIE, path="/desk", secure=True, httponly=True, samesite="strict")
        return response

    return routes


def _set_cookie(response: Response, token: str) -> None:
    response.set_cookie(COOKIE, token, max_age=HOURS_12, path="/desk", secure=True, httponly=True, samesite="strict")


def _minutes(seconds: int) -> int:
    return -(-seconds // 60)
