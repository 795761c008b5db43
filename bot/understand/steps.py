"""Sums that change: "처음 6개월은 100, 그 뒤 150", "7월부터 150으로 올랐어요". What of it is of the last year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.understand.dates import find_dates
from bot.understand.spans import YEAR, Kind, Length

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bot.understand.amounts import Amount
    from bot.understand.dates import Dated

Parts = tuple[tuple[int, int], ...]  # won a month, and how many months
_REST = re.compile(
    r"나머지(?:는)?|그\s?(?:뒤|후|다음|이후)(?:로|로는|부터|부터는|에는|엔|는)?|이후(?:로|로는|에는|엔|는)?|다음부터|지금은|현재는|요즘은"
    r"|\bthen\b|since then|after that|the rest",
    re.IGNORECASE,
)
_REMAINDER = re.compile(r"나머지|the rest", re.IGNORECASE)
_EARLIER = re.compile(r"그\s?전|이전|전에는|전엔|예전|원래|그때까지|before that", re.IGNORECASE)
_HALVES = re.compile(r"상반기|하반기")
_UNTIL = re.compile(r"\s?까지")
_FROM = re.compile(r"\s?(?:부터|이후|이래)")
_BEGAN = re.compile(
    r"\s?(?:에|날|자로)?\s?[^\s.?!]{0,6}\s?(?:쓰기\s?시작|시작|가입|계약|도입|개통|들어)"
    r"|\s?(?:부터|이후|이래)[^.?!]{0,16}?(?:쓰|썼|쓴|이용|사용|시작|가입|계약|도입|개통|내|냈|낸|납부)"
)
# a time that is over, in which it was paid: "작년에 월 100", "6월까지 매달"
_OVER = re.compile(r"\s?(?:에는|에|엔|까지는|까지)?\s?(?:매달|매월|월\s|월(?=\d)|다달이|달마다|분기|한\s?달)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sum is paid in the months ``first`` to ``last``, as numbers since the year 0; None: as long as nothing else."""

    won: int
    first: int | None
    last: int | None


def parts_of(text: str, amounts: Sequence[Amount], lengths: Sequence[Length], today: dt.date) -> Parts | None:
    """What was paid in the last twelve months, or since the beginning if that is less; None if it is not clear."""
    months = [dated for dated in find_dates(text, today) if dated.first is not None and not _is_length(dated, lengths)]
    if _HALVES.search(text) and all(_HALVES.fullmatch(text, one.start, one.end) for one in months):
        return _by_halves(text, amounts)
    if _say_when(text, amounts, months):
        return _by_months(text, amounts, months, today)
    return _one_behind_the_other(text, amounts, lengths)


def _say_when(text: str, amounts: Sequence[Amount], months: Sequence[Dated]) -> bool:
    """Whether the months are those of the sums: from or until one, or one before each sum."""
    if any(_FROM.match(text, one.end) or _UNTIL.match(text, one.end) for one in months):
        return True
    starts = [0, *(amount.end for amount in amounts)]
    return all(
        any(low <= one.start < amount.start for one in months) for low, amount in zip(starts, amounts, strict=False)
    )


def since(text: str, lengths: Sequence[Length], today: dt.date) -> set[int]:
    """For how many months it has been paid by "3월부터 쓰는데", this month with it; 0 where that is not clear."""
    found = set[int]()
    for dated in find_dates(text, today):
        if dated.first is None or dated.last is None or _is_length(dated, lengths):
            continue
        if dated.first > today or not _BEGAN.match(text, dated.end):
            found |= {0} if dated.last < today and _OVER.match(text, dated.end) else set()
            continue
        most, least = (_number(today) - _number(day) + 1 for day in (dated.first, dated.last))
        whole = most == least and dated.first.day == 1
        found.add(YEAR if least >= YEAR else most if whole else 0)
    return found


def _is_length(dated: Dated, lengths: Sequence[Length]) -> bool:
    return any(length.start < dated.end and dated.start < length.end for length in lengths)


def _number(day: dt.date) -> int:
    return day.year * YEAR + day.month - 1


