"""The chat page as it first comes: Gradio's, with its files asked for at once, in Korean, and compressed.

Measured in a browser that has nothing in its cache, on two cores: the question box is there after 0.68 s, 0.78 without.

Gradio's page finds them out step by step: its entry imports the core, the core the kinds of components, each of these
its parts, and every step begins when the script before it has run. The names are in the scripts themselves, as the
bundler (Vite) wrote them.
"""

from __future__ import annotations

import gzip
import logging
import re
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from starlette.datastructures import Headers, MutableHeaders

from bot.web.chat.doors import HOST
from bot.web.http import FOREVER
from bot.web.layout import CHAT_PARTS, FILES
from bot.web.policy import chat_policy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)

PATH = "/"
TYPES = {"js": "text/javascript", "css": "text/css"}
KEPT = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}  # the names hold a digest
_HEAD = re.compile(rb"<head>")
_LANGUAGE = re.compile(rb'(<html\s+lang=)"en"')
_ABOUT_GRADIO = re.compile(rb'<(?:meta\s+(?:property="og|name="twitter)|base\s|link\s+rel="manifest")[^<>]*/>\s*')
# Gradio's own address in its scripts, out of the host that it was told (`bot.web.chat.doors`): the browser knows it
# better
_ROOT, _ORIGIN = f'"http://{HOST}"'.encode(), b"location.origin"
# Gradio's script names a conversation by Math.random, which can be guessed; by the browser's own generator it cannot
_GUESSABLE = b"session_hash=Math.random().toString(36).substring(2)"
_SECRET = (
    b"session_hash=Array.from(crypto.getRandomValues(new Uint8Array(16)),"
    b'byte=>byte.toString(16).padStart(2,"0")).join("")'
)
OWN_FILES = "".join(f'<script src="{url}" type="module"></script>' for url in map(FILES.url, ("chat.js", "clause.js")))
OWN_FILES += "".join(f'<link rel="modulepreload" href="/static/{name}">' for name in CHAT_PARTS)
OWN_FILES += f'<link rel="stylesheet" href="{FILES.url("chat-print.css")}" media="print">'
FRONTEND = files("gradio") / "templates" / "frontend"
ASSETS = FRONTEND / "assets"
LANGUAGE = "ko"
SHELL = (("index-", ("Index-",)), ("Index-", ("core-", "Blocks-")))  # who imports what for any page of components
_ENTRY = re.compile(r'(?:src|href)="\./assets/([\w.-]+)"')
_LISTED = re.compile(r"__vite__mapDeps=.{0,300}?\[([^\[\]]*)\]")
_NAME = re.compile(r'"\./([\w.-]+)"')
_NEEDED = r",(?:__vite__mapDeps\(\[([\d,]*)\]\)|\[\]),import\.meta\.url\)"
_ANY = re.compile(rf"import\(`\./([\w.-]+)`\)(?:(?!import\().)*?{_NEEDED}")
_LATE = rf"\(\)=>\w+\(\(\)=>import\(`\./([\w.-]+)`\)(?:\.then\([^)]*\))?{_NEEDED}"


def build_assets(names: Sequence[str]) -> APIRouter:
    """`/assets/…` of these names out of memory, compressed once; the others are left to Gradio.

    The script that names a conversation does it by the browser's cryptographic generator; a Gradio in which that place
    is not found is told to the log.
    """
    assets = APIRouter(include_in_schema=False)
    contents = {name: (ASSETS / name).read_bytes() for name in names}
    if not any(_GUESSABLE in content for content in contents.values()):
        log.warning("the place where Gradio's script names a conversation is not found: names may be guessable")
    for name, content in contents.items():
        answer = _send(name, content.replace(_GUESSABLE, _SECRET))
        assets.add_api_route(f"/assets/{name}", answer, methods=["GET", "HEAD"])
    return assets


