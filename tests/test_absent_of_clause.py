"""What a clause is asked for by number and does not name is said not to be there."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from support.small_terms import open_terms

from bot.understand.question import Ask

if TYPE_CHECKING:
    from bot.service import Service

TERMS = """주차장 이용약관

제1조(목적) 이 약관은 주차장을 이용하는 조건을 정합니다.
제2조(금지) ① 이용자는 통로에 차를 세우면 안 됩니다.
② 통로에 세운 차는 회사가 옮깁니다. 견인료는 이용자가 냅니다.
제3조(문의) 문의는 전화 02-000-0000으로 합니다.
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return open_terms(tmp_path_factory.mktemp("absent"), {"2026-01-01": TERMS}, dt.date(2026, 6, 1), "3.1")


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("제2조 위반하면 벌금 얼마예요?", "제2조의 벌금"),
        ("제2조 어기면 벌점 있나요?", "제2조의 벌점"),
        ("2조 안 지키면 징역 몇 년이에요?", "제2조의 징역"),
        ("제2조 제1항 과태료는요?", "제2조 제1항의 과태료"),
        ("2조 할인율은 몇 퍼센트인가요?", "제2조의 할인율"),
    ],
)
def test_what_it_does_not_name(service: Service, text: str, absent: str) -> None:
    answer = service.ask(Ask(text))
    assert answer.missing == (absent,)
    assert f"{absent}" in answer.text
    assert "통로에 차를 세우면 안 됩니다." in answer.text


@pytest.mark.parametrize(
    "text", ["제2조 견인료 얼마예요?", "제2조 내용이 뭐예요?", "제2조 알려 주세요", "2조 통로는요?"]
)
def test_what_it_names_is_not_missing(service: Service, text: str) -> None:
    assert service.ask(Ask(text)).missing == ()
