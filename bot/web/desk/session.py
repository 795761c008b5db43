"""Who is logged in: a signed, timed cookie; the only itsdangerous."""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from itsdangerous import BadData, TimestampSigner, URLSafeTimedSerializer

if TYPE_CHECKING:
    from collections.abc import Callable

HOURS_12 = 12 * 60 * 60
RENEW_AFTER = 10 * 60  # seconds
SALT = "desk-session"


@dataclass(frozen=True, slots=True)
class Session:
    """``renewed``: the token to hand out now, or "" while the present one is young."""

    id: str
    renewed: str


class Sessions:
    """Sessions of 12 hours since the last use, signed with ``key``; another password hash ends them all.

    ``clock`` gives seconds since 1970.
    """

    def __init__(self, key: bytes, password_hash: str, clock: Callable[[], float] = time.time) -> None:
        class Signer(TimestampSigner):
            def get_timestamp(self) -> int:
                return int(clock())

        self._clock = clock
        self._fingerprint = hashlib.sha256(password_hash.encode()).hexdigest()[:32]
        self._serializer = URLSafeTimedSerializer(key, salt=SALT, signer=Signer)
        self._ended: dict[str, float] = {}
        self._lock = Lock()

    def start(self) -> str:
        """The token of a new session."""
        return self._token(secrets.token_urlsafe(16))

    def check(self, token: str) -> Session | None:
        """The session of a token; None if it is forged, too old, logged out or of another password."""
        try:
            found, signed = self._serializer.loads(token, max_age=HOURS_12, return_timestamp=True)
            session, fingerprint = str(found["id"]), str(found["password"])
        except (BadData, KeyError, TypeError):
            return None
        if fingerprint != self._fingerprint or session in self._ended:
            return None
        young = self._clock() - signed.timestamp() < RENEW_AFTER
        return Session(session, "" if young else self._token(session))

    def end(self, token: str) -> None:
        """Log out: no copy of the cookie works any more (until this server starts anew)."""
        session = self.check(token)
        if session is None:
            return
        now = self._clock()
        with self._lock:
            self._ended = {one: until for one, until in self._ended.items() if until > now}
            self._ended[session.id] = now + HOURS_12

    def _token(self, session: str) -> str:
        return str(self._serializer.dumps({"id": session, "password": self._fingerprint}))
