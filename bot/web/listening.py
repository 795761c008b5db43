"""The socket that the server listens on, taken first: its faults are told before anything is loaded."""

from __future__ import annotations

import errno
import socket

from index.errors import SettingsError

REASONS = {
    errno.EADDRINUSE: "그 포트를 다른 프로그램이 쓰고 있습니다.",
    errno.EACCES: "그 포트를 열 권한이 없습니다.",
}


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address. Raises SettingsError if that cannot be had, in one line."""
    where = f"설정 BOT_HOST={host!r}, BOT_PORT={port}"
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
    except (OSError, TypeError, UnicodeError) as error:  # TypeError: a name that cannot be encoded
        bound.close()
        reason = REASONS.get(getattr(error, "errno", None) or 0, "이 컴퓨터의 주소가 아닙니다.")
        raise SettingsError(f"{where}: {reason}") from error
    return bound
