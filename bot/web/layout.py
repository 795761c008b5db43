"""The layout of the plain pages (clauses, comparisons, refusals): files, headers, what every template is given."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from fastapi import (
    Request,  # noqa: TC002  # FastAPI reads the annotations
    Response,  # noqa: TC002  # FastAPI reads the annotations
)
from fastapi.responses import HTMLResponse, JSONResponse

from bot.addresses import article_url, compare_url, contents_url, whole_url
from bot.korean import long_date
from bot.web.http import REVALIDATE, StaticFiles, answer_conditionally
from bot.web.templating import STATIC, render
from index.clause import article_name
from index.compare.page import STYLE

if TYPE_CHECKING:
    from collections.abc import Mapping

CHAT_PARTS = ("clipboard.js", "enter.js", *sorted(path.name for path in STATIC.glob("chat-*.js")))  # of `chat.js`
FILES = StaticFiles(
    {
        name: (STATIC / name).read_bytes()
        for name in ("clause.css", "clause.js", "whole.css", "whole.js", "chat.js", "chat-print.css", *CHAT_PARTS)
    }
    | {"compare.css": STYLE.encode()}
)
PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
}
MAX_DESCRIPTION = 150  # characters that search engines show
FOR_PROGRAMS = ("/api/", "/desk/api/", "/gradio_api/", "/mcp")


def render_page(template: str, address: str, description: str = "", **values: object) -> str:
    """A page; ``address``: its permanent one with scheme and host, "" for a page that is none.

    ``description``: what search engines show, as much of it as they do.
    """
    shared = {
        "address": address,
        "readable": unquote(address),
        "description": _shorten(description),
        "style": FILES.url("clause.css"),
        "script": FILES.url("clause.js"),
        "article_name": article_name,
        "article_url": article_url,
        "compare_url": compare_url,
        "contents_url": contents_url,
        "long_date": long_date,
        "whole_url": whole_url,
    }
    return render(template, **shared, **values)


def fault_page(message: str) -> str:
    """What is shown in place of a page that is not there."""
    return render_page("fault.html", "", message=message)


def _shorten(text: str) -> str:
    return text if len(text) <= MAX_DESCRIPTION else text[: MAX_DESCRIPTION - 1].rstrip() + "…"


def send_page(request: Request, page: str) -> Response:
    """``page``, or 304 if the browser has it."""
    return answer_conditionally(request, page.encode(), "text/html", PAGE_HEADERS | {"Cache-Control": REVALIDATE})


def refusal(path: str, message: str, code: int, headers: Mapping[str, str] | None = None) -> Response:
    """The answer to a request for ``path`` that is refused with ``code`` (400 to 599) and one Korean line."""
    if path.startswith(FOR_PROGRAMS):
        return JSONResponse({"detail": message}, code, dict(headers or {}))
    return HTMLResponse(fault_page(message), code, {**PAGE_HEADERS, **(headers or {})})
