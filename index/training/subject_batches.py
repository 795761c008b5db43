"""Batches of the common subjects: a question belongs to its provision, however a company puts it.

What is learnt there carries over to documents that nobody wrote questions for (docs/encoder.md). A provision's hardest
neighbours, the others of its subject, stand in the batch beside it.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.training.batches import Batch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.questions.subjects import Subject

SUBJECTS, PROVISIONS, EACH = 9, 3, 2  # of a step, of each of these subjects, questions of each of these provisions
HELD_BACK = 8  # one subject of so many is not trained on


@dataclass(frozen=True, slots=True)
class SubjectTexts:
    """All texts of some subjects: ``queries``, then ``passages``; for each the number of its provision, -1 for none.

    A provision has two passages. ``subjects``: for each text the number of its subject; ``held``: for each subject
    whether it is not trained on.
    """

    queries: tuple[str, ...]
    passages: tuple[str, ...]
    provisions: tuple[int, ...]
    subjects: tuple[int, ...]
    held: tuple[bool, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of all of it."""
        return hashlib.sha256(repr(self).encode()).hexdigest()

    @classmethod
    def of(cls, subjects: Sequence[Subject]) -> SubjectTexts:
        """Queries are the provisions' questions, then the near misses."""
        provisions = [(number, one) for number, subject in enumerate(subjects) for one in subject.provisions]
        asked = [(place, number, text) for place, (number, one) in enumerate(provisions) for text in one.questions]
        misses = [(-1, number, text) for number, subject in enumerate(subjects) for text, _ in subject.near_misses]
        said = [(place, number, text) for place, (number, one) in enumerate(provisions) for text in one.passages]
        return cls(
            tuple(text for _, _, text in asked + misses),
            tuple(text for _, _, text in said),
            tuple(place for place, _, _ in asked + misses + said),
            tuple(number for _, number, _ in asked + misses + said),
            tuple(zlib.crc32(subject.name.encode()) % HELD_BACK == 0 for subject in subjects),
        )


class SubjectBatches:
    """Draws batches of `SubjectTexts`, whose rows begin with ``first``."""

    def __init__(self, texts: SubjectTexts, first: int, seed: int = 0) -> None:
        self._texts, self._first, self._seed = texts, first, seed
        self._rows: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for row, (subject, place) in enumerate(zip(texts.subjects, texts.provisions, strict=True)):
            if not texts.held[subject]:
                self._rows[subject][place].append(row)

    def draw(self, step: int) -> Batch:
        """The batch of a step, always the same for the same step."""
        chance = np.random.default_rng((self._seed, step))
        rows: list[int] = []
        for subject in chance.permutation(sorted(self._rows))[:SUBJECTS].tolist():
            own = self._rows[subject]
            for place in chance.permutation([place for place in own if place >= 0])[:PROVISIONS].tolist():
                asked = [row for row in own[place] if row < len(self._texts.queries)]
                rows += chance.permutation(asked)[:EACH].tolist()
                rows += [row for row in own[place] if row not in asked]
            rows += chance.permutation(own.get(-1, []))[:1].tolist()
        return self._related(rows)

    def _related(self, rows: list[int]) -> Batch:
        places = np.array([self._texts.provisions[row] for row in rows])
        subjects = np.array([self._texts.subjects[row] for row in rows])
        same = (places[:, np.newaxis] == places[np.newaxis]) & (places >= 0) & ~np.eye(len(rows), dtype=bool)
        missed = (places < 0)[:, np.newaxis] | (places < 0)[np.newaxis]
        # of another subject a near miss may well be a question
        unknown = missed & (subjects[:, np.newaxis] != subjects[np.newaxis])
        nothing = np.zeros_like(same)
        return Batch([self._first + row for row in rows], same, unknown, nothing, nothing)
