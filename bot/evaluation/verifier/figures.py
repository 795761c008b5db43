"""A changed number, date, unit, party or scope: what stands in a sentence by itself and is exchanged for another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.evaluation.verifier.cases import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.evaluation.verifier.cases import Source

Change = tuple[Kind, str, str]  # kind, how, the changed text

_DATE = re.compile(r"\d{4}\s?(?:년|\.)\s?\d{1,2}\s?(?:월|\.)\s?\d{1,2}\s?(?:일|\.)?")
_NUMBER = re.compile(r"(?<![\dA-Za-z.,-])\d{1,9}(?:,\d{3}){0,4}(?:\.\d{1,3})?(?![\dA-Za-z-])")
_UNIT = re.compile(r"(?<=\d)\s?(?:영업일|개월|시간|퍼센트|분|일|년|주일|주|월|회|명|원|%)(?![가-힣]{0,1}요일)(?!부로)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d$")
_UNITS = {
    "영업일": ("일", "개월"),
    "개월": ("일", "년"),
    "시간": ("일", "분"),
    "분": ("시간",),
    "일": ("개월", "시간", "년"),
    "년": ("개월", "일"),
    "주일": ("일", "개월"),
    "주": ("일", "개월"),
    "회": ("일", "개월"),
    "명": ("원",),
    "원": ("%", "달러"),
    "%": ("원", "배"),
    "퍼센트": ("원", "배"),
}
_COUNTED = re.compile(r"(?<![가-힣\d])(\d{1,3})\s?(일|개월|년|회|시간)(?![가-힣]*요일)")
_SINO = ("", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구")

_PROVIDERS = ("회사", "상호저축은행", "저축은행", "은행", "판매자", "임대인", "운영자", "몰", "조합", "관리자")
_CUSTOMERS = (
    "고객",
    "회원",
    "이용자",
    "구매자",
    "임차인",
    "거래처",
    "채무자",
    "가맹점",
    "정보주체",
    "수강생",
    "사용자",
)
_PARTICLES = r"은|는|이|가|을|를|와|과|의|에게서|에게|께서|로부터|으로부터|에"
_SIDES = "|".join(sorted(_PROVIDERS + _CUSTOMERS, key=len, reverse=True))
_PARTY = re.compile(
    rf"(?<![가-힣\w])(?P<open>[\"“'‘「]?)(?P<party>{_SIDES})(?P<close>[\"”'’」]?)(?P<particle>{_PARTICLES})(?![가-힣])"
)
_PAIRED = {"은": "는", "이": "가", "을": "를", "과": "와", "으로부터": "로부터"}
_WITH = {open_: closed for closed, open_ in _PAIRED.items()}

_SCOPES = (
    (r"모든 ", "일부 "),
    (r"일체의 ", "일부 "),
    (r"전부(?=[를가의 ])(?! 또는)", "일부"),
    (r"(?<!또는 )일부(?=[를가의 ])", "전부"),
    (r"(?<=에게)만(?![가-힣])", ""),
    (r"(?<=에서)만(?![가-힣])", ""),
    (r"(?<=위해서)만(?![가-힣])", ""),
    (r"(?<=회)에 한하[여해] ", " 이상 "),
    (r"(?<=경우)에 한하[여해] ", "에 "),
    (r"(?<=\d[일년원%회월간]) ?이내", " 이후"),
    (r"(?<=[가-힣%]) ?이상(?![가-힣]*지 )", " 이하"),
    (r"(?<=[\d일년원%회월시세]) ?이하(?! [\"“‘「])", " 이상"),
    (r"(?<=[\d일년원%회월시세]) ?미만", " 이상"),
    (r" ?초과(?=하여|하는)", " 미달"),
    (r"최소한? ", "최대 "),
    (r"최대한? (?=\d)", "최소 "),
    (r"(?<=일) 전(?=까지|에|부터)", " 후"),
)
_OBJECT = re.compile(r"(?<=[ ,])(?:손해|비용|책임|대금|요금)(?=[을를]\s)")
_UNCLEAR = re.compile(r"모든|면[하할]|없|않|아니")  # "모든 책임을 면할 수 없습니다" may say two things
_LIMITED = ("모든", "일체", "각", "일부", "전부", "그", "이", "해당", "본", "별도", "필요한", "관련")


def change_figures(source: Source) -> Iterator[Change]:
    """The sentence of ``source`` with one number, date or unit changed."""
    text = source.text
    dates = [match.span() for match in _DATE.finditer(text)]
    own = [match[0] for match in _NUMBER.finditer(source.passage.quote)]
    for start, end in dates:
        yield from _dates(text, start, end)
    for match in _outside(_NUMBER, text, dates):
        for how, other in _numbers(match[0], own):
            yield Kind.NUMBER, how, text[: match.start()] + other + text[match.end() :]
    for match in _outside(_UNIT, text, dates):
        others = () if _YEAR.search(text[: match.start()]) else _UNITS.get(match[0].strip(), ())
        yield from ((Kind.UNIT, "다른 단위", text[: match.start()] + o + text[match.end() :]) for o in others)
    for match in _outside(_COUNTED, text, dates):
        if wrong := in_letters(int(match[1]) + 1):
            yield Kind.NUMBER, "글자로 적은 다른 수", text[: match.start()] + wrong + match[2] + text[match.end() :]


def _outside(pattern: re.Pattern[str], text: str, dates: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """What ``pattern`` matches, but not within a date."""
    for match in pattern.finditer(text):
        if not any(start <= match.start() < end for start, end in dates):
            yield match


def change_party(source: Source, parties: set[str]) -> Iterator[Change]:
    """The sentence with one party exchanged for one of the other side; ``parties``: those of the document."""
    text = source.text
    for match in _PARTY.finditer(text):
        others = _CUSTOMERS if match["party"] in _PROVIDERS else _PROVIDERS
        for other in (name for name in others if name in parties):
            around = text[max(0, match.start() - 12) : match.start()] + text[match.end() : match.end() + 12]
            if other in around:
                continue  # "회사와 고객 간": turned round it says the same
            told = match["open"] + other + match["close"] + with_particle(other, match["particle"])
            yield Kind.ACTOR, "다른 주체", text[: match.start()] + told + text[match.end() :]


def find_named_parties(texts: list[str]) -> set[str]:
    """The parties that two sentences of a document name."""
    names = [match["party"] for text in texts for match in _PARTY.finditer(text)]
    return {name for name in names if names.count(name) > 1}


def change_scope(source: Source) -> Iterator[Change]:
    """The sentence with a bound turned round or dropped, or with 모든 where the clause does not say it."""
    text = source.text
    for pattern, other in _SCOPES:
        for match in re.finditer(pattern, text):
            yield Kind.SCOPE, f"{match[0].strip()}→{other.strip()}", text[: match.start()] + other + text[match.end() :]
    for match in _OBJECT.finditer(text):
        before = text[: match.start()].split()[-1:]
        if not "".join(before).startswith(_LIMITED) and not _UNCLEAR.search(text):
            yield Kind.SCOPE, "모든", f"{text[: match.start()]}모든 {text[match.start() :]}"


def with_particle(noun: str, particle: str) -> str:
    """``particle`` as it is written behind ``noun``: 은 or 는, 이 or 가."""
    closed = "가" <= noun[-1] <= "힣" and (ord(noun[-1]) - ord("가")) % 28 != 0
    return _WITH.get(particle, particle) if closed else _PAIRED.get(particle, particle)


def in_letters(number: int) -> str:
    """ "삼십" for 30; "" from a hundred on."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return ""
    return (_SINO[tens] if tens > 1 else "") + ("십" if tens else "") + _SINO[ones]


def _numbers(number: str, own: list[str]) -> Iterator[tuple[str, str]]:
    value = float(number.replace(",", ""))
    if value == int(value):
        yield "하나 더", f"{int(value) + 1:,}" if "," in number else str(int(value) + 1)
        yield "열 배", f"{int(value) * 10:,}" if "," in number else str(int(value) * 10)
    else:
        yield "하나 더", f"{value + 1:g}"
    elsewhere = next((other for other in own if other != number), None)
    if elsewhere:
        yield "조항의 다른 수", elsewhere


def _dates(text: str, start: int, end: int) -> Iterator[Change]:
    parts = list(re.finditer(r"\d{1,4}", text[start:end]))
    for part, how, most in zip(parts, ("다른 해", "다른 달", "다른 날"), (9999, 12, 28), strict=False):
        value = int(part[0])
        other = value + 1 if value < most else value - 1
        written = f"{other:0{len(part[0])}}"
        yield Kind.DATE, how, text[: start + part.start()] + written + text[start + part.end() :]
