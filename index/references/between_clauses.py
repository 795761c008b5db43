"""Where a paragraph names other clauses of its own document: "제5조 제2항", "이 조 제2항", "전항", "전조", "제1항".

The numerals are those of `index.references.by_number`; here is what only the text of a document has: words that point
from where they stand, and names of other documents ("상법 제10조"), whose clauses are none of ours.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.numerals import numeral_value
from index.references.by_number import ARTICLE, CIRCLED, PARAGRAPHS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.terms import Article, Paragraph, Terms

_AFTER_ARTICLE = r"(?=[에의와를는가로,.·)~]|부터|까지|\s*(?:제\s*\d|및|또는|내지|각|본문|단서|$))"
_AFTER_PARAGRAPH = r"(?=[에의과을은이,.·)~]|으로|부터|까지|\s*(?:및|또는|내지|각|본문|단서|전단|후단|$))"
# 이 조건, 본 조치, 전조등, 전 항목 are other words: what stands behind decides
_POINTING = re.compile(
    rf"(?<![가-힣])(?P<which>본|이|전|같은|동)\s?(?:(?P<article>조){_AFTER_ARTICLE}|항{_AFTER_PARAGRAPH})"
)
_LONE = re.compile(r"(?<![\d가-힣])(?=제)")
_UNIT = re.compile(r"\s*항")
_HEADING = re.compile(r"\s*\([^()]{1,40}\)")
_OWN = re.compile(r"(?:본|이)\s*+약관[”\"’'」]?(?:\s*+\([^()]*+\))?+\s*+의?\s*+$")
_OTHER = re.compile(
    r"(?:[」』〉》]|법|법률|령|규칙|규정|고시|지침|조례|협약|조약|약관|계약|계약서|방침|정책|주문서|합의서|특약|부칙)"
    r"[”\"’']?(?:\s*+\([^()]*+\))?+\s*+의?\s*+$"
)
_ENUMERATION = re.compile(
    r"(?:\s*+(?:제\s*+)?\d++\s*+호)?+(?:\s*+\([^()]*+\))?+[\s,·ㆍ~]*+(?:및|또는|과|와|이나|나|내지|부터|에서)?+[\s,]*+"
)
ADDENDUM = "부칙"
_ADDENDUM = re.compile(r"(?<![가-힣])부칙\s*$")  # of this document: its articles have addresses of their own ("부칙-1")
_NEAR = 80  # characters before a reference in which a document's name is looked for


@dataclass(frozen=True, slots=True)
class CrossReference:
    """``text[start:end]`` of a paragraph names this clause; ``paragraph`` None: the whole article.

    ``dangling``: the document has no such clause. What comes before the first one has the number "0".
    """

    start: int
    end: int
    article: str
    paragraph: str | None
    dangling: bool


@dataclass(frozen=True, slots=True)
class _Named:
    """A span of the folded text; ``article`` None: of another document, or of none that can be told."""

    start: int
    end: int
    article: str | None
    paragraph: str | None


def find_cross_references(terms: Terms, article: Article, paragraph: Paragraph) -> list[CrossReference]:
    """The references in ``paragraph`` of ``article`` to clauses of ``terms``, in order, without overlap.

    A range or a list makes one reference of each number that is written out.
    """
    text, places = _fold(paragraph.text)
    numbers = {a.address: {p.number for p in a.paragraphs} for a in terms.articles}
    found = []
    for named in _Reader(text, terms, article, paragraph).read():
        if named.article is None:
            continue
        known = named.article in numbers and (named.paragraph is None or named.paragraph in numbers[named.article])
        start, end = places[named.start], places[named.end - 1] + 1
        found.append(CrossReference(start, end, named.article, named.paragraph, dangling=not known))
    return found


def _fold(text: str) -> tuple[str, list[int]]:
    """``text`` with plain digits and without circled ones, and for each character its place in ``text``."""
    pieces = [CIRCLED.get(c) or unicodedata.normalize("NFKC", c) for c in text]
    return "".join(pieces), [place for place, piece in enumerate(pieces) for _ in piece]


class _Reader:
    """Reads one paragraph from left to right."""

    def __init__(self, text: str, terms: Terms, article: Article, paragraph: Paragraph) -> None:
        self.text = text
        self.own = re.compile(rf"{re.escape(terms.title)}[”\"’'」』]?\s*+의?\s*+$") if terms.title else _OWN
        self.article, self.paragraph = article.address, paragraph.number
        self.addendum = article.address.rpartition("-")[0] if article.addendum else ADDENDUM
        self.article_before = _before(
            [a.address for a in terms.articles if a.addendum == article.addendum], article.address
        )
        self.paragraph_before = _before([p.number for p in article.paragraphs], paragraph.number)

    def read(self) -> Iterator[_Named]:
        marks = [m for pattern in (ARTICLE, _POINTING, _LONE) for m in pattern.finditer(self.text)]
        last = _Named(0, 0, self.article, None)
        # of two that begin at the same place the longer one says more
        for mark in sorted(marks, key=lambda m: (m.start(), -m.end())):
            if mark.start() < last.end:
                continue
            for named in self._at(mark, last):
                yield named
                last = named

    def _at(self, mark: re.Match[str], last: _Named) -> list[_Named]:
        if mark.re is ARTICLE:
            return self._by_number(mark, last)
        if mark.re is _POINTING:
            return self._pointing(mark, last)
        return self._behind(mark.start(), self._document(mark.start(), last, self.article))

    def _by_number(self, mark: re.Match[str], last: _Named) -> list[_Named]:
        heading = _HEADING.match(self.text, mark.end())
        end = heading.end() if heading and PARAGRAPHS.match(self.text, heading.end()) else mark.end()
        behind = PARAGRAPHS.match(self.text, end)
        # without 제 it is a number only before 항: "매출 3조 이상", "이 조 제2항"
        if mark["money"] or not (mark["formal"] or (mark["digits"] and behind)):
            return []
        number = str(numeral_value(mark["formal"] or mark["digits"]))
        number += f"의{int(mark['branch'])}" if mark["branch"] else ""
        article = self._document(mark.start(), last, number)
        if _ADDENDUM.search(self.text[: mark.start()]):
            article = f"{self.addendum}-{number}"
        if mark["last"]:
            upper = str(int(mark["last"])) if article else None
            start = self._numeral_start(mark.start("last"))
            return [
                _Named(mark.start(), mark.start("after"), article, None),
                _Named(start, mark.end("after"), upper, None),
            ]
        return self._joined(mark.start(), end, article) or [_Named(mark.start(), mark.end(), article, None)]

    def _pointing(self, mark: re.Match[str], last: _Named) -> list[_Named]:
        here = mark["which"] in ("본", "이")
        if mark["article"]:
            article = self.article if here else self.article_before if mark["which"] == "전" else last.article
            # "같은 조" needs an article before it
            known = mark["which"] not in ("같은", "동") or last.end
            named = _Named(mark.start(), mark.end(), article if known else None, None)
            return self._joined(named.start, named.end, named.article) or [named]
        if here or mark["which"] == "전":
            number = self.paragraph if here else self.paragraph_before
            return [_Named(mark.start(), mark.end(), self.article, number)]
        return [_Named(mark.start(), mark.end(), None, None)]

    def _joined(self, start: int, end: int, article: str | None) -> list[_Named]:
        """ "제5조" with the 항 that belongs to it: "제5조 제2항", not "제5조 및 제2항"."""
        behind = PARAGRAPHS.match(self.text, end)
        if not behind or not re.fullmatch(r"\s*+의?\s*+(?:제\s*+)?", self.text[end : behind.start("first")]):
            return []
        found = self._behind(end, article)
        return [_Named(start, found[0].end, article, found[0].paragraph), *found[1:]] if found else []

    def _behind(self, place: int, article: str | None) -> list[_Named]:
        """The 항 from ``place`` on, one by one."""
        found: list[_Named] = []
        while (match := PARAGRAPHS.match(self.text, place)) and self.text[match.end() : match.end() + 1] != "목":
            for group in ("first", "last"):
                if match[group]:
                    unit = _UNIT.match(self.text, match.end(group))
                    end = unit.end() if unit else match.end(group)
                    number = str(numeral_value(match[group]))
                    found.append(_Named(self._numeral_start(match.start(group)), end, article, number))
            place = match.end()
        return found

    def _numeral_start(self, place: int) -> int:
        """With the 제 before it."""
        formal = re.search(r"제\s*$", self.text[max(0, place - 4) : place])
        return place - len(formal[0]) if formal else place

    def _document(self, place: int, last: _Named, article: str) -> str | None:
        """``article``, or None if the words before ``place`` name another document, itself or by enumeration."""
        if last.article is None and last.end and _ENUMERATION.fullmatch(self.text, last.end, place):
            return None
        before = self.text[max(0, place - _NEAR) : place]
        ours = self.own.search(before) or _OWN.search(before) or not _OTHER.search(before)
        return article if ours else None


def _before(numbers: list[str], number: str) -> str:
    place = numbers.index(number)
    return numbers[place - 1] if place else "0"
