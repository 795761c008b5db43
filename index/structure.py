"""편, 장, 절 and 관: which lines are their headings, and which of them a 조 stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.divisions import read_chapter
from index.headings import read_article
from index.lines import ends_sentence
from index.markers import read_marker

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from index.lines import Line

_NEAR, _LONGEST_TITLE = 3, 30
_PREFERRED = "장편절관"  # what a document calls its chapters: 장 if it has any


@dataclass(frozen=True, slots=True)
class Chapter:
    """``level``: 편, 장, 절 or 관. ``text``: of the heading. ``last``: the place of its last line."""

    level: str
    text: str
    last: int


def find_chapters(lines: Sequence[Line], starts: Collection[int], others: Collection[int]) -> dict[int, Chapter]:
    """The headings of chapters by place: those that one of ``starts`` (first lines of a 조) follows soon.

    ``others``: lines that only look like a 조; after a chapter of a table of contents one of them follows.
    """
    found: dict[int, Chapter] = {}
    for place in range(len(lines) - 1, -1, -1):
        read = read_chapter(lines[place].text)
        if read is None:
            continue
        for near in range(place + 1, min(place + 1 + _NEAR, len(lines))):
            if near in others:
                break
            if near in starts or near in found:
                found[place] = _with_title(lines, place, near, *read)
                break
    return found


def _with_title(lines: Sequence[Line], place: int, following: int, level: str, text: str) -> Chapter:
    """A heading without a title takes the line below."""
    if text.endswith(level) and following == place + 2:
        below = lines[place + 1].text.strip(" \t*_#")
        if len(below) <= _LONGEST_TITLE and not (ends_sentence(below) or read_marker(below) or read_article(below)):
            return Chapter(level, f"{text} {below}", place + 1)
    return Chapter(level, text, place)


def chapters_of(chapters: Mapping[int, Chapter], starts: Sequence[int]) -> list[str | None]:
    """For each of the ascending ``starts`` the text of the chapter it stands in, or None."""
    levels = {chapter.level for chapter in chapters.values()}
    main = next((level for level in _PREFERRED if level in levels), None)
    events = sorted([*((place, 0) for place in chapters), *((place, 1) for place in starts)])
    current: str | None = None
    found: list[str | None] = []
    for place, kind in events:
        if kind:
            found.append(current)
        elif chapters[place].level == main:
            current = chapters[place].text
        elif main and "편장절관".index(chapters[place].level) < "편장절관".index(main):
            current = None
    return found
