"""Of each clause the curated question that is most like a text: what tells a person why the clause was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.search.clause_search import UNCURATED

if TYPE_CHECKING:
    from index.clause import Clause
    from index.search.clause_search import ClauseSearch

ALIKE = 0.3  # cosine of n-grams, 0..1, from which a question counts as alike


def nearest_questions(search: ClauseSearch, text: str) -> dict[Clause, str]:
    """By clause its curated question that is most like ``text``, if any is.

    The questions are of the clauses that were learnt; a view has the counterparts of another edition in their place.
    """
    questions = search.corpus.questions
    likeness = search.collection.words_likeness([text])[0, : len(questions)]
    nearest: dict[Clause, str] = {}
    for row in np.argsort(-likeness):
        if likeness[row] < ALIKE:
            break
        if questions[row].clauses:
            nearest.setdefault(questions[row].clauses[0], questions[row].text)
    learnt = [passage.clause for passage in search.corpus.passages]
    pairs = zip(search.passages, search.columns, strict=True)
    return {p.clause: nearest[learnt[c]] for p, c in pairs if c != UNCURATED and learnt[c] in nearest}
