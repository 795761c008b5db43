"""The desk as an application of its own below /desk: closed without an account, shielded, faults in Korean."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from fastapi import Depends, FastAPI, Request, params
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.middleware.base import BaseHTTPMiddleware

from bot.admission import Admission
from bot.curation.curator import CurateError, Curator
from bot.curation.gaps import Vectors
from bot.drafts.rehearsals import Rehearsals
from bot.drafts.review import Review
from bot.drafts.store import DraftError, Drafts
from bot.effects import Effects
from bot.errors import BusyError, NotReadyError
from bot.journal.access import AccessRecord
from bot.journal.accounts import AccountError, Accounts
from bot.journal.database import JournalError
from bot.journal.key_file import read_key
from bot.journal.login_failures import LoginFailures
from bot.journal.logins import Logins
from bot.journal.reader import Reader
from bot.journal.requests import Requests
from bot.journal.sealing import Seal
from bot.openid.company import open_company
from bot.openid.ticket import Tickets
from bot.web.desk.access_routes import access_routes
from bot.web.desk.account_routes import account_routes
from bot.web.desk.company_routes import company_routes
from bot.web.desk.draft_routes import draft_routes
from bot.web.desk.gap_routes import curating_routes, effect_routes
from bot.web.desk.guard import CLOSED, Guard, MustChangeError
from bot.web.desk.login import LOGIN, ME, Door, login_routes
from bot.web.desk.me_routes import me_routes
from bot.web.desk.publishing_routes import publishing_routes
from bot.web.desk.request_guard import shield
from bot.web.desk.request_routes import request_routes
from bot.web.desk.revision_routes import revising_routes
from bot.web.desk.routes import clause_routes, journal_routes, page_routes, static_routes
from bot.web.desk.state import Desk
from bot.web.faults import MISFIT, in_korean, own_words
from bot.web.hosts import desk_base
from bot.web.templating import render
from index.errors import YakgwanError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.journal.journal import Journal
    from bot.service import Service
    from bot.settings import Settings

log = logging.getLogger(__name__)


def add_desk(
    app: FastAPI, service: Service, journal: Journal, settings: Settings, admission: Admission | None = None
) -> None:
    """Put the desk at /desk of ``app``; before anything that takes all addresses.

    Without any account it is closed and says how to make one.

    ``admission``: how much is answered and searched at once, shared with the customers'; None: one of its own.

    Raises:
        SettingsError: the key file cannot be read or made.
    """
    if may_have_accounts(journal):
        shared = admission or Admission(
            settings.answers_at_once, settings.queue, settings.queue_seconds, lambda: service.ready_since
        )
        desk = build_desk(_open(service, shared, journal, settings))
    else:
        log.warning(CLOSED)
        desk = _closed()

    @app.get("/desk", include_in_schema=False)
    def with_slash() -> RedirectResponse:
        return RedirectResponse("/desk/", 308)

    app.mount("/desk", desk)


def may_have_accounts(journal: Journal) -> bool:
    """Whether there is any account, or may be: the journal cannot be read now."""
    try:
        return Accounts(journal).exist()
    except JournalError:
        return True


def build_desk(desk: Desk) -> FastAPI:
    """The application over the state of a desk; its guard stands before all its routes."""
    door = Door(desk)
    app = _application([Depends(Guard(desk.accounts, desk.logins).check)])
    for routes in (
        static_routes(),
        login_routes(desk, door),
        company_routes(desk, door),
        me_routes(desk, door),
        page_routes(desk),
        clause_routes(desk),
        journal_routes(desk),
        request_routes(desk),
        curating_routes(desk),
        effect_routes(desk),
        revising_routes(desk),
        draft_routes(desk),
        publishing_routes(desk),
        account_routes(desk),
        access_routes(desk),
    ):
        app.include_router(routes)
    return app


def _closed() -> FastAPI:
    app = _application()
    app.include_router(static_routes())

    @app.get("/{path:path}")
    def closed() -> None:
        raise StarletteHTTPException(503, CLOSED)

    return app


def _application(dependencies: Sequence[params.Depends] = ()) -> FastAPI:
    app = FastAPI(
        openapi_url=None,
        dependencies=dependencies,
        exception_handlers={
            StarletteHTTPException: _fault,
            RequestValidationError: _misfit,
            YakgwanError: _known,
        },
    )
    app.add_middleware(BaseHTTPMiddleware, dispatch=shield)
    return app


def _open(service: Service, admission: Admission, journal: Journal, settings: Settings) -> Desk:
    key = read_key(settings.secret)
    idle, longest = timedelta(minutes=settings.desk_idle_minutes), timedelta(hours=settings.desk_hours)
    reader, drafts = Reader(journal), Drafts(settings.data)
    rehearsals = Rehearsals(drafts, service, admission, reader)
    return Desk(
        service=service,
        admission=admission,
        settings=settings,
        journal=journal,
        reader=reader,
        requests=Requests(journal, Seal(key)),
        curator=Curator(settings.data),
        effects=Effects(settings.data, service, admission, reader),
        vectors=Vectors(),
        accounts=Accounts(journal),
        logins=Logins(journal, idle, longest),
        failures=LoginFailures(journal, key),
        record=AccessRecord(journal),
        tickets=Tickets(key, journal.clock),
        company=open_company(settings, desk_base(settings)),
        drafts=drafts,
        rehearsals=rehearsals,
        review=Review(drafts, rehearsals),
    )


async def _fault(request: Request, error: StarletteHTTPException) -> Response:
    """JSON for scripts, a page for people; who must log in or choose a password comes to the page for it."""
    message = in_korean(error.detail)
    if request.url.path.startswith("/desk/api/"):
        return JSONResponse({"detail": message}, error.status_code, error.headers)
    if error.status_code == 401 or isinstance(error, MustChangeError):
        return RedirectResponse(LOGIN if error.status_code == 401 else ME, 303)
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
    code = 400 if isinstance(error, (CurateError, AccountError, DraftError)) else 503
    if code != 400 and not isinstance(error, (NotReadyError, BusyError)):
        log.error("desk: %s", error)
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, BusyError) else None
    return await _fault(request, StarletteHTTPException(code, str(error), headers))
