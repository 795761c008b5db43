"""The text of a 조 → its 항, by what begins a 항, 호 or 목 on its line: ①, (1), 1., 가., "- ", 1-1."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.parsing.lines import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.parsing.lines import Line

HANGUL = "가나다라마바사아자차카타파하"
CIRCLES = "".join(map(chr, [*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0)]))
_MARKERS = {
    "circled": re.compile(rf"(?:\d{{1,2}}\\?\.\s+)?[*_]{{0,9}}(?P<value>[{CIRCLES}])[*_]{{0,9}}\s*"),
    "paren": re.compile(r"[(（](?P<value>\d{1,2})[)）]\s*"),
    "number": re.compile(
        r"[*_]{0,9}(?P<value>\d{1,2})(?:의(?P<branch>\d{1,2}))?\\?[.．](?:\d{1,2}\.)?(?!\d)[*_]{0,9}\s*"
    ),
    "closed": re.compile(r"(?P<value>\d{1,2})(?:의(?P<branch>\d{1,2}))?\)\s*"),
    "dashed": re.compile(r"\d{1,2}[-.](?P<value>\d{1,2})[.)]?\s+(?![~-])"),
    "hangul": re.compile(rf"(?P<value>[{HANGUL}])[.)]\s*"),
    "letter": re.compile(r"(?P<value>[a-z])[.)]\s*(?![a-z]\.)"),
    "bullet": re.compile(r"(?:[-–—*+](?=\s)|[·•∙ㆍ◦▪∘])\s*(?!\d{1,3}\s*[-–—]\s*$)(?P<value>)"),
}
FARTHEST = 3  # numbers from one item to the next
_BROKEN = 30  # characters: a shorter line was not broken for want of room
# a ② inside a line begins a 항 only after the end of a sentence: "… 합니다.② 회사는"
_INSIDE = re.compile(rf"(?<=[.。!?>)\]”\"])\s*(?P<circle>[{CIRCLES}])\s*")


@dataclass(frozen=True, slots=True)
class Marker:
    """``kind``: how it is written. ``value``: its place in its list, 0 for a bullet. ``end``: where the words begin.

    ``branch``: 2 of "1의2.", which was put in behind 1; else 0.
    """

    kind: str
    value: int
    indent: int
    end: int
    branch: int = 0

    @property
    def number(self) -> str:
        """ "3"; "1의2"."""
        return f"{self.value}의{self.branch}" if self.branch else str(self.value)

    def follows(self, value: int, branch: int) -> bool:
        """Whether it may come after another of its list; a list may lack an item or two."""
        return value < self.value <= value + FARTHEST or (value == self.value and branch < self.branch)


def read_marker(text: str, start: int = 0) -> Marker | None:
    """The marker with which ``text`` goes on from ``start`` (after blanks), or None."""
    begin = start
    while begin < len(text) and text[begin].isspace():
        begin += 1
    for kind, pattern in _MARKERS.items():
        match = pattern.match(text, begin)
        if match:
            branch = int(match.groupdict().get("branch") or 0)
            return Marker(kind, _value(match["value"]), begin - start, match.end(), branch)
    return None


def circled_value(circle: str) -> int:
    """①: 1."""
    return CIRCLES.index(circle) + 1


def _value(text: str) -> int:
    if not text:
        return 0
    if text in CIRCLES:
        return circled_value(text)
    if text in HANGUL:
        return HANGUL.index(text) + 1
    return int(text) if text.isdigit() else ord(text) - ord("a") + 1


@dataclass(frozen=True, slots=True)
class Piece:
    """A 항 in the source: ``number``, and the offsets of its text without the marker."""

    number: str
    start: int
    end: int


def cut_body(source: str, body: Sequence[Line]) -> list[Piece]:
    """The 항 of the lines ``body``, none of them blank, in order; their numbers ascend."""
    if not body:
        return []
    marked = [(line, read_marker(line.text)) for line in body]
    first = marked[0][1]
    end = body[-1].start + len(body[-1].text.rstrip())
    if first is None or first.kind != "bullet":
        starts = _numbered(source, marked, first, end)
    else:
        starts = _bulleted(marked, first)
    ends = [place for _, place, _ in starts[1:]] + [end]
    pieces = []
    for (number, _, begin), stop in zip(starts, ends, strict=True):
        text = source[begin:stop].rstrip()
        blank = len(text) - len(text.lstrip())
        if text.strip():
            pieces.append(Piece(number, begin + blank, begin + len(text)))
    if not pieces:  # markers alone are all that it says
        begin = body[0].start + len(body[0].text) - len(body[0].text.lstrip())
        pieces += [Piece("1", begin, end)] if begin < end else []
    return pieces


def _bulleted(marked: Sequence[tuple[Line, Marker | None]], first: Marker) -> list[tuple[str, int, int]]:
    """Each bullet is a 항, and so is a line without one that no sentence leads into."""
    starts: list[tuple[str, int, int]] = []
    before = ""
    for line, marker in marked:
        mine = marker is not None and marker.kind == "bullet" and marker.indent <= first.indent + 1
        goes_on = marker is not None or (
            not ends_sentence(before) and (len(before) >= _BROKEN or line.text[0].isspace())
        )
        if mine or not goes_on:
            begin = marker.end if marker else 0
            starts.append((str(len(starts) + 1), line.start, line.start + begin))
        before = line.text
    return starts


def _numbered(
    source: str, marked: Sequence[tuple[Line, Marker | None]], first: Marker | None, end: int
) -> list[tuple[str, int, int]]:
    """Number, place of the marker and place of the words of each 항; the first line's marker tells the kind."""
    kind = first.kind if first else "circled"
    starts: list[tuple[str, int, int]] = []
    last = branch = 0
    for line, marker in marked:
        if marker and marker.kind == kind and (marker.follows(last, branch) or (first and not starts)):
            last, branch = marker.value, marker.branch
            starts.append((marker.number, line.start, line.start + marker.end))
        if kind == "circled":
            for match in _INSIDE.finditer(source, line.start, min(line.end, end)):
                if circled_value(match["circle"]) == last + 1 and starts:
                    last += 1
                    starts.append((str(last), match.start("circle"), match.end()))
    opening = marked[0][0].start
    if first is None:
        if starts and starts[0][0] == "1":  # the words before ① belong to it: "다음과 같다. ① …"
            starts[0] = ("1", opening, opening)
        else:
            starts.insert(0, ("1", opening, opening))
    return starts
