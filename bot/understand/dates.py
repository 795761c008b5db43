"""Dates in a Korean text ("2025.12.20", "작년 12월", "3월 2일", "올봄"), each as the days that may be meant."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.numerals import COUNTING, DIGITS, one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

YEARS = {"재재작년": -3, "재작년": -2, "지지난해": -2, "작년": -1, "지난해": -1, "전년도": -1, "전년": -1}
YEARS |= {"올해": 0, "금년": 0, "내년": 1, "올": 0}
DAYS = {"오늘": 0, "금일": 0, "지금": 0, "어제": 1, "작일": 1, "그제": 2, "그저께": 2, "엊그제": 2}
DAYS |= {"내일": -1, "명일": -1, "익일": -1, "모레": -2}
NUMERALS = {**COUNTING, **{letter: DIGITS[letter] for letter in "일이삼"}, "반": 0}
NIGHTS = {"하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "열흘": 10, "보름": 15}
WEEKDAYS = "월화수목금토일"
LEAP_CYCLE = 9  # years, among which every day of the calendar occurs
# of a year (months) and of a month (days), first and last
PARTS = {"초": ((1, 3), (1, 10)), "중순": ((5, 8), (11, 20)), "말": ((10, 12), (21, 31))}
HALVES = {"상반기": (1, 6), "하반기": (7, 12)}
SEASONS = {"봄": 3, "여름": 6, "가을": 9, "겨울": 12}  # their first months; each has three
_WITHIN = {"초": (0, 0), "한": (1, 1), "늦": (2, 2), "": (0, 2)}  # of a season, first and last month: 초여름, 늦가을
_SEASON = rf"(?P<within>초|한|늦)?(?P<season>{'|'.join(SEASONS)})(?!\s?(?:학기|방학|옷))"
# "올" is a year only before a part of one: "올봄", "올 초", "올 3월"
_THIS = r"올(?=\s?(?:초|말|연초|상반기|하반기|한?봄|늦?봄|한?여름|늦?여름|늦?가을|한?겨울|\d{1,2}\s?월))"
_WORD = rf"(?P<word>{'|'.join(word for word in YEARS if word != '올')}|{_THIS})"
_NUMBER = rf"(?:\d{{1,3}}|{one_of(NUMERALS)})"
_PART = rf"(?:\s{{0,9}}(?P<part>{'|'.join(PARTS)})(?![가-힣]{{0,30}}요금))?"
AGO = rf"(?P<count>{_NUMBER})\s{{0,9}}(?P<unit>년|개월|달|주일|주|일|해)(?P<half>\s{{0,9}}반)?"
# "30일 전에 공지해야 한다면": of a rule, and no day
_MUST = r"(?!에?\s?(?:미리\s?)?[가-힣]{1,4}(?:해야|하려면|하라|하게|려야))"
_FORMS = [
    re.compile(form)
    for form in (
        rf"(?:(?:(?<!\d)(?P<year>(?:19|20)\d\d|'?\d\d)\s{{0,9}}년도?|{_WORD})\s{{0,9}})?"
        rf"(?<!\d)(?P<month>\d{{1,2}})\s{{0,9}}월(?:\s{{0,9}}(?P<day>\d{{1,2}})\s{{0,9}}일|{_PART})",
        r"(?<![\d.-])(?P<dotted>(?:20)?\d\d\s{0,9}[.]\s{0,9}\d{1,2}\s{0,9}[.]\s{0,9}\d{1,2}|20\d\d(?:-\d{1,2}){2}"
        r"|20\d\d(?:/\d{1,2}){2})"
        r"\.?(?![\d-])",
        r"(?<![\d.-])(?P<monthly>20\d\d\s{0,9}[.]\s{0,9}\d{1,2}|20\d\d[-/]\d{1,2})(?![\d.-]{0,20}\d)",
        r"(?<!\d)(?P<packed>20\d{6})(?!\d)",
        rf"(?:(?<!\d)(?P<year>(?:19|20)\d\d)\s{{0,9}}년도?"
        rf"|{_WORD})(?:의?\s{{0,9}}(?:{_SEASON}|연?(?P<part>{'|'.join((*PARTS, *HALVES))})))?",
        rf"(?<![가-힣])(?P<which>지난|저번|이번)\s{{0,9}}{_SEASON}",
        r"(?<![가-힣])(?P<turn>연초|연말|지난\s{0,9}연말)(?![가-힣]{0,9}정산)",
        r"(?<![가-힣])(?P<about>작년\s{0,9}이맘때|작년\s{0,9}이때)",
        rf"(?<![가-힣\d]){AGO}\s{{0,9}}전{_MUST}",
        rf"(?P<last>(?:지난|저번|이번|다음)\s{{0,9}}(?:달|주))"
        rf"(?:\s{{0,9}}(?P<of>\d{{1,2}})\s{{0,9}}일(?!\s{{0,9}}(?:동안|간|이내|안에))|(?<=주)\s{{0,9}}(?P<weekday>[{WEEKDAYS}])요일"
        rf"|(?<=달){_PART})",
        rf"(?<![가-힣])(?P<past>지난|저번)\s{{0,9}}(?P<weekday>[{WEEKDAYS}])요일",
        rf"(?<![가-힣])(?P<nights>{'|'.join(NIGHTS)})\s{{0,9}}전{_MUST}",
        r"(?<![\d/.])(?P<month>1[0-2]|0?[1-9])/(?P<day>3[01]|[12]\d|0?[1-9])(?![\d/])"
        r"(?=\s{0,9}(?:에|부터|까지|자|날|이면|인데|시행|적용|공지|통지|시작|계약|개통))",
        rf"(?<![가-힣])(?P<near>{'|'.join(DAYS)})",
    )
]
_MONTHLY = re.compile(r"\d{1,18}")


@dataclass(frozen=True, slots=True)
class Dated:
    """Days ``first`` to ``last`` may be meant; ``start`` and ``end``: of the words in the text.

    ``yearless``: the year is not said; the last such day up to today is taken. ``first`` None: no such day exists.
    """

    first: dt.date | None
    last: dt.date | None
    start: int
    end: int
    yearless: bool = False


def find_dates(text: str, today: dt.date) -> Iterator[Dated]:
    """The dates in ``text``, in order, no two of the same letters; of several forms the longer one."""
    found = sorted(
        (match for form in _FORMS for match in form.finditer(text)), key=lambda match: (match.start(), -match.end())
    )
    place = 0
    for match in found:
        if match.start() >= place:
            place = match.end()
            yield _read(match, today)


def ago(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date]:
    """The days that "2년" (groups of `AGO`) before ``today`` may be: two years are two and some months."""
    count = int(match["count"]) if match["count"].isdigit() else NUMERALS[match["count"]]
    if match["unit"] == "일":
        return (today - dt.timedelta(days=count),) * 2
    if match["unit"] in {"주", "주일"}:
        return today - dt.timedelta(days=7 * count + 6), today - dt.timedelta(days=7 * count)
    step = 12 if match["unit"] in {"년", "해"} else 1
    months = count * step + (6 if match["half"] or match["count"] == "반" else 0)
    width = 1 if match["half"] or match["count"] == "반" else step
    return _months_before(today, months + width) + dt.timedelta(days=1), _months_before(today, months)


def _read(match: re.Match[str], today: dt.date) -> Dated:
    groups = match.groupdict()
    yearless = bool(groups.get("month")) and not groups.get("year") and not groups.get("word")
    try:
        first, last = _yearless(match, today) if yearless else _span(groups, match, today)
    except (ValueError, OverflowError):
        return Dated(None, None, match.start(), match.end(), yearless)
    return Dated(first, last, match.start(), match.end(), yearless)


def _span(groups: dict[str, str | None], match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date]:
    if groups.get("count"):
        return ago(match, today)
    if (relative := _relative(groups, today)) is not None:
        return relative
    if packed := groups.get("packed"):
        return days_of(int(packed[:4]), int(packed[4:6]), int(packed[6:]))
    if numbers := groups.get("dotted") or groups.get("monthly"):
        return days_of(*map(int, _MONTHLY.findall(numbers)))
    year = int(groups["year"].lstrip("'")) if groups["year"] else today.year + YEARS[groups["word"] or ""]
    if season := groups.get("season"):
        return _season(year, season, groups["within"] or "")
    month, day = groups.get("month"), groups.get("day")
    return _narrow(*days_of(year, int(month) if month else None, int(day) if day else None), groups["part"])


def _relative(groups: dict[str, str | None], today: dt.date) -> tuple[dt.date, dt.date] | None:
    """The days of words that are counted from today, None if they are of another form."""
    if (counted := _counted(groups, today)) is not None:
        return (counted,) * 2
    if last := groups.get("last"):
        return _narrow(*_lately(last, today, groups["of"]), groups["part"])
    if which := groups.get("which"):
        return _last_season(which, groups["season"] or "", groups["within"] or "", today)
    if turn := groups.get("turn"):
        return days_of(today.year, 1) if turn == "연초" else days_of(today.year - 1, 12)
    if groups.get("about"):
        return _months_before(today, 13), _months_before(today, 11)
    return None


def _counted(groups: dict[str, str | None], today: dt.date) -> dt.date | None:
    """The one day of "그저께", "사흘 전", "지난 금요일" and "지난주 금요일"."""
    if near := groups.get("near"):
        return today - dt.timedelta(days=DAYS[near])
    if nights := groups.get("nights"):
        return today - dt.timedelta(days=NIGHTS[nights])
    if (weekday := groups.get("weekday")) is None:
        return None
    if groups.get("past"):
        return today - dt.timedelta(days=(today.weekday() - WEEKDAYS.index(weekday)) % 7 or 7)
    return _lately(groups["last"] or "", today)[0] + dt.timedelta(days=WEEKDAYS.index(weekday))


def _season(year: int, season: str, within: str) -> tuple[dt.date, dt.date]:
    """The days of a season that begins in ``year``; a winter ends in the next one."""
    months = [SEASONS[season] - 1 + offset for offset in _WITHIN[within]]
    begin, end = ((year + month // 12, month % 12 + 1) for month in months)
    return days_of(*begin)[0], days_of(*end)[1]


def _last_season(which: str, season: str, within: str, today: dt.date) -> tuple[dt.date, dt.date]:
    """The last such season that is over, or ("이번") has begun."""
    for year in range(today.year, today.year - 3, -1):
        first, last = _season(year, season, within)
        if (first if which == "이번" else last) <= today:
            return first, last
    raise ValueError(season)


def _narrow(first: dt.date, last: dt.date, part: str | None) -> tuple[dt.date, dt.date]:
    """The ``part`` ("초", "하반기") of a month or of a year."""
    if part is None:
        return first, last
    if first.month == last.month:
        begin, end = PARTS[part][1]
        return first.replace(day=begin), first.replace(day=min(end, last.day))
    begin, end = HALVES.get(part) or PARTS[part][0]
    return first.replace(month=begin), days_of(first.year, end)[1]


def days_of(year: int, month: int | None = None, day: int | None = None) -> tuple[dt.date, dt.date]:
    """All days of a year, month or day. Raises ValueError if there is no such day."""
    year += 2000 if year < 100 else 0
    if month is None:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    if day is None:
        return dt.date(year, month, 1), dt.date(year, month, monthrange(year, month)[1])
    return (dt.date(year, month, day),) * 2


def _yearless(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date]:
    month, day = int(match["month"]), int(match["day"]) if match["day"] else None
    for year in range(today.year, today.year - LEAP_CYCLE, -1):
        try:
            first, last = days_of(year, month, day)
        except ValueError:
            continue
        if first <= today:
            return _narrow(first, last, match.groupdict().get("part"))
    raise ValueError(match[0])


def _lately(words: str, today: dt.date, day: str | None = None) -> tuple[dt.date, dt.date]:
    """The week or month before, of or after today; ``day``: that one of the month."""
    step = {"이번": 0, "다음": 1}.get(words[:2], -1)
    if words.endswith("주"):
        monday = today + dt.timedelta(days=7 * step - today.weekday())
        return monday, monday + dt.timedelta(days=6)
    year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
    return days_of(year, month + 1, int(day) if day else None)


def _months_before(day: dt.date, months: int) -> dt.date:
    """The same day ``months`` earlier, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
