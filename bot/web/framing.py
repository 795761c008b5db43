"""Requests whose length is told in two ways at once are refused: a proxy before this server may read the other one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

REFUSED = "요청의 길이가 두 가지로 적혀 있습니다."


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
