"""The shop's terms in three editions: an old one, the one in force, and one that is announced; and a clock to set."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from support.fakes import SHOP

if TYPE_CHECKING:
    from bot.settings import Settings

# in the old edition 환불 is 제1조 with 14 days and 배송 제2조; nothing is said on being late
OLD = """가게 약관
제1조 (환불)
- 받은 날부터 14일 안에 환불을 신청할 수 있습니다.
제2조 (배송)
- 물건은 결제한 날부터 3일 안에 보냅니다.
제3조 (연락처)
- 전화 : 02-000-0000
"""
# in the announced one 환불 is 제3조 with 30 days, 연락처 제4조
NEW = SHOP.replace("제3조 (연락처)", "제4조 (연락처)").replace(
    "제2조 (환불)\n- 받은 날부터 7일",
    "제2조 (회원)\n- 열네 살이 넘은 사람은 누구나 회원이 되어 적립금을 모읍니다.\n제3조 (환불)\n- 받은 날부터 30일",
)
FIRST, CURRENT, COMING = dt.date(2022, 5, 1), dt.date(2024, 3, 1), dt.date(2024, 7, 1)
TODAY = dt.date(2024, 6, 15)


class Clock:
    """Seoul's day, as a test sets it."""

    def __init__(self, day: dt.date = TODAY) -> None:
        self.day = day

    def __call__(self) -> dt.date:
        return self.day


def add_editions(settings: Settings) -> None:
    """Put the old and the announced edition beside the shop's own."""
    folder = settings.data / "terms" / "가게"
    (folder / f"{FIRST}.txt").write_text(OLD, encoding="utf-8")
    (folder / f"{COMING}.txt").write_text(NEW, encoding="utf-8")
    metadata = folder / "terms.toml"
    metadata.write_text(f'questions = "{CURRENT}"\n{metadata.read_text(encoding="utf-8")}', encoding="utf-8")
