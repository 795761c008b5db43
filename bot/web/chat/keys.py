"""The two keys of a conversation that outlives its page: a token that the page keeps, a cookie that no script reads.

Both are 256 bits of the system's generator. The journal's number of the conversation is made of them one way, so
neither is written anywhere on the server, and a token with another cookie is the number of nothing.
"""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass

COOKIE = "talk"
PATH = "/gradio_api/queue"  # to nothing else it is sent
_KEY = re.compile(r"[0-9a-f]{64}")
# not by the standard library, whose parser takes time that grows with the square of some headers
_GIVEN = re.compile(rf"(?<![^;\s]){COOKIE}=([0-9a-f]{{64}})(?![^;\s])")


def new_key() -> str:
    """64 hex digits that nobody can guess."""
    return secrets.token_hex(32)


def read_key(text: object) -> str:
    """``text`` if it has the form of a key, else ""."""
    return text if isinstance(text, str) and _KEY.fullmatch(text) else ""


def number_of(token: str, cookie: str) -> str:
    """The number (32 hex digits) under which the journal has the conversation of two keys."""
    return hmac.digest(bytes.fromhex(cookie), bytes.fromhex(token), "sha256").hex()[:32]


@dataclass(frozen=True, slots=True)
class Cookies:
    """How the cookie is read and set.

    ``hours``: that it is kept; 0: there is none. ``https``: the server is known by an address of HTTPS. ``framed``:
    other sites may show the chat in a frame; over HTTPS it is then a cookie that a browser keeps apart for each site.
    """

    hours: int
    https: bool = False
    framed: bool = False

    def read(self, header: str) -> str:
        """The key in a Cookie header, "" without one."""
        found = _GIVEN.search(header)
        return found[1] if found and self.hours else ""

    def header(self, key: str, *, https: bool) -> str:
        """The Set-Cookie header that keeps ``key``; ``https``: the request came so."""
        secure = https or self.https
        site = "None; Secure; Partitioned" if secure and self.framed else "Strict; Secure" if secure else "Strict"
        return f"{COOKIE}={key}; Max-Age={self.hours * 3600}; Path={PATH}; HttpOnly; SameSite={site}"
