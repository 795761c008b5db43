"""The web application: FastAPI with health, clause pages and the API; the Gradio page mounted at `/`."""

from __future__ import annotations

import logging
import threading
from contextlib import asynccontextmanager
from http import HTTPStatus
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any

import gradio as gr
from fastapi import FastAPI, HTTPException, Query, Request
from fastapi.exception_handlers import http_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException as StarletteHTTPException

from bot.answer import Citation
from bot.errors import NotReadyError
from bot.question import Ask
from bot.web.chat import CSS, HEAD, THEME, build_chat
from bot.web.clause import article_page, contents_page, fault_page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.service import Service
    from index.editions import Edition

log = logging.getLogger(__name__)

KOREAN = {  # what Starlette and FastAPI say: what is shown
    "Not Found": "그런 주소가 없습니다.",
    "Method Not Allowed": "이 주소에서는 쓸 수 없는 요청입니다.",
    "There was an error parsing the body": "요청을 읽을 수 없습니다.",
}


class AskBody(BaseModel):
    """What `POST /api/ask` takes."""

    question: str = Field(max_length=20_000, examples=["요금을 연체하면 어떻게 되나요?"])
    history: list[Annotated[str, Field(max_length=20_000)]] = Field(default=[], max_length=50)


def build_app(service: Service) -> FastAPI:
    """The application; the models load in a thread once it has started."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        threading.Thread(target=service.load, name="load", daemon=True).start()
        yield

    app = FastAPI(
        title="약관봇",
        lifespan=lifespan,
        docs_url="/api/docs",
        openapi_url="/api/openapi.json",
        exception_handlers={StarletteHTTPException: _fault, RequestValidationError: _misfit},
    )
    _add_pages(app, service)
    _add_api(app, service)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        build_chat(service),
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


def _add_pages(app: FastAPI, service: Service) -> None:
    @app.get("/healthz")
    def health() -> JSONResponse:
        """`state`: loading, ready, words_only (no embedding model) or failed; 503 when failed."""
        report = service.report()
        return JSONResponse(report, status_code=503 if report["state"] == "failed" else 200)

    @app.get("/terms/{terms}", response_class=HTMLResponse)
    def contents(terms: str) -> str:
        return contents_page(_edition(service, terms))

    @app.get("/terms/{terms}/{article}", response_class=HTMLResponse)
    def clause(terms: str, article: str) -> str:
        edition = _edition(service, terms)
        found = edition.article(article)
        if found is None:
            raise HTTPException(404, "그런 조가 없습니다.")
        return article_page(edition, found)


def _add_api(app: FastAPI, service: Service) -> None:
    @app.post("/api/ask")
    def ask(body: AskBody) -> dict[str, Any]:
        started = perf_counter()
        answer = service.ask(Ask(body.question, tuple(body.history)))
        return answer.as_json() | {"elapsed_ms": round((perf_counter() - started) * 1000, 3)}

    @app.get("/api/search")
    def search(q: Annotated[str, Query(max_length=500)], k: Annotated[int, Query(ge=1, le=50)] = 10) -> dict[str, Any]:
        try:
            hits = service.search(q, k)
        except NotReadyError as error:
            raise HTTPException(503, str(error)) from error
        rows = [Citation.of(h.passage).as_json() | {"score": round(h.score, 4), "reasons": h.reasons} for h in hits]
        return {"hits": rows}


def _edition(service: Service, terms: str) -> Edition:
    edition = next((e for e in service.editions if e.name == terms), None)
    if edition is None:
        raise HTTPException(404, "그런 약관이 없습니다.")
    return edition


async def _fault(request: Request, error: StarletteHTTPException) -> Response:
    """A fault in Korean: JSON below /api, a page elsewhere."""
    message = KOREAN.get(error.detail, error.detail)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": message}, error.status_code, error.headers)
    return HTMLResponse(fault_page(message), error.status_code, error.headers)


async def _fault_beside_gradio(request: Request, error: StarletteHTTPException) -> Response:
    """Gradio gets what no other route takes; what its own routes do not find stays as its page expects it."""
    own = "route" in request.scope and error.status_code != HTTPStatus.METHOD_NOT_ALLOWED
    return await (http_exception_handler if own else _fault)(request, error)


async def _misfit(_: Request, error: RequestValidationError) -> JSONResponse:
    """Where a request has the wrong shape; not what it held, which may be no text at all."""
    faults = [{"loc": e["loc"], "msg": "값이 형식에 맞지 않습니다.", "type": e["type"]} for e in error.errors()]
    return JSONResponse({"detail": faults}, 422)
