"""What the customer says of the own case: what is paid a month or in a year, and on which day something happens.

Nothing is read where it could be one thing or another: two sums a month, two days of one kind, a sum of nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.understand.amounts import find_amounts
from bot.understand.dates import find_dates
from index.numerals import COUNTING, one_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understand.amounts import Amount
    from bot.understand.dates import Dated
    from index.passages import Passage
    from index.search.clause_search import ClauseSearch

NEAR = 16  # characters around a figure, in which it is said what it is of
YEAR = 12  # months
_FEE = (
    r"(?:\s{0,9}(?:이용료|사용료|요금|구독료|비용|정액|평균|평균적으로|대략|약|한|돈|서비스|이용|결제액|납부액)"
    r"(?:은|는|이|가|을|를|로|으로)?){0,4}\s{0,9}"
)
_MONTHLY = re.compile(
    rf"(?:(?:매\s?|(?<![\d개가-힣])(?<!\d\s))월(?:에|마다)?|매달|달마다|다달이|한\s?달에?|달에"
    rf"|per month|monthly|a month){_FEE}$"
)
_MONTHLY_BEHIND = re.compile(
    r"\s{0,9}(?:씩|정도|쯤|가량)?(?:을|를)?\s{0,9}(?:매달|매월|다달이|달마다|/\s{0,9}(?:월|month)"
    r"|a month|per month|every month|monthly)"
)
_YEARLY = re.compile(
    rf"(?:(?:최근|지난|직전|과거)?\s{{0,9}}(?:12\s?개월|열두\s?달|1\s?년|일\s?년|한\s?해)\s{{0,9}}(?:간|동안|치|에)?(?:의)?"
    rf"|연간|(?<![가-힣])연)(?:\s{{0,9}}(?:총|합쳐서?|모두|다\s?해서|지급한|낸|냈던|납부한|결제한|전부)){{0,3}}{_FEE}(?:총액?(?:은|이)?|합계|합이|다\s?해서|게|것이|건|돈이|금액이)?\s{{0,9}}$"
)
_NUMBER = rf"(?:\d{{1,3}}|{one_of(COUNTING)})"
# for how long it was paid; "6개월 전에 장애" is none
_LASTED = re.compile(
    rf"(?<![\d가-힣])(?P<count>{_NUMBER})\s?(?P<unit>개월|달|년)\s{{0,9}}(?:동안|간|째|치|밖에|만\s|만에|정도|쯤)?\s{{0,9}}"
    r"(?=(?:동안|간|째|치|밖에)|[^\d,.?!]{0,9}(?:썼|쓰|쓴|이용|사용|냈|내고|내는|낸|납부|지불|지급|결제)"
    r"|(?<=째)|(?<=간)|(?<=동안)|(?<=치)|(?<=밖에))"
)
# "쓴 지 8개월": as long, however it goes on
_AGO = re.compile(
    r"(?:쓴|쓰기\s?시작한|이용한|사용한|시작한|가입한|계약한|개통한|들어온|낸)\s?지\s{0,9}(?:(?:이제|겨우|딱|한)\s?)?$|\bfor\s$"
)
_SOME_LENGTH = re.compile(rf"(?<![\d가-힣])(?P<count>{_NUMBER})\s?(?P<unit>개월|달|년|months?\b|years?\b)")
_EACH = re.compile(r"\s{0,9}(?:에|마다|씩)(?=\s)")
_PAID_TIMES = re.compile(rf"(?<![\d가-힣])(?P<count>{_NUMBER})\s?(?:번|회|차례)\s{{0,9}}(?:냈|내|납부|결제|지급)")
_DAMAGE = re.compile(
    r"손해|피해|손실|매출|배상|보상|물어|청구|합의|위약|복구|수리|날[렸리]|damage|loss|lost", re.IGNORECASE
)
_LENGTH = re.compile(rf"(?<![\d가-힣])(?P<count>{_NUMBER})\s?(?:개월|달)(?!\s{{0,9}}(?:전|뒤|후))")
_TIMES = re.compile(rf"\s{{0,9}}씩\s{{0,9}}(?P<count>{_NUMBER})\s?(?:번|회|차례)(?![가-힣]{{0,2}}\s?(?:연체|밀))")
_HALF = re.compile(r"(?<![가-힣])반\s?년(?:밖에|\s{0,9}(?:됐|되|동안|썼|쓰|째|치))")
_WRITTEN = re.compile(r"\d{4}\s?[.년-]\s?\d{1,2}\s?[.월-]\s?\d{1,2}")
_WITH_YEAR = re.compile(r"(?:19|20)\d\d\s?[.년/-]\s?(?:\d|봄|여름|가을|겨울|[초한늦])")
_PARTICLE = re.compile(r"(?:에는|에|부터|까지|자로|날)?(?=\s|$)")
_SINCE = re.compile(r"\s{0,9}(?:전|뒤|후|이내|안에|만에)")


@dataclass(frozen=True, slots=True)
class Paid:
    """``total`` won in the last twelve months, or ``parts``: so many won for so many times, one behind the other."""

    parts: tuple[tuple[int, int], ...] = ()
    total: int = 0


def read_paid(text: str) -> Paid | None:
    """What is paid, None if it is not said, said in two ways, or said with something that could change it."""
    monthly, yearly, others = [], set[int](), 0
    for amount in find_amounts(text):
        before = text[max(0, amount.start - 2 * NEAR) : amount.start]
        if _is_monthly(text, amount, before):
            monthly.append(amount)
        elif _YEARLY.search(before):
            yearly.add(amount.won)
        elif times := _TIMES.match(text, amount.end):
            return Paid(((amount.won, _count(times["count"])),)) if _within_a_year(text) else None
        else:
            others += not _is_damage(text, amount)
    if others or (yearly and monthly) or len(yearly) > 1:
        return None
    if yearly:
        return Paid(total=yearly.pop())
    if len({amount.won for amount in monthly}) == 1:
        months = _months(text)
        return Paid(((monthly[0].won, months),)) if months else None
    return _one_behind_the_other(text, monthly) if monthly else None


def _is_damage(text: str, amount: Amount) -> bool:
    """Whether a sum is what was lost or is asked for, and not what was paid for the service."""
    return bool(_DAMAGE.search(text, max(0, amount.start - NEAR), amount.end + NEAR))


def _one_behind_the_other(text: str, monthly: Sequence[Amount]) -> Paid | None:
    """Several sums a month, before each of which it is said for how long; None if that is not a year in all."""
    parts, place = [], 0
    for amount in monthly:
        lasted = list(_LENGTH.finditer(text, place, amount.start))
        if len(lasted) != 1:
            return None
        parts.append((amount.won, _count(lasted[0]["count"])))
        place = amount.end
    whole = sum(months for _, months in parts) == YEAR and not _LENGTH.search(text, place)
    return Paid(tuple(parts)) if whole else None


def _count(number: str) -> int:
    return int(number) if number.isdigit() else COUNTING[number]


def _within_a_year(text: str) -> bool:
    """Whether it is said that all was paid within the last twelve months, and nothing else."""
    months = _months(text) if _LASTED.search(text) else 0
    return bool(_HALF.search(text)) or 0 < months <= YEAR


def _is_monthly(text: str, amount: Amount, before: str) -> bool:
    return bool(_MONTHLY.search(before) or _MONTHLY_BEHIND.match(text, amount.end))


def _months(text: str) -> int:
    """For how many of the last twelve months it was paid: all unless less is said.

    0 if two lengths are said, or one that is not said to be how long it was paid.
    """
    lasted = {match.start("count") for match in _LASTED.finditer(text) if not _SINCE.match(text, match.end())}
    said = set[int]()
    for match in _SOME_LENGTH.finditer(text):
        months = min(YEAR, _count(match["count"]) * (YEAR if match["unit"][0] in "년y" else 1))
        if match.start("count") in lasted or _AGO.search(text, 0, match.start()):
            said.add(months)
        elif not (
            months == YEAR or _SINCE.match(text, match.end()) or (months == 1 and _EACH.match(text, match.end()))
        ):
            return 0
    said |= {min(YEAR, _count(match["count"])) for match in _PAID_TIMES.finditer(text)}
    return said.pop() if len(said) == 1 else 0 if said else YEAR


def read_day_of(text: str, words: Sequence[str], today: dt.date) -> tuple[int, dt.date, bool] | None:
    """Which of ``words`` (patterns) is said of the one day that ``text`` tells, that day, and whether it has no year.

    Of several words those nearest to the day count. None for no such day, for several, or where two are as near. A day
    without a year is the one nearest to today.
    """
    exact = [dated for dated in find_dates(text, today) if dated.first is not None and dated.first == dated.last]
    found = set[tuple[int, dt.date, bool]]()
    for dated in exact:
        spoken = [(_distance(text, dated, exact, re.compile(pattern)), place) for place, pattern in enumerate(words)]
        near = sorted((far, place) for far, place in spoken if far is not None)
        if near:
            found.add((near[0][1], _nearest(dated, today), dated.yearless))
    return found.pop() if len(found) == 1 else None


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

    Raises:
        ValueError: ``by`` has another form.
        OverflowError: there is no such day.
    """
    match = re.fullmatch(r"([+-]\d{1,4})(일|개월|년)", by)
    if match is None:
        raise ValueError(by)
    count, unit = int(match[1]), match[2]
    if unit == "일":
        return day + dt.timedelta(days=count)
    year, month = divmod(day.year * YEAR + day.month - 1 + count * (YEAR if unit == "년" else 1), YEAR)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
