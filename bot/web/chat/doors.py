"""The one way from outside to Gradio: the routes that the chat page uses, and of each request only what it needs.

Gradio has some sixty routes (upload, files, proxy, monitoring, deep links, …) and takes values of any kind. What the
page uses of it was measured in a browser; everything else is not there.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.websockets import WebSocketClose

from bot.web.chat.keys import COOKIE, new_key
from bot.web.request_log import TEMPLATE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from bot.web.chat.keys import Cookies
    from bot.web.limits import Limited

JOIN, RUN, CANCEL, RESET, DATA = (
    f"/gradio_api/{name}" for name in ("queue/join", "run/predict", "cancel", "reset", "queue/data")
)
READ = ("GET", "HEAD")
FILES = ("/", "/static/js/iframeResizer.contentWindow.min.js", "/theme.css", "/favicon.ico")
ROUTES = [  # the pattern of a path, its methods, and how the log calls it
    *((re.compile(re.escape(path)), READ, path) for path in FILES),
    (re.compile(r"/assets/[\w-]+(?:\.[\w-]+)*"), READ, "/assets/{name}"),
    (re.compile(r"/gradio_api/heartbeat/[a-z0-9]{10,32}"), ("GET",), "/gradio_api/heartbeat/{session}"),
    (re.compile(re.escape(DATA)), ("GET",), DATA),
    *((re.compile(re.escape(path)), ("POST",), path) for path in (JOIN, RUN, CANCEL, RESET)),
]
WORK = {JOIN, RUN, CANCEL, RESET, DATA}  # what is counted by `BOT_REQUEST_RATE`
HOST = "gradio.invalid"  # in place of the client's; `bot.web.chat.first_load` lets the browser put in its own
KEPT = ("accept", "accept-encoding", "if-modified-since", "if-none-match", "user-agent")
FOREIGN = "다른 사이트에서 온 요청은 받지 않습니다."
MISFIT = "값이 형식에 맞지 않습니다."
# 32 hex digits of the page's script (`bot.web.first_page`); an unchanged one of Gradio makes some 11 characters
Session = Annotated[str, Field(pattern=r"^[a-z0-9]{10,32}$")]
# the page does not know it yet when "new conversation" is pressed at once
Event = Annotated[str, BeforeValidator(lambda value: value or ""), Field(pattern=r"^[0-9a-f]{0,64}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True)


class _Press(_Strict):
    """Which button, by whom, with what text."""

    session_hash: Session
    fn_index: int
    trigger_id: int | None = None
    data: list[Any] = Field(max_length=4)
    event_data: None = None


class _Cancel(_Strict):
    session_hash: Session
    fn_index: int
    event_id: Event = ""


class _Reset(_Strict):
    event_id: Event = ""


class Doors:
    """Gradio behind an allow-list.

    ``texts``: for each event by its number, which of its inputs are texts. ``waits``: whether a session has asked for
    something; Gradio fails half-way through its answer to one that has not, with a page full of log. ``cookies``: the
    one cookie that it is told, given to whoever sends an event.

    Raises (to the application around it) HTTPException: 404 for any other address and for every deep link, 405, 403
    for another site's request, 415, 422 for a body of another shape, 429.
    """

    def __init__(
        self, gradio: Limited, texts: Mapping[int, Sequence[bool]], waits: Callable[[str], bool], cookies: Cookies
    ) -> None:
        self.gradio = gradio
        self._texts = texts
        self._waits = waits
        self._cookies = cookies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await WebSocketClose()(scope, receive, send)
            return
        path, query = scope["path"], QueryParams(scope["query_string"])
        scope[TEMPLATE] = _check_route(path, scope["method"], query)
        session = query.get("session_hash", "") if path == DATA else ""
        if path == DATA and not self._waits(session):
            raise HTTPException(404)
        headers = Headers(scope=scope)
        kept = [(name.encode(), headers[name].encode("latin-1")) for name in KEPT if name in headers]
        sent = [*kept, (b"host", HOST.encode())]
        inner: Scope = {
            **scope,
            "query_string": f"session_hash={session}".encode() if session else b"",
            "headers": sent,
        }
        app: ASGIApp = self.gradio if path in WORK else self.gradio.unlimited
        if scope["method"] != "POST":
            await app(inner, receive, send)
            return
        _check_sender(headers)
        body = self._read(path, await Request(scope, receive).body())
        sent += [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        messages = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive_body() -> Message:
            return next(messages, None) or await receive()

        if path != JOIN or not self._cookies.hours:
            await app(inner, receive_body, send)
            return
        key = self._cookies.read(headers.get("cookie", "")) or new_key()
        sent.append((b"cookie", f"{COOKIE}={key}".encode()))
        # each time, so that it is kept as long as the conversation
        cookie = self._cookies.header(key, https=scope["scheme"] == "https")

        async def send_keeping(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).append("Set-Cookie", cookie)
            await send(message)

        await app(inner, receive_body, send_keeping)

    def _read(self, path: str, body: bytes) -> bytes:
        """The body made anew out of what was expected in it."""
        try:
            if path == CANCEL:
                return _Cancel.model_validate_json(body).model_dump_json().encode()
            if path == RESET:
                return _Reset.model_validate_json(body).model_dump_json().encode()
            return self._pressed(_Press.model_validate_json(body)).model_dump_json().encode()
        except ValidationError as error:  # its text holds what was sent
            raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, MISFIT) from error

    def _pressed(self, press: _Press) -> BaseModel:
        texts = self._texts.get(press.fn_index)
        if texts is None or len(texts) != len(press.data):
            raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, MISFIT)
        data = [value if text else None for value, text in zip(press.data, texts, strict=True)]
        if not all(value is None or isinstance(value, str) for value in data):
            raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, MISFIT)
        return press.model_copy(update={"data": data})


def _check_route(path: str, method: str, query: QueryParams) -> str:
    """How the log calls the route."""
    found = next(((methods, name) for pattern, methods, name in ROUTES if pattern.fullmatch(path)), None)
    if found is None or "deep_link" in query:
        raise HTTPException(404)
    methods, name = found
    if method not in methods:
        raise HTTPException(405, headers={"Allow": ", ".join(methods)})
    return name


def _check_sender(headers: Headers) -> None:
    """Only this server's own page: others may neither say so nor send JSON without being asked for it (CORS)."""
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise HTTPException(403, FOREIGN)
    if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415, MISFIT)
