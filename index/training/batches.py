"""What is trained on in one step: questions of some clauses, those clauses, and what has nothing to do with them.

Two things are to be told apart (supervised contrastive learning, Khosla et al. 2020): clauses, and the things that are
asked of one clause. A question's hardest neighbours are those that ask the opposite of the same clause, and those that
ask for what it does not state; so both stand in the batch beside it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from index.aspects import POLAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.aspects import Aspect
    from index.clause import Clause
    from index.questions.corpus import Corpus

    T = TypeVar("T")

CLAUSES, PASSAGES = 14, 8  # of a step; so many of these clauses with their own words
GENERAL, EACH, THINGS = 2, 2, 3  # questions of a clause, questions of each of so many things asked of it
OUTSIDE, ACTS = 16, 4  # out-of-scope questions; acts, with `EACH` utterances


@dataclass(frozen=True, slots=True)
class Batch:
    """``rows`` of the corpus, questions then passages, and how they belong together, bool of shape (rows, rows).

    ``same``, ``same_thing``: to be near to one another; ``unknown``, ``unknown_thing``: neither near nor far.
    """

    rows: list[int]
    same: np.ndarray
    unknown: np.ndarray
    same_thing: np.ndarray
    unknown_thing: np.ndarray


class Batches:
    """Draws what is trained on. ``allowed``: which questions may be, bool of shape (questions,)."""

    def __init__(self, corpus: Corpus, allowed: np.ndarray, seed: int = 0) -> None:
        self._questions, self._seed = corpus.questions, seed
        self._passages = {passage.clause: len(corpus.questions) + n for n, passage in enumerate(corpus.passages)}
        self._general: dict[Clause, list[int]] = defaultdict(list)
        self._acts: dict[str, list[int]] = defaultdict(list)
        self._outside: list[int] = []
        by_thing: dict[Aspect, list[int]] = defaultdict(list)
        for row in np.flatnonzero(allowed).tolist():
            question = self._questions[row]
            if question.act:
                self._acts[question.act].append(row)
            elif question.aspect:
                by_thing[question.aspect].append(row)
            elif question.clauses:
                self._general[question.clauses[0]].append(row)
            elif not question.vague:
                self._outside.append(row)
        self._things: dict[Clause, list[list[int]]] = defaultdict(list)
        for thing, rows in by_thing.items():
            if len(rows) >= EACH:
                self._things[thing.clause].append(rows)

    def draw(self, step: int) -> Batch:
        """The batch of a step, always the same for the same step."""
        chance = np.random.default_rng((self._seed, step))
        clauses = _some(chance, list(self._passages), CLAUSES)
        rows: list[int] = []
        for clause in clauses:
            rows += _some(chance, self._general[clause], GENERAL)
            for thing in self._chosen(chance, self._things[clause]):
                rows += _some(chance, thing, EACH)
        rows += _some(chance, self._outside, OUTSIDE)
        for act in _some(chance, sorted(self._acts), ACTS):
            rows += _some(chance, self._acts[act], EACH)
        rows = [*dict.fromkeys(rows), *(self._passages[clause] for clause in clauses[:PASSAGES])]
        return self._related(rows)

    def _chosen(self, chance: np.random.Generator, things: list[list[int]]) -> list[list[int]]:
        """Some of the things asked of a clause: a proposition with one of another truth, if it has any, and others."""
        polar = [rows for rows in things if self._standing(rows) in POLAR]
        chosen = _some(chance, polar, 1)
        if chosen:
            chosen += _some(chance, [r for r in polar if self._standing(r) is not self._standing(chosen[0])], 1)
        others = [rows for rows in things if self._standing(rows) not in POLAR]
        return chosen + _some(chance, others, max(THINGS - len(chosen), 1))

    def _standing(self, rows: list[int]) -> object:
        aspect = self._questions[rows[0]].aspect
        return aspect.standing if aspect else None

    def _related(self, rows: list[int]) -> Batch:
        by_passage = {place: clause for clause, place in self._passages.items()}
        questions = [None if row in by_passage else self._questions[row] for row in rows]
        every = [set(q.clauses) if q else {by_passage[row]} for q, row in zip(questions, rows, strict=True)]
        first = _equal(
            [next(iter(q.clauses), None) if q else by_passage[r] for q, r in zip(questions, rows, strict=True)]
        )
        things = [q.aspect if q else None for q in questions]
        thing, acts = _equal(things), _equal([q.act or None if q else None for q in questions])
        share = np.array([[bool(one & other) for other in every] for one in every])
        nameless = np.array([one is None for one in things])
        unknown_thing = share & (nameless[:, np.newaxis] | nameless[np.newaxis])
        return Batch(rows, first | acts, share & ~first, thing, unknown_thing & ~thing)


def _some(chance: np.random.Generator, of: Sequence[T], count: int) -> list[T]:
    """So many of them without repetition, all if there are fewer."""
    return [of[place] for place in chance.permutation(len(of))[:count]]


def _equal(names: Sequence[object]) -> np.ndarray:
    """Which of them have the same name, bool of shape (names, names); nothing has the name None, nor itself."""
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    found = np.array([-1 if name is None else numbers[name] for name in names])
    equal = (found[:, np.newaxis] == found[np.newaxis]) & (found[:, np.newaxis] >= 0)
    return np.asarray(equal & ~np.eye(len(names), dtype=bool))
