"""How often something is paid ("매달", "석 달에 한 번", "quarterly") and lengths in months ("반년", "1년 6개월")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING

from bot.understand.dates import find_dates
from index.numerals import COUNTING, one_of

if TYPE_CHECKING:
    import datetime as dt

YEAR = 12  # months
_SINO = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9, "십": 10, "십이": 12}
_UP_TO_TWELVE = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_ENGLISH = {word: count for count, word in enumerate(_UP_TO_TWELVE.split("|"), 1)}
_COUNTS = {**COUNTING, **_SINO, **_ENGLISH, "once": 1, "twice": 2, "other": 2}
_COUNT = rf"(?:\d{{1,3}}|{one_of(_COUNTS)})"
_TIMES = rf"\s?(?P<times>{_COUNT})\s?(?:번|회|차례)"
_MONTHS = {"개월": 1, "달": 1, "month": 1, "분기": 3, "quarter": 3, "반기": 6, "년": YEAR, "해": YEAR, "year": YEAR}
_UNIT = r"(?:개월|달|년(?!도)|해|months?(?![a-z])|years?(?![a-z]))"
# the words of a payment that recurs, by the months between two of them
_RECURRING = {
    1: r"매월|매달|다달이|달마다|(?<![\d개가-힣])(?<!\d\s)월(?:에|마다|당|납|정액)?|(?<![\d개])(?<!\d\s)월(?=\d)"
    r"|(?<![가-힣])(?<![번난음그저]\s)달에|/\s?(?:월|month)|monthly|(?:per|a|each|every) month",
    2: r"격월(?:로|마다|에)?|격달(?:로|마다)?",
    3: r"매\s?분기(?:에|마다)?|(?<!\d)분기(?:마다|별로?|당|에)|quarterly|(?:per|a|each|every) quarter",
    6: r"매\s?반기(?:에|마다)?|(?<![가-힣])반기(?:마다|별로?|당|에)|반년(?:마다|에)"
    r"|half-?yearly|semi-?annually|every half year",
    YEAR: r"매년|해마다|연간|(?<![가-힣])연(?:납|\s?1회|에)?(?=\s?[\d가-힣])"
    r"|/\s?(?:년|year)|yearly|annually|(?:per|a|each|every) (?:year|annum)",
}
_WORDS = re.compile(
    rf"(?:(?P<before>once|twice|{one_of(_ENGLISH)} times) )?"
    rf"(?:{'|'.join(f'(?P<every{months}>{words})' for months, words in _RECURRING.items())})"
    rf"(?:{_TIMES}(?:씩)?)?",
    re.IGNORECASE,
)
_START = r"(?:(?<![\d.])(?=\d)|(?<![가-힣a-z])(?=[가-힣a-z])|(?<=최근)|(?<=지난)|(?<=지))"
_LENGTH = re.compile(
    rf"{_START}(?:(?P<count>{_COUNT})\s?(?P<unit>{_UNIT})(?:\s?(?P<half>반)(?![가-힣])|\s?(?P<more>\d{{1,2}})\s?개월)?"
    r"|(?P<word>반\s?년|half a year|a year))",
    re.IGNORECASE,
)
_ORDINAL_YEAR = re.compile(r"(?:첫|둘째|셋째|두\s?번째|세\s?번째)\s?해|[1-9]\s?년\s?차", re.IGNORECASE)
_PER = re.compile(rf"\s?(?:에|마다|당)(?!서)(?:{_TIMES}(?:씩)?)?")
_EVERY = re.compile(r"(?:every|each|per)\s$", re.IGNORECASE)
_STORY = re.compile(r"\s?(?:전(?!부터)|뒤|후|이내|안에|만에|ago|later)")
_USED = (
    r"(?:썼|쓰|쓴|써|이용|사용|냈|내고|내는|내온|낸|납부|지불|지급|결제|됐|되었|된다|되고|지났|지나|채웠|차(?![가-힣]))"
)
_LASTED = re.compile(
    rf"\s?(?:전부터|동안(?!은)|간(?!은|격)|째(?!부터)|치|밖에|[^\d,.?!]{{0,9}}{_USED})",
)
_AGO = re.compile(r"(?P<used>[가-힣]{0,4}\s?[가-힣]{1,3})\s?지\s?(?:(?:이제|겨우|딱|한|벌써|아직)\s?)?$")
_USE = re.compile(r"(?:쓴|쓰기\s?시작한|이용한|사용한|시작한|가입한|계약한|개통한|들어온|도입한|낸)$")
_ENDED = re.compile(r"해지|끊|끝|그만|중단|정지|만료")
# an end or a fault, since which it is so long: "해지하고 3개월 지났는데"
_OTHER = re.compile(r"(?:해지|끊|끝|사고|장애|중단|정지|만료|고장|터지|멈춘|멈추|그만)[^.?!,]{0,6}$")
_FOR = re.compile(r"(?:for|over|during)\s(?:the\s)?(?:past\s|last\s)?$", re.IGNORECASE)
_PART = re.compile(
    r"(?:처음|첫|앞|뒤|나머지|다음|이후|그\s?(?:뒤|후)|초기|초반|후반|마지막|first|next|remaining)(?:의|에|엔|에는|\s)?\s?$",
    re.IGNORECASE,
)
_PART_BEHIND = re.compile(r"\s?(?:동안은|간은|까지는|에는|은|는|엔|째부터|차부터)")
_OF_LAST_YEAR = re.compile(r"(?:작년|재작년|전년|지난해|내년|올해)\s?$")
_WHOLE = re.compile(r"\s?(?:간|동안|치|에)?의?(?!\s?월)")
FINALS, N = 28, 4  # of the syllables in Unicode: so many final consonants, and which of them is ㄴ
_BEFORE, _AFTER = 16, 24  # characters around a length that tell what it is


class Kind(Enum):
    """Of what a length is: how long it was paid, a part of that, the year that the clause names, or who knows."""

    LASTED = "lasted"
    PART = "part"
    YEAR = "year"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Every:
    """A payment each ``months``, said in ``text[start:end]``; ``whole``: all that was paid in the last year."""

    months: Fraction
    start: int
    end: int
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Length:
    """So many ``months``, said in ``text[start:end]``."""

    months: int
    start: int
    end: int
    kind: Kind


def read_count(number: str) -> int:
    """What "12", "열두", "삼" or "twice" is, 0 for another word."""
    return int(number) if number.isdigit() else _COUNTS.get(number.lower(), 0)


def find_every(text: str) -> list[Every]:
    """How often something is paid, wherever that is said, in order."""
    found = []
    for match in _WORDS.finditer(text):
        months = next(months for months in _RECURRING if match[f"every{months}"])
        before = (match["before"] or "once").split()[0]
        times = read_count(match["times"] or before) or 1
        found.append(Every(Fraction(months, times), match.start(), match.end()))
    for match in _LENGTH.finditer(text):
        months, per = _months(match), _PER.match(text, match.end())
        if not months or _OF_LAST_YEAR.search(text, max(0, match.start() - _BEFORE), match.start()):
            continue
        if per:
            times = read_count(per["times"] or "1") or 1
            found.append(Every(Fraction(months, times), match.start(), per.end()))
        elif _EVERY.search(text, max(0, match.start() - _BEFORE), match.start()):
            found.append(Every(Fraction(months), match.start(), match.end()))
        elif months == YEAR and not _is_part(text, match.start(), match.end()):
            whole = _WHOLE.match(text, match.end())
            found.append(Every(Fraction(months), match.start(), whole.end() if whole else match.end(), whole=True))
    return _apart(found)


def _apart(found: list[Every]) -> list[Every]:
    """The same without those whose words begin within another's: "달에" in "석 달에 한 번"."""
    apart: list[Every] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return apart


