"""Transitional provisions: beside the rule, for those for whom they hold, and never in its place."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from support.small_terms import cited, open_terms

from bot.understand.question import Ask
from bot.understand.transition import read_transition
from index.editions.library import load_editions
from index.passages import make_passages

if TYPE_CHECKING:
    from pathlib import Path

    from bot.service import Service

TERMS = """주차장 이용약관

제1조(목적) 이 약관은 주차장을 이용하는 조건을 정합니다.
제2조(보증금) ① 정기 이용자는 보증금 90,000원을 냅니다.
② 보증금은 계약이 끝나면 돌려줍니다.
제3조(취소 기한) 정기 이용자는 이용을 시작하기 5일 전까지 취소할 수 있습니다.
제4조(문의) 문의는 전화 02-000-0000으로 합니다.

부칙
제1조(시행일) 이 약관은 2025년 5월 1일부터 시행합니다.
제2조(보증금에 관한 경과조치) 이 약관 시행 전에 계약한 이용자의 보증금은 제2조 제1항에도 불구하고 40,000원입니다.
제3조(취소 기한에 대한 경과조치) 2025년 3월 1일 이전에 가입한 정기 이용자의 취소 기한은 종전과 같이 10일 전으로 합니다.
제4조(취소의 적용례) 이 약관 시행 후 가입한 정기 이용자부터 제3조를 적용합니다.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("parking")


@pytest.fixture(scope="module")
def service(folder: Path) -> Service:
    return open_terms(folder, {"2025-05-01": TERMS}, dt.date(2026, 6, 1), "4.1")


def test_whom_they_hold_for(service: Service) -> None:
    found = [
        read_transition(p) for p in make_passages(load_editions(service.settings.data)) if "부칙" in p.clause.article
    ]
    assert [(one.before.isoformat(), one.older) if one else None for one in found] == [
        None,
        ("2025-05-01", True),
        ("2025-03-02", True),
        ("2025-05-01", False),
    ]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("정기 이용자의 보증금", ["2.1", "부칙-2.1"]),
        ("2025년 6월에 계약했는데 정기 이용자의 보증금", ["2.1"]),
        ("2025년 4월에 계약했는데 정기 이용자의 보증금", ["2.1", "부칙-2.1"]),
        ("정기 이용자의 취소 기한", ["3.1", "부칙-3.1"]),
        ("작년 4월에 가입했는데 정기 이용자의 취소 기한", ["3.1"]),
        ("재작년에 가입했는데 정기 이용자의 취소 기한", ["3.1", "부칙-3.1"]),
        ("부칙 제2조 보여 주세요", ["부칙-2.1"]),
        ("부칙 2조", ["부칙-2.1"]),
        ("부칙 1조랑 3조", ["부칙-1.1", "부칙-3.1"]),
        ("제2조 제1항", ["2.1"]),
    ],
)
def test_they_stand_beside_the_rule(service: Service, text: str, clauses: list[str]) -> None:
    assert cited(service.ask(Ask(text))) == clauses


def test_the_exception_is_named_as_such(service: Service) -> None:
    text = service.ask(Ask("정기 이용자의 보증금")).text
    assert text.index("90,000원") < text.index("40,000원")
