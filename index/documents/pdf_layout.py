"""Pieces of a page → lines as they are read: column after column, words whole that a line end or a cell cuts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from index.parsing.chapters import read_addendum, read_chapter
from index.parsing.headings import read_article
from index.parsing.lines import ends_sentence
from index.parsing.paragraphs import read_marker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FEWEST = 3  # rows on each side of what may be a gutter
_TEXT = 12  # letters: rows of columns of text are longer on average, cells are shorter
_SHORT = re.compile(r"([가-힣]{1,4})(?:\s+(.+))?")
_TALL = 2.5  # sizes of the font from one row of a cell to the next
_FULL = 2.5  # sizes of the font that may be left free at the end of a full line
_LAST, _FIRST = re.compile(r"[가-힣]+$"), re.compile(r"[가-힣]+")
_HYPHEN = re.compile(r"(?<=[a-z])-$")
# syllables that are words: all others at the end or the start of a line are half a word
_WORDS = set("수것등및그이한두세네더안못각전후때곳날달주년월일원회번중내외본당매총약단즉또꼭잘다첫새타갑을병저제")
_WORDS |= set("할될된한쉴낼줄낸쓴쓸온올준뺀뺄든들난날본볼큰큼뒤앞밑위옆밖속말값돈집앱폰층명개건분초시간쪽곧늘왜몇쯤")
_PARTICLES = set("은는을를의에와과로도만께며면고여야")
_ENDING = re.compile(
    r"(?:습?니다|합니다|입니다|으로서?|로서|에서는?|에게는?|까지는?|부터는?|에[는도만]|으며|으면|거나|이며|이고|라도|라는|이란"
    r"|하여|하며|하고|하는|한다|된다|하지|보다|처럼|마다|만을|만이|[를을은는]|[과와]의|[으]?로[는도])"
)


@dataclass(frozen=True, slots=True)
class Row:
    """``x``, ``y``: where it begins, in points; y grows upwards. ``end``: about where it ends. ``size``: of its font.

    ``goes_on``: the next row stands on the same line, behind a wide blank.
    """

    text: str
    x: float
    y: float
    size: float
    end: float
    goes_on: bool = False


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
            before = replace(before, text=f"{before.text} {row.text}", end=row.end, goes_on=row.goes_on)
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
        yield replace(cell[0], text=" ".join(words), end=max(row.end for row in cell))
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


def mend_words(rows: Sequence[Row]) -> list[str]:
    """The lines of ``rows``; a word that a line end cuts stands whole on the first of the two lines."""
    lines = [row.text for row in rows]
    spoken = "\n".join(lines)
    for place in range(len(lines) - 1):
        first, second = lines[place], lines[place + 1]
        if not _goes_over(rows, place) or not first or not second:
            continue
        tail = _tail(first, second, spoken)
        if tail:
            lines[place] = _HYPHEN.sub("", first) + tail
            lines[place + 1] = second[len(tail) :].lstrip()
    return [line for line in lines if line]


def _goes_over(rows: Sequence[Row], place: int) -> bool:
    """Whether the line at ``place`` is full and the next one goes on with it."""
    row, text = rows[place], rows[place + 1].text
    edge = max(other.end for other in rows if abs(other.x - row.x) < 4 * row.size)
    begins = read_marker(text) or read_article(text) or read_chapter(text) or read_addendum(text)
    return row.end >= edge - _FULL * row.size and not begins and not ends_sentence(row.text)


def _tail(first: str, second: str, spoken: str) -> str:
    """How much of ``second`` belongs to the last word of ``first``; "" if a word ends with the line."""
    begins = second.split(maxsplit=1)[0]
    if _HYPHEN.search(first) and begins[:1].islower():
        return begins
    before, behind = _LAST.search(first), _FIRST.match(begins)
    if not before or not behind:
        return ""
    half, other = before.group(), behind.group()
    alone = half == first.split()[-1]
    cut = len(other) == 1 and (other in _PARTICLES or other not in _WORDS)
    cut = cut or bool(_ENDING.fullmatch(other)) or (alone and len(half) == 1 and half not in _WORDS | _PARTICLES)
    cut = cut or (alone and len(half) == 1 and half in _PARTICLES)
    stem = other[:-1] if len(other) > 2 else other  # without a particle
    known = len(half + stem) > 2 and half + stem in spoken and f"{half} {stem}" not in spoken
    return begins if cut or known else ""
