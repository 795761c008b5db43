"""The desk as an application of its own below /desk: closed without a password, shielded, faults in Korean."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.middleware.base import BaseHTTPMiddleware

from bot.admission import Admission
from bot.curation.curator import CurateError, Curator
from bot.curation.gaps import Vectors
from bot.errors import BusyError, NotReadyError
from bot.journal.reader import Reader
from bot.journal.requests import Requests
from bot.journal.sealing import Seal
from bot.web.desk.credentials import check_hash, read_key
from bot.web.desk.gap_routes import curating_routes
from bot.web.desk.login import LOGIN, Sessions, build_guard, login_routes
from bot.web.desk.request_guard import shield
from bot.web.desk.request_routes import request_routes
from bot.web.desk.revision_routes import revising_routes
from bot.web.desk.routes import clause_routes, journal_routes, page_routes, static_routes
from bot.web.desk.state import Desk
from bot.web.faults import MISFIT, in_korean, own_words
from bot.web.limits import Lockout
from bot.web.templating import render
from index.errors import YakgwanError

if TYPE_CHECKING:
    from bot.journal.journal import Journal
    from bot.service import Service
    from bot.settings import Settings

log = logging.getLogger(__name__)


def closed_notice() -> str:
    """That the desk is closed and how to open it."""
    return (
        "상담 데스크가 닫혀 있습니다. `python -m bot password`로 비밀번호의 해시를 만들어 "
        "BOT_DESK_PASSWORD에 넣고 다시 시작하면 열립니다."
    )


def add_desk(
    app: FastAPI, service: Service, journal: Journal, settings: Settings, admission: Admission | None = None
) -> None:
    """Put the desk at /desk of ``app``; before anything that takes all addresses.

    ``admission``: how much is answered and searched at once, shared with the customers'; None: one of its own.

    Raises:
        SettingsError: ``desk_password`` is no Argon2 hash, or the key file cannot be read or made.
    """
    hashed = settings.desk_password.get_secret_value()
    if hashed:
        shared = admission or Admission(
            settings.answers_at_once, settings.queue, settings.queue_seconds, lambda: service.ready_since
        )
        desk = _open(service, shared, journal, settings, hashed)
    else:
        log.warning(closed_notice())
        desk = _closed()

    @app.get("/desk", include_in_schema=False)
    def with_slash() -> RedirectResponse:
        return RedirectResponse("/desk/", 308)

    app.mount("/desk", desk)


def _open(service: Service, admission: Admission, journal: Journal, settings: Settings, hashed: str) -> FastAPI:
    check_hash(hashed)
    key = read_key(settings.secret)
    sessions = Sessions(key, hashed)
    desk = Desk(
        service=service,
        admission=admission,
        settings=settings,
        journal=journal,
        reader=Reader(journal),
        requests=Requests(journal, Seal(key)),
        curator=Curator(settings.data),
        vectors=Vectors(),
    )
    app = _application()
    app.include_router(static_routes())
    app.include_router(login_routes(sessions, hashed, Lockout()))
    guarded = [Depends(build_guard(sessions))]
    for routes in (
        page_routes(desk),
        clause_routes(desk),
        journal_routes(desk),
        request_routes(desk),
        curating_routes(desk),
        revising_routes(desk),
    ):
        app.include_router(routes, dependencies=guarded)
    return app


def _closed() -> FastAPI:
    app = _application()
    app.include_router(static_routes())

    @app.get("/{path:path}")
    def closed() -> HTMLResponse:
        return HTMLResponse(render("desk_notice.html", title="상담 데스크", message=closed_notice()), 503)

    return app


def _application() -> FastAPI:
    app = FastAPI(
        openapi_url=None,
        exception_handlers={
            StarletteHTTPException: _fault,
            RequestValidationError: _misfit,
            YakgwanError: _known,
        },
    )
    app.add_middleware(BaseHTTPMiddleware, dispatch=shield)
    return app


async def _fault(request: Request, error: StarletteHTTPException) -> Response:
    """JSON for scripts, a page for people; who is not logged in comes to the login."""
    message = in_korean(error.detail)
    if request.url.path.startswith("/desk/api/"):
        return JSONResponse({"detail": message}, error.status_code, error.headers)
    if error.status_code == 401:
        return RedirectResponse(LOGIN, 303)
    page = render("desk_notice.html", title="상담 데스크", message=message)
    return HTMLResponse(page, error.status_code, error.headers)


async def _misfit(request: Request, error: RequestValidationError) -> Response:
    """Which values of a request do not fit; not what they held."""
    faults = error.errors()
    names = ", ".join(sorted({str(fault["loc"][:2][-1]) for fault in faults}))
    own = next(filter(None, map(own_words, faults)), "")
    return await _fault(request, StarletteHTTPException(422, own or f"{MISFIT}: {names}"))


async def _known(request: Request, error: YakgwanError) -> Response:
    """What a person can act on, in one line."""
    code = 400 if isinstance(error, CurateError) else 503
    if code != 400 and not isinstance(error, (NotReadyError, BusyError)):
        log.error("desk: %s", error)
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, BusyError) else None
    return await _fault(request, StarletteHTTPException(code, str(error), headers))
