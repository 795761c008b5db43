"""What stands before the first 조: the title of the document, a table of contents, and what belongs to neither."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.parsing.chapters import read_addendum, read_chapter
from index.parsing.headings import read_article, unpaged
from index.parsing.lines import core, ends_sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from index.parsing.lines import Line

_CONTENTS = re.compile(r"[\[<【]?\s*(?:목\s*차|차\s*례|contents)\s*[\]>】]?", re.IGNORECASE)
_FENCE = re.compile(r"---+\s*")
_NAME = re.compile(
    r".*(?:약관|규정|규칙|방침|정책|계약서|특약|법|법률|헌법|협약|협정|지침|조례|정관|동의서|이용조건|령)(?:\s*[(\[<].*)?$"
)
_LONGEST = 80


def names_document(text: str) -> bool:
    """Whether a line is the name of a document: it ends with 약관, 규정, 계약서 and the like."""
    words = core(text)[1]
    return len(text) <= _LONGEST and bool(_NAME.match(words)) and not ends_sentence(text)


def sort_front(front: Sequence[Line], numbered: Collection[int]) -> tuple[Line | None, list[Line], list[Line]]:
    """Title, table of contents and the rest. ``numbered``: numbers of lines that look like the heading of a 조."""
    matter = _front_matter(front)
    contents = [line for line in front[matter:] if line.number in numbered or _listed(line)]
    listed = {line.number for line in contents}
    others = [line for line in front[matter:] if line.number not in listed]
    title = _title(others)
    again = [line for line in others if title and line is not title and core(line.text)[1] == core(title.text)[1]]
    used = {line.number for line in again}
    rest = [line for line in others if line is not title and line.number not in used]
    return title, [*contents, *again], [*front[:matter], *rest]


def _front_matter(front: Sequence[Line]) -> int:
    """How many lines are YAML between two "---"."""
    if front and _FENCE.fullmatch(front[0].text):
        ends = (place for place, line in enumerate(front) if place and _FENCE.fullmatch(line.text))
        return next(ends, -1) + 1
    return 0


def _listed(line: Line) -> bool:
    words = core(line.text)[1]
    known = _CONTENTS.fullmatch(words) or read_chapter(line.text) or read_addendum(unpaged(line.text))
    return bool(known or read_article(line.text))


def _title(lines: Sequence[Line]) -> Line | None:
    """The first line that names a document, else the first line."""
    short = [line for line in lines if len(line.text) <= _LONGEST and core(line.text)[1]]
    named = (line for line in short if names_document(line.text))
    return next(named, short[0] if short else None)
