"""The company's log-in (OpenID Connect), as settings say it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.values.webhook import HERE
from index.errors import SettingsError
from index.setting_faults import fault

if TYPE_CHECKING:
    from collections.abc import Mapping

DOCUMENT = "/.well-known/openid-configuration"
EXAMPLE = "https://login.example.com/realms/company"


def read_issuer(value: str) -> str:
    """The issuer of ``BOT_OIDC_ISSUER``, also if the address of its document was written; "" for none.

    Raises:
        SettingsError: no https://, and no http:// to this machine, or with a part behind ? or #.
    """
    if not value:
        return ""
    if not is_safe(value) or any(sign in value for sign in "?#@") or any(map(str.isspace, value)):
        how = "https://로 시작하는 주소를 적으세요. 이 컴퓨터(localhost)에는 http://도 됩니다."
        raise fault("BOT_OIDC_ISSUER", value, f"{how} 예: BOT_OIDC_ISSUER={EXAMPLE}")
    return value.removesuffix(DOCUMENT)


def is_safe(address: str) -> bool:
    """Whether an address is one of HTTPS, or of this machine."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:  # a port that is none, half an IPv6 address
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in HERE))


def read_scopes(value: str) -> str:
    """What is asked for. Raises SettingsError without "openid"."""
    if "openid" not in value.split():
        raise fault("BOT_OIDC_SCOPES", value, "openid가 들어 있어야 합니다. 예: BOT_OIDC_SCOPES=openid email profile")
    return value


def check_whole(needed: Mapping[str, object], started: object) -> None:
    """All that the log-in needs, or nothing of it.

    Args:
        needed: what each name is set to; one that may be any of several has the names of all of them.
        started: whether any setting of the log-in is there.

    Raises:
        SettingsError: a part of it, naming what is missing and nothing of what is there.
    """
    missing = [name for name, value in needed.items() if not value]
    if started and missing:
        advice = (
            f"회사 계정으로 로그인하려면 {', '.join(missing)}도 정하세요. 쓰지 않으려면 BOT_OIDC_…를 모두 지우세요."
        )
        raise SettingsError(f"설정 BOT_OIDC_…: 일부만 있습니다. {advice}")
