"""Requests before all routes: how large one may be, and that its length is told in one way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

from bot.web.layout import refusal

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 64 * 1024  # bytes; a question of the most characters fits
MAX_FILE = 10 * 1024 * 1024  # bytes; terms with pictures fit
TOO_LARGE = "요청이 너무 큽니다. 64 kB 안으로 줄여 주세요."
FILE_TOO_LARGE = "파일이 너무 큽니다. 10 MB 안의 파일을 올려 주세요."
REFUSED = "요청의 길이가 두 가지로 적혀 있습니다."


class BodyLimit:
    """Takes in a body of at most `MAX_BODY` bytes before anything works with it; refuses more with 413.

    A length that is declared is believed only when it is too large; what comes is counted. Starlette's middleware for
    it limits what a route reads, which is after its work for one that reads nothing, and says so in English.

    ``files``: paths that take in a file. They read it themselves, once they know who sends it; its length must be
    declared, `MAX_FILE` at most, and the server hands over no more than that.
    """

    def __init__(self, app: ASGIApp, files: Collection[str] = ()) -> None:
        self._app = app
        self._files = frozenset(files)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        if scope["path"] in self._files and scope["method"] == "POST":
            fits = declared.isdecimal() and int(declared) <= MAX_FILE
            app = self._app if fits else refusal(scope["path"], FILE_TOO_LARGE, 413)
            await app(scope, receive, send)
            return
        taken = None if declared.isdecimal() and int(declared) > MAX_BODY else await _take(receive)
        if taken is None:
            await refusal(scope["path"], TOO_LARGE, 413)(scope, receive, send)
            return
        messages = iter([taken])

        async def receive_taken() -> Message:
            return next(messages, None) or await receive()

        await self._app(scope, receive_taken, send)


async def _take(receive: Receive) -> Message | None:
    """The whole body as one message; None if it is too large; a disconnection as it is."""
    body = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return message
        body += message.get("body", b"")
        if len(body) > MAX_BODY:
            return None
        if not message.get("more_body"):
            return {"type": "http.request", "body": body, "more_body": False}


class OneLength:
    """Answers 400 to Content-Length beside Transfer-Encoding, and closes the connection, whatever follows on it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._app
        if scope["type"] == "http":
            names = {name.lower() for name, _ in scope["headers"]}
            if {b"content-length", b"transfer-encoding"} <= names:
                app = PlainTextResponse(REFUSED, 400, {"Connection": "close"})
        await app(scope, receive, send)
