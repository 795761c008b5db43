"""A search over other editions than its own: the same index, in which other passages can be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.counterparts import counterparts
from index.passages import make_passages
from index.search import UNLEARNT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.editions import Edition
    from index.search import ClauseSearch


def view(search: ClauseSearch, indexed: Sequence[Edition], editions: Sequence[Edition]) -> ClauseSearch:
    """The search over ``editions`` by what ``search`` learnt of ``indexed``, the editions that it was made from.

    A question about a subject leads to the paragraph on that subject, whatever it says there: a passage has the column
    of its counterpart in the indexed edition of its document. One without a counterpart is `UNLEARNT`; clauses of the
    indexed edition without one are `absent`.
    """
    own = {edition.name: edition for edition in indexed}
    columns = {passage.clause: int(column) for passage, column in zip(search.passages, search.columns, strict=True)}
    known = {
        clause: columns[counterpart]
        for edition in editions
        if edition.name in own
        for clause, counterpart in counterparts(edition, own[edition.name]).items()
        if counterpart in columns
    }
    passages = make_passages(editions)
    chosen = np.array([known.get(passage.clause, UNLEARNT) for passage in passages], dtype=int)
    names, found = {edition.name for edition in editions}, set(chosen.tolist())
    absent = [
        column for clause, column in columns.items() if clause.terms in names and column not in {UNLEARNT, *found}
    ]
    return search.over_passages(passages, chosen).model_copy(update={"absent": tuple(absent)})
