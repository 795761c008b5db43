"""What the measurement of the verifier found missed or refused for no reason, a test a mechanism."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.hits import find_passage

from bot.verify.faults import Fault
from bot.verify.numbers import find_numbers
from bot.verify.support import find_faults
from index.clause import Clause

if TYPE_CHECKING:
    from index.passages import Passage
    from index.questions.corpus import Corpus


@pytest.fixture
def shop(shop_corpus: Corpus) -> Passage:
    return replace(find_passage(shop_corpus, "2.1"), clause=Clause("가게", "2", "3"))


@pytest.mark.parametrize(
    ("quote", "told", "fault"),
    [
        # to be free not to do it is not to not do it
        ("회사는 손해를 배상하지 않습니다.", "회사는 손해를 배상하지 않을 수 있습니다.", Fault.MOOD),
        ("회사는 알릴 의무가 없습니다.", "회사는 알릴 의무가 없을 수 있습니다.", Fault.MOOD),
        # the number of the clause itself stands for no other 조 or 항
        (
            "회사는 제1조의 목적을 위해 정보를 이용합니다.",
            "회사는 제2조의 목적을 위해 정보를 이용합니다.",
            Fault.NUMBER,
        ),
        ("제1항에 따라 변경한 경우 회사가 알립니다.", "제3항에 따라 변경한 경우 회사가 알립니다.", Fault.NUMBER),
        # a numeral is a number
        ("회사는 최소 1개월 전까지 통지합니다.", "회사는 최소 이개월 전까지 통지합니다.", Fault.NUMBER),
        ("기록을 5년간 보존합니다.", "기록을 육년간 보존합니다.", Fault.NUMBER),
        # a condition that the clause has elsewhere is none of this
        (
            "회사는 의견을 우선 처리합니다. 처리가 곤란한 경우에는 이용자에게 사유를 통보합니다.",
            "처리가 곤란한 경우에는 회사는 의견을 우선 처리합니다.",
            Fault.CONDITION,
        ),
        # what one wants to do is the condition
        (
            "이 예금에 가입하고자 하는 경우 고객은 증명서를 은행에 제출하여야 합니다.",
            "고객은 증명서를 은행에 제출하여야 합니다.",
            Fault.BOUNDS,
        ),
        # a sentence of a clause supports only what tells it whole
        (
            "회사는 고객에게 자료를 제공합니다. 다만, 관리 기간이 지난 경우에는 자료를 연구에 활용할 수 있다.",
            "다만, 자료를 연구에 활용할 수 있습니다.",
            Fault.CONDITION,
        ),
    ],
)
def test_what_was_missed(shop: Passage, quote: str, told: str, fault: Fault) -> None:
    assert fault in find_faults(told, [replace(shop, quote=quote)])


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        ("회사는 손해를 배상하지 않을 수 있습니다.", "회사는 손해를 배상하지 않아도 됩니다."),
        ("해지를 요청하는 경우 대금을 환불합니다.", "해지를 요청하는 때 대금을 환불합니다."),
        ("회사는 고객에게 변경 내용을 통지합니다.", "회사는 고객한테 변경 내용을 통지합니다."),
        ("회사는 15일 이내에 결과를 알려야 합니다.", "회사는 15일 안에 결과를 알려야 합니다."),
        ("기록을 5년간 보존합니다.", "기록을 오년간 보존합니다."),
        ("1회 300만원 이상을 송금할 수 없습니다.", "1회 3,000,000원 이상을 송금할 수 없습니다."),
        ("회사는 약관을 개정할 수 있습니다.", "제2조 제3항에 따르면 회사는 약관을 개정할 수 있습니다."),
        ("회사는 약관을 개정할 수 있습니다.", "회사는 제2조 제3항에 따라 약관을 개정할 수 있습니다."),
        # one sentence of a clause supports by itself, whatever the others say of whom
        (
            "회사는 약관을 7일 전부터 공지합니다. 회원에게 불리한 변경의 경우 30일 전 공지하고 안내합니다.",
            "회원에게 불리한 변경의 경우 30일 전 공지하고 안내해요.",
        ),
        (
            "회사는 고객에게 자료를 제공합니다. 다만, 관리 기간이 지난 자료는 참고 자료로 활용할 수 있다.",
            "다만, 관리 기간이 지난 자료는 참고 자료로 활용할 수 있어요.",
        ),
    ],
)
def test_what_was_refused_for_no_reason(shop: Passage, quote: str, told: str) -> None:
    assert find_faults(told, [replace(shop, quote=quote)]) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("300만원", [("3000000", "원")]),
        ("1만 5천원", [("15000", "원")]),
        ("3,000,000원", [("3000000", "원")]),
        ("2억 원", [("200000000", "원")]),
        ("3천500만 원", [("35000000", "원")]),
        ("5천만원", [("50000000", "원")]),
    ],
)
def test_an_amount_is_the_same_however_it_is_written(text: str, found: list[tuple[str, str]]) -> None:
    assert find_numbers(text) == found
