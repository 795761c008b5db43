"""편, 장, 절, 관 and 부칙: the grammar of their headings, and which of them a 조 stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.numerals import SINO
from index.parsing.headings import CLOSERS, CLOSING, OPENING, read_article, refers, tidy, unpaged
from index.parsing.lines import core, ends_sentence
from index.parsing.paragraphs import read_marker

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from index.parsing.lines import Line

_CHAPTER = re.compile(
    rf"[{OPENING}]?\s*(?:제|第)\s*(?P<number>\d{{1,3}}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|[{SINO}십]{{1,3}})\s*(?P<level>[편장절관])"
    r"(?:\s*+의\s*+\d{1,2})?(?![가-힣])(?P<title>.*)$",
    re.DOTALL,
)
_ADDENDUM = re.compile(
    rf"[{OPENING}]?\s*+(?:부\s*+칙|附\s*+則)\s*+[{CLOSERS}]?"
    r"(?:\s*+(?:\([^()]{0,80}\)|<[^<>]{0,80}>|\[[^\[\]]{0,80}\]|〈[^〉]{0,80}〉|제\s*+\d++\s*+[호차]))*+(?P<colon>\s*+[:：])?"
)
_WRAPPED_ADDENDUM = re.compile(r"(?:\S{1,6}\s+)?부\s*칙\s*<[^<>]{0,60}(?:호|\d{4})[^<>]{0,40}>(?:\s+\S{1,8})?$")
_IN_FORCE = re.compile(r"\s(?:[①1(제]|.{0,60}(?:시행|적용|효력)(?:합니다|한다|됩니다|된다))")
_MIDDLE = re.compile(r"제\s*+\d{1,3}\s*+항\s++(?P<title>\S.*)$", re.DOTALL)
_NEAR, _LONGEST_TITLE = 3, 30
_LEVELS = "편장절관항"
_PREFERRED = "장편절관항"  # what a document calls its chapters: 장 if it has any


def read_chapter(text: str) -> tuple[str, str] | None:
    """The level (편, 장, 절, 관) and the text of the heading of 편, 장, 절 or 관, or None."""
    _, words = core(text)
    match = _CHAPTER.match(words)
    if not match:
        return None
    title = tidy(unpaged(match["title"]))
    sentence = len(title) > 60 or (title.endswith(("다.", "다", ".")) and len(title) > 12)
    if sentence or refers(words, match.start("title")) or re.match(r"제\s*\d+\s*조", title):
        return None
    heading = tidy(unpaged(words)).strip()
    if words[0] in CLOSING:
        heading = heading[1:].removesuffix(CLOSING[words[0]]).strip()
    return match["level"], heading


def read_addendum(text: str) -> tuple[int, str] | None:
    """Where the heading 부칙 ends in ``text`` (its first sentence may follow), and the heading, or None."""
    begin, words = core(text)
    if _WRAPPED_ADDENDUM.match(words):
        return begin + len(words), tidy(words)
    match = _ADDENDUM.match(words)
    if not match:
        return None
    rest = words[match.end() :]
    if rest.strip() and not match["colon"] and not _IN_FORCE.match(rest):
        return None
    return begin + match.end(), " ".join(match.group().rstrip(" :：").split())


@dataclass(frozen=True, slots=True)
class Chapter:
    """``level``: 편, 장, 절, 관, or 항 (above 조). ``text``: of the heading. ``last``: the place of its last line."""

    level: str
    text: str
    last: int


def find_chapters(lines: Sequence[Line], starts: Collection[int], others: Collection[int]) -> dict[int, Chapter]:
    """The headings of chapters by place: those that one of ``starts`` (first lines of a 조) follows soon.

    ``others``: lines that only look like a 조; after a chapter of a table of contents one of them follows.
    """
    found: dict[int, Chapter] = {}
    for place in range(len(lines) - 1, -1, -1):
        read = read_chapter(lines[place].text) or (_read_middle(lines, place) if place + 1 in starts else None)
        if read is None:
            continue
        for near in range(place + 1, min(place + 1 + _NEAR, len(lines))):
            if near in others:
                break
            if near in starts or near in found:
                found[place] = _with_title(lines, place, near, *read)
                break
    return found


def _read_middle(lines: Sequence[Line], place: int) -> tuple[str, str] | None:
    """ "제2항 회사의 해지" above a 조, on a line of its own: a heading, and no part of the 조 before it."""
    line = lines[place]
    match = _MIDDLE.match(core(line.text)[1])
    if match is None or len(match["title"]) > _LONGEST_TITLE or ends_sentence(line.text):
        return None
    above = lines[place - 1] if place else None
    alone = above is None or above.number + 1 < line.number
    apart = alone or (above is not None and (ends_sentence(above.text) or read_chapter(above.text)))
    heading = tidy(match.group())
    return ("항", heading) if apart and not refers(heading, match.start("title") - 1) else None


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
        elif main and _LEVELS.index(chapters[place].level) < _LEVELS.index(main):
            current = None
    return found
