"""Of each clause the well written question that is nearest to a text: what tells a person why the clause was found.

Only a few nearest rows are wanted, so FAISS finds them; the ranker, which weighs all rows, multiplies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.search.clause_search import UNCURATED
from index.search.well_written import is_well_written

if TYPE_CHECKING:
    from index.clause import Clause
    from index.search.clause_search import ClauseSearch

NEAREST = 64  # rows that are looked at
# From which a question counts as alike: cosine of embeddings, and cosine of n-grams. Of the clauses found first, second
# and third for the questions of data/eval/dev.jsonl 0.74, 0.37 and 0.15 have one by embeddings, 0.61, 0.36 and 0.19 by
# n-grams.
ALIKE, ALIKE_IN_WORDS = 0.77, 0.3


def nearest_questions(search: ClauseSearch, text: str) -> dict[Clause, str]:
    """By clause its well written question that is nearest to ``text``, if any is near; {} for a text without a word.

    The questions are of the clauses that were learnt; a view has the counterparts of another edition in their place.
    """
    questions = search.corpus.questions
    nearest: dict[Clause, str] = {}
    for row in _near_rows(search, text) if any(map(str.isalnum, text)) else ():
        if row < len(questions) and questions[row].clauses and is_well_written(questions[row].text, search.spelling):
            nearest.setdefault(questions[row].clauses[0], questions[row].text)
    learnt = [passage.clause for passage in search.corpus.passages]
    pairs = zip(search.passages, search.columns, strict=True)
    return {p.clause: nearest[learnt[c]] for p, c in pairs if c != UNCURATED and learnt[c] in nearest}


def _near_rows(search: ClauseSearch, text: str) -> list[int]:
    """The rows of the collection that are alike, nearest first: by meaning, or by words without embeddings."""
    vectors = search.collection.vectors
    if search.embedder is not None and vectors is not None:
        cosines, rows = vectors.search(search.embedder.queries([text]), NEAREST)
        order = np.lexsort((rows[0], -cosines[0]))  # equals as they stand in the files
        return [int(rows[0, place]) for place in order if cosines[0, place] >= ALIKE]
    likeness = search.collection.words_likeness([text])[0]
    return [int(row) for row in np.argsort(-likeness, kind="stable")[:NEAREST] if likeness[row] >= ALIKE_IN_WORDS]
