"""What a question is ranked against: one matrix of labels whose columns belong to several heads.

    clauses | out of scope | subjects | standings | kinds | conversation | vague | acts ‖ aspects

``subjects`` are the clauses again, of which a question is a neighbour: also one that they do not answer. ``aspects``
are looked at for the nearest clauses alone, so they are kept apart.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix, vstack

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
    def digest(self) -> str:
        """SHA-256 of what the columns are."""
        return hashlib.sha256(repr((self.clauses, self.acts, self.aspects)).encode()).hexdigest()

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

    @cached_property
    def narrow(self) -> slice:
        """All columns but the aspects."""
        return slice(0, self.talk.stop)

    def labels(self, questions: Sequence[Question]) -> csr_matrix:
        """0/1, sparse float32 of shape (questions + passages, columns): the narrow ones, then the aspects."""
        own = np.arange(len(self.clauses))
        rows = np.repeat(own, 2)
        columns = np.stack([own, self.subjects.start + own], axis=1).ravel()
        passages = csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), (len(own), self._width))
        return vstack([self.taught(questions), passages], format="csr")

    def taught(self, questions: Sequence[Question]) -> csr_matrix:
        """The rows of `labels` for questions.

        A vague question and an utterance of a conversation are taught to be nothing: neither a clause's nor out of
        scope.
        """
        place = {clause: column for column, clause in enumerate(self.clauses)}
        aspects = {aspect: self.talk.stop + column for column, aspect in enumerate(self.aspects)}
        found = [
            [*dict.fromkeys(self._columns(q, place)), *([aspects[q.aspect]] if q.aspect else ())] for q in questions
        ]
        starts = np.cumsum([0, *map(len, found)])
        columns = np.array([column for row in found for column in row], dtype=int)
        return csr_matrix((np.ones(len(columns), np.float32), columns, starts), (len(found), self._width))

    @property
    def _width(self) -> int:
        return int(self.talk.stop) + len(self.aspects)

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
