"""Where the journal is, as a setting says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from index.errors import SettingsError

if TYPE_CHECKING:
    from sqlalchemy import URL

DRIVERS = {"sqlite+pysqlite": "sqlite", "postgresql+psycopg": "postgresql"}


def read_journal(url: str) -> URL:
    """The address of ``BOT_JOURNAL`` with its driver: of an SQLite file or a PostgreSQL database.

    Raises:
        SettingsError: any other; no part of it is shown, which may be a password.
    """
    wanted = "sqlite:///파일이나 postgresql+psycopg://사용자:비밀번호@서버/이름 모양이어야 합니다."
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # without the cause, which may hold a part of the password
        raise SettingsError(f"설정 BOT_JOURNAL: {wanted}") from None
    if parsed.drivername in DRIVERS.values():
        parsed = parsed.set(drivername={name: driver for driver, name in DRIVERS.items()}[parsed.drivername])
    if parsed.drivername not in DRIVERS:
        raise SettingsError(f"설정 BOT_JOURNAL: {wanted}")
    if DRIVERS[parsed.drivername] == "sqlite":
        name = parsed.database or ""
        if name in {"", ":memory:"} or name.startswith("file:") or parsed.query or parsed.host:
            raise SettingsError(f"설정 BOT_JOURNAL: SQLite에는 파일이 필요합니다. {wanted}")
    elif "@" in f"{parsed.host}{parsed.database}":  # a part of the password would be shown as the name of a host
        raise SettingsError("설정 BOT_JOURNAL: 비밀번호 안의 @는 %40, /는 %2F, :는 %3A로 적어 주세요.")
    return parsed
