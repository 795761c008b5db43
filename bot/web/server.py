"""The web application: FastAPI with the clause pages, the API and MCP; the Gradio page mounted at `/`."""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

import gradio as gr
from anyio import to_thread
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Mount, Route

from bot.errors import BusyError
from bot.journal.journal import Journal
from bot.journal.key_file import read_key
from bot.journal.requests import Requests
from bot.journal.sealing import Seal
from bot.leaving import Leaving
from bot.opening_hours import read_hours
from bot.recorder import Recorder
from bot.values.sites import read_desk_host, read_origin, read_origins
from bot.values.webhook import read_webhook
from bot.web.api.mcp import PATH as MCP_PATH
from bot.web.api.mcp import McpEndpoint, build_mcp
from bot.web.api.routes import build_api
from bot.web.body_limit import BodyLimit, OneLength
from bot.web.chat.doors import Doors
from bot.web.chat.first_load import FirstPage, build_assets, find_assets
from bot.web.chat.keys import Cookies
from bot.web.chat.page import CSS, THEME, build_chat, texts_of, waits
from bot.web.desk import FILES, add_desk, may_have_accounts
from bot.web.faults import MISFIT, in_korean, own_words
from bot.web.hosts import DeskHost, desk_base, own_hosts
from bot.web.layout import refusal
from bot.web.limits import Limited, Limiter, PageLimits
from bot.web.metrics import Metrics
from bot.web.operations import build_operations
from bot.web.overload import Overload, busy_response
from bot.web.policy import SafetyHeaders
from bot.web.request_log import RequestLog
from bot.web.terms.comparison import build_compare
from bot.web.terms.pages import build_pages
from bot.web.terms.whole import build_whole
from bot.web.widget import build_widget
from bot.webhook import Webhook

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.journal.writer import Writer
    from bot.service import Service
    from bot.settings import Settings

log = logging.getLogger(__name__)

SESSIONS = 2000  # conversations that are kept at once; the oldest go first
DESCRIPTION = "질문에 약관 원문을 인용해 답하고, 근거가 된 조와 항을 알려 줍니다."


def build_app(service: Service, metrics: Metrics | None = None) -> FastAPI:
    """The application; the models load in a thread once it has started. ``metrics``: those that ``service`` reports to.

    Raises:
        SettingsError: a rate of questions, a key file or an embedding site that cannot be read.
        JournalError: the journal's database cannot be opened.
    """
    settings = service.settings
    origins = read_origins(settings.origins)
    address = settings.address and read_origin(settings.address, "BOT_ADDRESS")
    limiter, requests = Limiter(settings.rate), Limiter(settings.request_rate, "BOT_REQUEST_RATE")
    metrics = metrics or Metrics({"embedding": settings.embedding})
    # a journal that is away now costs no customer the answer
    journal = Journal.open(
        settings.journal.get_secret_value(),
        settings.journal_days,
        request_days=settings.request_days,
        access_days=settings.access_days,
        later=True,
    )
    answering = Recorder(service, journal, metrics)
    admission, writer = answering.admission, answering.writer
    leaving = open_leaving(settings, journal, writer, metrics)
    metrics.watch_queues(lambda: admission.running, lambda: admission.waiting, lambda: writer.depth)
    metrics.watch_index(lambda: service.behind)
    metrics.watch_disk("index", settings.index)
    if file := journal.database.file:
        metrics.watch_disk("journal", file)
    mcp = McpEndpoint(build_mcp(service, answering, limiter, metrics), [*own_hosts(settings), *settings.hosts])

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        # what is asked waits in threads of this pool: as many more as there are places, so that pages find theirs
        to_thread.current_default_thread_limiter().total_tokens += admission.places
        beside = service.background.running(
            service.keep_loading, service.reload_if_outdated, journal, leaving.webhook if leaving else None
        )
        async with beside, mcp.run():
            yield
        answering.close()
        journal.close()

    app = FastAPI(
        title="약관봇",
        description=DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        exception_handlers={StarletteHTTPException: _fault, RequestValidationError: _misfit, BusyError: _busy},
    )
    chat = build_chat(answering, limiter, metrics, leaving)
    assets = find_assets({block.get_block_name() for block in chat.blocks.values()})
    app.add_middleware(FirstPage, names=assets, title=str(chat.title), about=DESCRIPTION, origins=origins)
    # the widget shows the chat in a frame of this origin, so no other origin needs to read an answer
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(Overload, admission=admission)
    app.add_middleware(PageLimits, rate=settings.request_rate, metrics=metrics)
    app.add_middleware(BodyLimit, files=FILES)
    if desk_host := read_desk_host(settings.desk_host):
        app.add_middleware(DeskHost, host=desk_host)
    app.add_middleware(SafetyHeaders, always_https=address.startswith("https:"))
    app.add_middleware(OneLength)
    app.add_middleware(RequestLog, metrics=metrics)
    app.include_router(build_assets(assets))
    app.include_router(build_compare(service))
    app.include_router(build_whole(service))
    app.include_router(build_pages(service))
    app.include_router(build_widget(origins))
    app.include_router(build_api(service, answering, limiter, metrics, leaving))
    app.include_router(build_operations(service, lambda: writer.state, metrics))
    app.router.routes.append(Route(MCP_PATH, Limited(mcp, requests, metrics)))
    add_desk(app, service, journal, settings, admission)
    cookies = Cookies(settings.conversation_hours, https=address.startswith("https:"), framed=bool(origins))
    _mount(app, chat, requests, metrics, cookies)
    return app


