"""What a search gives: hits, and a text with its scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from langchain_core.documents import Document
from pydantic import ConfigDict

from index.passages import Passage

if TYPE_CHECKING:
    import numpy as np

BY_NUMBER, BY_MEANING, BY_WORDS = "번호", "의미", "낱말"


class Hit(Document):
    """A passage that was found.

    ``score`` is the probability, 0..1, that the terms answer the question, times the clause's score as a share of the
    best clause's; larger is better, and the first hit of a question holds the probability itself. ``reasons``: 번호,
    의미, 낱말. ``named``: the question asks for exactly this clause by number; its score is 1.
    """

    model_config = ConfigDict(frozen=True)

    passage: Passage
    score: float
    reasons: tuple[str, ...] = ()
    named: bool = False


@dataclass(frozen=True, slots=True)
class Scored:
    """A text with its ``scores`` of shape (clauses + 1,), the last for "out of scope", and what they mean.

    ``answerable``: the probability, 0..1, that the terms answer it.
    """

    text: str
    scores: np.ndarray
    answerable: float
    meaning_part: np.ndarray
