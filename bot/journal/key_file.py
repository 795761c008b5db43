"""The random key in a file of its own, of which the seal of contacts is made; made at first use."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

from index.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

BYTES = 32


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
