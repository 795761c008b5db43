"""The days on which a text says that it takes effect: "시행일: 2026년 3월 1일", "2026. 4. 1.부터 시행합니다"."""

from __future__ import annotations

import datetime as dt
import re

_DAY = r"(\d{4})\s{0,3}[.년/-]\s{0,3}(\d{1,2})\s{0,3}[.월/-]\s{0,3}(\d{1,2})(?!\d)"
_EFFECT = r"(?:시\s?행|적용|발효|효력)"
_BEFORE = rf"{_EFFECT}\s?(?:일자?)?[\s:：\])〉>은는이]{{0,5}}{_DAY}"
_FROM = r"(?:\([^()]{1,5}\)\s?)?(?:\d{1,2}시)?(?:로?부터|부로|자로|자|에|을)?"
_STATED = re.compile(rf"{_BEFORE}|{_DAY}[\s.일]{{0,3}}{_FROM}\s?{_EFFECT}")


def effective_days(text: str) -> list[dt.date]:
    """The days in ``text`` in the order in which they stand; what is no day of the calendar is none."""
    found = []
    for match in _STATED.finditer(text):
        year, month, day = (int(part) for part in match.groups() if part)
        try:
            found.append(dt.date(year, month, day))
        except ValueError:
            continue
    return found
