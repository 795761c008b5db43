"""Clauses that a paragraph names: found at their place, resolved within the document, never those of a law."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.references.between_clauses import CrossReference, find_cross_references
from index.terms import parse

if TYPE_CHECKING:
    from index.editions.edition import Edition

TEMPLATE = """가게 이용약관
제1조 (처음)
- 가
제2조 (가운데)
- 나
- {text}
- 다
제3조 (다음)
- 라
- 마
제10조의2 (가지)
- 바
"""


def read(text: str) -> list[CrossReference]:
    """What is found in ``text`` as 제2조 제2항 of a document with 제1조(1), 제2조(3), 제3조(2) and 제10조의2(1)."""
    terms = parse(TEMPLATE.format(text=text))
    article = terms.articles[1]
    return find_cross_references(terms, article, article.paragraphs[1])


def told(text: str) -> list[str]:
    """ "words → article.paragraph", with "!" if there is no such clause."""
    return [
        f"{text[r.start : r.end]} → {r.article}{'.' + r.paragraph if r.paragraph else ''}{'!' if r.dangling else ''}"
        for r in read(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("회사는 제3조 제2항에 따라 환불합니다.", ["제3조 제2항 → 3.2"]),
        ("제3조에 따릅니다.", ["제3조 → 3"]),
        ("본 약관 제3조를 봅니다.", ["제3조 → 3"]),
        ("가게 이용약관 제3조를 봅니다.", ["제3조 → 3"]),
        ("「가게 이용약관」 제3조를 봅니다.", ["제3조 → 3"]),
        ("제10조의2 제1항의 경우", ["제10조의2 제1항 → 10의2.1"]),
        ("제 3 조 제 1 항", ["제 3 조 제 1 항 → 3.1"]),
        ("제３조 ②의 경우", ["제３조 ② → 3.2"]),
        ("제3조(다음) 제2항", ["제3조(다음) 제2항 → 3.2"]),
        ("제3조(다음)에 따릅니다.", ["제3조 → 3"]),
        ("이 조 제3항과 다릅니다.", ["이 조 제3항 → 2.3"]),
        ("기타 본 조에 없는 것", ["본 조 → 2"]),
        ("전항에도 불구하고", ["전항 → 2.1"]),
        ("전항 각 호의 경우", ["전항 → 2.1"]),
        ("본 항의 기간", ["본 항 → 2.2"]),
        ("전조의 규정", ["전조 → 1"]),
        ("전조 제1항", ["전조 제1항 → 1.1"]),
        ("제1항의 경우", ["제1항 → 2.1"]),
        ("제1항 및 제3항", ["제1항 → 2.1", "제3항 → 2.3"]),
        ("제1·3항", ["제1 → 2.1", "3항 → 2.3"]),
        ("제3조 제1항 및 제2항", ["제3조 제1항 → 3.1", "제2항 → 3.2"]),
        ("제3조 및 제1항", ["제3조 → 3", "제1항 → 2.1"]),
        ("제1조부터 제3조까지", ["제1조 → 1", "제3조 → 3"]),
        ("제1항부터 제3항까지", ["제1항 → 2.1", "제3항 → 2.3"]),
        ("제3조 제1항과 같은 조 제2항", ["제3조 제1항 → 3.1", "같은 조 제2항 → 3.2"]),
        ("「상법」 제10조 및 본 약관 제3조", ["제3조 → 3"]),
        ("방법에 따라 제3조", ["제3조 → 3"]),
        ("제99조와 제3조 제9항", ["제99조 → 99!", "제3조 제9항 → 3.9!"]),
        ("제4항", ["제4항 → 2.4!"]),
    ],
)
def test_forms(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "상법 제1조에 따릅니다.",
        "「근로기준법」 제2조",
        "「상법」(이하 “법”) 제1조 제1항",
        "민법 제1조 및 제2조",
        "민법 제1조 제1항 제2호, 제3조",
        "같은 법 시행령 제3조",
        "전자상거래 등에서의 소비자보호에 관한 법률 제3조 제2항",
        "개인정보 처리방침 제3조",
        "개별 계약서 제3조 제1항",
        "상법 제1조와 같은 조 제2항",
        "같은 조 제2항",
        "이 조건과 본 조치, 전조등과 전 항목, 이 항공편",
        "제1심 법원과 제3자, 제2항목",
        "매출이 3조 이상, 3조원",
        "전화 070-4022-3109, 기흥로 58-1",
    ],
)
def test_what_is_none_of_ours(text: str) -> None:
    assert read(text) == []


def test_nothing_comes_before_the_first() -> None:
    terms = parse("약관\n제1조 (가)\n- 전조와 전항의 경우\n")
    article = terms.articles[0]
    found = find_cross_references(terms, article, article.paragraphs[0])
    assert [(r.article, r.paragraph, r.dangling) for r in found] == [("0", None, True), ("1", "0", True)]


def test_the_real_terms_refer_to_one_clause(real_editions: tuple[Edition, ...]) -> None:
    terms = real_editions[0].terms
    found = [
        (a.number, p.number, p.text[r.start : r.end], r.article)
        for a in terms.articles
        for p in a.paragraphs
        for r in find_cross_references(terms, a, p)
    ]
    assert found == [("2", "5", "본 조", "2")]


# a full-width digit and a sign that takes two letters when folded are among them
WORDS = st.sampled_from(
    ["제3조", "제1항", "②", "전항", "본 조", "같은 조 ", "「상법」 ", " 및 ", "부터", "(다음)", "의2", "\uff15", "㎏"]
)


@given(st.lists(WORDS, max_size=12).map("".join) | st.text(max_size=60))
def test_spans_cut_the_text_into_pieces_that_make_it_up_again(text: str) -> None:
    terms = parse(TEMPLATE.format(text="x"))
    article = terms.articles[1]
    paragraph = article.paragraphs[1].__class__("2", 0, len(text), text)
    found = find_cross_references(terms, article, paragraph)
    pieces, place = [], 0
    for r in found:
        assert place <= r.start < r.end <= len(text)
        pieces += [text[place : r.start], text[r.start : r.end]]
        place = r.end
    assert "".join([*pieces, text[place:]]) == text


ADDENDA = """대여 약관
제1조 (목적)
① 이 약관은 대여를 정합니다.
제2조 (요금)
① 요금은 부칙 제2조에 따라 올립니다.
부칙
제1조 (시행일)
① 이 약관은 2024년 1월 1일부터 시행합니다.
제2조 (경과조치)
① 제2조의 개정규정은 부칙 제1조의 날부터 적용합니다. 이 조 제2항은 그대로 둡니다. 전조의 날도 같습니다.
② 전항은 부칙 제9조에 따릅니다.
"""


def test_within_an_addendum_its_own_articles_are_meant_where_it_says_so() -> None:
    terms = parse(ADDENDA)
    found = [
        (article.address, paragraph.text[r.start : r.end], r.article, r.paragraph, r.dangling)
        for article in terms.articles
        for paragraph in article.paragraphs
        for r in find_cross_references(terms, article, paragraph)
    ]
    assert found == [
        ("2", "제2조", "부칙-2", None, False),
        ("부칙-2", "제2조", "2", None, False),
        ("부칙-2", "제1조", "부칙-1", None, False),
        ("부칙-2", "이 조 제2항", "부칙-2", "2", False),
        ("부칙-2", "전조", "부칙-1", None, False),
        ("부칙-2", "전항", "부칙-2", "1", False),
        ("부칙-2", "제9조", "부칙-9", None, True),
    ]
