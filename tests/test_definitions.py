"""Who or what something is, and how two things differ: the definitions answer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from support.small_terms import cited, open_terms

from bot.understand.question import Ask

if TYPE_CHECKING:
    from bot.service import Service

TERMS = """도서관 이용약관

제1조(목적) 이 약관은 도서관을 이용하는 조건을 정합니다.
제2조(정의) ① “이용자”란 도서관에 들어오는 사람을 말합니다.
② “회원” 또는 “정회원”이란 이용자 가운데 회원증을 받은 사람을 말합니다.
③ “사서”란 자료를 빌려주는 직원을 말한다.
④ “연체 자료”라 함은 돌려줄 날이 지난 자료를 의미합니다.
제3조(대출) ① 사서는 회원에게 자료를 다섯 권까지 빌려줍니다.
② 회원이 아닌 이용자는 자료를 빌릴 수 없습니다.
제4조(문의) 문의는 전화 02-000-0000으로 합니다.
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("library")
    return open_terms(folder, {"2026-01-01": TERMS}, dt.date(2026, 6, 1), "4.1")


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("사서가 누구예요?", ["2.3"]),
        ("누가 사서인가요?", ["2.3"]),
        ("회원이란 뭐예요?", ["2.2"]),
        ("정회원은 무슨 뜻이죠?", ["2.2"]),
        ("회원의 정의", ["2.2"]),
        ("연체 자료가 뭔가요?", ["2.4"]),
        ("“연체자료”가 무엇을 말하나요?", ["2.4"]),
        ("여기서 말하는 이용자는 누구입니까?", ["2.1"]),
        ("'이용자'랑 '회원'이 달라요?", ["2.1", "2.2"]),
        ("이용자와 회원의 차이가 뭐예요?", ["2.1", "2.2"]),
        ("사서하고 회원은 어떻게 구분해요?", ["2.3", "2.2"]),
        ("이용자랑 회원이랑 같은 말인가요?", ["2.1", "2.2"]),
        ("이용자, 회원, 사서 뜻 알려 주세요", ["2.1", "2.2", "2.3"]),
    ],
)
def test_what_is_defined(service: Service, text: str, clauses: list[str]) -> None:
    assert cited(service.ask(Ask(text))) == clauses


def test_in_a_follow_up_too(service: Service) -> None:
    assert cited(service.ask(Ask("그럼 사서는 누구예요?", ("이용자가 누구예요?",)))) == ["2.3"]


@pytest.mark.parametrize("text", ["회원은 자료를 몇 권 빌려요?", "회원이랑 이용자는 대출 권수가 달라요?"])
def test_what_else_is_asked_of_them_is_no_definition(service: Service, text: str) -> None:
    assert "2.2" not in cited(service.ask(Ask(text)))[:1]
