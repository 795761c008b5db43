"""The corpus: the editions in force, their passages, and the curated questions that are learnt."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from index.facts.known import known_kinds
from index.passages import Passage, make_passages
from index.questions.acts import act_rows, load_acts
from index.questions.files import Question, fold_question
from index.questions.following import Anchors
from index.questions.heads import Heads

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.editions.edition import Edition
    from index.facts.known import KnownKinds


@dataclass(frozen=True)
class Corpus:
    """What an index is made from."""

    passages: tuple[Passage, ...]
    questions: tuple[Question, ...]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all of it: an index with another digest is stale."""
        plain = repr(([p.as_json() for p in self.passages], self.questions))
        return hashlib.sha256(plain.encode()).hexdigest()

    @property
    def row_keys(self) -> list[str]:
        """For each row a digest of what is embedded: rows with equal keys have equal vectors."""
        rows = [f"question\n{q.text}" for q in self.questions] + [f"passage\n{p.text}" for p in self.passages]
        return [hashlib.sha256(row.encode()).hexdigest()[:32] for row in rows]

    @property
    def taught_keys(self) -> list[str]:
        """For each row a digest of what it is and of what it teaches: rows with equal keys have the same labels."""
        questions = [repr((q.text, q.clauses, q.vague, q.aspect, q.act)) for q in self.questions]
        passages = [repr((p.text, p.clause)) for p in self.passages]
        return [hashlib.sha256(row.encode()).hexdigest()[:32] for row in (*questions, *passages)]

    @cached_property
    def quotes(self) -> tuple[str, ...]:
        """The words of the clauses, in their order."""
        return tuple(passage.quote for passage in self.passages)

    @cached_property
    def heads(self) -> Heads:
        """What a question is ranked against."""
        return Heads.of(self.passages, self.questions)

    @cached_property
    def known_kinds(self) -> KnownKinds:
        """What each clause states and leaves."""
        return known_kinds(self.passages, self.heads.aspects)

    @property
    def labels(self) -> np.ndarray:
        """0/1 of shape (questions + passages, passages + 1); the last column is "out of scope"."""
        labels: np.ndarray = self.heads.labels(self.questions)[:, self.heads.answering].toarray()
        return labels

    @property
    def groups(self) -> np.ndarray:
        """For each row the number of the section that it stands in, shape (questions + passages,); -1 for none."""
        names = [q.aspect or q.section or None for q in self.questions]
        numbers = {name: number for number, name in enumerate(dict.fromkeys(filter(None, names)))}
        return np.array([*(numbers.get(name, -1) for name in names), *(-1 for _ in self.passages)])


def read_corpus(data: Path, editions: Sequence[Edition]) -> Corpus:
    """Passages of the editions, the curated questions of their paragraphs, followed to these editions, and utterances.

    A question whose paragraph an edition does not have is left out (`python -m index follow` lists it).

    Raises:
        QuestionsError: a file of curated questions is malformed.
        TermsError: the edition that the questions are anchored to is not there.
    """
    anchors = Anchors(data)
    served = [question for edition in editions for question in anchors.serve(edition)]
    known = {fold_question(question.text) for question in served}
    talk = (row for row in act_rows(load_acts(data)) if fold_question(row.text) not in known)
    return Corpus(make_passages(editions), (*served, *talk))
