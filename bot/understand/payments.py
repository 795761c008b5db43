"""What the customer pays, for how long and how often, and what that is for each of the last twelve months.

A message is cut into pieces: sums (`bot.understand.amounts`), how often one is paid ("매달", "석 달에 한 번"), lengths
("6개월", "반년") and months ("7월부터"). A piece belongs to the sum that it stands beside. Nothing is read where a
figure is missing, where one could be another, or beside words that change it ("할인", "연체").

The month that runs counts as paid: with 7 months since June, in December, June to December is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING

from bot.understand.amounts import find_amounts
from bot.understand.spans import YEAR, Kind, find_every, find_lengths, read_count
from bot.understand.steps import parts_of, since

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bot.understand.amounts import Amount
    from bot.understand.spans import Every, Length

MANY = 12  # sums, lengths or payments, more than which nobody tells of the own case
NEAR = 16  # characters around a sum, in which it is said what it is of
SPOKEN = 10_000  # won: "월 250" is said for 250만, and nobody pays less in a month than 10만
TAG = 900  # won: "월 9900" is a price in won
_TAX = (
    r"(?:(?:부가\s?(?:가치)?세|vat|세금|tax)\s?(?:는|은|를|을)?\s?(?:포함(?:해서|하여|한|된)?|별도(?:로)?|제외(?:하고)?|빼고"
    r"|included|excluded))"
)
# between how often a sum is paid and the sum
_FEE = re.compile(
    rf"(?:[\s:(),]|{_TAX}|이용료|사용료|요금|구독료|구독|비용|정액|평균|평균적으로|대략|약|한|돈|서비스|이용|결제액|납부액|납부|청구서|꼬박꼬박|꼬박"
    r"|총액?|합계|합이|모두|다\s?합쳐서?|합쳐서?|다\s?해서|전부|지급한|낸|냈던|납부한|결제한|게|것이|건|금액|은|는|이|가|을|를|으로|로|씩|한\s?번|다|\d{1,2}\s?일(?:에|날)?"
    r"|our|the|fees?|bills?|payments?|we|i|pay|paid|is|are|of|at|about|around|total){0,9}",
    re.IGNORECASE,
)
_BEHIND = re.compile(rf"(?:[\s:(),/]|{_TAX}|씩|정도|쯤|가량|을|를|in|fees){{0,6}}", re.IGNORECASE)
_EACH = re.compile(r"\s?씩")
_EACH_TIME = re.compile(r"\s?(?:씩|(?:을|를)|x|×|\*)?\s?", re.IGNORECASE)
_DAMAGE = re.compile(
    r"손해|피해|손실|매출|배상|보상|물어|청구|합의|위약|복구|수리|날[렸리]|damage|loss|lost", re.IGNORECASE
)
_RANGE = re.compile(
    r"\s?(?:원\s?)?(?:~|∼|-\s?\d|에서\s?\d|이상|넘|안팎|미만|이하|안\s?되|못\s?되|내외|or more|or less)"
    r"|\s?(?:정도에서|사이)"
)
# what is said beside a sum and changes what was paid
_CHANGES = re.compile(
    r"할인|깎아|감면|환불받|돌려받|환급|연체|밀렸|밀린|미납|(?<!동)안\s?냈|못\s?냈|공짜|무료|면제|빼먹|[가-힣]당\s?\d|(?:명|건|대|석|계정|좌석|인|개)\s?당"
    r"|매주|주마다|매일|하루에|일주일에|각각|각자|경쟁사|타사|다른\s?(?:회사|업체|데)|옆\s?회사"
    r"|(?:계약|지점|매장|가게|회선|사업장|센터|좌석)[이가은는도]?\s?(?:\d{1,3}|두|세|네|다섯|여섯|여러)\s?(?:개|곳|군데|건)"
    r"|discount|refund|unpaid|free\b|per (?:user|seat|call)|weekly|daily|each user",
    re.IGNORECASE,
)
_TAX_NAMED = re.compile(r"부가\s?(?:가치)?세|\bvat\b|세금|\btax", re.IGNORECASE)
_TIMES_BEHIND = re.compile(r"\s?씩?\s?(?:을|를)?\s?(?P<count>\d{1,2}|[가-힣]{1,2})\s?(?:번|회|차례)")
_PAID_TIMES = re.compile(
    r"(?<![\d가-힣])(?P<count>\d{1,2}|[가-힣]{1,2})\s?(?:번|회|차례)\s?(?:을|를|은|다|모두)?\s?(?:냈|내|낸|납부|결제|지급)"
)


@dataclass(frozen=True, slots=True)
class Paid:
    """``total`` won in the last twelve months, or ``parts``: so many won so many times, one behind the other.

    ``monthly``: each time was a month. ``tax``: something was said of VAT.
    """

    parts: tuple[tuple[int, int], ...] = ()
    total: int = 0
    monthly: bool = True
    tax: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum that was paid, and how often, None if that is not said; ``each``: 씩 stands behind it."""

    amount: Amount
    every: Every | None
    each: bool


