"""The desk finds entries by day, ending, rating, words, article and channel, page by page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from support.entries import CONTACT, DELIVERY, ONE, TWO, asked

from bot.journal.entries import Filter
from bot.journal.reader import Reader

if TYPE_CHECKING:
    from support.entries import Clock

    from bot.journal.journal import Journal

pytest_plugins = ["support.databases"]


@pytest.fixture
def reader(journal: Journal, clock: Clock) -> Reader:
    """Four entries of three days in Korea."""
    clock.now = datetime(2026, 3, 1, 14, 59, 59, tzinfo=UTC)  # 23:59:59 in Korea
    rated = journal.record(asked("환불 되나요?"))
    clock.forward(seconds=1)
    journal.record(asked("배송은 100% 며칠인가요?", conversation=TWO, citations=(DELIVERY,), channel="api"))
    clock.forward(days=1)
    bad = journal.record(asked("그럼 언제요?", interpreted="환불은 언제 되나요?", related=(CONTACT,), channel="desk"))
    journal.record(
        asked("주차 되나요?", status="not_found", citations=(), answer="확인되지 않습니다.", conversation=TWO)
    )
    journal.rate(rated, ONE, good=True)
    journal.rate(bad, ONE, good=False, reason="날짜가 없어요")
    return Reader(journal)


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (Filter(), [4, 3, 2, 1]),
        (Filter(since=date(2026, 3, 2)), [4, 3, 2]),
        (Filter(until=date(2026, 3, 1)), [1]),
        (Filter(since=date(2026, 3, 2), until=date(2026, 3, 2)), [2]),
        (Filter(since=date(2026, 3, 3), until=date(2026, 3, 1)), []),
        (Filter(since=date.min, until=date.max), [4, 3, 2, 1]),
        (Filter(status="not_found"), [4]),
        (Filter(rating="good"), [1]),
        (Filter(rating="bad"), [3]),
        (Filter(rating="none"), [4, 2]),
        (Filter(channel="api"), [2]),
        (Filter(article="2"), [3, 1]),
        (Filter(article="3"), []),
        (Filter(text="배송"), [2]),
        (Filter(text="환불은 언제"), [3]),
        (Filter(text="날짜가"), [3]),
        (Filter(text="확인되지"), [4]),
        (Filter(text="0%"), [2]),
        (Filter(text="_"), []),
        (Filter(text="\\"), []),
        (Filter(text="'; DROP TABLE journal_entries; --"), []),
        (Filter(text="\x00배송\ud800"), [2]),
        (Filter(article="\x00"), []),
        (Filter(status="answered", rating="good", text="환불", article="2", channel="chat"), [1]),
    ],
    ids=str,
)
def test_a_filter_finds_what_fits_newest_first(reader: Reader, wanted: Filter, numbers: list[int]) -> None:
    rows, total = reader.entries(wanted, 1, 10)
    assert [row.id for row in rows] == numbers
    assert total == len(numbers)


@pytest.mark.parametrize(("page", "numbers"), [(1, [4, 3, 2]), (2, [1]), (3, []), (10**30, [])])
def test_pages_follow_one_another(reader: Reader, page: int, numbers: list[int]) -> None:
    rows, total = reader.entries(Filter(), page, 3)
    assert ([row.id for row in rows], total) == (numbers, 4)


@pytest.mark.parametrize(("page", "size"), [(0, 10), (-1, 10), (1, 0), (1, 1001)])
def test_a_page_that_cannot_be_is_a_mistake(reader: Reader, page: int, size: int) -> None:
    with pytest.raises(ValueError, match=f"page {page} of size {size}"):
        reader.entries(Filter(), page, size)


def test_a_conversation_is_read_in_its_order(reader: Reader) -> None:
    assert [row.question for row in reader.conversation(TWO)] == ["배송은 100% 며칠인가요?", "주차 되나요?"]
    assert reader.conversation("3" * 32) == reader.conversation("\x00' OR 1=1") == []


def test_a_code_leads_to_its_conversation_however_it_is_typed(reader: Reader, journal: Journal) -> None:
    code = journal.hand_over(TWO)
    for typed in (code, code.lower(), f" {code[:3]} {code[3:]}\n", f"{code[:3]}-{code[3:]}"):
        assert reader.by_code(typed) == TWO


@pytest.mark.parametrize("code", ["", "ABC", "ABCDEFG", "ABCDE0", "가나다라마바", "' OR 1", "\x00" * 6, "A" * 10**6])
def test_what_is_no_code_leads_nowhere(reader: Reader, journal: Journal, code: str) -> None:
    journal.hand_over(TWO)
    assert reader.by_code(code) is None


def test_gaps_are_what_was_not_found_or_rated_bad(reader: Reader) -> None:
    assert [row.id for row in reader.gaps(None, None)] == [4, 3]
    assert [row.id for row in reader.gaps(date(2026, 3, 3), date(2026, 3, 3))] == [4, 3]
    assert reader.gaps(None, date(2026, 3, 2)) == []
    assert [row.id for row in reader.gaps(None, None, limit=1)] == [4]


def test_what_was_only_said_is_no_gap_whatever_its_rating(journal: Journal) -> None:
    for status in ("chat", "clarify", "rejected", "error"):
        journal.rate(journal.record(asked("안녕하세요", status=status, citations=())), ONE, good=False)
    reader = Reader(journal)
    assert reader.gaps(None, None) == []
    assert [row.status for row in reader.entries(Filter(status="chat"), 1, 10)[0]] == ["chat"]