def open_leaving(settings: Settings, journal: Journal, writer: Writer, metrics: Metrics) -> Leaving | None:
    """What customers leave for agents; None where nobody would see it: the desk has no account, there is no webhook.

    Raises:
        SettingsError: hours, an address of the webhook or a file of the key that cannot be read.
    """
    hours, address = read_hours(settings.hours), read_webhook(settings.webhook.get_secret_value())
    desk = may_have_accounts(journal)
    if not (address or desk):
        return None
    requests = Requests(journal, Seal(read_key(settings.secret)))
    secret = settings.webhook_secret.get_secret_value()
    webhook = Webhook(address, secret, requests, metrics, desk=desk_base(settings) if desk else "") if address else None
    return Leaving(journal, requests, writer, metrics, hours, webhook)


def _mount(app: FastAPI, chat: gr.Blocks, requests: Limiter, metrics: Metrics, cookies: Cookies) -> None:
    """Gradio at `/`, where no other route takes a request, behind `Doors`."""
    chat.has_launched = True  # only then Gradio checks where a file comes from; it is set by nothing but `launch`
    chat.api_open = False
    chat.state_session_capacity = SESSIONS
    gr.mount_gradio_app(
        app,
        chat,
        path="/",
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        ssr_mode=False,
        max_file_size=1024,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        theme=THEME,
        css=CSS,
    )
    mounted = app.router.routes[-1]
    assert isinstance(mounted, Mount)  # noqa: S101  # the line above put it there
    mounted.app = Doors(Limited(mounted.app, requests, metrics), texts_of(chat), partial(waits, chat), cookies)


async def _fault(request: Request, error: StarletteHTTPException) -> Response:
    """A fault in Korean: JSON for programs, a page for people."""
    return refusal(request.scope["path"], in_korean(error.detail), error.status_code, error.headers)


async def _busy(_: Request, error: BusyError) -> JSONResponse:
    return busy_response(error)


async def _misfit(_: Request, error: RequestValidationError) -> JSONResponse:
    """Where a request has the wrong shape; not what it held, which may be no text at all."""
    faults = [{"loc": e["loc"], "msg": own_words(e) or f"{MISFIT}.", "type": e["type"]} for e in error.errors()]
    return JSONResponse({"detail": faults}, 422)
