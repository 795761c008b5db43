"""Sums of money in a Korean text ("월 100만 원", "천이백만원", "1억 2천", "₩1,000,000") and how they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from index.numerals import DIGITS, LARGE, SINO, SMALL

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 10**16  # won; more is no bill

_START = r"(?:(?<![\d.,])(?=\d)|(?<![가-힣\d])(?=[가-힣])|(?<=월)(?=[가-힣])|(?<=총)(?=[가-힣]))"
# atomic: digits are never parted in another way
_PIECE = rf"(?>\d[\d,]{{0,20}}(?:\.\d{{1,4}})?|[{SINO}]|[{''.join((*SMALL, *LARGE))}])"
# a number with 원, or one that ends in 만, 억 or 조 and counts nothing else
_SUM = re.compile(
    rf"{_START}(?P<number>{_PIECE}(?:\s?{_PIECE}){{0,15}})\s?"
    r"(?:원|KRW|won\b|(?<=[만억천백])(?!\s?(?:명|건|개|번|회|통|콜|대|석|시간|분|일|년|자|줄|킬로|기가|퍼센트|%|[가-힣]{1,2}명)))",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"(?:₩|￦|KRW\s?)(?P<number>\d[\d,]{0,20})", re.IGNORECASE)
_TOKEN = re.compile(r"\d[\d,]{0,20}(?:\.\d{1,18})?|[가-힣]")


@dataclass(frozen=True, slots=True)
class Amount:
    """``won`` stands in ``text[start:end]``."""

    won: int
    start: int
    end: int


def find_amounts(text: str) -> Iterator[Amount]:
    """The sums in ``text``, in order; "300" without a unit is none, nor is a number of people."""
    found = sorted([*_SUM.finditer(text), *_SIGNED.finditer(text)], key=lambda match: (match.start(), -match.end()))
    place = 0
    for match in found:
        won = _value(match["number"])
        if match.start() >= place and won is not None and 0 < won <= MOST:
            place = match.end()
            yield Amount(won, match.start(), match.end())


def _value(number: str) -> int | None:
    """What "1억 2,300만" is; None if it is no sum ("만 14", "1.5")."""
    total, section, digit = Decimal(0), Decimal(0), None
    for token in _TOKEN.findall(number):
        if token in LARGE:
            total += ((section + (digit or 0)) or 1) * LARGE[token]
            section, digit = Decimal(0), None
        elif token in SMALL:
            section += (1 if digit is None else digit) * SMALL[token]
            digit = None
        elif digit is not None:  # two numbers behind one another
            return None
        else:
            digit = Decimal(DIGITS.get(token) or token.replace(",", ""))
    if total >= LARGE["억"] and section and digit is None and not total % LARGE["억"]:
        section *= LARGE["만"]  # "1억 2천" is said for 1억 2천만
    won = total + section + (digit or 0)
    if not any(letter.isdigit() or letter in DIGITS for letter in number) and number in LARGE:  # "만 14세"
        return None
    return int(won) if won == won.to_integral_value() else None


def write_won(won: int) -> str:
    """ "1,200만 원" for 12,000,000; "1억 2,345만 6,789원"."""
    pieces = []
    rest = won
    for unit, size in sorted(LARGE.items(), key=lambda pair: -pair[1]):
        count, rest = divmod(rest, size)
        if count:
            pieces.append(f"{count:,}{unit}")
    if rest or not pieces:
        return " ".join([*pieces, f"{rest:,}원"])
    return " ".join(pieces) + " 원"
