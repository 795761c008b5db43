"""How the passage search does without curated questions, on a question-answering set in SQuAD's format (KorQuAD).

Each paragraph of the set is a passage, and the one that a question was written for is the right one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from sklearn.metrics import ndcg_score

from index.errors import QuestionsError
from index.search.uncurated import PassageSearch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from index.search.embedding import Embedder

BLOCK = 500  # questions scored at a time


@dataclass(frozen=True, slots=True)
class ReadingSet:
    """``right[i]``: the place in ``passages`` of the one that answers ``questions[i]``."""

    passages: tuple[str, ...]
    questions: tuple[str, ...]
    right: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """``recall``: share of questions whose passage comes first. ``ndcg``: nDCG@10. Both 0..1."""

    recall: float
    ndcg: float


def read_reading_set(path: Path) -> ReadingSet:
    """Read a file in SQuAD's format.

    Raises:
        QuestionsError: it has another form.
    """
    try:
        documents = json.loads(path.read_text(encoding="utf-8"))["data"]
        paragraphs = [p for document in documents for p in document["paragraphs"]]
        asked = [(qa["question"], place) for place, p in enumerate(paragraphs) for qa in p["qas"]]
        passages = tuple(p["context"] for p in paragraphs)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise QuestionsError(f"{path}: SQuAD 형식의 질문 파일이 아닙니다.") from error
    if len(passages) < 2 or not asked:
        raise QuestionsError(f"{path}: 문단이 둘 이상, 질문이 하나 이상 있어야 합니다.")
    return ReadingSet(passages, tuple(q for q, _ in asked), tuple(place for _, place in asked))


def measure(found: ReadingSet, embedder: Embedder, progress: Callable[[int], object]) -> dict[str, Figures]:
    """Figures by "dense", "words" and "fused", of one run; ``progress`` counts passages and questions done."""
    search = PassageSearch.over(found.passages, embedder, progress)
    parts: dict[str, list[np.ndarray]] = {"dense": [], "words": [], "fused": []}
    for start in range(0, len(found.questions), BLOCK):
        questions = found.questions[start : start + BLOCK]
        scores = search.scores(questions)
        progress(len(questions))
        for name, rows in parts.items():
            rows.append(getattr(scores, name))
    return {name: _figures(np.concatenate(rows), np.array(found.right)) for name, rows in parts.items()}


def _figures(scores: np.ndarray, right: np.ndarray) -> Figures:
    places = np.arange(scores.shape[1])
    wanted = (places[np.newaxis, :] == right[:, np.newaxis]).astype(np.int8)
    return Figures(
        recall=float((scores.argmax(axis=1) == right).mean()),
        ndcg=float(ndcg_score(wanted, scores, k=10)),
    )