def _by_halves(text: str, amounts: Sequence[Amount]) -> Parts | None:
    """ "상반기엔 월 100, 하반기엔 월 150": of the last year, six months each."""
    said = [match[0] for match in _HALVES.finditer(text, 0, amounts[-1].start)]
    return tuple((one.won, YEAR // 2) for one in amounts) if sorted(said) == ["상반기", "하반기"] == said else None


def _one_behind_the_other(text: str, amounts: Sequence[Amount], lengths: Sequence[Length]) -> Parts | None:
    """Beside each sum stands for how long; the last may be paid for the rest of all the time, or of a year."""
    behind = not any(length.end <= amounts[0].start and length.kind is Kind.PART for length in lengths)
    behind &= not _REST.search(text, 0, amounts[0].start)
    parts: list[tuple[int, int]] = []
    used = set[Length]()
    for place, amount in enumerate(amounts):
        low, high = _around(text, amounts, place, behind=behind)
        own = [length for length in lengths if low <= length.start and length.end <= high]
        own = [length for length in own if length.kind is Kind.PART or behind or len(own) == 1]
        if len(own) == 1:
            parts.append((amount.won, own[0].months))
            used.add(own[0])
        elif place == len(amounts) - 1 and not own and _REST.search(text, amounts[place - 1].end, amount.start):
            parts.append((amount.won, 0))
        else:
            return None
    rest = [length for length in lengths if length not in used]
    whole = {length.months for length in rest if length.kind is Kind.LASTED}
    if any(length.kind is Kind.PART for length in rest) or len(whole) > 1:
        return None
    return _last_year(parts, whole.pop() if whole else 0, remainder=bool(_REMAINDER.search(text)))


def _around(text: str, amounts: Sequence[Amount], place: int, *, behind: bool) -> tuple[int, int]:
    """Where the length of a sum stands: between it and the sum before it, or the one behind it."""
    if not behind:
        return (amounts[place - 1].end if place else 0), amounts[place].start
    end = amounts[place + 1].start if place + 1 < len(amounts) else len(text)
    return amounts[place].end, end


def _last_year(parts: list[tuple[int, int]], whole: int, *, remainder: bool) -> Parts | None:
    """The last twelve months of ``parts``, of which the last is what is left of ``whole`` months if its length is 0."""
    told = sum(months for _, months in parts)
    if parts[-1][1] == 0:
        left = (whole or (YEAR if remainder else 0)) - told
        if left <= 0:
            return None
        parts = [*parts[:-1], (parts[-1][0], left)]
    elif whole != told and not (told >= YEAR and whole in {0, YEAR}):
        return None
    kept, left = [], YEAR
    for won, months in reversed(parts):
        if left:
            kept.append((won, min(months, left)))
            left -= min(months, left)
    return tuple(reversed(kept))


def _by_months(text: str, amounts: Sequence[Amount], dates: Sequence[Dated], today: dt.date) -> Parts | None:
    stretches = []
    for place, amount in enumerate(amounts):
        low = amounts[place - 1].end if place else 0
        own = [one for one in dates if low <= one.start and one.end <= amount.start]
        stretch = _stretch(text, amount, own, earlier=bool(_EARLIER.search(text, low, amount.start)))
        if stretch is None:
            return None
        stretches.append(stretch)
    return _fill(stretches, _number(today))


def _stretch(text: str, amount: Amount, own: Sequence[Dated], *, earlier: bool) -> Stretch | None:
    """From when to when a sum is paid by the months that stand before it."""
    if not own or earlier:
        return Stretch(amount.won, None, None) if not own else None
    if len(own) > 2 or any(one.first is None or one.last is None or one.first.day != 1 for one in own):
        return None
    firsts = [_number(one.first) for one in own if one.first]
    lasts = [_number(one.last) for one in own if one.last]
    if _FROM.match(text, own[0].end):
        if len(own) == 1:
            return Stretch(amount.won, firsts[0], None)
        return Stretch(amount.won, firsts[0], lasts[1]) if _UNTIL.match(text, own[1].end) else None
    if len(own) == 2:
        return None
    return Stretch(amount.won, None if _UNTIL.match(text, own[0].end) else firsts[0], lasts[0])


def _fill(stretches: Sequence[Stretch], now: int) -> Parts | None:
    """What is paid in each of the twelve months up to ``now``; None if of one it is not known, or known twice."""
    paid: list[int] = []
    for month in range(now - YEAR + 1, now + 1):
        named = [one for one in stretches if one.first is not None and one.first <= month <= (one.last or now)]
        named += [one for one in stretches if one.first is None and one.last is not None and month <= one.last]
        fixed = [one for one in named if one.last is not None] or sorted(named, key=lambda one: one.first or 0)[-1:]
        open_ones = [one for one in stretches if one.first is None and one.last is None]
        chosen = fixed or open_ones
        if len(chosen) != 1:
            return None
        paid.append(chosen[0].won)
    parts: list[tuple[int, int]] = []
    for won in paid:
        if parts and parts[-1][0] == won:
            parts[-1] = (won, parts[-1][1] + 1)
        else:
            parts.append((won, 1))
    return tuple(parts)
