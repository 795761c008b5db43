"""What was refused is counted by its code and told to the log, without anything of a client in it."""

from __future__ import annotations

import logging
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from bot.web.metrics import Metrics

log = logging.getLogger(__name__)

QUIET = 60.0  # seconds between two lines about the same code
KINDS = ("api", "mcp", "desk", "gradio_api", "terms", "assets", "static", "metrics", "healthz")  # of addresses


class Refusals:
    """Looks at the code of every response of ``app``; one of 400 and above is a refusal or a fault.

    The log gets one line a minute for each code: how many there were, and the kind of the last one's address. Neither
    the address itself, which a client makes up, nor who it was stands in it.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, clock: Callable[[], float] = monotonic) -> None:
        self._app = app
        self._metrics = metrics
        self._clock = clock
        self._told: dict[int, float] = {}
        self._since: dict[int, int] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_noted(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] >= 400:
                self._note(message["status"], scope["method"], scope["path"])
            await send(message)

        await self._app(scope, receive, send_noted)

    def _note(self, code: int, method: str, path: str) -> None:
        self._metrics.refused_with(code)
        self._since[code] = self._since.get(code, 0) + 1
        now = self._clock()
        if now - self._told.get(code, -QUIET) < QUIET:
            return
        kind = path.split("/", 2)[1]
        shown = f"/{kind}" if kind in KINDS else "another address"
        method = method if method in {"GET", "HEAD", "POST"} else "another method"
        log.warning("refused with %d: %s %s, %d since the last line", code, method, shown, self._since[code])
        self._told[code], self._since[code] = now, 0
