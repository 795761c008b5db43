"""Which curated questions go on holding in the new edition, and which a person must look at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from index.compare.changes import Kind
from index.editions import Clause

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.compare.changes import Compared
    from index.questions import Question


def follow_questions(compared: Compared, questions: Iterable[Question]) -> tuple[list[Question], list[Question]]:
    """(kept, to review), both in order.

    A question is kept, with the new numbers, if every clause that its answer cites says the same as before. One
    without a clause (out of scope, vague) is kept as long as nothing was added or changed: the new words may answer it.
    """
    addresses = {
        (change.old.article.address, change.old.paragraph.number): change.new
        for change in compared.paragraphs
        if change.old and change.new and change.kind in (Kind.SAME, Kind.MOVED)
    }
    nothing_new = not {Kind.ADDED, Kind.CHANGED} & set(compared.count_paragraphs())
    kept, to_review = [], []
    for question in questions:
        places = [addresses.get((c.article, c.paragraph)) for c in question.clauses]
        clauses = tuple(
            Clause(clause.terms, place.article.address, place.paragraph.number)
            for clause, place in zip(question.clauses, places, strict=True)
            if place
        )
        follows = len(clauses) == len(places) and (bool(places) or question.vague or nothing_new)
        if follows:
            kept.append(replace(question, clauses=clauses))
        else:
            to_review.append(question)
    return kept, to_review
