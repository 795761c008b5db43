"""What a browser may do with each answer: Content-Security-Policy and the other headers of safety.

What the chat page needs of its policy was measured in Chromium (docs/security.md, "CSP").
"""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# for everything that brings no policy of its own: data, scripts, styles, plain text
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
PERMISSIONS = ", ".join(  # what no page of ours uses
    f"{feature}=()"
    for feature in (
        *("accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope"),
        *("magnetometer", "microphone", "midi", "payment", "usb"),
    )
)
YEAR = 365 * 24 * 60 * 60  # seconds


@lru_cache(4)  # the page is the same for everybody
def chat_policy(page: bytes, origins: tuple[str, ...]) -> str:
    """Of the chat page: no script but this server's files and those that ``page`` itself came with, by their hashes.

    ``origins``: the sites (of `read_origins`) that may put it into a frame.
    """
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(["script-src 'self'", *inline_hashes(page, "script")]),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            " ".join(["frame-ancestors 'self'", *origins]),
        )
    )


def page_policy(page: str) -> str:
    """Of a page without scripts: nothing but the styles that stand in it."""
    styles = " ".join(inline_hashes(page.encode(), "style"))
    return f"default-src 'none'; style-src {styles}; img-src data:; {NOTHING.partition('; ')[2]}"


def inline_hashes(page: bytes, tag: str) -> list[str]:
    """The sources by which a policy names the scripts or styles (``tag``) that stand in ``page`` itself, each once."""
    texts = (text for name, text in _Inline(page.decode()).found if name == tag)
    return list(dict.fromkeys(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts))


class _Inline(HTMLParser):
    """``found``: name and text of each script and style that is not a file."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag in {"script", "style"} and "src" not in dict(attrs)
        if self._inside:
            self.found.append((tag, ""))

    def handle_data(self, data: str) -> None:
        if self._inside:
            tag, text = self.found[-1]
            self.found[-1] = (tag, text + data)

    def handle_endtag(self, tag: str) -> None:
        self._inside = False


class SafetyHeaders:
    """Gives every answer the headers that it did not bring itself.

    ``always_https``: the server is known by an address of HTTPS, even if a proxy calls it without.
    """

    def __init__(self, app: ASGIApp, *, always_https: bool) -> None:
        self._app = app
        self._always_https = always_https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", NOTHING)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "same-origin")
                headers.setdefault("Permissions-Policy", PERMISSIONS)
                if self._always_https or scope["scheme"] == "https":
                    headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}")
            await send(message)

        await self._app(scope, receive, send_guarded if scope["type"] == "http" else send)
