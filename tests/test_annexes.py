"""별표 and other annexes, headings above 조, items put in between, and days of effect that differ."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.commands import run

from index.checking import examine
from index.commands.program import app
from index.parsing.annexes import AnnexHeading, read_annex
from index.parsing.effective_dates import effective_days
from index.terms import parse

if TYPE_CHECKING:
    from pathlib import Path

TERMS = "가게 약관\n제1조(환불) 별표 2에 따릅니다.\n제2조(끝) 끝입니다.\n"
ANNEXES = "[별표 1] 종류\n1. 온라인\n[별표 1의2] 교재비\n15,000원\n<별표 2> 기준(제1조 관련)\n전 | 전액\n후 | 절반\n"
ANNEXES += "별지 제1호 서식\n이름:\n"


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("[별표 1의2] 교재비", ("별표", "1의2", "교재비")),
        ("【별표 제3호】", ("별표", "3", "")),
        ("<별표 2> 환불 기준(제12조 관련)", ("별표", "2", "환불 기준(제12조 관련)")),
        ("**별표 2. 환불 기준**", ("별표", "2", "환불 기준")),
        ("## 별표1", ("별표", "1", "")),
        ("[별지 제2호의3 서식]", ("별지", "2의3", "")),
        ("[별표 4: 요금표]", ("별표", "4", "요금표")),
        ("별첨", ("별첨", "", "")),
        ("■ 가게 이용약관 [별표 1의2] <개정 2026. 1. 1.>", ("별표", "1의2", "")),
        ("별표: 환불표", ("별표", "", "환불표")),
    ],
)
def test_a_line_begins_an_annex(line: str, heading: tuple[str, str, str]) -> None:
    assert read_annex(line) == AnnexHeading(*heading)


@pytest.mark.parametrize(
    "line",
    ["별표 1에 따라 환불", "별표 1의 금액", "[별표 2]에 따릅니다.", "별표와 같습니다.", "별표 2를 봅니다.", "별도"],
)
def test_a_reference_begins_none(line: str) -> None:
    assert read_annex(line) is None


@pytest.mark.parametrize(
    "source", [TERMS + ANNEXES, TERMS + ANNEXES + "부칙\n시행합니다.\n", TERMS + "부칙\n시행합니다.\n" + ANNEXES]
)
def test_annexes_are_parts_that_are_found_by_their_number(source: str) -> None:
    terms = parse(source)
    assert [annex.name for annex in terms.annexes] == ["별표 1", "별표 1의2", "별표 2", "별지 1"]
    found = terms.annex("2")
    assert found is not None
    assert (found.title, found.text) == ("기준(제1조 관련)", "전 | 전액\n후 | 절반")
    assert found.text == source[found.text_start : found.end]
    assert source[found.start :].startswith("<별표 2>")
    assert terms.annex("3") is None
    assert terms.annex("1", "별지") is not None
    assert terms.stray == ()
    assert [p.text for a in terms.articles for p in a.paragraphs][:2] == ["별표 2에 따릅니다.", "끝입니다."]


def test_annexes_are_shown_and_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TERMS + ANNEXES, encoding="utf-8")
    assert "별표 1의2 (교재비)\n  15,000원\n" in run(app, "show", path).out
    assert run(app, "check", path).code == 0
    told = json.loads(run(app, "show", path, "--json").out)
    assert [(annex["kind"], annex["number"]) for annex in told["annexes"]][1] == ("별표", "1의2")
    assert told["unplaced"] == []


def test_a_heading_above_an_article_is_no_text_of_the_one_before() -> None:
    source = (
        "약관\n제1관 끝\n\n제1항 회원의 해지\n\n제1조(해지)\n① 해지합니다.\n\n제2항 회사의 해지\n\n제2조(제한) 회원은\n"
        "제3항 가게\n제3조(끝) 끝\n"
    )
    terms = parse(source)
    assert [p.text for a in terms.articles for p in a.paragraphs] == ["해지합니다.", "회원은\n제3항 가게", "끝"]
    assert {article.chapter for article in terms.articles} == {"제1관 끝"}
    assert [line.text for line in terms.headings] == ["제1관 끝", "제1항 회원의 해지", "제2항 회사의 해지"]


def test_an_item_put_in_between_has_a_number_of_its_own() -> None:
    source = "제1조(해지)\n1. 가\n1의2. 나\n1의3. 다\n2. 라\n제1조의2(끝)\n① 마\n1. 바\n1의2. 사\n② 아\n"
    one, two = parse(source).articles
    assert [(p.number, p.text) for p in one.paragraphs] == [("1", "가"), ("1의2", "나"), ("1의3", "다"), ("2", "라")]
    assert (two.number, [p.number for p in two.paragraphs]) == ("1의2", ["1", "2"])


@pytest.mark.parametrize(
    ("head", "addendum", "told"),
    [
        (
            "시행일: 2026년 3월 1일",
            "이 약관은 2026년 4월 1일부터 시행합니다.",
            "2026년 3월 1일, 부칙에는 2026년 4월 1일.",
        ),
        (
            "[시행 2026. 3. 1.]",
            "이 약관은 2026. 04. 01.(수)부터 적용합니다.",
            "2026년 3월 1일, 부칙에는 2026년 4월 1일.",
        ),
        ("(2026-04-01 시행)", "이 약관은 2026년 4월 1일부터 시행합니다.", ""),
        ("시행일 2026.4.1", "2026년 3월 1일부터 시행합니다.\n부칙\n이 약관은 2026년 4월 1일부터 시행합니다.", ""),
        (
            "시행일 2026.3.1",
            "2026년 3월 1일부터 시행합니다.\n부칙\n이 약관은 2026년 4월 1일부터 시행합니다.",
            "부칙2에는",
        ),
        ("개정일 2026.3.1", "이 약관은 2026년 4월 1일부터 시행합니다.", ""),
        ("시행일 2026.3.1", "2026년 4월 1일 0시부터 시행한다.", "부칙에는 2026년 4월 1일."),
        ("시행일 2026.3.1", "이 약관은 공포한 날부터 시행합니다.", ""),
    ],
)
def test_days_of_effect_that_differ_are_told(head: str, addendum: str, told: str) -> None:
    terms = parse(f"가게 약관\n{head}\n제1조(목적) 팝니다.\n부칙\n{addendum}\n")
    faults = [fault for fault in examine(terms) if "서로" in fault.message]
    assert bool(faults) == bool(told)
    assert all(fault.line == 2 and told in fault.message for fault in faults)


def test_a_day_that_is_none_is_left_out() -> None:
    assert effective_days("시행일: 2026년 2월 30일") == []
