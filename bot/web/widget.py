"""The chat on a customer's own site: `/widget.js`, and which sites may put the chat page into a frame."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response

from bot.web.http import answer_conditionally
from bot.web.templating import STATIC
from index.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SCRIPT = (STATIC / "widget.js").read_text(encoding="utf-8")
PLACEHOLDER = "[/* origins */]"
PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*")
_PLAIN = re.compile(r"https?://[^\s/?#@\\;,'\"*]+", re.IGNORECASE)


def read_origins(values: Iterable[str]) -> tuple[str, ...]:
    """The sites that may embed the chat, as a browser names them: lower case, without the usual port.

    Raises:
        SettingsError: a value that is no plain scheme://host[:port].
    """
    return tuple(dict.fromkeys(read_origin(value, "BOT_ORIGINS") for value in values))


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


def read_origin(value: str, setting: str) -> str:
    """A site as a browser names it. Raises SettingsError naming ``setting`` for one that is no plain origin."""
    try:
        parts = urlsplit(value if _PLAIN.fullmatch(value) else "")
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except ValueError as error:  # a port beyond 65535, a host that IDNA does not allow
        raise _no_origin(value, setting) from error
    if not _HOST.fullmatch(host) or port == 0 or parts.netloc.endswith(":"):
        raise _no_origin(value, setting)
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != PORTS[parts.scheme] else "")


def _no_origin(value: str, setting: str) -> SettingsError:
    how = "경로 없이 'https://www.example.com'이나 'http://example.com:8080'처럼 적습니다."
    return SettingsError(f"설정 {setting}의 {value!r}: {how}")
