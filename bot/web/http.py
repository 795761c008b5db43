"""Answers that a browser keeps: with an ETag, and 304 without a body as long as it has the same one; files so sent."""

from __future__ import annotations

from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import Response

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
REVALIDATE = "no-cache"  # kept by the browser, asked for again, and answered with 304 as long as nothing changed
FOREVER = "public, max-age=31536000, immutable"
NEVER = "no-store"
GET = ["GET", "HEAD"]


def answer_conditionally(request: Request, content: bytes, media_type: str, headers: Mapping[str, str]) -> Response:
    """``content``, or 304 if ``request`` names the ETag that it has; with ``headers`` either way."""
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    known = {known.strip().removeprefix("W/") for known in request.headers.get("if-none-match", "").split(",")}
    sent = {**headers, "ETag": tag}
    if known & {tag, "*"}:
        return Response(status_code=304, headers=sent)
    return Response(content, media_type=media_type, headers=sent)


class StaticFiles:
    """Style sheets, scripts and signs by name, held in memory and sent below ``/static``.

    Under an address with its version a file is kept for good, under another it is asked for again; nothing is where
    ``kept`` is False.
    """

    def __init__(self, contents: Mapping[str, bytes], *, kept: bool = True) -> None:
        self._contents = dict(contents)
        self._kept = kept

    def url(self, name: str) -> str:
        """The address of a file in its present version. Raises KeyError if there is no such file."""
        return f"/static/{name}?v={self._version(name)}"

    def routes(self) -> APIRouter:
        """One route for each file."""
        routes = APIRouter(include_in_schema=False)
        for name in self._contents:
            routes.add_api_route(f"/static/{name}", self._sender(name), methods=GET)
        return routes

    def _version(self, name: str) -> str:
        return sha256(self._contents[name]).hexdigest()[:12]

    def _sender(self, name: str) -> Callable[[Request, str], Response]:
        content, kind, version = self._contents[name], TYPES[PurePath(name).suffix], self._version(name)

        def send(request: Request, v: str = "") -> Response:
            keep = (FOREVER if v == version else REVALIDATE) if self._kept else NEVER
            return answer_conditionally(request, content, kind, {"Cache-Control": keep})

        return send
