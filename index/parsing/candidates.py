"""The lines that look like headings of a 조, with the signs for and against each, and the best ascending run of them.

A line that only looks like a heading (a table of contents, a reference that begins a line) stands outside of the run.
The best run is a heaviest path: each candidate has a weight of its own, and each step from one number to the next a
weight by how well it ascends. One pass with a prefix maximum over numbers: O(n log m) for n candidates below m.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from index.parsing.chapters import read_addendum, read_chapter
from index.parsing.headings import DELETED, Mark, read_article
from index.parsing.lines import LONGEST_HEADING, TRAILING, core, ends_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.parsing.lines import Line

K = TypeVar("K")
NEXT, SKIP, LONG_SKIP, AGAIN, FIRST = 1.0, -0.5, -1.5, -1.0, 0.3
_HIGHEST = 10_000  # numbers have four digits at most
_OPENS = re.compile(r"\s*[(（\[［【〔]")
_HALF = re.compile(r"(?:제|第)\s*\d{0,4}$")
_INSIDE = re.compile(r"(?<=[.。>\])”])\s(?=제\s?\d)")
_LONG = 45  # what stands behind a number and is longer is no title


@dataclass(frozen=True, slots=True)
class Candidate:
    """``weight``: how much the line looks like a heading. ``sure``: may repeat a number, as a misprint."""

    number: int
    branch: int
    weight: float
    sure: bool = False


def best_run(candidates: Sequence[Candidate]) -> tuple[float, list[int]]:
    """The weight of the best run and the places of its candidates in order."""
    scores: list[float] = []
    before: list[int] = []
    at: dict[tuple[int, int], int] = {}
    by_number: dict[int, int] = {}
    lower = _PrefixMaximum()
    for place, one in enumerate(candidates):
        steps = [(FIRST if one.number <= 1 else 0.0, -1)]
        n, b = one.number, one.branch
        if b:
            steps += _step(scores, at.get((n, b - 1)) if b > 2 else at.get((n, 0)), NEXT)
            steps += _step(scores, by_number.get(n), SKIP) if b < 2 or (n, b) not in at else []
        else:
            steps += _step(scores, by_number.get(n - 1), NEXT)
        for far in (1, 2) if b else (2, 3):
            steps += _step(scores, by_number.get(n - far), SKIP * far)
        steps += _step(scores, lower.best(n - 4), LONG_SKIP)
        if one.sure and (n, b) in at and candidates[at[n, b]].sure:
            steps += _step(scores, by_number[n], AGAIN)
        gain, previous = max(steps)
        scores.append(one.weight + gain)
        before.append(previous)
        _keep(at, (n, b), place, scores)
        if _keep(by_number, n, place, scores):
            lower.add(n, place, scores[place])
    if not scores:
        return 0.0, []
    place = max(range(len(scores)), key=scores.__getitem__)
    total, run = scores[place], []
    while place >= 0:
        run.append(place)
        place = before[place]
    return total, run[::-1]


def _step(scores: list[float], place: int | None, gain: float) -> list[tuple[float, int]]:
    return [] if place is None else [(scores[place] + gain, place)]


def _keep(best: dict[K, int], key: K, place: int, scores: list[float]) -> bool:
    better = key not in best or scores[place] >= scores[best[key]]
    if better:
        best[key] = place
    return better


class _PrefixMaximum:
    """The best place among those with a number of at most n (a Fenwick tree, P. Fenwick 1994)."""

    def __init__(self) -> None:
        self.tree: list[tuple[float, int]] = [(float("-inf"), -1)] * (_HIGHEST + 2)

    def add(self, number: int, place: int, score: float) -> None:
        at = number + 1
        while at < len(self.tree):
            self.tree[at] = max(self.tree[at], (score, place))
            at += at & -at

    def best(self, number: int) -> int | None:
        """None if there is none."""
        found, at = (float("-inf"), -1), number + 1
        while at > 0:
            found = max(found, self.tree[at])
            at -= at & -at
        return found[1] if found[1] >= 0 else None


@dataclass(frozen=True, slots=True)
class HeadingCandidate:
    """A line that may begin a 조.

    ``label``: the number as text. ``first``, ``last``: places of its lines. ``start``, ``end``, ``box``: offsets in the
    source. ``rest``: what stands behind. ``whole``: Markdown marks the line. ``body``: text follows. ``sure``: its
    form alone says that it is a heading.
    """

    label: str
    number: int
    branch: int
    title: str
    form: str
    first: int
    last: int
    start: int
    end: int
    box: tuple[int, int] | None
    rest: str
    whole: bool
    body: bool
    sure: bool


def find_articles(source: str, lines: Sequence[Line]) -> list[HeadingCandidate]:
    """All lines of ``lines`` that may begin a 제N조, in order."""
    marks = [(place, *read) for place, line in enumerate(lines) if (read := _read(source, lines, place))]
    taken = {place for place, _, _ in marks}
    return [_numbered(source, lines, taken, *mark) for mark in marks]


def split_headings(lines: Iterable[Line]) -> Iterator[Line]:
    """``lines``, those cut in which several 조 follow each other without a line break: "… 한다. 제2조(정의) …"."""
    for line in lines:
        mark = read_article(line.text) if _INSIDE.search(line.text) else None
        number, start = (mark.number, 0) if mark and mark.box else (-1, 0)
        for found in _INSIDE.finditer(line.text) if number >= 0 else ():
            inner = read_article(line.text[found.end() : found.end() + LONGEST_HEADING])
            if inner and inner.box and inner.number == number + 1:
                yield replace(
                    line, start=line.start + start, end=line.start + found.end(), text=line.text[start : found.end()]
                )
                number, start = inner.number, found.end()
        yield replace(line, start=line.start + start, text=line.text[start:]) if start else line


def choose(found: Sequence[HeadingCandidate], first: int, last: int) -> tuple[float, list[HeadingCandidate]]:
    """Weight and members of the best run of headings among the lines ``first`` to ``last`` (exclusive)."""
    inside = [one for one in found if first <= one.first < last]
    forms = Counter(one.form for one in inside if one.body) or Counter(one.form for one in inside)
    usual = forms.most_common(1)[0][0] if forms else ""
    weighed = [
        Candidate(n.number, n.branch, _weight(n) + 0.5 * (n.form == usual), n.sure and n.body and n.form == usual)
        for n in inside
    ]
    total, run = best_run(weighed)
    return total, [inside[place] for place in run]


def _weight(one: HeadingCandidate) -> float:
    return (1.0 if one.sure else 0.7 if one.whole or not one.rest.strip() else 0.4) + one.body


def _read(source: str, lines: Sequence[Line], place: int) -> tuple[int, Mark] | None:
    """The last line of the heading that begins at ``place``, and its mark: offsets count from the line's start."""
    line = lines[place]
    mark = read_article(line.text)
    cut = _HALF.fullmatch(core(line.text)[1]) if mark is None else None
    bare = mark is not None and mark.box is None and not line.text[mark.end :].strip()
    if place + 1 < len(lines) and (cut or (mark and mark.open) or bare):
        below = lines[place + 1]
        if len(below.text) < _LONG and (not bare or _OPENS.match(below.text)):
            joined = read_article(source[line.start : below.end])
            if joined and joined.box and joined.end > len(line.text):
                return place + 1, joined
    return (place, mark) if mark else None


