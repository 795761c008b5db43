"""Annexes are shown as they stand; one that does not exist is said not to be there."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from support.small_terms import cited, open_terms

from bot.answer import Status
from bot.understand.annexes import named_annexes
from bot.understand.question import Ask

if TYPE_CHECKING:
    from bot.service import Service

TERMS = """체육관 이용약관

제1조(이용료) ① 이용료는 별표 1에 따릅니다.
② 주차료는 별표 1의2에 따릅니다.
제2조(문의) 문의는 전화 02-000-0000으로 합니다.

[별표 1] 이용료
어른 | 4,000원
어린이 | 2,000원

[별표 1의2] 주차료
한 시간 | 700원

[별표 3] 쉬는 날
설날과 추석
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return open_terms(tmp_path_factory.mktemp("gym"), {"2026-01-01": TERMS}, dt.date(2026, 6, 1), "2.1")


@pytest.mark.parametrize(
    ("text", "shown", "clauses"),
    [
        ("별표 1", "어른 | 4,000원", ["1.1"]),
        ("별표1의2 보여 줘", "한 시간 | 700원", ["1.2"]),
        ("제1조 별표 1 이용료표 보여 주세요", "어린이 | 2,000원", ["1.1"]),
        ("[별표 제3호] 알려 주세요", "설날과 추석", []),
    ],
)
def test_an_annex_is_shown(service: Service, text: str, shown: str, clauses: list[str]) -> None:
    answer = service.ask(Ask(text))
    assert answer.status is Status.ANSWERED
    assert shown in answer.text.replace("\\|", "|")
    assert cited(answer) == clauses
    assert answer.text.count("별표") < 6


def test_one_that_does_not_exist(service: Service) -> None:
    answer = service.ask(Ask("별표 2 보여 주세요"))
    assert answer.status is Status.NOT_FOUND
    assert answer.text.startswith("별표 2는 약관에 없는 별표입니다(별표 1, 1의2, 3이 있음).")
    assert answer.citations == ()
    assert answer.missing == ("별표 2",)


def test_numbers_are_read_in_their_forms() -> None:
    assert named_annexes("별표 1, 별표2의 3이랑 별지 제4호, 별표") == ["별표 1", "별표 2의3", "별지 4"]
