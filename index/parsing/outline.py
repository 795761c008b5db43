"""Lines → the outline of a document: its parts (each 조 with heading, chapter and text), and what is left over.

A heading is not what looks like one but what fits: the 조 of the text ascend, a table of contents repeats them without
text between, 부칙 begins to count anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from index.parsing.annexes import AnnexHeading, ends_text, read_annex
from index.parsing.candidates import HeadingCandidate, choose, find_articles
from index.parsing.chapters import Chapter, chapters_of, find_chapters, read_addendum
from index.parsing.front_matter import sort_front
from index.parsing.sections import find_sections
from index.parsing.titles import Heading, Surroundings, settle_titles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.parsing.lines import Line

ADDENDUM = "부칙"
_WORDS = re.compile(r"[^\s*_#\ufeff]")


@dataclass(slots=True)
class Part:
    """A 조 and its text. ``block``: 0 in the main text, n in the n-th 부칙. ``body``: its lines that are not blank."""

    heading: Heading
    chapter: str | None
    block: int
    body: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class AnnexPart:
    """A 별표 or another annex: the line of its heading, and its lines that are not blank."""

    heading: AnnexHeading
    line: Line
    body: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """``title``: the line that names the document. ``headings``: of chapters and 부칙. ``contents``: a list of them.

    ``unplaced``: lines that belong to no 조, those of the ``annexes`` among them.
    """

    title: Line | None = None
    parts: list[Part] = field(default_factory=list)
    headings: list[Line] = field(default_factory=list)
    contents: list[Line] = field(default_factory=list)
    unplaced: list[Line] = field(default_factory=list)
    annexes: list[AnnexPart] = field(default_factory=list)


def read_outline(source: str, lines: Sequence[Line]) -> Outline:
    """The outline of ``lines``, none of them blank. Without any 조 or numbered section it has no parts."""
    found = find_articles(source, lines)
    borders = [0, *(place for place, line in enumerate(lines) if read_addendum(line.text)), len(lines)]
    runs = [choose(found, first, last) for first, last in pairwise(borders)]
    main = _main_text(runs)
    if runs[main][1]:
        chosen = [runs[main][1], *(run for _, run in runs[main + 1 :])]
        starts = {one.first for run in chosen for one in run}
        chapters = find_chapters(lines, starts, {one.first for one in found} - starts)
    else:
        sections = find_sections(lines, borders[1])
        found, chapters = sections.found, sections.chapters
        chosen = [sections.run, *([] for _ in borders[2:])]
        if not sections.run:
            return Outline(unplaced=list(lines))
    addenda = borders[main + 1 : -1] if runs[main][1] else borders[1:-1]
    return _Walk(source, lines, found, chosen, chapters, set(addenda)).outline


def _main_text(runs: Sequence[tuple[float, list[HeadingCandidate]]]) -> int:
    """The place of the first run that has text, and is no table of contents, among those that 부칙 divide."""
    speaking = (at for at, (_, run) in enumerate(runs) if run and 2 * sum(one.body for one in run) >= len(run))
    return next(speaking, max(range(len(runs)), key=lambda at: runs[at][0]))


class _Walk:
    """Goes through the lines once and gives each of them its place."""

    def __init__(
        self,
        source: str,
        lines: Sequence[Line],
        found: Sequence[HeadingCandidate],
        runs: Sequence[Sequence[HeadingCandidate]],
        chapters: dict[int, Chapter],
        addenda: set[int],
    ) -> None:
        self.lines, self.outline = lines, Outline()
        self.chapters, self.addenda = chapters, addenda
        self.starts = {one.first: heading for run in runs for one, heading in _settled(source, lines, run)}
        first = runs[0][0].first
        self.chapter = dict(zip(sorted(self.starts), chapters_of(chapters, sorted(self.starts)), strict=True))
        self.strays = {one.first for one in found if one.sure and one.body and one.first > first} - set(self.starts)
        self.last_start = max(max(self.starts), max(addenda, default=0))
        self.last_main = max((one.first for one in runs[0]), default=0)
        self.part: Part | None = None
        self.annex: AnnexPart | None = None
        self.block, self.new_block = 0, False
        taken = self._chapter_lines()
        front = [line for place, line in enumerate(lines[:first]) if place not in taken]
        looks = {lines[one.first].number for one in found}
        self.outline.title, self.outline.contents, self.outline.unplaced = sort_front(front, looks)
        place = 0
        while place < len(lines):
            place = self._step(place, front=place < first)

    def _chapter_lines(self) -> set[int]:
        return {line for place, chapter in self.chapters.items() for line in range(place, chapter.last + 1)}

    def _step(self, place: int, *, front: bool) -> int:
        """Put the line at ``place``; the place of the next line."""
        line = self.lines[place]
        if place in self.starts:
            return self._begin(self.starts[place])
        if place in self.chapters:
            last = self.chapters[place].last
            self.outline.headings += self.lines[place : last + 1]
            self.part = self.annex = None
            return last + 1
        if place in self.addenda:
            self._addendum(line)
        elif not front:
            self._text(place, line)
        return place + 1

    def _begin(self, heading: Heading) -> int:
        self._open(heading, self.chapter[heading.first] if not self.addenda_begun else None)
        self._add_rest(self.lines[heading.last], heading.end)
        return heading.last + 1

    @property
    def addenda_begun(self) -> bool:
        return bool(self.block or self.new_block)

    def _open(self, heading: Heading, chapter: str | None) -> None:
        self.block, self.new_block = self.block + self.new_block, False
        self.annex = None
        self.part = Part(heading, chapter, self.block)
        self.outline.parts.append(self.part)

    def _add_rest(self, line: Line, end: int) -> None:
        """What stands on a heading's line behind it is the first line of its text."""
        text = line.text[end - line.start :]
        pad = len(text) - len(text.lstrip(" \t*_"))
        if _WORDS.search(text) and self.part:
            self.part.body.append(replace(line, start=end + pad, text=text[pad:]))

    def _addendum(self, line: Line) -> None:
        end, title = read_addendum(line.text) or (0, "")
        self.part, self.annex, self.new_block = None, None, True
        self.outline.headings.append(line if not _WORDS.search(line.text, end) else _head(line, end))
        if _WORDS.search(line.text, end):
            self._open(Heading(ADDENDUM, title, 0, 0, line.start, line.start + end, None), None)
            self._add_rest(line, line.start + end)

    def _text(self, place: int, line: Line) -> None:
        annex = self._annex(place, line)
        if annex or place in self.strays or (place > self.last_start and ends_text(line.text)):
            self.part, self.new_block = None, False
        if annex:
            self.annex = AnnexPart(annex, line)
            self.outline.annexes.append(self.annex)
        elif self.annex:
            self.annex.body.append(line)
        elif self.part is None and self.new_block:
            heading = self.outline.headings[-1]
            title = (read_addendum(heading.text) or (0, ADDENDUM))[1]
            self._open(Heading(ADDENDUM, title, 0, 0, line.start, line.start, None), None)
        if self.part:
            self.part.body.append(line)
        else:
            self.outline.unplaced.append(line)

    def _annex(self, place: int, line: Line) -> AnnexHeading | None:
        """The annex that ``line`` begins: below all 조, or with a number between the last 조 and the 부칙."""
        between = place > self.last_main and not self.addenda_begun
        annex = read_annex(line.text) if between or place > self.last_start else None
        return annex if annex and (annex.number or place > self.last_start) else None


def _head(line: Line, end: int) -> Line:
    return replace(line, end=line.start + end, text=line.text[:end])


def _settled(
    source: str, lines: Sequence[Line], run: Sequence[HeadingCandidate]
) -> list[tuple[HeadingCandidate, Heading]]:
    headings = [Heading(n.label, n.title, n.first, n.last, n.start, n.end, n.box) for n in run]
    around = []
    for at, one in enumerate(run):
        after = run[at + 1].first if at + 1 < len(run) else len(lines)
        below = one.last + 1
        following = (below, lines[below].end, lines[below].text) if below + 1 < after else None
        around.append(Surroundings(one.rest, one.whole, following))
    return list(zip(run, settle_titles(headings, around), strict=True))
