"""Logging in and out of the desk: the guard, the signed cookie, the wait after wrong passwords."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import secrets
import time
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Annotated

import anyio
from anyio.to_thread import run_sync
from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from itsdangerous import BadData, TimestampSigner, URLSafeTimedSerializer

from bot.web.desk.credentials import verify_password
from bot.web.templating import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.web.limits import Lockout

log = logging.getLogger(__name__)
COOKIE = "desk"
HOME, LOGIN = "/desk/", "/desk/login"
WRONG = "로그인하지 못했습니다. 다시 시도해 주세요."
HOURS_12 = 12 * 60 * 60
RENEW_AFTER = 10 * 60  # seconds
SALT = "desk-session"


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
            lockout.failed()
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


@dataclass(frozen=True, slots=True)
class Session:
    """``renewed``: the token to hand out now, or "" while the present one is young."""

    id: str
    renewed: str


class Sessions:
    """Sessions of 12 hours since the last use, signed with ``key``; another password hash ends them all.

    ``clock`` gives seconds since 1970.
    """

    def __init__(self, key: bytes, password_hash: str, clock: Callable[[], float] = time.time) -> None:
        class Signer(TimestampSigner):
            def get_timestamp(self) -> int:
                return int(clock())

        self._clock = clock
        self._fingerprint = hashlib.sha256(password_hash.encode()).hexdigest()[:32]
        self._serializer = URLSafeTimedSerializer(key, salt=SALT, signer=Signer)
        self._ended: dict[str, float] = {}
        self._lock = Lock()

    def start(self) -> str:
        """The token of a new session."""
        return self._token(secrets.token_urlsafe(16))

    def check(self, token: str) -> Session | None:
        """The session of a token; None if it is forged, too old, logged out or of another password."""
        try:
            found, signed = self._serializer.loads(token, max_age=HOURS_12, return_timestamp=True)
            session, fingerprint = str(found["id"]), str(found["password"])
        except (BadData, KeyError, TypeError):
            return None
        if fingerprint != self._fingerprint or session in self._ended:
            return None
        young = self._clock() - signed.timestamp() < RENEW_AFTER
        return Session(session, "" if young else self._token(session))

    def end(self, token: str) -> None:
        """Log out: no copy of the cookie works any more (until this server starts anew)."""
        session = self.check(token)
        if session is None:
            return
        now = self._clock()
        with self._lock:
            self._ended = {one: until for one, until in self._ended.items() if until > now}
            self._ended[session.id] = now + HOURS_12

    def _token(self, session: str) -> str:
        return str(self._serializer.dumps({"id": session, "password": self._fingerprint}))
