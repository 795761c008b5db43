"""What a search gives: hits, and a text with its scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from index.aspects import Aspect, Standing
    from index.passages import Passage

BY_NUMBER, BY_MEANING, BY_WORDS = "번호", "의미", "낱말"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    ``score`` is the probability, 0..1, that the terms answer the question, times the clause's score as a share of the
    best clause's; larger is better, and the first hit of a question holds the probability itself. ``reasons``: 번호,
    의미, 낱말. ``named``: the question asks for exactly this clause by number; its score is 1.
    """

    passage: Passage
    score: float
    reasons: tuple[str, ...] = ()
    named: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What the ranker takes a text for, besides the clauses that answer it.

    ``near``: of each passage how much it is the subject, shape (passages,). ``aspects``: the things asked of the
    nearest clauses that the text resembles, with their scores, best first. ``act``: what it is most in a conversation,
    ``talk`` the probability that it is; ``polarity``: that of the nearest proposition, ``certain`` the probability that
    it is the answer. Probabilities are 0..1.
    """

    near: np.ndarray
    aspects: tuple[tuple[Aspect, float], ...] = ()
    act: str = ""
    talk: float = 0.0
    vague: float = 0.0
    polarity: Standing | None = None
    certain: float = 0.0

    def best(self, standing: Standing) -> tuple[Aspect | None, float]:
        """The nearest aspect of a standing with its score; (None, 0.0) if there is none."""
        return next(((aspect, score) for aspect, score in self.aspects if aspect.standing is standing), (None, 0.0))


@dataclass(frozen=True, slots=True)
class Scored:
    """A text with its ``scores`` of shape (clauses + 1,), the last for "out of scope", and what they mean.

    ``answerable``: the probability, 0..1, that the terms answer it. ``reading``: None where nobody wrote down what
    people ask (``data/asked``) or say (``data/conversation``).
    """

    text: str
    scores: np.ndarray
    answerable: float
    meaning_part: np.ndarray
    reading: Reading | None = None
