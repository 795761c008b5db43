"""A refusal as the client can read it: JSON for programs, a page for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi.responses import HTMLResponse, JSONResponse, Response

from bot.web.plain_page import PAGE_HEADERS, fault_page

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_ADDRESS = "그런 주소가 없습니다."
FOR_PROGRAMS = ("/api/", "/desk/api/", "/gradio_api/", "/mcp")


def refusal(path: str, message: str, code: int, headers: Mapping[str, str] | None = None) -> Response:
    """The answer to a request for ``path`` that is refused with ``code`` (400 to 599) and one Korean line."""
    if path.startswith(FOR_PROGRAMS):
        return JSONResponse({"detail": message}, code, dict(headers or {}))
    return HTMLResponse(fault_page(message), code, {**PAGE_HEADERS, **(headers or {})})
