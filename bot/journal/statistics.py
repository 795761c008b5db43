"""Count the journal: questions a day and how they ended, what is cited, how long answers took."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING

from sqlalchemy import case, func, select

from bot.journal.tables import ClauseRow, EntryRow, seoul_day
from index.clause import Clause

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from bot.journal.journal import Journal


@dataclass(frozen=True, slots=True)
class Day:
    """The entries of one day in Korea: by how they ended, and by their rating."""

    day: date
    answered: int = 0
    not_found: int = 0
    chat: int = 0
    clarify: int = 0
    rejected: int = 0
    error: int = 0
    good: int = 0
    bad: int = 0

    @property
    def total(self) -> int:
        return self.asked + self.chat + self.clarify

    @property
    def asked(self) -> int:
        """Questions: what was only said to the bot, and what it did not understand, is none."""
        return self.answered + self.not_found + self.rejected + self.error


@dataclass(frozen=True, slots=True)
class ArticleCount:
    """How many entries cite an article."""

    terms: str
    article: str
    entries: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """``days``: every day from ``since`` to ``until``, also those without an entry. ``articles``: most cited first.

    Times are in ms over all entries, None without entries; ``p95_ms`` is the nearest rank.
    """

    since: date
    until: date
    days: tuple[Day, ...]
    articles: tuple[ArticleCount, ...]
    median_ms: float | None
    p95_ms: float | None

    @property
    def total(self) -> int:
        return sum(day.total for day in self.days)

    @property
    def answered(self) -> int:
        return sum(day.answered for day in self.days)

    @property
    def asked(self) -> int:
        return sum(day.asked for day in self.days)

    @property
    def answered_share(self) -> float | None:
        """Answered of all questions, 0..1; None without questions."""
        return self.answered / self.asked if self.asked else None

    @property
    def good(self) -> int:
        return sum(day.good for day in self.days)

    @property
    def bad(self) -> int:
        return sum(day.bad for day in self.days)


def statistics(journal: Journal, since: date, until: date) -> Statistics:
    """Statistics of these days in Korea, both included; narrowed to those of which the journal keeps entries.

    Raises:
        JournalError: the database fails.
    """
    today = seoul_day(journal.clock())
    since, until = max(since, today - timedelta(days=journal.days)), min(until, today)
    inside = EntryRow.day.between(since, until)
    with journal.database.reading() as session:
        times = sorted(session.scalars(select(EntryRow.elapsed_ms).where(inside)))
        return Statistics(
            since=since,
            until=until,
            days=_days(session, inside, since, until),
            articles=_articles(session, inside),
            median_ms=median(times) if times else None,
            p95_ms=times[math.ceil(0.95 * len(times)) - 1] if times else None,
        )


def _days(session: Session, inside: ColumnElement[bool], since: date, until: date) -> tuple[Day, ...]:
    good, bad = (func.count(case((EntryRow.good.is_(value), 1))) for value in (True, False))
    rows = session.execute(
        select(EntryRow.day, EntryRow.status, func.count(), good, bad)
        .where(inside)
        .group_by(EntryRow.day, EntryRow.status)
    )
    counts: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for day, status, total, liked, disliked in rows:
        counts[day].update({status: total, "good": liked, "bad": disliked})
    every = (since + timedelta(days=after) for after in range((until - since).days + 1))
    return tuple(Day(day, **counts[day]) for day in every)


def _articles(session: Session, inside: ColumnElement[bool]) -> tuple[ArticleCount, ...]:
    entries = func.count(EntryRow.id.distinct())
    rows = session.execute(
        select(ClauseRow.terms, ClauseRow.article, entries)
        .join(EntryRow)
        .where(inside, ClauseRow.related.is_(False))
        .group_by(ClauseRow.terms, ClauseRow.article)
        .order_by(entries.desc(), ClauseRow.terms, ClauseRow.article)
    )
    return tuple(ArticleCount(terms, article, count) for terms, article, count in rows)


@dataclass(frozen=True, slots=True)
class Citing:
    """``count`` answers cited a clause; the last one on ``day`` (Asia/Seoul), in ``conversation``, to ``question``."""

    clause: Clause
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
            Citing(Clause(terms, article, paragraph), count, last.day, last.conversation, last.question)
            for article, paragraph, count, last in session.execute(wanted)
        ]
