"""Sites, host names and addresses of the web as they stand in settings."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.errors import SettingsError
from index.setting_faults import fault

if TYPE_CHECKING:
    from collections.abc import Iterable

PORTS = {"http": 80, "https": 443}
_SITE = re.compile(r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*")
_PLAIN = re.compile(r"https?://[^\s/?#@\\;,'\"*]+", re.IGNORECASE)
_PORT = re.compile(r":(?:\d{1,5}|\*)$")


def read_origins(values: Iterable[str]) -> tuple[str, ...]:
    """The sites that may embed the chat, as a browser names them: lower case, without the usual port.

    Raises:
        SettingsError: a value that is no plain scheme://host[:port].
    """
    return tuple(dict.fromkeys(read_origin(value, "BOT_ORIGINS") for value in values))


def read_origin(value: str, setting: str) -> str:
    """A site as a browser names it. Raises SettingsError naming ``setting`` for one that is no plain origin."""
    try:
        parts = urlsplit(value if _PLAIN.fullmatch(value) else "")
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except ValueError as error:  # a port beyond 65535, a host that IDNA does not allow
        raise _no_origin(value, setting) from error
    if not _SITE.fullmatch(host) or port == 0 or parts.netloc.endswith(":"):
        raise _no_origin(value, setting)
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != PORTS[parts.scheme] else "")


def read_hosts(values: Iterable[str]) -> tuple[str, ...]:
    """The names of ``BOT_HOSTS`` in lower case, each with its port, with any (":*") or without one.

    Raises:
        SettingsError: a value with a scheme, a path or anything else that is no part of a name.
    """
    return tuple(dict.fromkeys(map(_read_host, values)))


def read_desk_host(value: str) -> str:
    """The name of ``BOT_DESK_HOST`` in lower case, "" for none.

    Raises:
        SettingsError: with a scheme, a port, a path or anything else that is no part of a name.
    """
    name = value.lower()
    if name and not _SITE.fullmatch(name):
        raise SettingsError(f"설정 BOT_DESK_HOST의 {value!r}: 'desk.example.com'처럼 이름만 적습니다.")
    return name


def read_listening(value: str) -> str:
    """The address or the name of ``BOT_HOST``, on which the server listens. Raises SettingsError if it is neither."""
    if not (_is_address(value) or _SITE.fullmatch(value.lower())):
        raise fault("BOT_HOST", value, "'127.0.0.1'이나 '0.0.0.0'처럼 주소만 적으세요. 포트는 BOT_PORT에 적습니다.")
    return value


def _read_host(value: str) -> str:
    name = value.lower()
    bare = _PORT.sub("", name)
    bracketed = bare.startswith("[") and bare.endswith("]") and ":" in bare and _is_address(bare[1:-1])
    if not (bracketed or _SITE.fullmatch(bare)):
        how = "'bot.example.com'이나 'bot.example.com:8080'처럼 https://와 경로 없이 이름만 적습니다."
        raise SettingsError(f"설정 BOT_HOSTS의 {value!r}: {how}")
    return name


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _no_origin(value: str, setting: str) -> SettingsError:
    how = "경로 없이 'https://www.example.com'이나 'http://example.com:8080'처럼 적습니다."
    return SettingsError(f"설정 {setting}의 {value!r}: {how}")
