"""When agents look at what customers left: the hours of a week, read out of a setting, in Asia/Seoul.

Holidays are not known.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.editions.edition import SEOUL
from index.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

DAYS = "월화수목금토일"
LONGEST = 200  # characters of the setting
_PART = re.compile(rf"(매일|[{DAYS}](?:-[{DAYS}])?)\s*(\d{{1,2}}):(\d\d)\s*-\s*(\d{{1,2}}):(\d\d)")
_DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Span:
    """On a day of the week (0: Monday), from the minute ``start`` of the day to ``end`` (exclusive, at most 1,440)."""

    day: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hours:
    """``text``: as the operator wrote it. Without ``spans`` nothing is said of hours."""

    text: str = ""
    spans: tuple[Span, ...] = ()

    def next_opening(self, now: dt.datetime) -> dt.datetime | None:
        """When somebody looks again; None if somebody does ``now`` (aware), or nothing is known."""
        here = now.astimezone(SEOUL)
        minute = here.hour * 60 + here.minute
        if not self.spans or any(s.day == here.weekday() and s.start <= minute < s.end for s in self.spans):
            return None
        midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
        starts = (
            midnight + dt.timedelta(days=ahead, minutes=span.start)
            for ahead in range(8)
            for span in self.spans
            if span.day == (here.weekday() + ahead) % 7
        )
        return min(start for start in starts if start > here)

    def told(self, now: dt.datetime) -> str:
        """What a customer is told of it ``now``; "" within the hours, or if nothing is known."""
        opening = self.next_opening(now)
        if opening is None:
            return ""
        day = f"{opening.month}월 {opening.day}일({DAYS[opening.weekday()]})"
        return f"지금은 상담 시간({self.text})이 아닙니다. {day} {opening:%H:%M}부터 차례로 확인합니다."


def read_hours(value: str) -> Hours:
    """The hours of ``BOT_HOURS``: "월-금 09:00-18:00, 토 10:00-13:00"; "" for none.

    Raises:
        SettingsError: of another form, or a span that ends before it begins, in one line.
    """
    text = " ".join(value.split())
    if not text:
        return Hours()
    parts = [_PART.fullmatch(part.strip()) for part in text.split(",")] if len(text) <= LONGEST else [None]
    spans = [span for part in parts for span in (_spans(part) if part else ())]
    if not all(parts) or not all(span.start < span.end <= _DAY_MINUTES for span in spans):
        raise SettingsError(
            f"설정 BOT_HOURS={value[:LONGEST]!r}: '월-금 09:00-18:00, 토 10:00-13:00'처럼 요일과 시각을 적으세요. "
            "시각은 24시간으로 적고, 끝은 시작보다 늦어야 합니다."
        )
    return Hours(text, tuple(spans))


def _spans(part: re.Match[str]) -> Sequence[Span]:
    days, *times = part.groups()
    from_hour, from_minute, to_hour, to_minute = map(int, times)
    if from_minute > 59 or to_minute > 59:
        return [Span(0, 0, 0)]
    first, last = (0, 6) if days == "매일" else (DAYS.index(days[0]), DAYS.index(days[-1]))
    start, end = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    return [Span((first + step) % 7, start, end) for step in range((last - first) % 7 + 1)]
