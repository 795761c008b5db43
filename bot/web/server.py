"""The web application: FastAPI with the clause pages, the API and MCP; the Gradio page mounted at `/`."""

from __future__ import annotations

import asyncio
import logging
import threading
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import gradio as gr
from anyio import to_thread
from fastapi import FastAPI, Request
from fastapi.exception_handlers import http_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.routing import Route

from bot.errors import BusyError
from bot.journal.journal import Journal
from bot.midnight import at_midnight
from bot.recorder import Recorder
from bot.retention import purge_daily
from bot.web.api import build_api
from bot.web.chat import CSS, HEAD, THEME, build_chat
from bot.web.clause import build_pages
from bot.web.compare import build_compare
from bot.web.desk import add_desk
from bot.web.first_page import FirstPage, build_assets
from bot.web.framing import OneLength
from bot.web.limits import Limiter
from bot.web.mcp import PATH as MCP_PATH
from bot.web.mcp import McpEndpoint, build_mcp, own_hosts
from bot.web.metrics import Metrics
from bot.web.operations import build_operations
from bot.web.plain_page import PAGE_HEADERS, fault_page
from bot.web.preload import find_assets
from bot.web.widget import FrameGuard, build_widget, read_origins

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.service import Service

log = logging.getLogger(__name__)

KOREAN = {  # what Starlette and FastAPI say: what is shown
    "Not Found": "그런 주소가 없습니다.",
    "Method Not Allowed": "이 주소에서는 쓸 수 없는 요청입니다.",
    "There was an error parsing the body": "요청을 읽을 수 없습니다.",
}


DESCRIPTION = "질문에 약관 원문을 인용해 답하고, 근거가 된 조와 항을 알려 줍니다."


def build_app(service: Service) -> FastAPI:
    """The application; the models load in a thread once it has started.

    Raises:
        SettingsError: a rate of questions, a password hash or an embedding site that cannot be read.
        JournalError: the journal's database cannot be opened.
    """
    settings = service.settings
    origins = read_origins(settings.origins)
    limiter = Limiter(settings.rate)
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
    app.add_middleware(FirstPage, names=assets, title=str(chat.title), about=DESCRIPTION)
    app.add_middleware(FrameGuard, origins=origins)
    app.add_middleware(OneLength)
    app.include_router(build_assets(assets))
    app.include_router(build_compare(service))
    app.include_router(build_pages(service))
    app.include_router(build_widget(origins))
    app.include_router(build_api(service, answering, limiter, metrics))
    app.include_router(build_operations(service, lambda: writer.state, metrics))
    app.router.routes.append(Route(MCP_PATH, mcp))
    add_desk(app, service, journal, settings)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        chat,
        path="/",
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        ssr_mode=False,
        max_file_size=1024,
        app_kwargs={"exception_handlers": {StarletteHTTPException: _fault_beside_gradio}},
        theme=THEME,
        css=CSS,
        head=HEAD,
    )
    return mounted


async def _fault(request: Request, error: StarletteHTTPException) -> Response:
    """A fault in Korean: JSON below /api, a page elsewhere."""
    message = KOREAN.get(error.detail, error.detail)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": message}, error.status_code, error.headers)
    return HTMLResponse(fault_page(message), error.status_code, PAGE_HEADERS | dict(error.headers or {}))


async def _fault_beside_gradio(request: Request, error: StarletteHTTPException) -> Response:
    """Gradio gets what no other route takes; what its own routes do not find stays as its page expects it."""
    own = "route" in request.scope and error.status_code != HTTPStatus.METHOD_NOT_ALLOWED
    return await (http_exception_handler if own else _fault)(request, error)


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
