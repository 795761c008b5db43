"""How a customer may be called back is kept sealed: a copy of the database alone does not tell it.

The only home of cryptography.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PURPOSE = b"yakgwan-bot: contact of a request"  # the same file signs the desk's cookies, with another key


class Seal:
    """Seals and opens with a key made out of ``secret``, 32 random bytes or more."""

    def __init__(self, secret: bytes) -> None:
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret)
        self._fernet = Fernet(urlsafe_b64encode(key))

    def close(self, text: str) -> str:
        """``text``, sealed; "" stays as it is."""
        return self._fernet.encrypt(text.encode()).decode() if text else ""

    def open(self, sealed: str) -> str | None:
        """What was sealed; None if it was done with another key."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode() if sealed else ""
        except InvalidToken:
            return None
