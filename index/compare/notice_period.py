"""공지 기간: what the old edition says on its own amendment, and whether the announcement keeps to it.

How a period "N일 전" is counted is the law's (민법 제155조–제159조) and disputed at its edge: with the day of the
announcement and the day of effect both left out, N whole days lie between them, one day more than by subtraction. Both
days are told. Whether a change is unfavourable, a person decides.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from index.compare.changes import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.compare.changes import Compared
    from index.terms import Article, Terms

_TITLE = re.compile(r"개정|변경")
_PERIOD = re.compile(r"(?P<days>\d{1,3})\s*일\s*(?:\(.{1,10}?\)\s*)?(?:이\s?)?(?:전|상|간의?\s*(?:사전\s*)?유예)")
_SPEAKS = re.compile(r"공지|고지|통지|공고|게시|알[리립려린]|안내|유예")
_AGAIN = re.compile(r"동의|거부|거절|해지|이의")  # a period for the customer's answer, not for the announcement
_STRICT = re.compile(r"불리|불이익|중대|중요")
_SENTENCE = re.compile(r"[^\n]+?(?:[.](?=\s|$)|$)", re.MULTILINE)


class Held(StrEnum):
    """Whether a period is kept; ``EDGE``: by one way of counting and not by the other."""

    YES = "지킴"
    NO = "지키지 못함"
    EDGE = "세는 방법에 따라 다름"
    OPEN = "공지일을 알려 주지 않음"


@dataclass(frozen=True, slots=True)
class Period:
    """``days``: before the day of effect. ``strict``: for unfavourable or material changes.

    ``sentence``: of the source. ``latest``: the day of effect less ``days``; ``safe``: the day before it, with ``days``
    whole days between.
    """

    place: Place
    days: int
    strict: bool
    sentence: str
    latest: dt.date
    safe: dt.date
    held: Held


@dataclass(frozen=True, slots=True)
class Notice:
    """``periods``: () if the old edition names none in days. ``material``: how many changes may be material."""

    announced: dt.date | None
    effective: dt.date
    periods: tuple[Period, ...]
    material: int

    def lines(self) -> list[str]:
        """The same in Korean sentences."""
        told = f"공지일 {_day(self.announced)}, " if self.announced else ""
        first = f"{told}시행일 {_day(self.effective)}"
        if not self.periods:
            return [first, "현행 약관의 개정 조항에서 공지 기간(며칠 전)을 찾지 못했습니다. 사람이 확인해 주세요."]
        rest = [_sentence(period) for period in self.periods]
        last = "어느 변경이 고객에게 불리하거나 중대한지는 사람이 판단해야 합니다"
        last += f"(‘중대할 수 있는 변경’으로 표시된 항 {self.material}개)." if self.material else "."
        return [first, *rest, last]


def notice(compared: Compared, announced: dt.date | None, effective: dt.date) -> Notice:
    """Hold the announcement of the new edition against the old edition's own amendment clause.

    ``announced`` None: only the days are told by which it must be announced.
    """
    periods = [
        Period(place, days, strict, sentence, latest, safe, _held(announced, latest, safe))
        for place, days, strict, sentence in _periods(compared.old)
        for latest in [effective - dt.timedelta(days)]
        for safe in [latest - dt.timedelta(1)]
    ]
    material = sum(bool(change.reasons) for change in compared.paragraphs)
    return Notice(announced, effective, tuple(periods), material)


def _amendment_articles(terms: Terms) -> list[Article]:
    """Those on amending the terms; where no title says 약관, those whose title says 개정 or 변경."""
    titled = [a for a in terms.articles if _TITLE.search(a.title) and not a.addendum]
    return [a for a in titled if "약관" in a.title] or titled


def _periods(terms: Terms) -> Iterator[tuple[Place, int, bool, str]]:
    for article in _amendment_articles(terms):
        for paragraph in article.paragraphs:
            for sentence in _SENTENCE.finditer(paragraph.text):
                place = 0
                for match in _PERIOD.finditer(sentence[0]):
                    before, place = sentence[0][place : match.start()], match.end()
                    if _SPEAKS.search(sentence[0]) and not (_AGAIN.search(before) and not _STRICT.search(before)):
                        yield Place(article, paragraph), int(match["days"]), bool(_STRICT.search(before)), sentence[0]


def _held(announced: dt.date | None, latest: dt.date, safe: dt.date) -> Held:
    if announced is None:
        return Held.OPEN
    if announced <= safe:
        return Held.YES
    return Held.EDGE if announced <= latest else Held.NO


def _sentence(period: Period) -> str:
    case = "불리하거나 중대한 변경이면" if period.strict else "그 밖의 변경이면"
    text = f"{case} 시행일 {period.days}일 전({period.place.name}): 늦어도 {_day(period.latest)}까지 공지해야 합니다. "
    text += f"공지한 날과 시행일을 빼고 {period.days}일을 온전히 두려면 {_day(period.safe)}까지입니다."
    return text if period.held is Held.OPEN else f"{text} → {period.held}"


def _day(date: dt.date) -> str:
    return f"{date.year}. {date.month}. {date.day}."
