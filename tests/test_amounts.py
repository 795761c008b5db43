"""Sums of money as people write them: one grammar, so each spelling of a sum is read as the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.amounts import find_amounts, write_won

NUMERALS = "영일이삼사오육칠팔구"
UNITS = ("", "십", "백", "천")


@pytest.mark.parametrize(
    ("text", "won"),
    [
        ("100만 원", 1_000_000),
        ("천이백만원", 12_000_000),
        ("3천5백만 원", 35_000_000),
        ("1억 2,300만원", 123_000_000),
        ("월 1억 2천 내는데", 120_000_000),
        ("1억 500 들어요", 105_000_000),
        ("1.5억 원", 150_000_000),
        ("1,234,567원", 1_234_567),
        ("₩1,000,000", 1_000_000),
        ("매출 2조 3천억 원", 2_300_000_000_000),
        ("월백만원", 1_000_000),
        ("백만이 나가요", 1_000_000),
        ("백만 이상", 1_000_000),
        ("제3조에 5천만 원", 50_000_000),
        ("2m KRW", 2_000_000),
        ("KRW 700k", 700_000),
        ("three million won", 3_000_000),
    ],
)
def test_sums_are_read(text: str, won: int) -> None:
    assert [amount.won for amount in find_amounts(text)] == [won]


@pytest.mark.parametrize(
    "text",
    [
        "직원이 100만 명",
        "월 300 내는데",
        "제7조 제3항",
        "2026년 3월",
        "500개",
        "만 14세",
        "만 2년",
        "17조",
        "$5,000",
        "5천 달러",
        "100만 건",
        "이 일이",
        "1억 5 들어요",
    ],
)
def test_what_is_no_sum(text: str) -> None:
    assert not list(find_amounts(text))


@pytest.mark.parametrize(("text", "number"), [("월 300 내는데", 300), ("월 천이백이에요", 1200), ("달에 백씩", 100)])
def test_a_number_without_a_unit_is_read_where_it_is_asked_for(text: str, number: int) -> None:
    assert [(amount.won, amount.bare) for amount in find_amounts(text, bare=True)] == [(number, True)]


@pytest.mark.parametrize("text", ["월 250건", "월 3회", "3월", "20명", "9월 20일", "070-4022-3109", "제15조", "3.5%"])
def test_what_counts_something_else_is_no_sum_at_all(text: str) -> None:
    assert not list(find_amounts(text, bare=True))


@pytest.mark.parametrize(
    ("won", "written"),
    [(12_000_000, "1,200만 원"), (123_456_789, "1억 2,345만 6,789원"), (100_000_000, "1억 원"), (900, "900원")],
)
def test_sums_are_written(won: int, written: str) -> None:
    assert write_won(won) == written


def spell_group(number: int, *, digits: bool) -> str:
    """ "3천5백" or "삼천오백" for 3500; a leading one is left out before a unit, as it is said."""
    spelt = ""
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            written = str(digit) if digits else NUMERALS[digit]
            spelt += ("" if digit == 1 and place else written) + UNITS[place]
    return spelt


def spellings(won: int) -> list[str]:
    """Ways in which people write a sum of whole 만 below a 조."""
    large, small = divmod(won // 10_000, 10_000)
    ways = [write_won(won), write_won(won).replace(",", "").replace(" ", ""), f"{won:,}원", f"{won}원", f"₩{won:,}"]
    for digits in (True, False):
        pieces = [f"{spell_group(large, digits=digits)}억"] if large else []
        pieces += [f"{spell_group(small, digits=digits)}만"] if small else []
        ways += [f"{' '.join(pieces)} 원", f"{''.join(pieces)}원"]
    ways += [f"{won // 1000:,}k won"]
    return ways if won % 1_000_000 else [*ways, f"{won // 1_000_000} million won", f"{won // 1_000_000}m KRW"]


@given(st.integers(1, 99_999_999), st.sampled_from(["월 {} 내요", "이용료 {}", "{}", "매달 {}씩", "we pay {} monthly"]))
def test_each_spelling_of_a_sum_is_read_as_the_same(number: int, around: str) -> None:
    won = number * 10_000
    for spelling in spellings(won):
        assert [amount.won for amount in find_amounts(around.format(spelling))] == [won], spelling


@given(st.text(alphabet="0123456789,. 만억천백십원일이삼k월달씩에", max_size=60))
def test_any_text_is_read(text: str) -> None:
    for amount in find_amounts(text, bare=True):
        assert 0 <= amount.start < amount.end <= len(text)
        assert amount.won > 0