def find_lengths(text: str, today: dt.date) -> list[Length]:
    """The lengths in ``text``, in order, but for those of its story ("6개월 전에") and of what recurs."""
    dated = {place for one in find_dates(text, today) for place in range(one.start, one.end)}
    found = [Length(YEAR, match.start(), match.end(), Kind.PART) for match in _ORDINAL_YEAR.finditer(text)]
    taken = {place for one in found for place in range(one.start, one.end)}
    for match in _LENGTH.finditer(text):
        start, end = match.span()
        kind = _kind(text, match)
        if kind is None or start in taken:
            continue
        if kind is not Kind.LASTED and start in dated:
            continue
        found.append(Length(_months(match), start, end, kind))
    return sorted(found, key=lambda one: one.start)


def _months(match: re.Match[str]) -> int:
    """0 for a length that is no whole number of months."""
    if match["word"]:
        return YEAR if match["word"].lower().endswith("a year") and match["word"][0] in "aA" else YEAR // 2
    unit = _MONTHS[match["unit"].lower().removesuffix("s")]
    if match["half"] and unit == 1:
        return 0
    return read_count(match["count"]) * unit + (unit // 2 if match["half"] else 0) + int(match["more"] or 0)


def _kind(text: str, match: re.Match[str]) -> Kind | None:
    """None for a length that says nothing of what was paid."""
    start, end = match.span()
    low = max(0, start - _BEFORE)
    if _PER.match(text, end) or _EVERY.search(text, low, start):
        return None
    if (ago := _AGO.search(text, low, start)) and _ends_in_n(ago["used"]):
        return Kind.LASTED if _USE.search(ago["used"]) else Kind.UNCLEAR if _ENDED.search(ago["used"]) else None
    if _STORY.match(text, end):
        return None
    if _is_part(text, start, end):
        return Kind.PART
    if not _months(match):
        return Kind.UNCLEAR
    if _LASTED.match(text, end) or _FOR.search(text, low, start):
        return Kind.UNCLEAR if _OTHER.search(text, low, start) else Kind.LASTED
    return Kind.YEAR if _months(match) == YEAR else Kind.UNCLEAR


def _ends_in_n(word: str) -> bool:
    """Whether a word before 지 is a verb's form ("쓴 지"), and 지 no part of another word ("지금까지")."""
    return (ord(word[-1]) - ord("가")) % FINALS == N


def _is_part(text: str, start: int, end: int) -> bool:
    return bool(_PART.search(text, max(0, start - _BEFORE), start) or _PART_BEHIND.match(text, end, end + _AFTER))
