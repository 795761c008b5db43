"""What a message tells besides its question is left out: sums, teams and dates of the story."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from bot.understand.clause_numbers import without_sums
from bot.understand.contract_day import read_day
from bot.understand.figures import without_days

if TYPE_CHECKING:
    from index.search.clause_search import ClauseSearch

TODAY = dt.date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("매출 9조 넘는 곳인데 계약 기간이 어떻게 돼요?", "계약 기간이 어떻게 돼요?"),
        ("6조는 아침, 7조는 저녁 근무인데 계정을 같이 써도 돼요?", "계정을 같이 써도 돼요?"),
        ("예산이 3조예요. 시험 삼아 써 볼 수 있어요?", "시험 삼아 써 볼 수 있어요?"),
        ("제7조 3항인데 이자가 붙나요?", "제7조 3항인데 이자가 붙나요?"),
        ("7조에 연체가 있는데 이자가 붙나요?", "7조에 연체가 있는데 이자가 붙나요?"),
        ("매출이 7조인데 할인", "매출이 7조인데 할인"),
    ],
)
def test_sums_and_teams(text: str, rest: str) -> None:
    assert without_sums(text) == rest


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("2027년 3월 15일에 시행하려면 언제부터 공지해요?", "시행하려면 언제부터 공지해요?"),
        ("2026년 4월에 온 직원인데 계정을 나눠 써도 돼요?", "온 직원인데 계정을 나눠 써도 돼요?"),
        ("2025년 12월 15일에 시행됐나요?", "2025년 12월 15일에 시행됐나요?"),
        ("2025년 12월부터 적용되나요?", "2025년 12월부터 적용되나요?"),
        ("3월 요금은 언제 내요?", "3월 요금은 언제 내요?"),
    ],
)
def test_dates_that_are_none_of_the_terms(real_search: ClauseSearch, text: str, rest: str) -> None:
    assert without_days(text, TODAY, real_search) == rest


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("6년 전 서명한 주문서가 있는데 지금 약관이랑 다르면요?", "2019-12-01"),
        ("작년 3월부터 쓰는 고객인데 환불되나요?", "2025-03-01"),
        ("2024년 초에 쓰기 시작했는데 환불되나요?", "2024-01-01"),
    ],
)
def test_the_day_of_the_story(text: str, first: str) -> None:
    said = read_day(text, TODAY, dt.date(2025, 12, 15))
    assert said is not None
    assert str(said.first) == first
    assert not said.wished