def _numbered(
    source: str, lines: Sequence[Line], taken: set[int], first: int, last: int, mark: Mark
) -> HeadingCandidate:
    line = lines[first]
    start, end = line.start, line.start + mark.end
    rest = source[end : lines[last].end]
    decorated = line.text[: mark.start].strip()
    closing = TRAILING.search(line.text[-20:])
    bold = decorated.endswith(("**", "__"))
    partly = bold and "**" in rest[:_LONG].strip().strip("*")
    whole = "#" in decorated or partly or (bold and bool(closing and closing.group().strip()))
    sure = bool(mark.box) or mark.form.endswith("[]") or partly or (whole and not ends_sentence(rest))
    return HeadingCandidate(
        label=f"{mark.number}의{mark.branch}" if mark.branch else str(mark.number),
        number=mark.number,
        branch=mark.branch,
        title=mark.title,
        form=mark.form,
        first=first,
        last=last,
        start=start,
        end=end,
        box=(line.start + mark.box[0], line.start + mark.box[1]) if mark.box else None,
        rest=rest,
        whole=whole,
        body=not mark.page and (_speaks(rest, boxed=bool(mark.box)) or _followed(lines, taken, last)),
        sure=sure,
    )


def _speaks(rest: str, *, boxed: bool) -> bool:
    """Whether ``rest`` is text and no title."""
    words = rest[: 4 * _LONG].strip(" \t*_#")
    return bool(words) and (boxed or len(words) > _LONG or ends_sentence(words) or bool(DELETED.match(words)))


def _followed(lines: Sequence[Line], taken: set[int], last: int) -> bool:
    place = last + 1
    if place >= len(lines) or place in taken:
        return False
    return not (read_chapter(lines[place].text) or read_addendum(lines[place].text))
