"""What there is no room to answer is refused before any other work is done for it.

Measured with 250 clients that ask in the same moment, on 2 cores: behind routing, validation and a change of threads
their refusals held /healthz up for 0.5 s. What came in is counted here, because all of a wave is past this place
before the first of it is waiting for its answer. And it waits here, where that costs nothing: one that is let in takes
a thread.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from bot.admission import POLL
from bot.errors import BusyError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from bot.admission import Admission

AHEAD = 4  # that are let in for each that is answered at once
ASKING = {("POST", "/api/ask"), ("GET", "/api/search")}


class Overload:
    """Answers 503 to `ASKING` while ``admission`` has no room; all else goes on to ``app`` at once."""

    def __init__(self, app: ASGIApp, admission: Admission) -> None:
        self._app = app
        self._admission = admission
        self._inside = 0  # that wait or are answered
        self._entry = asyncio.Semaphore(AHEAD * admission.at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or (scope["method"], scope["path"]) not in ASKING:
            await self._app(scope, receive, send)
            return
        try:
            await self._enter()
        except BusyError as error:
            await busy_response(error)(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        finally:
            self._entry.release()
            self._inside -= 1

    async def _enter(self) -> None:
        """Raises BusyError if there is no room, or no place within the patience of the admission."""
        self._admission.look(self._inside)
        self._inside += 1
        since, entered = monotonic(), False
        try:
            while not entered:
                if (left := self._admission.left(since)) <= 0:
                    raise self._admission.refuse()
                with suppress(TimeoutError):
                    entered = await asyncio.wait_for(self._entry.acquire(), min(left, POLL))
        finally:
            if not entered:
                self._inside -= 1


def busy_response(error: BusyError) -> JSONResponse:
    """More is asked than can be answered: when to come again."""
    return JSONResponse({"detail": str(error)}, 503, {"Retry-After": str(error.retry_after)})
