"""Terms → Article → Paragraph, each with its place in the source.

Offsets count characters of the source text (not bytes); ``end`` is exclusive. Every paragraph is a slice:
``source[paragraph.start:paragraph.end] == paragraph.text``. How headings are found: `index.parsing.outline`; how a text
is cut into 항: `index.parsing.paragraphs`; how files of other formats become text: `index.documents`.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.clause import Clause, article_name
from index.documents import read_document
from index.errors import TermsError
from index.parsing.candidates import split_headings
from index.parsing.headings import DELETED, tidy
from index.parsing.lines import Line, core, lines
from index.parsing.outline import ADDENDUM, AnnexPart, Part, read_outline
from index.parsing.paragraphs import cut_body

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Paragraph:
    """항. ``number`` is text; ``text`` is the slice without its marker (-, ①, 1.)."""

    number: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """조. ``number`` is text, because "10의2" exists.

    ``title``: "" if it has none. ``addendum``: of a 부칙, where numbers begin anew. A 부칙 without 조 is an article of
    the number "부칙". ``heading_end``: where number and title end, which begin at ``start``. ``address``: unique in a
    document: the number, or "부칙-1" (제1조 of the first 부칙), "부칙2-1" (of the second). Others cite it and ``name``;
    ``number`` is for what parses and checks a text.
    """

    number: str
    title: str
    chapter: str | None
    addendum: bool
    start: int
    end: int
    paragraphs: tuple[Paragraph, ...]
    heading_end: int
    address: str

    @property
    def name(self) -> str:
        """ "제10조의2"; "부칙 제1조"."""
        return article_name(self.address)

    def clause(self, document: str, paragraph: str) -> Clause:
        """The address of a paragraph by its number; ``document``: the folder name of the terms."""
        return Clause(document, self.address, paragraph)


@dataclass(frozen=True, slots=True)
class Annex:
    """별표 or another annex. ``kind``: 별표, 별지, 별첨, 붙임 or 서식. ``number``: "1", "1의2"; "" without one.

    ``start``: where its heading begins. ``text``: the slice from ``text_start`` to ``end``, without the heading.
    """

    kind: str
    number: str
    title: str
    start: int
    text_start: int
    end: int
    text: str

    @property
    def name(self) -> str:
        """ "별표 1의2"; "별표" without a number."""
        return f"{self.kind} {self.number}".rstrip()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in the document at the 1-based ``line``; ``message`` is a Korean sentence."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Terms:
    """One parsed document.

    ``headings``: of chapters and 부칙. ``contents``: the lines of a table of contents. ``unplaced``: lines that belong
    to no 조, those of the ``annexes`` among them. ``notices``: what the file holds that ``source`` does not show.
    Outside of these, of ``title_line`` and of the articles there is no word in ``source``.
    """

    title: str
    articles: tuple[Article, ...]
    unplaced: tuple[Line, ...]
    source: str
    title_line: Line | None = None
    headings: tuple[Line, ...] = ()
    contents: tuple[Line, ...] = ()
    faults: tuple[Fault, ...] = ()
    notices: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()

    @property
    def stray(self) -> tuple[Line, ...]:
        """The lines that belong to no 조 and to no annex."""
        starts = [one.start for one in self.annexes]
        last = [bisect_right(starts, line.start) for line in self.unplaced]
        return tuple(
            line
            for line, at in zip(self.unplaced, last, strict=True)
            if not at or line.start >= self.annexes[at - 1].end
        )

    def annex(self, number: str, kind: str = "별표") -> Annex | None:
        """The annex of that number ("1의2"; "" for the one without), or None; of two of one number the first."""
        return next((one for one in self.annexes if (one.kind, one.number) == (kind, number)), None)


def read(path: Path) -> Terms:
    """Parse the file at ``path`` for use: what is wrong in it is an error.

    Raises:
        TermsError: it cannot be read as text, has no article, an article number twice, or an article without text;
            the message names file and line.
    """
    terms = inspect(path)
    if terms.faults:
        fault = terms.faults[0]
        raise TermsError(f"{path}:{fault.line}: {fault.message}")
    return terms


def inspect(path: Path) -> Terms:
    """Parse the file at ``path`` to look at it: what is wrong in it is in ``faults``.

    Raises:
        TermsError: it cannot be read as text, or has no article.
    """
    document = read_document(path)
    return replace(parse(document.text, str(path)), notices=document.notices)


def parse(source: str, name: str = "약관") -> Terms:
    """Parse ``source``; ``name`` stands for the file in error messages.

    Raises:
        TermsError: no article.
    """
    written = split_headings(line for line in lines(source) if line.text.replace("\ufeff", "").strip())
    outline = read_outline(source, list(written))
    if not outline.parts:
        raise TermsError(f"{name}:1: 조(제1조 …)를 찾지 못했습니다.")
    articles = tuple(_article(source, part) for part in outline.parts)
    title = tidy(core(outline.title.text)[1]) if outline.title else ""
    return Terms(
        title,
        articles,
        tuple(outline.unplaced),
        source,
        outline.title,
        tuple(outline.headings),
        tuple(outline.contents),
        tuple(_faults(source, articles)),
        annexes=tuple(_annex(source, part) for part in outline.annexes),
    )


def _article(source: str, part: Part) -> Article:
    heading = part.heading
    pieces = [(p.number, p.start, p.end) for p in cut_body(source, part.body)]
    heading_end = heading.end
    if not pieces and heading.box and DELETED.fullmatch(source[slice(*heading.box)]):
        pieces = [("1", *heading.box)]  # 제5조(삭제): the word is all that the 조 says
        heading_end = heading.box[0]
    return Article(
        number=heading.number,
        title=heading.title,
        chapter=part.chapter,
        addendum=part.block > 0,
        start=heading.start,
        end=part.body[-1].end if part.body else heading.end,
        paragraphs=tuple(Paragraph(number, start, end, source[start:end]) for number, start, end in pieces),
        heading_end=heading_end,
        address=_address(heading.number, part.block),
    )


def _annex(source: str, part: AnnexPart) -> Annex:
    heading, end = part.heading, part.body[-1].end if part.body else part.line.end
    begin = part.body[0].start if part.body else end
    return Annex(heading.kind, heading.number, heading.title, part.line.start, begin, end, source[begin:end])


def _address(number: str, block: int) -> str:
    if not block:
        return number
    base = ADDENDUM if block == 1 else f"{ADDENDUM}{block}"
    if number == ADDENDUM:
        return base
    return f"{base}-{number}"


def _faults(source: str, articles: tuple[Article, ...]) -> list[Fault]:
    """Addresses that are not unique, and articles without text."""
    starts = [line.start for line in lines(source)]
    seen: dict[str, int] = {}
    found = []
    for article in articles:
        line = bisect_right(starts, article.start)
        where = f"부칙 제{article.number}조" if article.addendum else f"제{article.number}조"
        if article.address in seen:
            found.append(Fault(line, f"{where}가 {seen[article.address]}번째 줄에 이미 있습니다."))
        elif not article.paragraphs:
            found.append(Fault(line, f"{where}에 내용이 없습니다."))
        seen.setdefault(article.address, line)
    return found


def article_heading(article: Article) -> str:
    """ "제7조 (환불)"; "제7조" without a title; "부칙"."""
    return f"{article.name} ({article.title})" if article.title not in ("", article.name) else article.name
