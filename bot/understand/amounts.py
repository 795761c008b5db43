"""Sums of money in a Korean or English text ("월 100만 원", "1억 2천", "5 million won") and how they are written.

    sum    := [sign] number [sign]      sign: 원, won, KRW, ₩
    number := group (large [group])*    large: 만, 억, 조, k, million
    group  := digits | [digit] small …  small: 십, 백, 천; the digit may be a numeral (삼) or digits (3)

A text is cut into tokens once, and each token is read once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from index.numerals import DIGITS, LARGE, SINO, SMALL

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 10**16  # won; more is no bill
LONGEST = 32  # tokens of a number

_SCALES = {"k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "mil": 10**6, "million": 10**6}
_SCALES |= {"b": 10**9, "bn": 10**9, "billion": 10**9}
_UP_TO_TEN = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORDS = dict(zip(_UP_TO_TEN, range(1, 11), strict=True))
_TOKEN = re.compile(
    rf"(?P<digits>\d(?>(?:,?\d){{0,20}})(?:\.\d{{1,4}})?)|(?P<letter>[{SINO}{''.join((*SMALL, *LARGE))}])"
    rf"|(?P<scale>(?<![a-z])(?:{'|'.join(sorted(_SCALES, key=len, reverse=True))})(?![a-z]))"
    rf"|(?P<word>(?<![a-z])(?:{'|'.join(_WORDS)})(?=\s(?:thousand|mil|billion)))",
    re.IGNORECASE,
)
_SIGN_BEFORE = re.compile(r"(?:₩|￦|(?<![a-z])krw)\s?$", re.IGNORECASE)
_SIGN_BEHIND = re.compile(r"\s?(?:원|￦|₩|(?:krw|won)(?![a-z]))", re.IGNORECASE)
# what a number counts besides money, or money of another country
_COUNTED = re.compile(
    r"\s?(?:명|건|개|번|회|통|콜|대|석|시간|시|분|초|일|년|해|달|월|주|자|줄|세|살|킬로|기가|메가|퍼센트|프로|배|호|층|조|항|평|채|곳|군데|가지"
    r"|차례|차(?!라리)|째|%|％|달러|불(?![가-힣])|엔(?![가-힣])|유로|위안|[kmgt]b|users?|people|calls?|months?|years?|days?|times"
    r"|dollars?|usd|eur|[가-힣]{1,2}명)",
    re.IGNORECASE,
)
_FOREIGN = re.compile(r"(?:[$€¥£]|usd|eur|jpy)\s?$", re.IGNORECASE)
_ARTICLE = re.compile(r"제\s?$")
_ATTACHED = "월총연약당에씩달"  # behind these a numeral may begin without a space: "월백만원"
# what may stand behind a number that has neither 원 nor 만: "월 250 내고", "250씩"
_SPOKEN = re.compile(
    r"(?=$|[\s,.?!)~/]|씩|을|를|은|는|이|가|인|였|예|내|냈|낸|낼|정도|쯤|가량|짜리|으로|로|나가|나와|들|받|줬|주고|부터|에|요)"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """``won`` stands in ``text[start:end]``. ``bare``: without 원 or 만, as "250" is, and so perhaps 250만."""

    won: int
    start: int
    end: int
    bare: bool = False


def find_amounts(text: str, *, bare: bool = False) -> Iterator[Amount]:
    """The sums in ``text``, in order; "300" without a unit only if ``bare``, a number of people never."""
    for run in _runs(text):
        amount = _read(text, run)
        if amount and 0 < amount.won <= MOST and (bare or not amount.bare):
            yield amount


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """The tokens of each number: one behind the other with a space between at most, two numbers never in one."""
    run: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text):
        if run and _goes_on(text, run, token):
            run.append(token)
            continue
        if run:
            yield run
        run = [token] if token["digits"] or token["word"] or _may_begin(text, token) else []
    if run:
        yield run


def _goes_on(text: str, run: list[re.Match[str]], token: re.Match[str]) -> bool:
    gap, last = text[run[-1].end() : token.start()], run[-1]
    if gap not in {"", " "} or len(run) >= LONGEST or token["word"] or (last[0] == "조" and _is_article(text, run)):
        return False
    if _is_digit(token) and _is_digit(last):
        return False
    # behind a space a numeral that goes on as a word is one: "100만 이상"; "1억 2천" is not
    return not (gap and token["letter"] and text[token.end() : token.end() + 1].isalpha() and _is_word(text, token))


def _is_article(text: str, run: list[re.Match[str]]) -> bool:
    return bool(_ARTICLE.search(text, max(0, run[0].start() - 2), run[0].start()))


def _is_word(text: str, token: re.Match[str]) -> bool:
    following = text[token.end()]
    return token[0] in SINO and following not in (*SMALL, *LARGE)


def _is_digit(token: re.Match[str]) -> bool:
    return bool(token["digits"] or token["word"]) or token[0] in SINO


def _may_begin(text: str, token: re.Match[str]) -> bool:
    before = text[token.start() - 1 : token.start()]
    return not token["scale"] and (not before or not ("가" <= before <= "힣") or before in _ATTACHED)


def _read(text: str, run: list[re.Match[str]]) -> Amount | None:
    """The sum that the tokens of ``run`` are, None if they are none ("만 14", "제3조", "300명", "$500")."""
    start, before = run[0].start(), text[max(0, run[0].start() - 4) : run[0].start()]
    signed = _SIGN_BEFORE.search(before)
    if _is_article(text, run) or _FOREIGN.search(before) or text[start - 1 : start] in {".", "-", "/", ":"}:
        return None
    if not _SIGN_BEHIND.match(text, run[-1].end()) and run[-1][0] in {"이", "일"}:  # a particle: "백만이 나가요"
        run = run[:-1]
    letters = [token[0].lower() for token in run]
    end = run[-1].end() if run else start
    behind = _SIGN_BEHIND.match(text, end)
    won = _value(letters, spoken=not signed and not behind)
    if won is None:
        return None
    if signed or behind:
        return Amount(won, start - (len(signed[0]) if signed else 0), behind.end() if behind else end)
    if _COUNTED.match(text, end) or not _stands_alone(letters):
        return None
    if _is_large(letters):
        return Amount(won, start, end)
    return Amount(won, start, end, bare=True) if _SPOKEN.match(text, end) else None


def _stands_alone(letters: list[str]) -> bool:
    """Whether it may be a number by itself: "이" and "십" are words, "조" is an article's."""
    if letters[-1] == "조" or (len(letters) == 1 and letters[0] in (*SINO, *LARGE, "십")):
        return False
    return not all(letter in SINO for letter in letters)


