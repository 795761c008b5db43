"""The web application: FastAPI with the clause pages, the API and MCP; the Gradio page mounted at `/`."""

from __future__ import annotations

import asyncio
import logging
import threading
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

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
from bot.midnight import at_midnight
from bot.recorder import Recorder
from bot.retention import purge_daily
from bot.web.api import build_api
from bot.web.body_limit import BodyLimit
from bot.web.chat import CSS, THEME, build_chat, texts_of, waits
from bot.web.clause import build_pages
from bot.web.compare import build_compare
from bot.web.desk import add_desk
from bot.web.doors import Doors
from bot.web.faults import NO_ADDRESS, refusal
from bot.web.first_page import FirstPage, build_assets
from bot.web.framing import OneLength
from bot.web.hosts import DeskHost, own_hosts, read_desk_host
from bot.web.limits import Limited, Limiter
from bot.web.mcp import PATH as MCP_PATH
from bot.web.mcp import McpEndpoint, build_mcp
from bot.web.metrics import Metrics
from bot.web.operations import build_operations
from bot.web.policy import SafetyHeaders
from bot.web.preload import find_assets
from bot.web.refusals import Refusals
from bot.web.widget import build_widget, read_origin, read_origins

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.service import Service

log = logging.getLogger(__name__)

KOREAN = {  # what Starlette and FastAPI say: what is shown
    "Not Found": NO_ADDRESS,
    "Method Not Allowed": "이 주소에서는 쓸 수 없는 요청입니다.",
    "There was an error parsing the body": "요청을 읽을 수 없습니다.",
}


SESSIONS = 2000  # conversations that are kept at once; the oldest go first
DESCRIPTION = "질문에 약관 원문을 인용해 답하고, 근거가 된 조와 항을 알려 줍니다."


def build_app(service: Service) -> FastAPI:
    """The application; the models load in a thread once it has started.

    Raises:
        SettingsError: a rate of questions, a password hash or an embedding site that cannot be read.
        JournalError: the journal's database cannot be opened.
    """
    settings = service.settings
    origins = read_origins(settings.origins)
    address = settings.address and read_origin(settings.address, "BOT_ADDRESS")
    limiter, requests = Limiter(settings.rate), Limiter(settings.request_rate, "BOT_REQUEST_RATE")
    metrics = Metrics({"embedding": settings.embedding})
    service.on_model_failure = metrics.model_failed
    # a journal that is away now costs no customer the answer
    journal = Journal.open(settings.journal.get_secret_value(), settings.journal_days, later=True)
    answering = Recorder(service, journal, metrics)
    admission, writer = answering.admission, answering.writer
    metrics.watch_queues(lambda: admission.running, lambda: admission.waiting, lambda: writer.depth)
    mcp = McpEndpoint(build_mcp(service, answering, limiter, metrics), [*own_hosts(settings), *settings.hosts])

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        # what is asked waits in threads of this pool: as many more as there are places, so that pages find theirs
        to_thread.current_default_thread_limiter().total_tokens += admission.places
        threading.Thread(target=service.keep_loading, name="load", daemon=True).start()
        daily = [asyncio.create_task(purge_daily(journal)), asyncio.create_task(at_midnight(service.follow_calendar))]
        async with mcp.run():
            yield
        for task in daily:
            task.cancel()
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
    chat = build_chat(answering, limiter, metrics)
    assets = find_assets({block.get_block_name() for block in chat.blocks.values()})
    app.add_middleware(FirstPage, names=assets, title=str(chat.title), about=DESCRIPTION, origins=origins)
    # the widget shows the chat in a frame of this origin, so no other origin needs to read an answer
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(BodyLimit)
    if desk_host := read_desk_host(settings.desk_host):
        app.add_middleware(DeskHost, host=desk_host)
    app.add_middleware(SafetyHeaders, always_https=address.startswith("https:"))
    app.add_middleware(OneLength)
    app.add_middleware(Refusals, metrics=metrics)
    app.include_router(build_assets(assets))
    app.include_router(build_compare(service))
    app.include_router(build_pages(service))
    app.include_router(build_widget(origins))
    app.include_router(build_api(service, answering, limiter, metrics))
    app.include_router(build_operations(service, lambda: writer.state, metrics))
    app.router.routes.append(Route(MCP_PATH, Limited(mcp, requests, metrics)))
    add_desk(app, service, journal, settings, admission)
    _mount(app, chat, requests, metrics)
    return app


def _mount(app: FastAPI, chat: gr.Blocks, requests: Limiter, metrics: Metrics) -> None:
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
    mounted.app = Doors(Limited(mounted.app, requests, metrics), texts_of(chat), partial(waits, chat))


async def _fault(request: Request, error: StarletteHTTPException) -> Response:
    """A fault in Korean: JSON for programs, a page for people."""
    return refusal(request.scope["path"], KOREAN.get(error.detail, error.detail), error.status_code, error.headers)


async def _busy(_: Request, error: BusyError) -> JSONResponse:
    """More is asked than can be answered: when to come again."""
    return JSONResponse({"detail": str(error)}, 503, {"Retry-After": str(error.retry_after)})


async def _misfit(_: Request, error: RequestValidationError) -> JSONResponse:
    """Where a request has the wrong shape; not what it held, which may be no text at all."""
    faults = [{"loc": e["loc"], "msg": _told(e), "type": e["type"]} for e in error.errors()]
    return JSONResponse({"detail": faults}, 422)


def _told(fault: dict[str, Any]) -> str:
    own = fault.get("ctx", {}).get("error")  # what our own validators say
    return str(own) if fault["type"] == "value_error" and own else "값이 형식에 맞지 않습니다."
