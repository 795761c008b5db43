"""What a question is ranked against: one matrix of labels whose columns belong to several heads.

    clauses | out of scope | subjects | standings | kinds | conversation | vague | acts ‖ aspects

``subjects`` are the clauses again, of which a question is a neighbour: also one that they do not answer. ``aspects``
are looked at for the nearest clauses alone, so they are kept apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from index.aspects import KINDS, Aspect, Standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.clause import Clause
    from index.passages import Passage
    from index.questions.files import Question

STANDINGS = tuple(Standing)


@dataclass(frozen=True)
class Heads:
    """The columns. ``acts`` and ``aspects``: those that the rows name, in order."""

    clauses: tuple[Clause, ...]
    acts: tuple[str, ...]
    aspects: tuple[Aspect, ...]

    @classmethod
    def of(cls, passages: Sequence[Passage], questions: Sequence[Question]) -> Heads:
        """The heads of the rows of a collection."""
        acts = dict.fromkeys(q.act for q in questions if q.act)
        place = {passage.clause: column for column, passage in enumerate(passages)}
        aspects = dict.fromkeys(q.aspect for q in questions if q.aspect)
        return cls(tuple(place), tuple(acts), tuple(sorted(aspects, key=lambda aspect: place[aspect.clause])))

    @cached_property
    def answering(self) -> slice:
        """The clauses that answer, then "out of scope"."""
        return slice(0, len(self.clauses) + 1)

    @cached_property
    def subjects(self) -> slice:
        """The clauses that a question is about, whether they answer it or not."""
        return slice(self.answering.stop, self.answering.stop + len(self.clauses))

    @cached_property
    def standings(self) -> slice:
        """How the thing asked stands, in the order of `STANDINGS`."""
        return slice(self.subjects.stop, self.subjects.stop + len(STANDINGS))

    @cached_property
    def kinds(self) -> slice:
        """What kind of thing is asked for, in the order of `KINDS`."""
        return slice(self.standings.stop, self.standings.stop + len(KINDS))

    @cached_property
    def talk(self) -> slice:
        """ "conversation", "vague", then each of ``acts``."""
        return slice(self.kinds.stop, self.kinds.stop + 2 + len(self.acts))

    @cached_property
    def blocks(self) -> dict[int, slice]:
        """The columns of a clause's aspects, which stand together, by the clause's place; none for one without."""
        places = {clause: column for column, clause in enumerate(self.clauses)}
        owners = np.array([places[aspect.clause] for aspect in self.aspects], dtype=int)
        return {
            int(owner): slice(int(np.searchsorted(owners, owner)), int(np.searchsorted(owners, owner, "right")))
            for owner in np.unique(owners)
        }

    @cached_property
    def aspect_standings(self) -> np.ndarray:
        """Of each aspect the place of its standing in `STANDINGS`, shape (aspects,)."""
        return np.array([STANDINGS.index(aspect.standing) for aspect in self.aspects], dtype=int)

    def labels(self, questions: Sequence[Question]) -> tuple[np.ndarray, np.ndarray]:
        """0/1 float32 of shape (questions + passages, narrow columns), and of shape (…, aspects).

        A vague question and an utterance of a conversation are taught to be nothing: neither a clause's nor out of
        scope.
        """
        rows, passages = len(questions), len(self.clauses)
        narrow = np.zeros((rows + passages, self.talk.stop), np.float32)
        aspects = np.zeros((rows + passages, len(self.aspects)), np.float32)
        place = {clause: column for column, clause in enumerate(self.clauses)}
        aspect_place = {aspect: column for column, aspect in enumerate(self.aspects)}
        for row, question in enumerate(questions):
            narrow[row, self._columns(question, place)] = 1
            if question.aspect:
                aspects[row, aspect_place[question.aspect]] = 1
        own = np.arange(passages)
        narrow[rows + own, own] = narrow[rows + own, self.subjects.start + own] = 1
        return narrow, aspects

    def _columns(self, question: Question, place: dict[Clause, int]) -> list[int]:
        if question.act:
            return [self.talk.start, self.talk.start + 2 + self.acts.index(question.act)]
        if question.vague:
            return [self.talk.start + 1]
        columns = [place[clause] for clause in question.clauses] or [len(place)]
        aspect = question.aspect
        subjects = question.clauses or ((aspect.clause,) if aspect else ())
        columns += [self.subjects.start + place[clause] for clause in subjects]
        if aspect:
            columns.append(self.standings.start + STANDINGS.index(aspect.standing))
            columns += [self.kinds.start + KINDS.index(aspect.kind)] if aspect.kind else []
        return columns
