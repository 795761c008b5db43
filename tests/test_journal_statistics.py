"""Days, endings, ratings, articles and times are counted right."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from support.entries import CONTACT, DAYS, DELIVERY, ONE, REFUND, asked

from bot.journal.entries import Cited
from bot.journal.statistics import ArticleCount, Day, Statistics, statistics
from index.clause import Clause

if TYPE_CHECKING:
    from support.entries import Clock

    from bot.journal.journal import Journal

pytest_plugins = ["support.databases"]

FIRST, THIRD = date(2026, 3, 1), date(2026, 3, 3)


def test_days_are_counted_as_in_korea_and_none_is_left_out(journal: Journal, clock: Clock) -> None:
    clock.now = datetime(2026, 3, 1, 14, 59, tzinfo=UTC)  # 23:59 in Korea
    numbers = [journal.record(asked()) for _ in range(3)]
    journal.record(asked(status="not_found"))
    journal.rate(numbers[0], ONE, good=True)
    journal.rate(numbers[1], ONE, good=False)
    journal.rate(numbers[2], ONE, good=False)
    clock.forward(days=1, minutes=1)
    for status in ("rejected", "error", "error"):
        journal.record(asked(status=status))
    found = statistics(journal, FIRST, THIRD)
    assert found.days == (
        Day(FIRST, answered=3, not_found=1, good=1, bad=2),
        Day(date(2026, 3, 2)),
        Day(THIRD, rejected=1, error=2),
    )
    assert [day.total for day in found.days] == [4, 0, 3]
    assert (found.total, found.answered, found.answered_share, found.good, found.bad) == (7, 3, 3 / 7, 1, 2)


def test_only_the_days_asked_for_count(journal: Journal, clock: Clock) -> None:
    journal.record(asked(elapsed_ms=1.0))
    clock.forward(days=1)
    journal.record(asked(elapsed_ms=2.0, citations=(DELIVERY,)))
    found = statistics(journal, THIRD, THIRD)
    assert (found.total, found.median_ms, found.articles) == (1, 2.0, (ArticleCount("가게", "1", 1),))


def test_an_article_counts_once_an_entry_and_related_ones_do_not(journal: Journal) -> None:
    second = Cited(Clause("가게", "2", "2"), "2024-03-01")
    journal.record(asked(citations=(REFUND, second), related=(CONTACT,)))
    journal.record(asked(citations=(DELIVERY, REFUND)))
    journal.record(asked(citations=(Cited(Clause("회원", "2", "1"), "2024-03-01"),)))
    assert statistics(journal, FIRST, THIRD).articles == (
        ArticleCount("가게", "2", 2),
        ArticleCount("가게", "1", 1),
        ArticleCount("회원", "2", 1),
    )


@pytest.mark.parametrize(
    ("times", "median", "p95"),
    [
        ([7.0], 7.0, 7.0),
        ([1.0, 2.0], 1.5, 2.0),
        ([*map(float, range(1, 101))], 50.5, 95.0),
        ([3.0, 9.0, 5.0], 5.0, 9.0),
    ],
    ids=["one", "two", "hundred", "unsorted"],
)
def test_times_are_summed_up(journal: Journal, times: list[float], median: float, p95: float) -> None:
    for elapsed in times:
        journal.record(asked(elapsed_ms=elapsed))
    found = statistics(journal, FIRST, THIRD)
    assert (found.median_ms, found.p95_ms) == (median, p95)


def test_without_entries_there_is_no_share_and_no_time(journal: Journal) -> None:
    found = statistics(journal, date(2026, 3, 2), date(2026, 3, 2))
    assert found == Statistics(date(2026, 3, 2), date(2026, 3, 2), (Day(date(2026, 3, 2)),), (), None, None)
    assert found.answered_share is None


def test_days_that_the_journal_cannot_hold_are_not_counted_out(journal: Journal) -> None:
    journal.record(asked())
    found = statistics(journal, date.min, date.max)
    today = date(2026, 3, 2)
    assert (found.since, found.until) == (today - timedelta(days=DAYS), today)
    assert (len(found.days), found.total) == (DAYS + 1, 1)


def test_days_in_the_wrong_order_are_none(journal: Journal) -> None:
    journal.record(asked())
    assert statistics(journal, THIRD, FIRST).days == ()


def test_what_was_only_said_is_counted_apart_from_questions(journal: Journal) -> None:
    for status in ("answered", "chat", "chat", "clarify"):
        journal.record(asked(status=status))
    found = statistics(journal, FIRST, THIRD)
    (day,) = [day for day in found.days if day.total]
    assert (day.answered, day.chat, day.clarify) == (1, 2, 1)
    assert (found.total, found.asked, found.answered_share) == (4, 1, 1.0)
