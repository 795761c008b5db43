"""By which names this server is called: whose Host is believed, and the desk on a name of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fastapi.responses import RedirectResponse
from starlette.datastructures import Headers

from bot.values.sites import read_desk_host
from bot.web.faults import NO_ADDRESS
from bot.web.layout import refusal

if TYPE_CHECKING:
    from fastapi import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from bot.settings import Settings

DESK = "/desk"
_HOST = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9.-]{1,253})(?::\d{1,5})?")


def own_hosts(settings: Settings) -> list[str]:
    """The names by which this server may be called, each without a port and with any."""
    own = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = settings.address.lower().partition("://")[2].partition(":")[0]
    names = dict.fromkeys(name for name in (own, "localhost", "127.0.0.1", "[::1]", address) if name)
    listening_everywhere = {"0.0.0.0", "[::]"}  # noqa: S104  # no name to call a server by
    return [form for name in names if name not in listening_everywhere for form in (name, f"{name}:*")]


def base_of(request: Request, settings: Settings) -> str:
    """Scheme and host of the permanent addresses: ``BOT_ADDRESS``, or the Host of the request if it is one of ours.

    "" for any other Host, so that the addresses stay relative: who sends a request may write anything there.
    """
    if settings.address:
        return settings.address
    host = request.headers.get("host", "").lower()
    known = {host_name(name) for name in (*own_hosts(settings), *settings.hosts)}
    return f"{request.url.scheme}://{host}" if host_name(host) in known else ""


def host_name(host: str) -> str:
    """The name in a Host header, without its port and in lower case; "" if there is none."""
    found = _HOST.fullmatch(host.lower().removesuffix(":*"))
    return found[1] if found else ""


def desk_base(settings: Settings) -> str:
    """Scheme and host of the desk, for a link to it from elsewhere; "" if they are not known."""
    own = read_desk_host(settings.desk_host)
    return f"https://{own}" if own else settings.address.rstrip("/")


class DeskHost:
    """The desk on the name ``host`` alone, and nothing else on it, so that no page of the chat shares its origin."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._host = host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        on_desk = host_name(Headers(scope=scope).get("host", "")) == self._host
        if on_desk == (path == DESK or path.startswith(f"{DESK}/")):
            await self._app(scope, receive, send)
        elif on_desk and path == "/":
            await RedirectResponse(f"{DESK}/", 303)(scope, receive, send)
        else:
            await refusal(path, NO_ADDRESS, 404)(scope, receive, send)
