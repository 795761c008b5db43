"""Headings as they are really written; what only looks like one; chapters, 부칙 and contents around them."""

from __future__ import annotations

import pytest

from index.parsing.headings import read_article
from index.terms import parse


def told(source: str) -> list[str]:
    """ "address title: first words | …" of each 조."""
    return [
        f"{a.address} {a.title}: " + " | ".join(f"{p.number} {p.text}" for p in a.paragraphs)
        for a in parse(source).articles
    ]


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "제2조(환불)",
            "제 2 조 [환불]",
            "제2조 【환불】",
            "제2조 〔환불〕",
            "제2조. 환불",
            "제2조: 환불",
            "제2조 환불",
            "[2조] 환불",
        ),
        *(
            "**제2조 환불**",
            "## 제2조 환불",
            "▶ 제2조( 환불 )",
            "[제 2조］환불",
            "제2조\n(환불)",
            "제2\n조(환불)",
            "【제2조 환불】",
        ),
        *("제2조 (환불) <개정 2024. 1. 1.>", "제２조(환불)", "第2條 (환불)", "2조 (환불)"),
    ],
)
def test_a_heading_is_read_however_it_is_written(heading: str) -> None:
    other = heading.replace("2조", "1조").replace("２조", "１조").replace("2條", "1條").replace("2\n조", "1\n조")
    other = other.replace("2 조", "1 조").replace("환불", "목적")
    articles = parse(f"가게 약관\n{other}\n정합니다.\n{heading}\n돈을 드립니다.\n").articles
    assert [(a.number, a.title) for a in articles] == [("1", "목적"), ("2", "환불")]
    assert articles[1].paragraphs[0].text.endswith("돈을 드립니다.")


PAIRS = ("()", "（）", "[]", "［］", "【】", "〔〕", "〈〉", "<>", "「」", "『』", "《》", "{}", "≪≫")
FORMS = ("{0}제2조{1}{2}환불{3}", "{0}제2조{1} {2}환불{3}", "{0} 제2조 {1} {2} 환불 {3}", "{0}제2조 {2}환불{3}{1}")


@pytest.mark.parametrize(
    "form", [*FORMS, "{0}제2조{1} 환불", "{0}제2조 환불{1}", "제2조{2}환불{3}", "제2조 {2}환불{3}"]
)
@pytest.mark.parametrize("outer", PAIRS)
def test_number_and_title_may_each_stand_in_brackets_of_any_kind(outer: str, form: str) -> None:
    for inner in PAIRS:
        heading = form.format(*outer, *inner)
        other = heading.replace("2조", "1조").replace("환불", "목적")
        found = told(f"가게 약관\n{other}\n정합니다.\n{heading}\n돈을 드립니다.\n")
        assert (heading, found) == (heading, ["1 목적: 1 정합니다.", "2 환불: 1 돈을 드립니다."])


def test_brackets_behind_a_number_in_brackets_are_no_title_where_a_sentence_begins_with_them() -> None:
    assert told("[제1조] 【목적】\n정합니다.\n[제2조] (주)가게가 정합니다.\n[제3조] (1) 늦지 않습니다.\n") == [
        "1 목적: 1 정합니다.",
        "2 : 1 (주)가게가 정합니다.",
        "3 : 1 늦지 않습니다.",
    ]
    assert told("[제1조] [목적] 이 약관은 정합니다.\n[제2조] <개정 2024. 1. 1.>\n뺍니다.\n(제1조 관련)\n표\n")[0] == (
        "1 목적: 1 이 약관은 정합니다."
    )


@pytest.mark.parametrize(
    "line", ["(제5조 관련)", "(제5조제1항 관련)", "『제5조』에 따릅니다.", "(제5조 참조)", "{제5조}를 봅니다."]
)
def test_a_bracketed_reference_is_no_heading(line: str) -> None:
    assert read_article(line) is None


@pytest.mark.parametrize(
    "line",
    [
        *(
            "제2조에 따라 드립니다.",
            "제2조 제1항의 돈입니다.",
            "제2조, 제3조를 봅니다.",
            "제2조(환불)에 따릅니다.",
            "제2조 및 제3조와 같습니다.",
        ),
        *(
            "제2조부터 제4조까지 생략",
            "제2조 중 “가”를 “나”로 합니다.",
            "제2조 를 삭제한다.",
            "제2조의 규정은 뺍니다.",
            "제2자에게 줍니다.",
        ),
    ],
)
def test_a_sentence_that_begins_with_a_reference_is_no_heading(line: str) -> None:
    assert told(f"제1조(목적)\n다음과 같이\n{line}\n") == [f"1 목적: 1 다음과 같이\n{line}"]


