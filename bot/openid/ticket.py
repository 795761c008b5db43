"""What ties the way to the provider and back to one browser: a cookie, of which all the rest is derived.

Nothing is kept on the server: the time and a random number stand in the cookie, and state, nonce and the verifier of
PKCE are keyed hashes of it. Who has the cookie cannot tell them, who sees them in an address cannot make the cookie.
"""

from __future__ import annotations

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

LASTS = timedelta(minutes=10)  # between the button and the way back
PURPOSE = b"yakgwan-bot: a log-in at the company"  # the same file seals contacts, with another key
_COOKIE = re.compile(r"(\d{1,12})\.[A-Za-z0-9_-]{43}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Ticket:
    """One log-in under way. ``verifier``: of PKCE, 43 characters."""

    cookie: str = field(repr=False)
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


class Tickets:
    """Gives tickets out and knows them again. ``secret``: as of the seal."""

    def __init__(self, secret: bytes, clock: Callable[[], datetime]) -> None:
        self._secret = secret
        self._clock = clock

    def new(self) -> Ticket:
        """For a log-in that begins now."""
        return self._of(f"{int(self._clock().timestamp())}.{secrets.token_urlsafe(32)}")

    def read(self, cookie: str, state: str) -> Ticket | None:
        """The ticket of a cookie; None if it is none, not the one that ``state`` belongs to, or too old."""
        found = _COOKIE.fullmatch(cookie)
        if not found:
            return None
        age = self._clock().timestamp() - int(found[1])
        ticket = self._of(cookie)
        same = hmac.compare_digest(ticket.state.encode(), state.encode(errors="replace"))
        return ticket if same and -1 < age <= LASTS.total_seconds() else None

    def _of(self, cookie: str) -> Ticket:
        return Ticket(cookie, *(self._derive(part, cookie) for part in ("state", "nonce", "verifier")))

    def _derive(self, part: str, cookie: str) -> str:
        digest = hmac.digest(self._secret, PURPOSE + f" {part} {cookie}".encode(), "sha256")
        return urlsafe_b64encode(digest).decode().rstrip("=")
