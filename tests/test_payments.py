"""What the customer pays, as it is said: how often, for how long, in steps; and what is left unread."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.payments import Paid, read_paid

TODAY = dt.date(2026, 11, 30)
TEN_THOUSAND = 10_000  # won


@pytest.mark.parametrize(
    ("text", "won", "months"),
    [
        ("월 100만 원 내는데", 1_000_000, 12),
        ("이용료가 150만원/월인데", 1_500_000, 12),
        ("손해가 5천만 원이고 매달 80만 원씩 냅니다", 800_000, 12),
        ("월 50만 원씩 6개월 동안 냈어요", 500_000, 6),
        ("월 50만 원씩 3년째 쓰고 있어요", 500_000, 12),
        ("다달이 90만 원이고 쓴 지 7개월 됐어요", 900_000, 7),
        ("계약한 지 5개월인데 매달 60만 원씩 냈어요", 600_000, 5),
        ("월 60만 원씩 쓴 지 5개월, 다섯 번 냈어요", 600_000, 5),
        ("월 70만 원이고 네 달 썼다가 쉬었어요", 700_000, 4),
        ("지금까지 다섯 달 동안 매달 200 냈소", 2_000_000, 5),
        ("월 50만 원씩 6개월이면 얼마예요", 500_000, 6),
        ("여섯 달 전부터 월 20만 원씩 써요", 200_000, 6),
        ("장애가 난 지 두 달이고 월 20만 원 내요", 200_000, 12),
        ("월20씩낸지열달됐는데", 200_000, 10),
        ("1년 반 동안 월 40만 원", 400_000, 12),
        ("월 180 내는디 사고 나믄", 1_800_000, 12),
        ("월 천오백 낸당께", 15_000_000, 12),
        ("달에 팔십씩 나가요", 800_000, 12),
        ("일곱 달 썼는데 90씩 냈어요", 900_000, 7),
        ("3월부터 월 100만 원씩 쓰고 있어요", 1_000_000, 9),
        ("작년 3월부터 월 100만 원씩 쓰고 있어요", 1_000_000, 12),
        ("부가세 별도로 월 100만 원인데", 1_000_000, 12),
        ("매월 25일에 30만 원 결제해요", 300_000, 12),
        ("3월에 가입해서 월 100만 원 내요", 1_000_000, 9),
        ("6월에 사고가 났고 매달 50만 원 내요", 500_000, 12),
        ("we pay ₩300,000 a month and have done so for 5 months", 300_000, 5),
        ("we have paid 4 million won monthly for the past two years", 4_000_000, 12),
        ("KRW 700k per month", 700_000, 12),
    ],
)
def test_a_sum_a_month(text: str, won: int, months: int) -> None:
    paid = read_paid(text, TODAY)
    assert paid is not None
    assert (paid.parts, paid.monthly) == (((won, months),), True)


@pytest.mark.parametrize(
    ("text", "won", "times"),
    [
        ("분기마다 300만 원 내요", 3_000_000, 4),
        ("두 달에 한 번 80만 원씩 내요", 800_000, 6),
        ("격월로 200만 원 내요", 2_000_000, 6),
        ("아홉 달 썼고 분기에 300만 원이에요", 3_000_000, 3),
        ("반기에 한 번 1,200만 원씩 내요", 12_000_000, 2),
        ("1년에 두 번 600만 원씩 내요", 6_000_000, 2),
        ("we pay 2m KRW quarterly", 2_000_000, 4),
        ("we pay 3 million won twice a year", 3_000_000, 2),
        ("반년밖에 안 썼고 40만 원씩 다섯 번 냈어요", 400_000, 5),
    ],
)
def test_a_sum_that_is_paid_otherwise_than_each_month(text: str, won: int, times: int) -> None:
    assert read_paid(text, TODAY) == Paid(((won, times),), monthly=False)


@pytest.mark.parametrize(
    ("text", "won"),
    [
        ("최근 12개월 동안 총 3,000만 원을 냈는데", 30_000_000),
        ("최근 1년 동안 낸 게 900만 원인데 손해는 2천만 원이에요", 9_000_000),
        ("연간 이용료가 2천만 원이에요", 20_000_000),
        ("한 해에 2400 냈어요", 24_000_000),
        ("1년치 3600만원 선납했어요", 36_000_000),
        ("최근열두달합쳐서3600만원냈어요", 36_000_000),
        ("작년 이맘때부터 지금까지 딱 1년 동안 낸 돈이 2,640만 원이에요", 26_400_000),
    ],
)
def test_all_that_was_paid_in_a_year(text: str, won: int) -> None:
    assert read_paid(text, TODAY) == Paid(total=won)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("처음 4개월은 월 50만 원, 다음 8개월은 월 70만 원 냈어요", ((500_000, 4), (700_000, 8))),
        ("앞의 반년은 30만 원씩, 나머지는 45만 원씩 냈어요", ((300_000, 6), (450_000, 6))),
        ("처음 5개월은 월 100, 그 뒤 150, 지금 열 달 썼어요", ((1_000_000, 5), (1_500_000, 5))),
        ("2년째 쓰는데 처음 1년은 월 80만 원, 지금은 월 120만 원", ((1_200_000, 12),)),
        ("1년차엔 월 200만, 2년차엔 월 300만 냈어요", ((3_000_000, 12),)),
        ("월 100만 원씩 5개월, 월 150만 원씩 7개월 냈어요", ((1_000_000, 5), (1_500_000, 7))),
        ("상반기엔 월 100, 하반기엔 월 150 냈어요", ((1_000_000, 6), (1_500_000, 6))),
        ("7월부터 월 150으로 올랐고 그 전엔 월 100 냈어요", ((1_000_000, 7), (1_500_000, 5))),
        ("월 100 내다가 9월부터 월 150 내요", ((1_000_000, 9), (1_500_000, 3))),
        ("작년엔 월 100만 원, 올해는 월 150만 원", ((1_000_000, 1), (1_500_000, 11))),
        ("작년 12월엔 20만 원, 올해 1월부터 이번 달까지 매달 30만 원씩", ((200_000, 1), (300_000, 11))),
        ("월 100만 원인데 다음 달부터 월 120만 원이래요", ((1_000_000, 12),)),
    ],
)
def test_sums_in_steps(text: str, parts: tuple[tuple[int, int], ...]) -> None:
    assert read_paid(text, TODAY) == Paid(parts)


@pytest.mark.parametrize(
    "text",
    [
        "배상 한도가 얼마예요?",
        "100만 원 손해를 봤어요",
        "3월에 100만 원 냈어요",
        "이번 달에 100만 원 냈어요",
        "작년 한 해 3600만 원 냈어요",
        "40만 원씩 다섯 번 냈어요",  # when is not said
        "월 100만 원에서 월 200만 원으로 올랐어요",
        "월 100만 원에서 시작해 반년 뒤 월 200만 원",
        "월 100만 원, 연 900만 원",
        "월 60만 원씩 쓴 지 5개월, 네 번 냈어요",  # one month is not paid
        "작년 11월엔 30만 원, 올해 1월부터는 매달 70만 원씩 냈어요",  # and in December?
        "1월부터 6월까지는 월 100만 원, 7월부터는 월 150만 원",  # the same
        "두 달에 한 번 80만 원씩 내고 월 10만 원은 따로 내요",
        "도입비 500만 원에 월 100만 원",
        "월 70만 원이고 중간에 두 달은 쉬었어요",  # a length that is none of paying
        "처음 4개월은 월 50만 원, 다음 3개월은 월 70만 원 냈어요",  # not a year
        "처음엔 월 50만 원, 다음 8개월은 월 70만 원 냈어요",
        "처음 6개월은 100, 그 뒤 150",  # for how long is not said, nor that it is a month's
        "여덟 달 썼고 분기에 300만 원",  # two or three times
        "월 100만 원 넘게 내요",
        "월 100~150만 원 내요",
        "월 100만 원인데 두 달 연체했어요",
        "월 100만 원인데 석 달은 무료였어요",
        "월 100만 원에서 10% 할인받아요",
        "1인당 월 5만 원이에요",
        "지점 세 곳이 각각 월 40만 원씩 내요",
        "월 40만 원 계약이 두 개예요",
        "경쟁사는 월 80만 원인데",
        "작년에 월 100만 원씩 냈는데",
        "6월까지 월 100만 원 냈어요",
        "해지하고 3개월 지났는데 월 100만 원씩 냈어요",
        "끊긴 지 석 달이고 월 50만 원 냈어요",
        "매주 20만 원씩 내요",
        "월 9900 내요",
        "월 300씩 내고 쓴 지 두 달 반 됐어요",
        "3월 15일부터 월 100만 원씩 쓰고 있어요",  # eight or nine times
        "월 250건 쓰고 월 3회 점검해요",
        "we pay $5,000 a month",
    ],
)
def test_what_is_not_clear_is_not_read(text: str) -> None:
    assert read_paid(text, TODAY) is None


def test_what_is_said_of_tax_is_noticed() -> None:
    paid = read_paid("월 110만 원(VAT 포함)을 내요", TODAY)
    assert paid == Paid(((1_100_000, 12),), tax=True)


@given(
    st.lists(
        st.tuples(st.integers(10, 999), st.integers(1, 18)), min_size=2, max_size=4, unique_by=lambda part: part[0]
    )
)
def test_of_any_steps_the_last_twelve_months_are_added_up(steps: list[tuple[int, int]]) -> None:
    paid_each_month = [won * TEN_THOUSAND for won, months in steps for _ in range(months)]
    told = ", ".join(
        f"{'처음' if not place else '다음'} {months}개월은 월 {won}만 원" for place, (won, months) in enumerate(steps)
    )
    paid = read_paid(f"{told} 냈고 모두 {len(paid_each_month)}개월 썼어요", TODAY)
    assert paid is not None
    assert sum(won * months for won, months in paid.parts) == sum(paid_each_month[-12:])


@given(st.text(alphabet="월 매달에년개은부터까지처음뒤씩원만천백0123456789한두번,.", max_size=80))
def test_any_text_is_read_or_left(text: str) -> None:
    paid = read_paid(text, TODAY)
    assert paid is None or paid.total > 0 or all(won > 0 and times > 0 for won, times in paid.parts)