def _is_large(letters: list[str]) -> bool:
    return any(letter in LARGE for letter in letters) and (letters[-1] in (*LARGE, *SMALL) or "억" in letters)


def _value(letters: list[str], *, spoken: bool) -> int | None:
    """What ["1", "억", "2,300", "만"] is; None if it is no number. ``spoken``: no 원 is said."""
    total, section, digit = Decimal(0), Decimal(0), None
    for letter in letters:
        if letter in LARGE:
            total += ((section + (digit or 0)) or 1) * LARGE[letter]
            section, digit = Decimal(0), None
        elif letter in _SCALES:
            section, digit = (section + (1 if digit is None else digit)) * _SCALES[letter], None
        elif letter in SMALL:
            section += (1 if digit is None else digit) * SMALL[letter]
            digit = None
        elif digit is not None:  # two numbers behind one another
            return None
        else:
            digit = Decimal(DIGITS.get(letter) or _WORDS.get(letter) or letter.replace(",", ""))
    rest = section + (digit or 0)
    if total >= LARGE["억"] and rest and not total % LARGE["억"] and (digit is None or spoken):
        if rest < SMALL["백"]:  # "1억 5" may be 1억 5천만
            return None
        rest *= LARGE["만"]  # "1억 2천" is said for 1억 2천만
    won = total + rest
    return int(won) if won == won.to_integral_value() and letters else None


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


def write_english(won: int) -> str:
    """ "₩12,000,000"."""
    return f"₩{won:,}"
