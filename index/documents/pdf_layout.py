"""Pieces of a page → lines as they are read: column after column, words whole that a line end or a cell cuts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from index.parsing.annexes import read_annex
from index.parsing.chapters import read_addendum, read_chapter
from index.parsing.headings import read_article
from index.parsing.paragraphs import read_marker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FEWEST = 3  # rows on each side of what may be a gutter
_TEXT = 12  # letters: rows of text are longer, cells are shorter
_SHORT = re.compile(r"([가-힣]{1,4})(?:\s+(.+))?")
_TALL = 2.5  # sizes of the font from one row of a cell to the next
_FULL = 2.5  # sizes of the font that may be left free at the end of a full line
_STEP = 20.0  # points: lines that begin so close to each other may be of one column
_EVEN = 3  # lines that reach an edge
_PARAGRAPH = 2.1  # sizes of the font from a line to the next of its paragraph
_SIZES = 0.1  # of a size: letters of one paragraph differ by less
_LAST, _FIRST = re.compile(r"[가-힣]$"), re.compile(r"[가-힣]+")
_HYPHEN = re.compile(r"(?<=[a-z])-$")
# syllables that are words: all others at the end or the start of a line are half a word
_WORDS = set("수것등및그이한두세네더안못각전후때곳날달주년월일원회번중내외본당매총약단즉또꼭잘다첫새타갑을병저제")
_WORDS |= set("할될된한쉴낼줄낸쓴쓸온올준뺀뺄든들난날본볼큰큼뒤앞밑위옆밖속말값돈집앱폰층명개건분초시간쪽곧늘왜몇쯤")
_PARTICLES = set("은는을를의에와과로도만께며면고여야")
_TIES, _TIED = "·ㆍ/(“‘「", "·ㆍ/),.”’」%"  # signs with no blank behind, and with none before
_STEMS = "니한된하있없않이"  # syllables that 다 ends a sentence behind
_SENTENCE = re.compile(rf"(?:[.!?。:;]|[{_STEMS}]다)[\"'”’)\]）>]*$")
_UNITS = "일월년원개회시분초인명주달조항호차번배퍼만천백"  # what stands behind a number without a blank
_LEADING = "야게도"  # syllables of a verb that another follows: "해야 합니다"
_ENDING = re.compile(
    r"(?:습?니다|합니다|입니다|으로서?|로서|에서는?|에게는?|까지는?|부터는?|에[는도만]|으며|으면|거나|이며|이고|라도|라는|이란"
    r"|하여|하며|하고|하는|한다|된다|하지|보다|처럼|마다|만을|만이|[를을은는]|[과와]의|[으]?로[는도])"
)


@dataclass(frozen=True, slots=True)
class Row:
    """``x``, ``y``: where it begins, in points; y grows upwards. ``end``: about where it ends. ``size``: of its font.

    ``goes_on``: the next row stands on the same line, behind a wide blank.
    ``gapped``: a blank in it is wider than one between words: cells of a table.
    """

    text: str
    x: float
    y: float
    size: float
    end: float
    goes_on: bool = False
    gapped: bool = False


def in_columns(rows: Sequence[Row]) -> list[Row]:
    """``rows`` of one page; those of two columns that were drawn line by line come column by column."""
    gutter = _gutter(rows)
    if gutter is None:
        return list(_whole_lines(rows))
    ordered: list[Row] = []
    left: list[Row] = []
    right: list[Row] = []
    for row in rows:
        if row.x < gutter < row.end:
            ordered += [*left, *right, row]
            left, right = [], []
        else:
            (left if row.x < gutter else right).append(replace(row, goes_on=False))
    return [*ordered, *left, *right]


def _gutter(rows: Sequence[Row]) -> float | None:
    """Where two columns of text are divided that were drawn line by line, or None."""
    starts = sorted({round(after.x) for before, after in pairwise(rows) if before.goes_on})
    for start in starts:
        edge = start - 1.0
        left = [row for row in rows if row.end <= edge]
        right = [row for row in rows if row.x >= edge]
        across = len(rows) - len(left) - len(right)
        beside = sum(before.goes_on and before.end <= edge <= after.x for before, after in pairwise(rows))
        if beside < _FEWEST or across > beside:
            continue
        lengths = [sum(len(row.text) for row in side) / len(side) for side in (left, right)]
        begun = [row for row in right if abs(row.x - start) < row.size and read_article(row.text)]
        if min(lengths) >= _TEXT and (begun or min(lengths) >= 2 * _TEXT):
            return edge
    return None


def _whole_lines(rows: Sequence[Row]) -> Iterator[Row]:
    before: Row | None = None
    for row in rows:
        if before is not None and before.goes_on:
            before = replace(before, text=f"{before.text} {row.text}", end=row.end, goes_on=row.goes_on, gapped=True)
            continue
        if before is not None:
            yield before
        before = row
    if before is not None:
        yield before


def join_narrow(rows: Sequence[Row]) -> Iterator[Row]:
    """``rows`` with the words whole that a narrow cell cuts into a few syllables a row, on the line of their row."""
    place = 0
    while place < len(rows):
        last = _narrow(rows, place)
        cell, after = rows[place:last], rows[last : last + 2]
        beside = [row for row in after if cell[-1].y <= row.y <= cell[0].y and row.x > max(one.x for one in cell)]
        parts = [part for row in cell if (part := _SHORT.fullmatch(row.text))]
        upright = len(cell) >= _FEWEST and sum(len(part[1]) == 1 for part in parts) >= len(parts) - 1
        inside = [row for row in beside if row is after[0]]
        cut = upright or len(inside) == len(beside) == 1 or any(part[2] for part in parts)
        if len(cell) == 1 or not cut:
            yield rows[place]
            place += 1
            continue
        words = ["".join(part[1] for part in parts), *(part[2] for part in parts if part[2])]
        if inside and len(words) == 1:
            words, last = [*words, inside[0].text], last + 1
        yield replace(cell[0], text=" ".join(words), end=max(row.end for row in cell), gapped=True)
        place = last


def _narrow(rows: Sequence[Row], first: int) -> int:
    """The end of the run of at least two rows from ``first`` on that may be one word; one further for none.

    One of them may go on with the other cells of its row, if that were drawn line by line.
    """
    last, whole = first, 0
    for row in rows[first:]:
        part = _SHORT.fullmatch(row.text)
        above = rows[last - 1] if last > first else None
        if part is None or (above and not (abs(row.x - above.x) < 1 and 0 < above.y - row.y < _TALL * row.size)):
            break
        if part[2] and (whole or len(part[1]) > 1):
            break
        last, whole = last + 1, whole + bool(part[2])
    fewest = _FEWEST if whole else 2
    return last if last - first >= fewest else first + 1


def read_lines(rows: Sequence[Row]) -> list[str]:
    """The lines of ``rows``: those that a full line goes on with are one; a word that a line end cuts is whole."""
    edges = _Edges(rows)
    spoken = "\n".join(row.text for row in rows)
    lines: list[str] = []
    for before, row in pairwise([None, *rows]):
        assert row is not None  # noqa: S101 - only the first of them is None
        text = row.text
        if before is not None and lines and _goes_over(before, row, edges):
            tail = _tail(lines[-1], text, spoken)
            if edges.are_even(before) and not (before.gapped or row.gapped):
                lines[-1] = (_HYPHEN.sub("", lines[-1]) if tail else f"{lines[-1]} ") + text
                continue
            if tail:
                lines[-1] = _HYPHEN.sub("", lines[-1]) + tail
                text = text[len(tail) :].lstrip()
        lines += [text] if text else []
    return lines


class _Edges:
    """How far the lines reach that begin about where a line begins."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._ends: dict[int, list[float]] = {}
        for row in rows:
            self._ends.setdefault(round(row.x / _STEP), []).append(row.end)
        for ends in self._ends.values():
            ends.sort()

    def _near(self, row: Row) -> list[float]:
        place = round(row.x / _STEP)
        return [end for near in (place - 1, place, place + 1) for end in self._ends.get(near, [])[-_EVEN:]]

    def is_full(self, row: Row) -> bool:
        """Whether not much more would go on the line."""
        return row.end >= max(self._near(row)) - _FULL * row.size

    def are_even(self, row: Row) -> bool:
        """Whether ``row`` is long and enough lines reach as far, so that it is the edge of a column of text."""
        if row.end - row.x < _TEXT * row.size:
            return False
        ends = self._near(row)
        return sum(end >= max(ends) - _FULL * row.size for end in ends) >= _EVEN


