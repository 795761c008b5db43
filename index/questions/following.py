"""Curated questions carried over to another edition: which go on holding, and which a person must look at.

``questions = "2025-12-15"`` in ``terms.toml`` names the anchor. Without it the numbers are taken for those of the
edition that is asked about: right as long as there is one edition, and `python -m index check` asks for the key as soon
as there are more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.compare.changes import Kind
from index.editions.counterparts import compared, counterparts
from index.editions.library import Library
from index.questions.asked import load_asked
from index.questions.files import fold_question, load_questions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from index.clause import Clause
    from index.compare.changes import Compared, ParagraphChange
    from index.editions.edition import Edition
    from index.questions.files import Question

SAID = {Kind.SAME, Kind.MOVED}


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """Questions, each in the order in which they came, with the numbers of the new edition unless said otherwise.

    ``kept``: all that their answers cite says the same. ``changed``: pairs of a question as it was and as it is now;
    its paragraph says something else on the same subject, or something further that its answer cites is gone.
    ``lost``: their paragraph is gone; with the old numbers. ``unsettled``: out of scope, while something was added or
    changed that may answer them.
    """

    kept: tuple[Question, ...]
    changed: tuple[tuple[Question, Question], ...]
    lost: tuple[Question, ...]
    unsettled: tuple[Question, ...]

    @property
    def served(self) -> list[Question]:
        """What leads to a paragraph of the new edition, or says that a question is out of scope.

        Those on a changed paragraph too: they are about its subject, and an answer quotes what it says now.
        """
        return [*self.kept, *(now for _, now in self.changed), *self.unsettled]

    @property
    def to_review(self) -> list[Question]:
        """What a person must look at, as it was in the old edition."""
        return [*(before for before, _ in self.changed), *self.lost, *self.unsettled]


def carry_over(compared: Compared, questions: Iterable[Question]) -> CarriedOver:
    """Sort ``questions`` of the old edition by what the new one did to the clauses that their answers cite.

    One without a clause is kept as long as nothing was added or changed: the new words may answer it. A vague one is
    always kept.
    """
    changes = {(c.old.article.address, c.old.paragraph.number): c for c in compared.paragraphs if c.old}
    something_new = bool({Kind.ADDED, Kind.CHANGED} & set(compared.count_paragraphs()))
    kept: list[Question] = []
    changed: list[tuple[Question, Question]] = []
    lost: list[Question] = []
    unsettled: list[Question] = []
    for question in questions:
        question = _with_standing_aspect(question, changes)
        if not question.clauses:
            (unsettled if something_new and not question.vague else kept).append(question)
            continue
        found = [changes.get((c.article, c.paragraph)) for c in question.clauses]
        places = [change.new if change and change.kind is not Kind.DELETED else None for change in found]
        if places[0] is None:
            lost.append(question)
            continue
        clauses = tuple(
            place.article.clause(clause.document, place.paragraph.number)
            for clause, place in zip(question.clauses, places, strict=True)
            if place
        )
        now = replace(question, clauses=clauses)
        if all(change and change.kind in SAID for change in found):
            kept.append(now)
        else:
            changed.append((question, now))
    return CarriedOver(tuple(kept), tuple(changed), tuple(lost), tuple(unsettled))


def _with_standing_aspect(question: Question, changes: Mapping[tuple[str, str], ParagraphChange]) -> Question:
    """``question`` with its aspect's clause in the new edition; without the aspect if that says something else."""
    aspect = question.aspect
    if aspect is None:
        return question
    change = changes.get((aspect.clause.article, aspect.clause.paragraph))
    if change is None or change.new is None or change.kind not in SAID:
        return replace(question, aspect=None)
    clause = change.new.article.clause(aspect.clause.document, change.new.paragraph.number)
    return replace(question, aspect=replace(aspect, clause=clause))


class Anchors:
    """The anchors of the documents below ``data``."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self.library = Library(data)

    def edition(self, edition: Edition) -> Edition:
        """The anchor of the questions on ``edition``'s document; ``edition`` itself without one.

        Raises:
            TermsError: ``terms.toml`` names an edition that is not there.
        """
        date = self.library.anchor_date(edition.name)
        anchor = self.library.edition(edition.name, date) if date not in ("", edition.date) else None
        return anchor or edition

    def named(self, terms: str) -> bool:
        """Whether ``terms.toml`` names the anchor. Raises as `edition`."""
        return bool(self.library.anchor_date(terms))

    def follow(self, edition: Edition) -> CarriedOver:
        """The curated questions of ``edition``'s document, followed from their anchor to ``edition``.

        Raises:
            TermsError: as `edition`.
            QuestionsError: a file of curated questions is malformed.
        """
        return carry_over(compared(self.edition(edition), edition), load_questions(self._data, edition.name))

    def serve(self, edition: Edition) -> list[Question]:
        """All that a person wrote down of what is asked about ``edition``'s document, followed to it; each text once.

        What is asked with a word on how it stands (``data/asked``) goes before the same text without one. Raises as
        `follow`.
        """
        asked = load_asked(self._data, edition.name)
        carried = carry_over(compared(self.edition(edition), edition), asked).served if asked else []
        served = {fold_question(question.text): question for question in self.follow(edition).served}
        return list((served | {fold_question(question.text): question for question in carried}).values())

    def clause(self, edition: Edition, clause: Clause) -> Clause | None:
        """The clause of the anchor that ``clause`` of ``edition`` is, None if the anchor has nothing like it."""
        anchor = self.edition(edition)
        return clause if anchor is edition else counterparts(edition, anchor).get(clause)
