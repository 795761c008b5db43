"""On which day something of the customer's happens, and what day is so long before or after it.

Nothing is read where it could be one day or another. Days are counted as in 민법 제157조 to 제160조: the day of an
event is not counted (30 days after a notice of 3 June end on 3 July, one 7 days before 20 June is of 13 June); of a
period that begins with a day, that day is the first (a year from 1 March ends on the last of February).
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.understand.dates import find_dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understand.dates import Dated
    from index.passages import Passage
    from index.search.clause_search import ClauseSearch

MANY = 12  # days, more than which nobody tells of the own case
NEAR = 16  # characters around a figure, in which it is said what it is of
YEAR = 12  # months
_WRITTEN = re.compile(r"\d{4}\s?[.년-]\s?\d{1,2}\s?[.월-]\s?\d{1,2}")
_WITH_YEAR = re.compile(r"(?:19|20)\d\d\s?[.년/-]\s?(?:\d|봄|여름|가을|겨울|[초한늦])")
_IS = re.compile(r"(?:이|은|은요|이요)?\s?")
_BEGINS = re.compile(r"\s?(?:\d{0,2}일?\s?)?(?:부로|부터|자로)")
# what asks for a day, as it is said and written everywhere
_WHICH_DAY = re.compile(
    r"언제|언재|은제|언젠|며칠|몇칠|메칠|며칟|몇\s?월|몇\s?일|어느\s?날|날짜|마지노선|마감|데드라인"
    r"|\bwhen\b|what (?:day|date)|by which|deadline",
    re.IGNORECASE,
)
_PARTICLE = re.compile(r"(?:에는|에|부터|까지|자로|날)?(?=\s|$)")


def read_day_of(text: str, words: Sequence[str], today: dt.date) -> tuple[int, dt.date, bool] | None:
    """Which of ``words`` (patterns) is said of the one day that ``text`` tells, that day, and whether it has no year.

    Of several words those nearest to the day count. None for no such day, for several, or where two are as near. A day
    without a year is the one nearest to today; "1월부터" is its first day, "12월 말" its last.
    """
    today, said = _told_today(text, today)
    days = [one for dated in find_dates(text, today) if dated not in said and (one := _as_day(text, dated))]
    found = set[tuple[int, dt.date, bool]]()
    if len(days) > MANY:
        return None
    for dated in days:
        spoken = [(_distance(text, dated, days, re.compile(pattern)), place) for place, pattern in enumerate(words)]
        near = sorted((far, place) for far, place in spoken if far is not None)
        if near:
            found.add((near[0][1], _nearest(dated, today), dated.yearless))
    return found.pop() if len(found) == 1 else None


def _told_today(text: str, today: dt.date) -> tuple[dt.date, list[Dated]]:
    """The day that the customer says it is ("오늘이 11월 30일인데"), or else the clock's, and the words that say so."""
    dates = list(find_dates(text, today))
    for one, other in pairwise(dates):
        is_day = other.first is not None and other.first == other.last
        if is_day and text.startswith("오늘", one.start) and _IS.fullmatch(text, one.end, other.start):
            return _nearest(other, today), [one, other]
    return today, []


def _as_day(text: str, dated: Dated) -> Dated | None:
    """``dated`` as the one day that it is, None if it may be another."""
    if dated.first is None or dated.last is None or dated.first == dated.last:
        return dated if dated.first else None
    if text[: dated.end].endswith("말"):
        return replace(dated, first=dated.last)
    return replace(dated, last=dated.first) if dated.first.day == 1 and _BEGINS.match(text, dated.end) else None


def asked_for(text: str, words: Sequence[str]) -> list[int]:
    """Which of ``words`` (patterns) the question word for a day asks for: the ones nearest to it, behind it first."""
    asking = [match.span() for match in _WHICH_DAY.finditer(text)][-MANY:]
    spans = [[match.span() for match in re.finditer(pattern, text)] for pattern in words]
    for ahead in (True, False):
        far = [
            min((_gap(asked, span, ahead=ahead) for asked in asking for span in own), default=2 * NEAR) for own in spans
        ]
        if far and min(far) <= NEAR:
            return [place for place, one in enumerate(far) if one == min(far)]
    return []


def _gap(asked: tuple[int, int], span: tuple[int, int], *, ahead: bool) -> int:
    gap = span[0] - asked[1] if ahead else asked[0] - span[1]
    return gap if gap >= 0 else 2 * NEAR


def without_days(text: str, today: dt.date, search: ClauseSearch) -> str:
    """``text`` without the dates that are none of the terms': they ask nothing, and would find those of the 부칙."""
    known = search.table.once(_written_days)
    for dated in reversed(list(find_dates(text, today))):
        first, last = dated.first, dated.last
        if first is None or last is None or not _WITH_YEAR.match(text, dated.start, dated.end):
            continue
        if not any((first.year, first.month, first.day) <= day <= (last.year, last.month, last.day) for day in known):
            particle = _PARTICLE.match(text, dated.end)
            text = f"{text[: dated.start]} {text[particle.end() if particle else dated.end :]}"
    return " ".join(text.split())


def _written_days(passages: Sequence[Passage]) -> frozenset[tuple[int, ...]]:
    """Year, month and day of the dates that stand in the terms."""
    written = (match[0] for passage in passages for match in _WRITTEN.finditer(passage.quote))
    return frozenset(tuple(map(int, re.findall(r"\d{1,18}", words))) for words in written)


def _distance(text: str, dated: Dated, exact: list[Dated], spoken: re.Pattern[str]) -> int | None:
    """How far from a date the words stand, on this side of the next date; None if they do not."""
    upper = min([other.start for other in exact if other.start >= dated.end], default=len(text))
    lower = max([other.end for other in exact if other.end <= dated.start], default=0)
    behind = spoken.search(text, dated.end, min(upper, dated.end + NEAR))
    if behind:
        return behind.start() - dated.end
    before = [match.end() for match in spoken.finditer(text, max(lower, dated.start - NEAR), dated.start)]
    return dated.start - before[-1] if before else None


def _nearest(dated: Dated, today: dt.date) -> dt.date:
    day = dated.first or today
    if not dated.yearless or (day.month, day.day) == (2, 29):
        return day
    return min((day.replace(year=year) for year in (day.year, day.year + 1)), key=lambda one: abs(one - today))


def shift(day: dt.date, by: str) -> dt.date:
    """``day`` moved by "-7일", "+30일", "+1년", "+3개월"; the last of a shorter month.

    By "1년의 마지막 날" the last day of a year that begins on ``day``.

    Raises:
        ValueError: ``by`` has another form.
        OverflowError: there is no such day.
    """
    match = re.fullmatch(r"([+-]\d{1,4}|\d{1,4})(일|개월|년)(의 마지막 날)?", by)
    if match is None or bool(match[3]) == (by[0] in "+-"):
        raise ValueError(by)
    count, unit = int(match[1]), match[2]
    if unit == "일":
        return day + dt.timedelta(days=count - bool(match[3]))
    year, month = divmod(day.year * YEAR + day.month - 1 + count * (YEAR if unit == "년" else 1), YEAR)
    longest = monthrange(year, month + 1)[1]
    moved = dt.date(year, month + 1, min(day.day, longest))
    return moved - dt.timedelta(days=bool(match[3]) and day.day <= longest)
