"""The desk's one password, kept as an Argon2id hash (the only argon2), and the random key that signs its cookies."""

from __future__ import annotations

import os
import secrets
import unicodedata
from typing import TYPE_CHECKING

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

from index.errors import SettingsError, YakgwanError

if TYPE_CHECKING:
    from pathlib import Path

LENGTH = (10, 200)
_HASHER = PasswordHasher()
BYTES = 32


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


def read_key(path: Path) -> bytes:
    """The key at ``path``; made at first use, with mode 0600.

    Raises:
        SettingsError: the file cannot be read or made, or holds no key.
    """
    try:
        if not path.exists():
            _make(path)
        key = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"BOT_SECRET={path}: 열쇠 파일을 읽거나 만들 수 없습니다: {error.strerror}") from error
    if len(key) < BYTES:
        raise SettingsError(f"BOT_SECRET={path}: 열쇠 파일이 손상되었습니다. 지우고 다시 시작하세요.")
    return key


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(aside)  # unlike a rename it never replaces a key that is there
        except FileExistsError:
            return  # another process was first: its key holds
    finally:
        aside.unlink()
