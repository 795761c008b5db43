"""One line of the log for each request, and its id: nothing that a person wrote, and nobody's address, is in it."""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager
from http import HTTPStatus
from time import monotonic, perf_counter
from typing import TYPE_CHECKING
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.routing import Mount

from bot.log_lines import FIELDS
from bot.privacy import mask_personal
from bot.trace import REFUSED, Trace, tracing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from bot.web.metrics import Metrics

log = logging.getLogger("bot.requests")

HEADER = "X-Request-ID"
TRACE, TEMPLATE = "yakgwan.trace", "yakgwan.template"  # of a scope: its `Trace`; its route, where it is no route's own
LEFT = 499  # in place of a status: the client went before it got one
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
KINDS = ("api", "mcp", "desk", "gradio_api", "terms", "assets", "static")  # of what was refused before its route
OTHER = "other"
MINUTE, MOST = 60.0, 100  # seconds; lines in them on refusals with one status
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RequestLog:
    """Names each request of ``app``, and when it has ended tells the log and ``metrics`` how.

    The name is the client's `HEADER` if it is well-formed (`read_id`), else a new one; the response carries it.
    Refusals come in floods: of each status `MOST` lines are written in a minute, and the next one says how many were
    left out. ``clock``: seconds.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, clock: Callable[[], float] = monotonic) -> None:
        self._app = app
        self._metrics = metrics
        self._flood = _Flood(clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        trace = scope[TRACE] = Trace(read_id(Headers(scope=scope).get(HEADER, "")))
        started, status = perf_counter(), 0

        async def send_named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers[HEADER] = trace.id
                if "retry-after" in headers and not trace.outcome:
                    trace.end(REFUSED)
            await send(message)

        try:
            with tracing(trace):
                await self._app(scope, receive, send_named)
        except Exception:
            status = status or 500
            raise
        finally:
            self._tell(scope, trace, status or LEFT, perf_counter() - started)

    def _tell(self, scope: Scope, trace: Trace, status: int, seconds: float) -> None:
        route = template_of(scope)
        self._metrics.served(route, status, seconds)
        left_out = self._flood.pass_by(status) if status >= HTTPStatus.BAD_REQUEST else 0
        if left_out is None:
            return
        method = scope["method"] if scope["method"] in METHODS else OTHER
        write_line("request", trace, {"route": route, "method": method, "status": status}, seconds, left_out)


def write_line(kind: str, trace: Trace, names: Mapping[str, object], seconds: float, left_out: int = 0) -> None:
    """The line on a request that has ended; times are in milliseconds."""
    fields = {"id": trace.id, **names}
    if trace.outcome:
        fields["outcome"] = trace.outcome
    fields["ms"] = round(seconds * 1000, 1)
    if trace.steps:
        fields["steps"] = {name: round(taken * 1000, 1) for name, taken in trace.steps.items()}
    if left_out:
        fields["left_out"] = left_out
    log.info(kind, extra={FIELDS: fields})


@contextmanager
def answer_told(request: object, channel: str) -> Iterator[Trace]:
    """Tell the log how an answer ended that outlives its request, which has its line: the page asks, then listens.

    It has the id of that ``request`` (Gradio's, or None) and the name of its ``channel``. Only for what runs as long as
    the answer is made, in whatever threads.
    """
    scope = getattr(getattr(request, "request", None), "scope", {})
    trace, started = Trace(scope[TRACE].id if TRACE in scope else read_id("")), perf_counter()
    try:
        yield trace
    finally:
        write_line("answer", trace, {"channel": channel}, perf_counter() - started)


def read_id(sent: str) -> str:
    """``sent`` if it can be the id of a request: at most 64 of A-Z a-z 0-9 . _ - and no personal data; else a new one.

    A number of a telephone is made of the same characters, and what is in the log is not to be one.
    """
    return sent if _ID.fullmatch(sent) and mask_personal(sent) == sent else uuid4().hex


def template_of(scope: Scope) -> str:
    """The route of a request, with the names of what varies in it; never its path, which a client makes up."""
    if named := scope.get(TEMPLATE):
        return str(named)
    route = scope.get("route")
    path = getattr(route, "path", "")
    if path and not isinstance(route, Mount):
        below = scope.get("root_path", "")
        return str(path) if path.startswith(f"{below}/") else f"{below}{path}"
    kind = scope["path"].split("/", 2)[1:2]
    return f"/{kind[0]}" if kind and kind[0] in KINDS else OTHER


class _Flood:
    """How much is written about refusals with one status."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._since: dict[int, float] = {}
        self._written: dict[int, int] = {}
        self._left_out: dict[int, int] = {}

    def pass_by(self, status: int) -> int | None:
        """How many were left out since the last line; None: this one is left out too."""
        now = self._clock()
        if now - self._since.get(status, now - MINUTE) >= MINUTE:
            self._since[status], self._written[status] = now, 0
        if self._written[status] >= MOST:
            self._left_out[status] = self._left_out.get(status, 0) + 1
            return None
        self._written[status] += 1
        return self._left_out.pop(status, 0)