def _goes_over(row: Row, below: Row, edges: _Edges) -> bool:
    """Whether ``row`` is full and ``below`` goes on with it."""
    mark = read_article(row.text)
    headed = (mark is not None and not row.text[mark.end :].strip()) or read_chapter(row.text)
    near = 0 < row.y - below.y < _PARAGRAPH * row.size or row.y < below.y
    alike = abs(row.size - below.size) < _SIZES * row.size
    ended = headed or _SENTENCE.search(row.text) or _begins(row.text, below.text)
    return near and alike and edges.is_full(row) and not ended


def _begins(above: str, text: str) -> bool:
    """Whether ``text`` begins a heading or an item. "합니 | 다." and "범위 | ·기간" are no items."""
    if read_article(text) or read_chapter(text) or read_addendum(text) or read_annex(text):
        return True
    goes_on = (text[0] in _TIED and text[1:2] != " ") or (text.startswith("다.") and above[-1] in _STEMS)
    return read_marker(text) is not None and not goes_on


def _tail(first: str, second: str, spoken: str) -> str:
    """How much of ``second`` belongs to the last word of ``first``; "" if a word ends with the line."""
    begins = second.split(maxsplit=1)[0]
    half = first.rsplit(maxsplit=1)[-1]
    if _HYPHEN.search(first):
        return begins if begins[:1].islower() else ""
    if half[-1] in _TIES or begins[0] in _TIED:
        return begins
    behind = _FIRST.match(begins)
    if not behind:
        return ""
    other = behind.group()
    if other in _PARTICLES or (_ENDING.fullmatch(other) and half[-1] not in _LEADING):
        return begins
    if not _LAST.search(half):
        return begins if half[-1].isdigit() and other[0] in _UNITS else ""
    return begins if _is_cut(half, other) or _is_known(half, other, spoken) else ""


def _is_cut(half: str, other: str) -> bool:
    """Whether one of the two is a syllable that is no word."""
    verb = half[-1] in _STEMS and other == "다"
    return verb or (len(other) == 1 and other not in _WORDS) or (len(half) == 1 and half not in _WORDS)


def _is_known(half: str, other: str, spoken: str) -> bool:
    """Whether the text elsewhere writes the two as one word, and nowhere as two."""
    stem = other[:-1] if len(other) > 2 else other  # without a particle
    stem = stem[:1] if len(half) == 1 else stem
    return len(half + other) > 2 and half + stem in spoken and f"{half} {stem}" not in spoken
