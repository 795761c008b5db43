"""Which day a question is about: that of the contract, and no other."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import RejectedError
from bot.korean import parse_day
from bot.understand.contract_day import ContractDay, read_day, without_day
from bot.understand.conversation_day import take_day
from bot.understand.dates import find_dates
from bot.understand.question import Ask, read_question

TODAY = dt.date(2026, 11, 25)
REVISED = dt.date(2025, 12, 15)
DAYS = st.dates(dt.date(2001, 1, 1), TODAY)
MADE = st.sampled_from(["에 계약했는데", "에 가입했어요.", "에 체결한", " 가입자인데", "에 서비스를 이용 신청했는데요"])
OTHER = st.sampled_from(
    [
        "에 해지했는데",
        " 요금이",
        "에 환불 신청했는데",
        "까지 계약인데",
        "에 계약이 끝나는데",
        "에 점검한다던데",
        "에 계약 갱신 때",
    ]
)
ASKED = "해지하면 위약금이 있나요?"


def span(text: str) -> tuple[str, str] | None:
    said = read_day(text, TODAY, REVISED)
    return (said.first.isoformat(), said.last.isoformat()) if said else None


@pytest.mark.parametrize(
    ("text", "first", "last", "rest"),
    [
        ("2026년 3월에 계약했는데 해지되나요?", "2026-03-01", "2026-03-31", "해지되나요?"),
        ("작년 12월에 가입했어요. 환불 되나요?", "2025-12-01", "2025-12-31", "환불 되나요?"),
        ("2025.12.20에 계약", "2025-12-20", "2025-12-20", "2025.12.20에 계약"),
        ("2025-12-20 계약 고객입니다. 해지하려면요?", "2025-12-20", "2025-12-20", "고객입니다. 해지하려면요?"),
        ("계약일은 2025년 12월 20일입니다. 해지 통보는요?", "2025-12-20", "2025-12-20", "해지 통보는요?"),
        ("계약을 2025년 3월에 했는데 위약금이 있나요", "2025-03-01", "2025-03-31", "위약금이 있나요"),
        ("2025년 3월 2일에 계약서에 서명했는데 해지는요", "2025-03-02", "2025-03-02", "해지는요"),
        ("가입한 지 2년 됐는데 해지할 수 있나요?", "2023-11-26", "2024-11-25", "해지할 수 있나요?"),
        ("25년 12월에 가입한 고객은 환불되나요", "2025-12-01", "2025-12-31", "고객은 환불되나요"),
        ("지난달에 서비스 가입했는데요 해지 되나요", "2026-10-01", "2026-10-31", "해지 되나요"),
        ("12월 3일에 계약했는데 해지 되나요", "2025-12-03", "2025-12-03", "해지 되나요"),
        ("이번 달에 가입했는데 해지 되나요", "2026-11-01", "2026-11-25", "해지 되나요"),
        ("2024년 3월부터 쓰고 있는데 요금 올릴 수 있어요?", "2024-03-01", "2024-03-31", "요금 올릴 수 있어요?"),
        ("3개월 전에 가입했는데 해지하면요", "2026-07-26", "2026-08-25", "해지하면요"),
        ("작년 말에 이용 신청했는데 지금 취소되나요", "2025-10-01", "2025-12-31", "지금 취소되나요"),
        ("2025년 3월 기준으로 연체 이자는?", "2025-03-01", "2025-03-31", "연체 이자는?"),
        ("2025년 12월 15일 시행 약관으로는 환불이 되나요", "2025-12-15", "2025-12-15", "환불이 되나요"),
        ("2025년 12월 15일 전에 계약했는데 달라지나요", "2025-12-14", "2025-12-14", "달라지나요"),
        (
            "개정 전 약관으로는 환불 기한이 며칠인가요?",
            "2025-12-14",
            "2025-12-14",
            "환불 기한이 며칠인가요?",
        ),
        ("그럼 지금은요?", "2026-11-25", "2026-11-25", "그럼 지금은요?"),
        ("해지되나요? 2025년 12월에 계약했어요.", "2025-12-01", "2025-12-31", "해지되나요?"),
        ("We signed in March 2026, can we cancel?", "2026-03-01", "2026-03-31", "can we cancel?"),
        ("I signed up on March 2nd, 2026. Is it refunded?", "2026-03-02", "2026-03-02", "Is it refunded?"),
        ("Our contract dated 2 March 2026, who pays?", "2026-03-02", "2026-03-02", "who pays?"),
        ("we have been customers since 2025 and who owns the data?", "2025-01-01", "2025-12-31", "who owns the data?"),
        ("We entered into the agreement on 2025-12-20. Refund?", "2025-12-20", "2025-12-20", "Refund?"),
        ("Can we cancel? We signed the contract back in Feb. 2026.", "2026-02-01", "2026-02-28", "Can we cancel?"),
        ("We signed in November 2026. Refund?", "2026-11-01", "2026-11-25", "Refund?"),  # it is not over
    ],
)
def test_the_day_of_the_contract_is_read(text: str, first: str, last: str, rest: str) -> None:
    said = read_day(text, TODAY, REVISED)
    assert said
    assert (said.first.isoformat(), said.last.isoformat()) == (first, last)
    assert without_day(text, said) == rest


@pytest.mark.parametrize(
    "text",
    [
        "3월 요금이 안 나왔어요",
        "7일 안에 환불되나요",
        "2회 연체하면",
        "3월에 계약이 끝나요",
        "2025년 12월에 계약 해지했는데 환불은요",
        "계약 만료 3개월 전에 해지 신청하면 되나요",
        "계약하기 3일 전에 취소하면",
        "12월 31일까지 계약인데 연장되나요",
        "3월에 가입하려고 하는데 뭐가 필요해요",
        "시행일 7일 전에 공지하나요",
        "12월 9일부터 시행됐다던데 맞나요?",
        "개정 전에 알려주나요",
        "개정 전 약관을 계속 적용받을 수 있나요?",
        "개정에 반대하는 고객은 예전 약관으로 계속 쓸 수 있다던데 맞나요?",
        "10년 계약했는데 중간에 해지되나요",
        "15-3",
        "070-4022-3109 계약 문의",
        "2026년 3월에 점검한다는데 계약대로 보상되나요",
        "2026년 3월에 교육 신청했는데 취소되나요",
        "한 달 전에 통보하고 계약 해지하면",
        "계약 종료일이 2025년 12월 20일인데 환불은요",
        "2025년 12월 13일에 계약했어요. 그날도 이 약관이 적용되나요?",
        "새 버전이 별로면 이전 버전으로 되돌릴 수 있나요",
        "When do these terms take effect, December 2025?",
        "Is the invoice of March 2026 refunded?",
        "Our contract ends in March 2026, what then?",
        "The contract expires on 2026-03-02.",
        "We cancelled in March 2026.",
        "Can you give my data to the police since 2025?",
    ],
)
def test_another_day_is_none(text: str) -> None:
    assert span(text) is None


@given(
    DAYS, MADE, st.sampled_from(["{0.year}년 {0.month}월 {0.day}일", "{0}", "{0.year}.{0.month}.{0.day}", "{0:%Y%m%d}"])
)
def test_a_day_is_read_however_it_is_written(day: dt.date, made: str, form: str) -> None:
    assert span(f"{form.format(day)}{made} {ASKED}") == (day.isoformat(), day.isoformat())


@given(DAYS, OTHER)
def test_a_day_of_something_else_is_never_read(day: dt.date, other: str) -> None:
    assert span(f"{day.year}년 {day.month}월 {day.day}일{other} {ASKED}") is None


@given(
    st.integers(1, 40), st.sampled_from(["일", "회", "번", "개월", "%", "시간", "조"]), st.text("가 나다.", max_size=5)
)
def test_a_number_that_is_no_date_is_never_read(number: int, unit: str, between: str) -> None:
    assert span(f"{number}{unit} 안에{between} 계약하면 {ASKED}") is None


@given(st.text(max_size=60), DAYS)
def test_any_text_is_read(text: str, day: dt.date) -> None:
    for dated in find_dates(text, day):
        assert 0 <= dated.start < dated.end <= len(text)
        assert dated.first is None or dated.last is None or dated.first <= dated.last


@given(st.text(st.sampled_from("We signed on the contract dated 2026-13 March 0 , .?"), max_size=80))
def test_any_english_text_is_read(text: str) -> None:
    with suppress(RejectedError):
        read_day(text, TODAY, REVISED)


@pytest.mark.parametrize(
    "text", ["2026년 2월 30일에 계약했는데", "2025.13.1에 가입", "13월에 가입했는데", "2025년 4월 31일 가입"]
)
def test_a_day_that_does_not_exist_is_told(text: str) -> None:
    with pytest.raises(RejectedError, match="달력에 없는 날짜입니다"):
        read_day(text, TODAY, REVISED)


def test_it_is_told_in_the_words_of_the_question() -> None:
    with pytest.raises(RejectedError, match="30 February 2026"):
        read_day("We signed on 30 February 2026. Refund?", TODAY, REVISED)


def test_a_given_day_wins_then_the_question_then_the_last_one_before() -> None:
    said, before = (
        "2025년 3월에 계약했는데 해지되나요?",
        ("2024년 3월에 가입했어요", "2023년 2월 30일에 계약", "환불은요?"),
    )
    asks = [Ask(said, before, dt.date(2022, 2, 2)), Ask(said, before), Ask("해지되나요?", before), Ask("해지되나요?")]
    days = [take_day([*ask.history, ask.question], ask.day, TODAY, REVISED).day for ask in asks]
    assert [day and day.last.isoformat() for day in days] == ["2022-02-02", "2025-03-31", "2024-03-31", None]


def test_a_question_is_read_without_the_words_for_its_day() -> None:
    ask = Ask("그럼 2025년 3월에 계약했는데 해지되나요?", ("2024년 3월에 가입했는데 환불돼요?",))
    query = read_question(ask, max_characters=500, max_history=4, today=TODAY, revised=REVISED)
    assert query.day == ContractDay(dt.date(2025, 3, 1), dt.date(2025, 3, 31))
    assert (query.text, query.history) == ("그럼 해지되나요?", ("환불돼요?",))


@pytest.mark.parametrize("text", ["2026-02-30", "20260301", "2026-3-1", "", "오늘", "2026-03-01T00:00:00"])
def test_what_is_given_as_a_day_must_be_one(text: str) -> None:
    assert parse_day("2024-02-29") == dt.date(2024, 2, 29)
    with pytest.raises(ValueError, match="2026-03-01처럼 달력에 있는 날짜를 적어 주세요"):
        parse_day(text)
