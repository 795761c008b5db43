"""Which clauses of an edition the answers of the journal cited, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.journal.tables import ClauseRow, EntryRow

if TYPE_CHECKING:
    from datetime import date

    from bot.journal.journal import Journal


@dataclass(frozen=True, slots=True)
class Citing:
    """``count`` answers cited a clause; the last one on ``day`` (Asia/Seoul), in ``conversation``, to ``question``."""

    article: str
    paragraph: str
    count: int
    day: date
    conversation: str
    question: str


def count_citations(journal: Journal, terms: str, edition: str) -> list[Citing]:
    """The cited clauses of an edition, the most cited first. Raises JournalError if the database fails."""
    grouped = (
        select(ClauseRow.article, ClauseRow.paragraph, func.count().label("count"), func.max(EntryRow.id).label("last"))
        .join(EntryRow, EntryRow.id == ClauseRow.entry_id)
        .where(ClauseRow.terms == terms, ClauseRow.edition == edition, ClauseRow.related.is_(False))
        .group_by(ClauseRow.article, ClauseRow.paragraph)
        .subquery()
    )
    wanted = (
        select(grouped.c.article, grouped.c.paragraph, grouped.c.count, EntryRow)
        .join(EntryRow, EntryRow.id == grouped.c.last)
        .order_by(grouped.c.count.desc(), grouped.c.article, grouped.c.paragraph)
    )
    with journal.database.reading() as session:
        return [
            Citing(article, paragraph, count, last.day, last.conversation, last.question)
            for article, paragraph, count, last in session.execute(wanted)
        ]
