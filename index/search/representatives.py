"""One plain curated question for each clause, to be offered to people, and which clauses are near it.

Offered is only what the search itself answers with that clause first, so that nobody is led to "the terms do not say".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.search.likeness import combine, meaning_kernel
from index.search.well_written import is_well_written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.clause import Clause
    from index.questions.files import Question
    from index.search.clause_search import ClauseSearch

PLAIN = re.compile(r"[가-힣A-Za-z0-9 ,·()/-]{8,32}(?:나요|까요|까|가요|어요|에요|예요|지요)\?")
SURE = 0.8  # probability that the terms answer, from which a question may be offered
BESIDE = 0.03  # added to the likeness of the clauses of the same article; most others have less than 0.02
CANDIDATES = 12  # of a clause's questions, the first of a file being the most usual ones


@dataclass(frozen=True, slots=True)
class Representative:
    """``near``: the other clauses, the one that is most likely asked for next first."""

    text: str
    near: tuple[Clause, ...]


def find_representatives(search: ClauseSearch) -> dict[Clause, Representative]:
    """By clause; one without a plain question that finds it is left out."""
    passages = [passage.clause for passage in search.corpus.passages]
    likeness: dict[Clause, list[np.ndarray]] = {}
    rows = _plain_rows(search)
    scores = _scores(search, rows)
    answerable = search.ranker.answerable(scores) if rows else np.array([])
    found: dict[Clause, str] = {}
    for place, row in enumerate(rows):
        question = search.corpus.questions[row]
        clause = question.clauses[0]
        likeness.setdefault(clause, []).append(scores[place, :-1])
        if clause in found or passages[scores[place, :-1].argmax()] != clause or answerable[place] < SURE:
            continue
        found[clause] = question.text
    return {clause: Representative(text, _near(clause, likeness[clause], passages)) for clause, text in found.items()}


def _near(clause: Clause, likeness: Sequence[np.ndarray], passages: Sequence[Clause]) -> tuple[Clause, ...]:
    """The other clauses, nearest first: by what the ranker gives them for this one's questions, and by the article."""
    beside = np.array([other.beside(clause) for other in passages])
    order = (np.mean(likeness, axis=0) + BESIDE * beside).argsort()[::-1]
    return tuple(passages[place] for place in order if passages[place] != clause)


def _plain_rows(search: ClauseSearch) -> list[int]:
    taken: dict[Clause, int] = {}
    rows = []
    for row, question in enumerate(search.corpus.questions):
        if not _is_written_for_people(question, search):
            continue
        taken[question.clauses[0]] = taken.get(question.clauses[0], 0) + 1
        if taken[question.clauses[0]] <= CANDIDATES:
            rows.append(row)
    return rows


def _is_written_for_people(question: Question, search: ClauseSearch) -> bool:
    """Whether it is a plain question of ``data/questions`` without a typing error: nothing said, nothing unstated."""
    curated = bool(question.clauses) and not (question.vague or question.act or question.aspect)
    return curated and bool(PLAIN.fullmatch(question.text)) and is_well_written(question.text, search.spelling)


def _scores(search: ClauseSearch, rows: Sequence[int]) -> np.ndarray:
    """What the ranker says of rows that it was taught, from what is stored: nothing is embedded."""
    collection = search.collection
    likeness = (collection.ngrams[rows] @ collection.ngrams.T).toarray()
    if not search.embedding or collection.vectors is None:
        return search.ranker.scores(likeness)
    vectors = collection.vectors.vectors()
    return search.ranker.scores(combine(meaning_kernel(vectors[rows] @ vectors.T), likeness))
