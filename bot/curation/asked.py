"""What was asked in vain: distinct questions in groups that ask alike, and what became of them since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.curation.gaps import MOST, group
from index.questions.files import fold_question

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.curation.gaps import Vectors
    from bot.journal.entries import Logged
    from index.clause import Clause
    from index.questions.files import Question
    from index.search.embedding import Embedder


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its ``entries``, the newest first; ``clauses``: where it is curated by now, None if nowhere."""

    entries: tuple[Logged, ...]
    clauses: tuple[Clause, ...] | None

    @property
    def newest(self) -> Logged:
        return self.entries[0]

    @property
    def bad(self) -> int:
        """How many entries have a bad rating."""
        return sum(entry.good is False for entry in self.entries)

    @property
    def reasons(self) -> list[str]:
        """Why they were rated badly, each reason once."""
        return sorted({entry.reason for entry in self.entries if entry.reason})


def group_asked(
    entries: Sequence[Logged], curated: Iterable[Question], vectors: Vectors, embedder: Embedder | None
) -> list[tuple[Asked, ...]]:
    """The distinct questions of ``entries`` (newest first), at most `MOST`, those that ask alike together.

    The most asked group comes first, those that are curated by now last.
    """
    same: dict[str, list[Logged]] = {}
    for entry in entries:
        same.setdefault(fold_question(entry.question) or entry.question, []).append(entry)
    known = {fold_question(question.text): question.clauses for question in curated}
    asked = [Asked(tuple(one), known.get(fold_question(one[0].question))) for one in list(same.values())[:MOST]]
    texts = [one.newest.question for one in asked]
    groups = [tuple(asked[place] for place in one.members) for one in group(texts, vectors.of(texts, embedder))]
    return sorted(groups, key=_order)


def _order(members: tuple[Asked, ...]) -> tuple[bool, int]:
    return all(one.clauses is not None for one in members), -sum(len(one.entries) for one in members)
