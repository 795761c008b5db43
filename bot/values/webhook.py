"""Where what customers leave is told, as a setting says it."""

from __future__ import annotations

import httpx2

from index.errors import SettingsError

HERE = ("localhost", "127.0.0.1", "::1")
WANTED = (
    "설정 BOT_WEBHOOK: https://로 시작하는 주소를 적으세요. 이 컴퓨터(localhost)에는 http://도 됩니다. "
    "예: BOT_WEBHOOK=https://hooks.example.com/services/이름"
)


def read_webhook(value: str) -> str:
    """The address of ``BOT_WEBHOOK``, "" for none.

    Raises:
        SettingsError: no https://, and no http:// to this machine; without the address, which may be a secret.
    """
    if not value:
        return ""
    try:
        url = httpx2.URL(value)
    except (httpx2.InvalidURL, ValueError):
        raise SettingsError(WANTED) from None
    if not url.host or not (url.scheme == "https" or (url.scheme == "http" and url.host in HERE)):
        raise SettingsError(WANTED)
    return value
