"""The chat on a customer's own site: `/widget.js`, and who may put the chat page into a frame."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from starlette.datastructures import MutableHeaders

from bot.web.conditional import answer_conditionally
from index.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SCRIPT = (Path(__file__).parent / "static" / "widget.js").read_text(encoding="utf-8")
PLACEHOLDER = "[/* origins */]"
CHAT = "/"
PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*")
_PLAIN = re.compile(r"https?://[^\s/?#@\\;,'\"*]+", re.IGNORECASE)


def read_origins(values: Iterable[str]) -> tuple[str, ...]:
    """The sites that may embed the chat, as a browser names them: lower case, without the usual port.

    Raises:
        SettingsError: a value that is no plain scheme://host[:port].
    """
    return tuple(dict.fromkeys(_read_origin(value) for value in values))


def build_widget(origins: Sequence[str]) -> APIRouter:
    """`/widget.js`, which knows the ``origins`` (of `read_origins`) so that it can say when a page is none of them."""
    # "<" cannot occur in an origin, so the list is safe wherever the script is put
    content = SCRIPT.replace(PLACEHOLDER, json.dumps(list(origins))).encode()
    headers = {"Cache-Control": "public, max-age=300", "Cross-Origin-Resource-Policy": "cross-origin"}
    widget = APIRouter(include_in_schema=False)

    @widget.api_route("/widget.js", methods=["GET", "HEAD"])
    def script(request: Request) -> Response:
        return answer_conditionally(request, content, "text/javascript", headers)

    return widget


class FrameGuard:
    """Says with every page who may frame it: the chat the ``origins``, everything else this site alone.

    A page that brings its own Content-Security-Policy keeps it.
    """

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self._app = app
        self._chat = " ".join(["frame-ancestors 'self'", *origins])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                policy = self._chat if scope["path"] == CHAT else "frame-ancestors 'self'"
                headers.setdefault("Content-Security-Policy", policy)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "same-origin")
            await send(message)

        await self._app(scope, receive, send_guarded if scope["type"] == "http" else send)


def _read_origin(value: str) -> str:
    try:
        parts = urlsplit(value if _PLAIN.fullmatch(value) else "")
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except ValueError as error:  # a port beyond 65535, a host that IDNA does not allow
        raise _no_origin(value) from error
    if not _HOST.fullmatch(host) or port == 0 or parts.netloc.endswith(":"):
        raise _no_origin(value)
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != PORTS[parts.scheme] else "")


def _no_origin(value: str) -> SettingsError:
    how = "경로 없이 'https://www.example.com'이나 'http://example.com:8080'처럼 적습니다."
    return SettingsError(f"설정 BOT_ORIGINS의 {value!r}: {how}")
