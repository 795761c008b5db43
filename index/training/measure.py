"""What training gains, on curated questions that were not trained on and by the nearest of those that were."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.aspects import POLAR

if TYPE_CHECKING:
    from index.questions.corpus import Corpus

AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class Gained:
    """Shares, 0..1, NaN of none.

    ``clause``: of held-back questions whose nearest trained question has the same clause. ``truth``: of held-back
    yes/no questions whose nearest one of the same clause has the same answer.
    """

    clause: float
    truth: float

    @property
    def line(self) -> str:
        """For people."""
        return f"같은 항 {self.clause:.3f}, 같은 네·아니요 {self.truth:.3f}"


def measure(corpus: Corpus, vectors: np.ndarray, held: np.ndarray) -> Gained:
    """``vectors``: of all questions, float32 of shape (questions, dimension); ``held``: which are held back."""
    questions = corpus.questions
    known = np.flatnonzero(~held & np.array([not q.vague for q in questions]))
    clauses, truths = [], []
    asked = [row for row in np.flatnonzero(held).tolist() if questions[row].clauses]
    for start in range(0, len(asked), AT_ONCE):
        part = asked[start : start + AT_ONCE]
        nearest = known[(vectors[part] @ vectors[known].T).argmax(axis=1)]
        clauses += [
            bool(set(questions[a].clauses) & set(questions[b].clauses)) for a, b in zip(part, nearest, strict=True)
        ]
    polar = {row: q.aspect for row, q in enumerate(questions) if q.aspect and q.aspect.standing in POLAR}
    for row in (row for row in polar if held[row]):
        own = [other for other in polar if not held[other] and polar[other].clause == polar[row].clause]
        if own:
            nearest = own[int((vectors[own] @ vectors[row]).argmax())]
            truths.append(polar[nearest].standing is polar[row].standing)
    return Gained(_share(clauses), _share(truths))


def _share(found: list[bool]) -> float:
    return float(np.mean(found)) if found else float("nan")
