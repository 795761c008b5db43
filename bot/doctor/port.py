"""The port: free, served by this bot already, or taken by something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.doctor.result import Result, fine, warning, wrong
from bot.doctor.wire import read_json
from bot.web.listening import listen
from index.errors import SettingsError

if TYPE_CHECKING:
    from bot.settings import Settings

HERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # where it is called if it listens everywhere


def check_port(settings: Settings) -> Result:
    """Binding it for a moment tells whether it can be had; nothing is heard on it."""
    try:
        listen(settings.host, settings.port).close()
    except SettingsError as error:
        health = read_json(HERE.get(settings.host, settings.host), settings.port, "/healthz")
        if health and {"state", "journal"} <= health.keys():
            return _served(str(health["state"]), str(health["journal"]))
        return wrong(str(error), "그 프로그램을 끝내거나 BOT_PORT를 바꾸세요.")
    return fine(f"{settings.host}:{settings.port}은(는) 비어 있습니다. 서버는 돌고 있지 않습니다.")


def _served(state: str, journal: str) -> Result:
    found = f"이 봇이 답하고 있습니다(상태 {state[:20]}, 기록 {journal[:20]})."
    if state == "failed":
        return wrong(found, "서버의 로그에서 까닭을 보세요.")
    if state == "words_only":
        return warning(found, "임베딩 모델을 읽지 못했습니다. 서버의 로그를 보세요.")
    return fine(found)