def read_paid(text: str, today: dt.date) -> Paid | None:
    """What is paid, None if it is not said, said in two ways, or said with something that could change it."""
    every, lengths = find_every(text), find_lengths(text, today)
    if max(len(every), len(lengths)) > MANY or _CHANGES.search(text):
        return None
    sums = _sums(text, every)
    lengths = [_beside(text, length, sums) for length in lengths]
    if not sums or any(length.kind is Kind.UNCLEAR for length in lengths):
        return None
    if len({one.amount.won for one in sums}) == 1:
        paid = _one(text, next((one for one in sums if one.every), sums[0]), lengths, today)
    else:
        paid = _several(text, sums, lengths, today)
    return replace(paid, tax=bool(_TAX_NAMED.search(text))) if paid else None


def _beside(text: str, length: Length, sums: Sequence[Sum]) -> Length:
    """``length``, which is how long a sum was paid if it stands directly behind it: "50만 원씩 6개월이면"."""
    near = any(_EACH_TIME.fullmatch(text, one.amount.end, length.start) for one in sums)
    return replace(length, kind=Kind.LASTED) if near and length.kind is Kind.UNCLEAR else length


def _several(text: str, sums: Sequence[Sum], lengths: Sequence[Length], today: dt.date) -> Paid | None:
    """Several sums a month, one behind the other."""
    often = {one.every.months for one in sums if one.every and not one.every.whole}
    if often - {Fraction(1)} or any(one.every and one.every.whole and not one.each for one in sums):
        return None
    parts = parts_of(text, [one.amount for one in sums], lengths, today)
    return Paid(parts) if parts and (often or all(one.each for one in sums)) else None


def _one(text: str, one: Sum, lengths: Sequence[Length], today: dt.date) -> Paid | None:
    """One sum that is paid again and again, or that is all of the last year."""
    lasted = {min(YEAR, length.months) for length in lengths if length.kind is not Kind.YEAR} | since(
        text, lengths, today
    )
    if len(lasted) > 1 or 0 in lasted or any(length.kind is Kind.PART for length in lengths):
        return None
    months = lasted.pop() if lasted else 0
    times = _times(text, one)
    every = one.every if one.every and not (one.every.whole and one.each) else None
    if every is None:
        return _each(one, months or (YEAR if one.every else 0), times)
    if every.whole or every.months == YEAR:
        return Paid(total=one.amount.won) if months in {0, YEAR} and times in {0, 1} else None
    count = Fraction(months or (times * every.months if times else YEAR)) / every.months
    count = min(count, YEAR / every.months)
    if count.denominator > 1 or (times and times != count):
        return None
    return Paid(((one.amount.won, int(count)),), monthly=every.months == 1)


def _each(one: Sum, months: int, times: int) -> Paid | None:
    """So many times, if that was within a year; else each month."""
    if not one.each or not months:
        return None
    if times:
        return Paid(((one.amount.won, times),), monthly=False)
    return Paid(((one.amount.won, months),))


def _times(text: str, one: Sum) -> int:
    """How many times the sum was paid as it is said, 0 if it is not."""
    behind = _TIMES_BEHIND.match(text, one.amount.end)
    said = {read_count(match["count"]) for match in (behind, *_PAID_TIMES.finditer(text)) if match}
    return said.pop() if len(said) == 1 else 0


def _sums(text: str, every: Sequence[Every]) -> list[Sum]:
    """The sums that are paid; [] if one is neither that nor a damage, or is a bound of something ("넘게")."""
    found = []
    amounts = list(islice(find_amounts(text, bare=True), MANY + 1))
    if len(amounts) > MANY:
        return []
    for amount in amounts:
        often = _how_often(text, amount, every)
        each = bool(_EACH.match(text, amount.end))
        if often is None and not each and _is_damage(text, amount):
            continue
        if _RANGE.match(text, amount.end) or (amount.bare and amount.won % 1000 == TAG):
            return []
        found.append(Sum(_as_said(amount), often, each))
    said = [one for one in found if one.every or one.each]
    return found if said else []


def _as_said(amount: Amount) -> Amount:
    return replace(amount, won=amount.won * SPOKEN) if amount.bare and amount.won < SPOKEN else amount


def _is_damage(text: str, amount: Amount) -> bool:
    """Whether a sum is what was lost or is asked for, and not what was paid for the service."""
    return bool(_DAMAGE.search(text, max(0, amount.start - NEAR), amount.end + NEAR))


def _how_often(text: str, amount: Amount, every: Sequence[Every]) -> Every | None:
    before = [one for one in every if one.end <= amount.start and _FEE.fullmatch(text, one.end, amount.start)]
    behind = [
        one
        for one in every
        if one.start >= amount.end and not one.whole and _BEHIND.fullmatch(text, amount.end, one.start)
    ]
    return before[-1] if before else behind[0] if behind else None
