"""The desk's one password, kept as an Argon2id hash; the only argon2."""

from __future__ import annotations

import unicodedata

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

from index.errors import SettingsError, YakgwanError

LENGTH = (10, 200)
_HASHER = PasswordHasher()


class PasswordError(YakgwanError):
    """The text cannot be a password; the message says why."""


def hash_password(text: str) -> str:
    """The Argon2id hash of a new password, for the setting ``desk_password``.

    Raises:
        PasswordError: shorter or longer than `LENGTH` (characters).
    """
    if not LENGTH[0] <= len(text) <= LENGTH[1]:
        raise PasswordError(f"비밀번호는 {LENGTH[0]}자 이상 {LENGTH[1]}자 이하여야 합니다.")
    return _HASHER.hash(_plain(text))


def verify_password(hashed: str, text: str) -> bool:
    """Whether ``text`` is the password; takes some 50 ms and 64 MiB, so only one at a time."""
    if len(text) > LENGTH[1]:
        return False
    try:
        return _HASHER.verify(hashed, _plain(text))
    except VerificationError:
        return False


def check_hash(hashed: str) -> None:
    """Raises SettingsError, which does not show the value, if ``hashed`` is no Argon2 hash."""
    try:
        extract_parameters(hashed)
    except InvalidHashError as error:
        raise SettingsError(
            "BOT_DESK_PASSWORD: Argon2 해시가 아닙니다. `python -m bot password`가 주는 값을 넣으세요."
        ) from error


def _plain(text: str) -> str:
    # keyboards differ in how they compose Hangul
    return unicodedata.normalize("NFC", text)
