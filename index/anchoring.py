"""Curated questions name clauses by the numbers of one edition, their anchor: here they meet other editions.

``questions = "2025-12-15"`` in ``terms.toml`` names the anchor. Without it the numbers are taken for those of the
edition that is asked about: right as long as there is one edition, and `python -m index check` asks for the key as soon
as there are more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.asked import load_asked
from index.compare import Followed, follow_questions
from index.counterparts import compared, counterparts
from index.library import Library
from index.questions import fold_question, load_questions

if TYPE_CHECKING:
    from pathlib import Path

    from index.editions import Clause, Edition
    from index.questions import Question


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

    def follow(self, edition: Edition) -> Followed:
        """The curated questions of ``edition``'s document, followed from their anchor to ``edition``.

        Raises:
            TermsError: as `edition`.
            QuestionsError: a file of curated questions is malformed.
        """
        return follow_questions(compared(self.edition(edition), edition), load_questions(self._data, edition.name))

    def serve(self, edition: Edition) -> list[Question]:
        """All that a person wrote down of what is asked about ``edition``'s document, followed to it; each text once.

        What is asked with a word on how it stands (``data/asked``) goes before the same text without one. Raises as
        `follow`.
        """
        asked = load_asked(self._data, edition.name)
        carried = follow_questions(compared(self.edition(edition), edition), asked).served if asked else []
        served = {fold_question(question.text): question for question in self.follow(edition).served}
        return list((served | {fold_question(question.text): question for question in carried}).values())

    def clause(self, edition: Edition, clause: Clause) -> Clause | None:
        """The clause of the anchor that ``clause`` of ``edition`` is, None if the anchor has nothing like it."""
        anchor = self.edition(edition)
        return clause if anchor is edition else counterparts(edition, anchor).get(clause)
