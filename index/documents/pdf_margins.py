"""Lines of a page that are not of the text: running headers and footers, page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from index.parsing.front_matter import names_document
from index.parsing.headings import read_article
from index.parsing.lines import ends_sentence
from index.parsing.paragraphs import read_marker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.documents.pdf_layout import Row

_PAGE_NUMBER = re.compile(r"\s*(?:[-–—]\s*\d{1,4}\s*[-–—]|\d{1,4}\s*/\s*\d{1,4})\s*")
_BARE = re.compile(r"(?:(?i:page)\s*)?(\d{1,4})(?:\s*쪽)?")
_COUNTED = re.compile(
    r"^[-–—\s]*+\d{1,4}[-–—\s]*+(?:/\s*+\d{1,4})?|(?<![-–—|\s])[-–—|\s]*+\d{1,4}[-–—\s]*+(?:쪽|(?:/|of)\s*+\d{1,4})?$"
)
_EDGE = 3  # rows from the top and from the bottom of a page that may be of its margin
_NEAR = 3.0  # points: a running line stands at the same height on all its pages
_FEWEST, _SHARE = 2, 0.3  # pages, and the share of the pages, on which a running line stands
_SMALL = 0.9  # of the size of the text
_SHORT = 40  # letters of a lone line in the margin
_MARGIN = 0.15  # of the height of the written part of all pages, from the top and from the bottom


def without_margins(pages: Sequence[Sequence[Row]]) -> tuple[list[list[Row]], list[str]]:
    """The rows of each page that are of its text, and the lines left out that no second page repeats."""
    numbered = [[row for row in page if not _PAGE_NUMBER.fullmatch(row.text)] for page in pages]
    running = _running(numbered) | _counted(numbered)
    kept = [[row for row in page if id(row) not in running] for page in numbered]
    lone = _lone(kept)
    apart = [row.text for page in kept for row in page if id(row) in lone]
    return [[row for row in page if id(row) not in lone] for page in kept], apart


def _edges(page: Sequence[Row]) -> list[Row]:
    """The highest and the lowest rows of a page."""
    heights = sorted({row.y for row in page}, reverse=True)
    edge = {*heights[:_EDGE], *heights[-_EDGE:]}
    return [row for row in page if row.y in edge]


def _running(pages: Sequence[Sequence[Row]]) -> set[int]:
    """Rows whose words stand at the same height on other pages, too. The title on the first page stays."""
    places: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    for number, page in enumerate(pages):
        for row in _edges(page):
            if not read_article(row.text) and not read_marker(row.text):
                places[_COUNTED.sub("", row.text)].append((number, row))
    found: set[int] = set()
    for words, rows in places.items():
        for _, row in rows:
            same = [(number, other) for number, other in rows if abs(other.y - row.y) < _NEAR]
            on = {number for number, _ in same}
            if words and len(on) >= max(_FEWEST, _SHARE * len(pages)):
                found |= {id(other) for _, other in same}
    if pages and not any(names_document(row.text) for row in pages[0] if id(row) not in found):
        found -= {id(row) for row in pages[0][:1] if names_document(row.text)}
    return found


def _counted(pages: Sequence[Sequence[Row]]) -> set[int]:
    """Bare numbers at the edge of the pages that go up with them."""
    numbers = [
        (int(match[1]) - place, row)
        for place, page in enumerate(pages)
        for row in _edges(page)
        if (match := _BARE.fullmatch(row.text))
    ]
    often = Counter(shift for shift, _ in numbers)
    return {id(row) for shift, row in numbers if often[shift] >= max(_FEWEST, _SHARE * len(pages))}


def _lone(pages: Sequence[Sequence[Row]]) -> set[int]:
    """Single small lines that a page draws before or after its text, in its margin, and that end no sentence."""
    letters: Counter[float] = Counter()
    for page in pages:
        for row in page:
            letters[round(row.size, 1)] += len(row.text)
    if len(pages) < _FEWEST or not letters:
        return set()
    usual = letters.most_common(1)[0][0]
    heights = [row.y for page in pages for row in page]
    margin = _MARGIN * (max(heights) - min(heights))
    found = set()
    for page in pages:
        for row, beside in ((page[0], page[1]), (page[-1], page[-2])) if len(page) > 1 else ():
            small = row.size < _SMALL * usual <= beside.size
            outside = row.y < min(heights) + margin or row.y > max(heights) - margin
            speaks = ends_sentence(row.text) or read_marker(row.text) or read_article(row.text)
            if small and outside and not speaks and len(row.text) <= _SHORT:
                found.add(id(row))
    return found
