"""How well the kinds are read on both sides: what a question asks for, and what a clause states and leaves.

A labelled set is two files of JSON lines: ``{"text", "kind"}`` of questions ("" asks for none, `YES_NO` for yes or no)
and ``{"article", "paragraph", "states": [kinds], "leaves": [kinds]}`` of clauses.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.facts.tagger import find_facts, find_left
from index.kinds import YES_NO, asked_kinds, is_yes_no

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from index.facts.files import ClauseFacts

LEFT = "맡김"


@dataclass
class Counts:
    """Of each kind how often it was found rightly, found at all, and there to be found."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)

    def add(self, wanted: set[str], found: set[str]) -> None:
        """One text."""
        self.wanted.update(wanted)
        self.found.update(found)
        self.right.update(wanted & found)

    def lines(self) -> Iterator[str]:
        """A line for each kind and one for all: precision, recall, number."""
        for kind in sorted(self.wanted | self.found):
            yield _line(kind or "없음", self.right[kind], self.found[kind], self.wanted[kind])
        yield _line("모두", self.right.total(), self.found.total(), self.wanted.total())


def _line(name: str, right: int, found: int, wanted: int) -> str:
    return f"  {name}: 정밀도 {_rate(right, found)}, 재현율 {_rate(right, wanted)} ({wanted}개)"


def _rate(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


def read_asked(text: str) -> str:
    """The kind that a question is read to ask for: `YES_NO`, one of `index.aspects.KINDS`, or ""."""
    if is_yes_no(text):
        return YES_NO
    return next(iter(asked_kinds(text)), "")


def measure_questions(path: Path) -> Counts:
    """The reading of questions on a labelled set."""
    counts = Counts()
    for row in _rows(path):
        counts.add({row["kind"]}, {read_asked(row["text"])})
    return counts


def measure_clauses(
    path: Path, text: Mapping[tuple[str, str], str], read: Callable[[str], tuple[set[str], bool]]
) -> Counts:
    """A reading of clauses on a labelled set. ``text`` by article and paragraph; ``read``: kinds, whether it leaves."""
    counts = Counts()
    for row in _rows(path):
        stated, leaves = read(text[row["article"], row["paragraph"]])
        wanted = set(row["states"]) | ({LEFT} if row["leaves"] else set())
        counts.add(wanted, stated | ({LEFT} if leaves else set()))
    return counts


def tagged(text: str) -> tuple[set[str], bool]:
    """What the tagger reads off a clause: the kinds that it states, and whether it leaves something."""
    return {fact.kind for fact in find_facts(text)}, bool(find_left(text))


def reviewed(facts: ClauseFacts | None) -> tuple[set[str], bool]:
    """The same of what a person reviewed; nothing where nobody did."""
    return ({fact.kind for fact in facts.states}, bool(facts.leaves)) if facts else (set(), False)


def _rows(path: Path) -> Iterable[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
