"""The journal: there, of this version, writable, and rid of what is older than its days."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from bot.doctor.result import Result, fine, warning, wrong
from bot.journal.condition import look_at
from bot.journal.database import JournalAwayError
from bot.journal.tables import VERSION

if TYPE_CHECKING:
    from bot.settings import Settings

SLACK = dt.timedelta(days=2)  # old entries leave once a day, while the server runs


def check_journal(settings: Settings, now: dt.datetime | None = None) -> Result:
    """``now``: aware."""
    now = now or dt.datetime.now(dt.UTC)
    try:
        found = look_at(settings.journal.get_secret_value())
    except JournalAwayError as error:
        return wrong(f"데이터베이스를 읽을 수 없습니다: {error}", "BOT_JOURNAL의 주소와 권한, 서버를 확인하세요.")
    if not found.writable:
        return wrong(
            "쓸 수 없습니다. 답은 하지만 기록이 남지 않습니다.", "BOT_JOURNAL의 폴더와 파일에 쓸 권한을 주세요."
        )
    if found.version is None:
        return fine("아직 없습니다. 처음 시작할 때 만듭니다.")
    if found.version > VERSION:
        return wrong(
            f"표의 판이 {found.version}입니다(이 봇은 {VERSION}).", "봇을 새 판으로 올리거나 BOT_JOURNAL을 바꾸세요."
        )
    if found.oldest and now - found.oldest > dt.timedelta(days=settings.journal_days) + SLACK:
        days = (now - found.oldest).days
        return warning(
            f"{days}일 된 기록이 남아 있습니다(보관은 {settings.journal_days}일).",
            "서버가 돌고 있어야 하루에 한 번 지웁니다. 시계도 확인하세요.",
        )
    if found.version < VERSION:
        return fine(f"표의 판 {found.version}, 시작할 때 {VERSION}(으)로 올립니다.")
    oldest = f"가장 오래된 기록 {found.oldest:%Y-%m-%d}" if found.oldest else "기록 없음"
    return fine(f"표의 판 {VERSION}, 쓸 수 있음, {oldest}(보관 {settings.journal_days}일)")
