"""Which of the numbered lines are the headings of one document: the run whose numbers ascend best.

A line that only looks like a heading (a table of contents, a reference that begins a line) stands outside of the run.
The best run is a heaviest path: each candidate has a weight of its own, and each step from one number to the next a
weight by how well it ascends. One pass with a prefix maximum over numbers: O(n log m) for n candidates below m.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

K = TypeVar("K")
NEXT, SKIP, LONG_SKIP, AGAIN, FIRST = 1.0, -0.5, -1.5, -1.0, 0.3
_HIGHEST = 10_000  # numbers have four digits at most


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