def test_a_text_behind_a_title_may_begin_with_the_number_of_another_article() -> None:
    assert told(
        "제1조(목적) 정합니다.\n제2조(환불) 제1조의 돈을 드립니다.\n[제3조] [문의] 제2조에 따라 받습니다.\n"
    ) == [
        "1 목적: 1 정합니다.",
        "2 환불: 1 제1조의 돈을 드립니다.",
        "3 문의: 1 제2조에 따라 받습니다.",
    ]
    assert read_article("제2조(환불) 제2항에 따른 돈") is None
    assert read_article("제2조(환불) 제3조(문의)에 따릅니다.") is None


def test_a_title_without_brackets_ends_where_the_sentence_begins() -> None:
    assert told("제1조 목적 이 약관은 정합니다.\n제2조 환불 회사는 돈을 드립니다.\n제3조 배송\n보냅니다.\n") == [
        "1 목적: 1 이 약관은 정합니다.",
        "2 환불: 1 회사는 돈을 드립니다.",
        "3 배송: 1 보냅니다.",
    ]


def test_a_document_without_titles_has_none() -> None:
    source = "  제1조 ① 가게는 팝니다.\n② 손님은 삽니다.\n"
    source += "  제2조 가게의 문은 아홉 시에 엽니다.\n  제3조 손님은 줄을 섭니다.\n"
    assert told(source) == [
        "1 : 1 가게는 팝니다. | 2 손님은 삽니다.",
        "2 : 1 가게의 문은 아홉 시에 엽니다.",
        "3 : 1 손님은 줄을 섭니다.",
    ]


def test_chapters_go_to_their_articles() -> None:
    source = "# 약관\n## 제1편 앞\n## 제 1 장 총 칙 <개정 2024.1.1>\n"
    source += "### 제1조 (목적)\n정합니다.\n제1절 작은 것\n### 제2조 (뜻)\n말합니다.\n"
    source += "제2장\n돈\n### 제3조 (환불)\n제2장에 따라 드립니다.\n## 부칙\n### 제1조 (시행일)\n시행합니다.\n"
    assert [(a.number, a.chapter, a.addendum) for a in parse(source).articles] == [
        ("1", "제 1 장 총 칙", False),
        ("2", "제 1 장 총 칙", False),
        ("3", "제2장 돈", False),
        ("1", None, True),
    ]


def test_each_addendum_counts_anew_and_has_its_own_addresses() -> None:
    source = "제1조(목적)\n정합니다.\n부칙\n제1조(시행일) 시행합니다.\n제2조(적용) 합니다.\n"
    source += "부 칙 <2024. 1. 1.>\n내일부터 합니다.\n부칙: 모레부터 시행합니다.\n"
    assert told(source) == [
        "1 목적: 1 정합니다.",
        "부칙-1 시행일: 1 시행합니다.",
        "부칙-2 적용: 1 합니다.",
        "부칙2 부 칙 <2024. 1. 1.>: 1 내일부터 합니다.",
        "부칙3 부칙: 1 모레부터 시행합니다.",
    ]


def test_a_table_of_contents_is_not_the_text() -> None:
    source = "약관\n목차\n제1장 앞\n제1조 목적 ..... 1\n제2조 환불\n부칙\n"
    source += "제1장 앞\n제1조 목적\n정합니다.\n제2조 환불\n드립니다.\n"
    terms = parse(source)
    assert told(source) == ["1 목적: 1 정합니다.", "2 환불: 1 드립니다."]
    assert [line.number for line in terms.contents] == [2, 3, 4, 5, 6]
    assert terms.articles[0].chapter == "제1장 앞"


def test_deleted_articles_say_so() -> None:
    assert told("제1조(목적)\n정합니다.\n제2조 삭제 <2024. 1. 1.>\n제3조(삭제)\n제4조(끝) 끝납니다.\n") == [
        "1 목적: 1 정합니다.",
        "2 : 1 삭제 <2024. 1. 1.>",
        "3 삭제: 1 삭제",
        "4 끝: 1 끝납니다.",
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "안내\n1. 목적\n2. 환불\n1. 목적\n정합니다.\n2. 환불\n1) 드립니다.\n2) 보냅니다.\n",
            ["1 목적: 1 정합니다.", "2 환불: 1 드립니다. | 2 보냅니다."],
        ),
        ("안내\nⅠ. 목적\n1. 정합니다.\nⅡ. 환불\n1. 드립니다.\n", ["1 목적: 1 정합니다.", "2 환불: 1 드립니다."]),
        ("안내\n1-1 목적\n정합니다.\n1-2 환불\n드립니다.\n", ["1-1 목적: 1 정합니다.", "1-2 환불: 1 드립니다."]),
    ],
)
def test_numbered_sections_stand_for_articles(source: str, expected: list[str]) -> None:
    assert told(source) == expected
