"""Which common subject a paragraph regulates: clause to clause, which is easier than question to clause.

A document that nobody curated gets the questions of its subjects for drafts (`python -m index draft-questions`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.questions.subjects import Provision, Subject
    from index.search.embedding import Embedder

# logistic regression of "the nearest provision is the right one" on its cosine and its lead over the nearest of
# another subject, learnt on the provisions in other words of subjects that the encoder was not trained on
BIAS, COSINE, LEAD = -13.0, 14.0, 20.0


@dataclass(frozen=True, slots=True)
class Match:
    """``probability``, 0..1: that the paragraph says what the provision says."""

    provision: Provision
    probability: float


class SubjectMatcher:
    """The provisions of all subjects, embedded once."""

    def __init__(self, subjects: Iterable[Subject], embedder: Embedder) -> None:
        self._embedder = embedder
        self._provisions = [provision for subject in subjects for provision in subject.provisions]
        said = [text for provision in self._provisions for text in provision.passages]
        self._vectors = embedder.passages(said) if said else np.zeros((0, embedder.dimension), np.float32)
        self._subjects = np.array([provision.subject for provision in self._provisions])

    def match(self, texts: Sequence[str], most: int = 1) -> list[list[Match]]:
        """The ``most`` nearest provisions of each text of a passage, nearest first; none without subjects."""
        if not texts or not self._provisions:
            return [[] for _ in texts]
        vectors = self._embedder.passages(texts)
        # a provision is as near as the nearer of its two wordings
        cosines = (vectors @ self._vectors.T).reshape(len(texts), -1, 2).max(axis=2)
        return [self._best(row, most) for row in cosines]

    def _best(self, cosines: np.ndarray, most: int) -> list[Match]:
        order = np.argsort(-cosines, kind="stable")[:most]
        found = []
        for place in order.tolist():
            others = cosines[self._subjects != self._subjects[place]]
            lead = float(cosines[place] - others.max(initial=0.0))
            logit = BIAS + COSINE * float(cosines[place]) + LEAD * lead
            found.append(Match(self._provisions[place], float(1 / (1 + np.exp(-logit)))))
        return found