class FirstPage:
    """Puts links to ``names``, our scripts and what the page is about into the head of the page at `PATH`.

    With a policy that lets no other script run; the page may be framed by ``origins`` (of `read_origins`).
    """

    def __init__(self, app: ASGIApp, names: Sequence[str], title: str, about: str, origins: tuple[str, ...]) -> None:
        self._app = app
        self._origins = origins
        links = "".join(map(_link, names))
        shown = {"og:title": title, "og:description": about, "og:type": "website", "description": about}
        metas = "".join(
            f'<meta {"property" if name.startswith("og:") else "name"}="{name}" content="{escape(text)}">'
            for name, text in shown.items()
        )
        self._head = f"<head>{links}{metas}{OWN_FILES}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != PATH or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        zipped = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        started: Message = {}
        body = b""

        async def send_whole(message: Message) -> None:
            nonlocal started, body
            if message["type"] == "http.response.start":
                started = message
            elif message["type"] == "http.response.body":
                body += message.get("body", b"")
                if not message.get("more_body"):
                    await self._send(started, body, send, zipped=zipped)
            else:
                await send(message)

        await self._app(scope, receive, send_whole)

    async def _send(self, started: Message, body: bytes, send: Send, *, zipped: bool) -> None:
        headers = MutableHeaders(scope=started)
        if headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers:
            body = _ABOUT_GRADIO.sub(b"", _LANGUAGE.sub(rb'\1"ko"', body, count=1))
            body = _HEAD.sub(lambda _: self._head, body, count=1).replace(_ROOT, _ORIGIN)
            headers["Content-Security-Policy"] = chat_policy(body, self._origins)
            headers.add_vary_header("Accept-Encoding")
            if zipped:
                body = gzip.compress(body, 5)
                headers["Content-Encoding"] = "gzip"
            headers["Content-Length"] = str(len(body))
        await send(started)
        await send({"type": "http.response.body", "body": body})


def _link(name: str) -> str:
    kind = 'rel="modulepreload"' if name.endswith(".js") else 'rel="preload" as="style"'
    return f'<link {kind} crossorigin href="/assets/{name}">'


def _send(name: str, content: bytes) -> Callable[[Request], Response]:
    zipped, kind = gzip.compress(content, 9), TYPES[name.rpartition(".")[2]]

    def send(request: Request) -> Response:
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(zipped, media_type=kind, headers={**KEPT, "Content-Encoding": "gzip"})
        return Response(content, media_type=kind, headers=KEPT)

    return send


def find_assets(kinds: Iterable[str]) -> tuple[str, ...]:
    """File names below `/assets` that a page with these ``kinds`` of components ("chatbot") loads, entry first.

    () of a Gradio whose scripts are written in another way: the page finds its files by itself then.
    """
    entries = _ENTRY.findall((FRONTEND / "index.html").read_text(encoding="utf-8"))
    found = dict.fromkeys(entries)
    for begin, imported in SHELL:
        for script in [name for name in found if name.startswith(begin) and name.endswith(".js")]:
            for name, needed in _imports(_ANY, _read(script)):
                if name.startswith(imported):
                    found |= dict.fromkeys([name, *needed])
    core = next((name for name in found if name.startswith("core-") and name.endswith(".js")), None)
    if core is None:
        return ()
    # a kind may have further forms before its component, such as its example
    marks = [rf"\b{re.escape(kind)}:\{{[^}}]*?\bcomponent:" for kind in kinds]
    for mark in (*marks, rf'"\./lang/{LANGUAGE}\.json":'):
        for name, needed in _imports(re.compile(mark + _LATE), _read(core)):
            found |= dict.fromkeys([name, *needed])
    return tuple(found)


def _imports(pattern: re.Pattern[str], text: str) -> Iterator[tuple[str, list[str]]]:
    """What a script imports late, each with the files that it needs."""
    listed = _LISTED.search(text)
    names = _NAME.findall(listed[1]) if listed else []
    for name, places in pattern.findall(text):
        yield name, [names[int(place)] for place in places.split(",") if place]


def _read(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")
