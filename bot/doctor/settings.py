"""Settings that fit one by one and are risky together."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.doctor.result import Result, fine, info, warning
from bot.journal.condition import look_at
from bot.openid.company import BACK, open_company
from bot.openid.errors import OpenIdError
from bot.opening_hours import read_hours
from bot.values.openid import DOCUMENT, read_issuer
from bot.values.webhook import HERE
from bot.web.hosts import desk_base

if TYPE_CHECKING:
    from bot.settings import Settings

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  # looked for, not listened on
OTHERS = 0o077  # bits of a mode: what others than the owner may do


def check_reach(settings: Settings) -> Result:
    """Who can call the server, and by which name."""
    if settings.host in EVERYWHERE and not (settings.hosts or settings.address):
        return warning(
            f"BOT_HOST={settings.host}이어서 누구나 부를 수 있는데 이름이 정해지지 않았습니다.",
            "밖에서 부르는 주소를 정하세요. 예: BOT_ADDRESS=https://bot.example.com 또는 BOT_HOSTS=bot.example.com",
        )
    if os.environ.get("FORWARDED_ALLOW_IPS", "").strip() == "*" and settings.host in EVERYWHERE:
        return warning(
            "FORWARDED_ALLOW_IPS=*이고 누구나 부를 수 있어, 보내는 사람이 제 주소를 꾸며 횟수 한도를 피할 수 있습니다.",
            "프록시의 주소만 적으세요. 예: FORWARDED_ALLOW_IPS=127.0.0.1",
        )
    if settings.address.startswith("http:") and urlsplit(settings.address).hostname not in HERE:
        return warning(
            f"BOT_ADDRESS={settings.address}는 암호화되지 않습니다.", "HTTPS로 여세요. 예: https://bot.example.com"
        )
    return fine(settings.address or f"http://{settings.host}:{settings.port}")


def check_desk(settings: Settings) -> Result:
    """Whether the desk is open: whether anybody has an account. Raises YakgwanError: the journal cannot be read."""
    if look_at(settings.journal.get_secret_value()).accounts:
        return fine("계정이 있어 열려 있습니다. 다른 컴퓨터에서는 HTTPS로만 로그인할 수 있습니다.")
    advice = "`python -m bot account add 이름 --role 관리자`로 첫 계정을 만드세요."
    if settings.desk_host:
        return warning("BOT_DESK_HOST가 있지만 계정이 없어 닫혀 있습니다.", advice)
    return info(f"계정이 없어 닫혀 있습니다. 열려면 {advice}")


def check_company(settings: Settings) -> Result:
    """Whether the company's provider answers as it must. Its secret is not tried: that takes a person who logs in."""
    company = open_company(settings, desk_base(settings))
    if company is None:
        return info("회사 계정으로 로그인하지 않습니다(BOT_OIDC_ISSUER 없음).")
    try:
        asyncio.run(company.provider.look())
    except OpenIdError:
        return warning(
            f"{settings.oidc_issuer}에 연결할 수 없거나 OpenID Connect의 발급자가 아닙니다. 비밀번호로는 로그인됩니다.",
            f"주소와 네트워크를 확인하세요. 열려야 하는 것: {read_issuer(settings.oidc_issuer).rstrip('/')}{DOCUMENT}",
        )
    back = desk_base(settings) + BACK
    return fine(f"{settings.oidc_issuer}이(가) 답합니다. 등록할 주소: {back}")


def check_webhook(settings: Settings) -> Result:
    """Whether requests are told, and signed; nothing of the address is shown, which may be a secret."""
    address, secret = settings.webhook.get_secret_value(), settings.webhook_secret.get_secret_value()
    if secret and not address:
        return warning("BOT_WEBHOOK_SECRET만 있어 알리지 않습니다.", "BOT_WEBHOOK에 알릴 주소를 적으세요.")
    if not address:
        return info("알리지 않습니다(BOT_WEBHOOK 없음).")
    return fine("남긴 요청을 알립니다." if secret else "남긴 요청을 알립니다. 서명은 하지 않습니다.")


def check_hours(settings: Settings) -> Result:
    """The opening hours."""
    hours = read_hours(settings.hours)
    return fine(hours.text) if hours.spans else info("상담 시간을 알리지 않습니다(BOT_HOURS 없음).")


def check_retention(settings: Settings) -> Result:
    """How long what customers said is kept."""
    if settings.request_days > settings.journal_days and "request_days" in settings.model_fields_set:
        return warning(
            f"요청은 {settings.request_days}일이 아니라 대화 기록과 함께 {settings.journal_days}일 뒤에 지워집니다.",
            "BOT_REQUEST_DAYS를 줄이거나 BOT_JOURNAL_DAYS를 늘리세요.",
        )
    return fine(f"대화 {settings.journal_days}일, 요청 {min(settings.request_days, settings.journal_days)}일")


def check_file_of_settings(settings: Settings) -> Result:
    """Whether others on this machine can read the secrets in ``.env``."""
    name = settings.model_config.get("env_file")
    file = Path(name) if isinstance(name, str) else None
    if file is None or not file.is_file():
        return info("설정 파일이 없어 환경 변수만 씁니다.")
    if file.stat().st_mode & OTHERS and os.name == "posix":
        return warning(f"{file}를 이 컴퓨터의 다른 사람도 읽을 수 있습니다.", f"chmod 600 {file}")
    return fine(f"{file}를 주인만 읽습니다.")
