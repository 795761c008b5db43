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
AT_ONCE = 3  # of those


@dataclass(frozen=True, slots=True)
class Representative:
    """``near``: the other clauses, the one that is most likely asked for next first."""

    text: str
    near: tuple[Clause, ...]


def find_representatives(search: ClauseSearch) -> dict[Clause, Representative]:
    """By clause; one without a plain question that finds it is left out.

    Some questions of each clause are scored at a time, until one will do: a start waits for this.
    """
    passages = [passage.clause for passage in search.corpus.passages]
    found: dict[Clause, Representative] = {}
    candidates = waiting = _plain_rows(search)
    while waiting:
        likeness: dict[Clause, list[np.ndarray]] = {}
        texts: dict[Clause, str] = {}
        rows = [row for some in waiting.values() for row in some[:AT_ONCE]]
        scores = _scores(search, rows)
        answerable = search.ranker.answerable(scores)
        for place, row in enumerate(rows):
            question = search.corpus.questions[row]
            clause = question.clauses[0]
            likeness.setdefault(clause, []).append(scores[place, :-1])
            if passages[scores[place, :-1].argmax()] == clause and answerable[place] >= SURE:
                texts.setdefault(clause, question.text)
        for clause, text in texts.items():
            found[clause] = Representative(text, _near(clause, likeness[clause], passages))
        waiting = {clause: some[AT_ONCE:] for clause, some in waiting.items() if clause not in found and some[AT_ONCE:]}
    return {clause: found[clause] for clause in candidates if clause in found}


def _near(clause: Clause, likeness: Sequence[np.ndarray], passages: Sequence[Clause]) -> tuple[Clause, ...]:
    """The other clauses, nearest first: by what the ranker gives them for this one's questions, and by the article."""
    beside = np.array([other.beside(clause) for other in passages])
    order = (np.mean(likeness, axis=0) + BESIDE * beside).argsort()[::-1]
    return tuple(passages[place] for place in order if passages[place] != clause)


def _plain_rows(search: ClauseSearch) -> dict[Clause, list[int]]:
    """The first `CANDIDATES` plain questions of each clause that has any."""
    found: dict[Clause, list[int]] = {}
    for row, question in enumerate(search.corpus.questions):
        if _is_written_for_people(question, search):
            found.setdefault(question.clauses[0], []).append(row)
    return {clause: rows[:CANDIDATES] for clause, rows in found.items()}


def _is_written_for_people(question: Question, search: ClauseSearch) -> bool:
    """Whether it is a plain question of ``data/questions`` without a typing error: nothing said, nothing unstated."""
    curated = bool(question.clauses) and not (question.vague or question.act or question.aspect)
    return curated and bool(PLAIN.fullmatch(question.text)) and is_well_written(question.text, search.spelling)


def _scores(search: ClauseSearch, rows: Sequence[int]) -> np.ndarray:
    """What the ranker says of rows that it was taught, from what is stored: nothing is embedded."""
    collection = search.collection
    likeness = collection.words_likeness([search.corpus.questions[row].text for row in rows])
    if not search.embedding or collection.vectors is None:
        return search.ranker.scores(likeness)
    vectors = collection.vectors.vectors()
    return search.ranker.scores(combine(meaning_kernel(vectors[rows] @ vectors.T), likeness))
