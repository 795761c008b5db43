"""The predicates of a sentence and how to tell them otherwise: denied, allowed, as a duty, in another style."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.verify.morphemes import load_analyser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.verify.morphemes import Token

_STEMS = {"VV", "VA", "XSV", "XSA", "VX", "VCP", "VCN"}
_LISTING = {"며", "으며"}
_DENYING = {"않", "아니하", "못하"}
_MUST = {"어야", "아야", "여야"}
_AFFIRMING, _PLAIN, _FORMAL = ("ᆸ니다", "EF"), {"ᆫ다", "는다", "다"}, {"ᆸ니다", "습니다"}
Ending = tuple[str, str]


class Mood(StrEnum):
    """How a predicate is told: 합니다, 하지 않습니다, 할 수 있습니다, 할 수 없습니다, 해야 합니다, 하면 안 됩니다.

    Also 해도 됩니다 and 하지 않을 수 있습니다, which are only told, not found.
    """

    PLAIN = "단정"
    DENIED = "부정"
    CAN = "가능"
    CANNOT = "불가능"
    MUST = "의무"
    BANNED = "금지"
    ALLOWED = "허락"
    FREE = "재량"


@dataclass(frozen=True, slots=True)
class Predicate:
    """``start`` and ``end``: characters from its stem to its ending. ``final``: it ends the sentence.

    ``stem``: form and tag of the morpheme that is inflected. ``ending``: what closes it (ᆸ니다, 며, ᆯ).
    """

    start: int
    end: int
    mood: Mood
    stem: Ending
    ending: Ending
    final: bool


@lru_cache(maxsize=4096)
def tokens_of(text: str) -> tuple[Token, ...]:
    """The morphemes of ``text`` with their places in it."""
    return tuple(load_analyser().tokenize(text))


def find_predicates(text: str) -> Iterator[Predicate]:
    """What ends the sentence or a part of it (…며), or stands before 경우 and 때; others are left alone."""
    tokens = tokens_of(text)
    for place, token in enumerate(tokens):
        final = token.tag == "EF" and token.form in _FORMAL and _outside(text, token.start)
        if not (final or (token.tag == "EC" and token.form in _LISTING) or _describes_a_case(tokens, place)):
            continue
        if found := _stem(tokens, place):
            stem, mood = found
            ending = _AFFIRMING if final else (token.form, "EC") if token.tag == "EC" else (token.form, "ETM")
            head = tokens[stem]
            yield Predicate(head.start, token.end, mood, (head.form, head.tag), ending, final)


def retell(text: str, predicate: Predicate, mood: Mood) -> str | None:
    """``text`` with ``predicate`` in ``mood``; None if it has none such (명사+이다 can only be denied)."""
    form, tag = predicate.stem
    if tag == "VCP":
        if mood is not Mood.DENIED:
            return None
        before = text[: predicate.start]
        particle = "가" if _open(before) else "이"
        return f"{before}{particle} {join(('아니', 'VCN'), predicate.ending)}{text[predicate.end :]}"
    if tag == "VCN":
        return None
    stem, ending = (form, tag.partition("-")[0]), predicate.ending
    told = {
        Mood.PLAIN: lambda: join(stem, ending),
        Mood.DENIED: lambda: f"{join(stem, ('지', 'EC'))} {join(('않', 'VX'), ending)}",
        Mood.CAN: lambda: f"{join(stem, ('ᆯ', 'ETM'))} 수 {join(('있', 'VA'), ending)}",
        Mood.CANNOT: lambda: f"{join(stem, ('ᆯ', 'ETM'))} 수 {join(('없', 'VA'), ending)}",
        Mood.MUST: lambda: f"{join(stem, ('어야', 'EC'))} {join(('하', 'VX'), ending)}",
        Mood.BANNED: lambda: f"{join(stem, ('어서', 'EC'))}는 안 {join(('되', 'VV'), ending)}",
        Mood.FREE: lambda: f"{join(stem, ('지', 'EC'))} 않을 수 {join(('있', 'VA'), ending)}",
        Mood.ALLOWED: lambda: f"{join(stem, ('어도', 'EC'))} {join(('되', 'VV'), ending)}",
    }[mood]()
    return text[: predicate.start] + told + text[predicate.end :]


def affirming(text: str) -> str:
    """A sentence in 한다체 told in 합니다체; any other is left."""
    tokens = tokens_of(text)
    for place in range(len(tokens) - 1, 0, -1):
        token, stem = tokens[place], tokens[place - 1]
        if token.tag == "EF" and token.form in _PLAIN and _outside(text, token.start):
            told = join((stem.form, stem.tag.partition("-")[0]), _AFFIRMING)
            return text[: stem.start] + told + text[token.end :]
    return text


def informal(text: str) -> str:
    """``text`` with the ends of its statements in 해요체: the other way round than `bot.verify.endings`."""
    tokens = load_analyser().tokenize(text)
    for place in range(len(tokens) - 1, 0, -1):
        ending = tokens[place]
        if ending.tag != "EF" or ending.form not in _FORMAL:
            continue
        first = place - 1
        while first and tokens[first].tag == "EP":
            first -= 1
        stem = tokens[first]
        kept = [("않" if token.form == "아니하" else token.form, token.tag) for token in tokens[first:place]]
        if stem.tag == "VCP":
            said = "예요" if _open(text[: stem.start]) else "이에요"
        else:
            said = join(*kept, ("에요" if stem.tag == "VCN" else "어요", "EF"))
        text = text[: stem.start] + said + text[ending.end :]
    return text


def _outside(text: str, place: int) -> bool:
    """Whether no bracket is open at ``place``."""
    return text.count("(", 0, place) == text.count(")", 0, place)


def _describes_a_case(tokens: Sequence[Token], place: int) -> bool:
    after = tokens[place + 1].form if place + 1 < len(tokens) else ""
    return tokens[place].tag == "ETM" and after in {"경우", "때"}


def _stem(tokens: Sequence[Token], ending: int) -> tuple[int, Mood] | None:
    """Place of the stem that the ending at ``ending`` belongs to, and how it is told."""
    place = ending - 1
    if place < 0 or tokens[place].tag.partition("-")[0] not in _STEMS:
        return None
    form = tokens[place].form
    before = _skip(tokens, place - 1)
    if form in {"있", "없"} and tokens[before].form == "수" and tokens[before - 1].tag == "ETM":
        return _plain_stem(tokens, before - 2, Mood.CAN if form == "있" else Mood.CANNOT)
    if form in _DENYING and (tokens[before].form, tokens[before].tag) == ("지", "EC"):
        return _plain_stem(tokens, before - 1, Mood.DENIED)
    if form in {"하", "되"} and tokens[before].tag == "EC" and tokens[before].form in _MUST:
        return _plain_stem(tokens, before - 1, Mood.MUST)
    if form == "되" and tokens[before].form == "안":
        before = _skip(tokens, before - 1)
        if tokens[before].tag == "EC" and tokens[before].form in {"어서", "아서", "여서"}:
            return _plain_stem(tokens, before - 1, Mood.BANNED)
        return None
    return _plain_stem(tokens, place, Mood.PLAIN)


def _skip(tokens: Sequence[Token], place: int) -> int:
    """Over the particles of 할 수(는) 있다, 하지(는) 않다."""
    while place > 0 and tokens[place].tag in {"JX", "JKS"}:
        place -= 1
    return place


def _plain_stem(tokens: Sequence[Token], place: int, mood: Mood) -> tuple[int, Mood] | None:
    """The stem at ``place`` unless it is an auxiliary (해 주다) or the mood is told twice (하지 않을 수 있다)."""
    if place < 1 or tokens[place].tag.partition("-")[0] not in _STEMS - {"VX"}:
        return None
    denied = tokens[place - 1].tag == "MAG" and tokens[place - 1].form in {"안", "못"}
    bound = tokens[place - 1].tag in {"EC", "ETM"} or tokens[place - 1].form == "수"
    return None if denied or (bound and tokens[place].form in {"하", "되", "있", "없"}) else (place, mood)


def join(*morphs: Ending) -> str:
    """The word that these morphemes make: (하, XSV) and (ᆸ니다, EF) → 합니다."""
    return str(load_analyser().join(list(morphs)))


def _open(text: str) -> bool:
    """Whether the last syllable of ``text`` ends in a vowel; marks of quotation do not count."""
    last = text.rstrip("\"'”’)")[-1:]
    return last in "2459" if last.isdigit() else "가" <= last <= "힣" and (ord(last) - ord("가")) % 28 == 0
