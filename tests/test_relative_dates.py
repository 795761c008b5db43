"""Seasons, coming days and days of the last month, as they are said, and what of it is the day of a contract."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.understand.contract_day import read_day
from bot.understand.dates import find_dates

TODAY = dt.date(2026, 11, 30)
REVISED = dt.date(2025, 12, 15)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("올봄", "2026-03-01", "2026-05-31"),
        ("올 초", "2026-01-01", "2026-03-31"),
        ("올 3월", "2026-03-01", "2026-03-31"),
        ("2026년 초여름", "2026-06-01", "2026-06-30"),
        ("작년 여름", "2025-06-01", "2025-08-31"),
        ("재작년 늦가을", "2024-11-01", "2024-11-30"),
        ("작년 겨울", "2025-12-01", "2026-02-28"),
        ("지난겨울", "2025-12-01", "2026-02-28"),
        ("지난 여름", "2026-06-01", "2026-08-31"),
        ("재작년", "2024-01-01", "2024-12-31"),
        ("재재작년", "2023-01-01", "2023-12-31"),
        ("지난달", "2026-10-01", "2026-10-31"),
        ("지난달 20일", "2026-10-20", "2026-10-20"),
        ("다음 달 1일", "2026-12-01", "2026-12-01"),
        ("명일", "2026-12-01", "2026-12-01"),
        ("작년 이맘때", "2025-10-30", "2025-12-30"),
        ("2024년 초", "2024-01-01", "2024-03-31"),
    ],
)
def test_what_is_said_of_time(text: str, first: str, last: str) -> None:
    [found] = find_dates(text, TODAY)
    assert (str(found.first), str(found.last)) == (first, last)
    assert (found.start, found.end) == (0, len(text))


@pytest.mark.parametrize(
    "text",
    [
        *("올 것 같아요", "올림픽", "봄 옷", "여름방학에 가입", "겨울"),
        *("30일 전에 미리 공지해야 하나요", "열흘 전에 알려야 하나요"),
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert not list(find_dates(text, TODAY))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("올봄에 가입했는데 환불되나요?", "2026-03-01"),
        ("2026. 3. 18 에 가입했는데 환불되나요?", "2026-03-18"),
        ("작년 9월 2일에 등록했는데 환불되나요?", "2025-09-02"),
        ("5년 전 서명한 주문서가 있어요", "2020-12-01"),
        ("2024년 가을에 도입했는데 환불되나요?", "2024-09-01"),
        ("작년 10월 4일에 결제했는데 환불되나요?", "2025-10-04"),
        ("연초에 예약했는데 환불되나요?", "2026-01-01"),
        ("2025년 8월 즈음 회원이 됐는데 환불되나요?", "2025-08-01"),
        ("25년 3월에 끊은 이용권인데 환불되나요?", "2025-03-01"),
        ("2025년 5월 5일 입회했는데 환불되나요?", "2025-05-05"),
        ("2024. 11. 2. 에 수업을 시작했는데 환불되나요?", "2024-11-02"),
        ("재작년 말쯤에 구독 시작했는데 환불되나요?", "2024-10-01"),
    ],
)
def test_the_day_of_the_contract(text: str, first: str) -> None:
    said = read_day(text, TODAY, REVISED)
    assert said is not None
    assert str(said.first) == first
    assert not said.wished


@pytest.mark.parametrize(
    "text",
    [
        "재작년부터 남에게 빌려줬어요",
        "3주 전에 메뉴가 빠졌어요",
        "작년에 사업자등록증을 바꿨어요",
        "올여름 점검은 언제예요?",
        "3월 결제 금액이 얼마예요?",
        "3월 결제일이 언제예요?",
        "4월에 결제를 취소했는데 돌려받나요?",
        "지난달에 행사가 시작됐는데 참가되나요?",
    ],
)
def test_another_things_day(text: str) -> None:
    assert read_day(text, TODAY, REVISED) is None
