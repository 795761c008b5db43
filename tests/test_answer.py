"""Answers that add up, names and addresses of clauses, and text that is shown as it is."""

from __future__ import annotations

import html
import re
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import pytest
from hits import find_passage
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.answer import (
    Answer,
    Citation,
    Status,
    article_name,
    article_url,
    clause_name,
    clause_url,
    escape_markdown,
    reference_name,
)
from index.editions import Clause
from index.reference import Reference

if TYPE_CHECKING:
    from index.collection import Corpus


@pytest.fixture
def refund(shop_corpus: Corpus) -> Citation:
    return Citation.of(find_passage(shop_corpus, "2.1"))


@pytest.fixture
def delivery(shop_corpus: Corpus) -> Citation:
    return Citation.of(find_passage(shop_corpus, "1.1"))


def test_a_citation_holds_the_address_and_the_slice_of_the_source(refund: Citation) -> None:
    assert refund == Citation(
        terms="가게 약관",
        edition="2024-03-01",
        article="2",
        paragraph="1",
        title="환불",
        quote="받은 날부터 7일 안에 환불을 신청할 수 있습니다.",
        url="/terms/%EA%B0%80%EA%B2%8C/2#p1",
    )
    assert refund.mark == "제2조 제1항"


def test_the_pieces_of_an_answer_add_up(refund: Citation, delivery: Citation) -> None:
    pieces = [
        Answer(Status.ANSWERED, "앞. ", (refund,), (delivery,), interpreted="질문", confidence=0.9),
        Answer(Status.ANSWERED, "뒤.", (delivery, refund), (delivery,), interpreted="질문", confidence=0.9),
    ]
    whole = Answer(Status.ANSWERED, "앞. 뒤.", (refund, delivery), (delivery,), interpreted="질문", confidence=0.9)
    assert reduce(add, pieces) == whole


@given(st.lists(st.text(max_size=5), min_size=3, max_size=3))
def test_it_does_not_matter_which_pieces_are_added_first(texts: list[str]) -> None:
    one, two, three = (Answer(Status.ANSWERED, text) for text in texts)
    assert (one + two) + three == one + (two + three)


def test_an_answer_is_written_as_the_contract_says(refund: Citation) -> None:
    answer = Answer(Status.NOT_FOUND, "없음", related=(refund,), interpreted="환불", confidence=0.123456)
    assert answer.as_json() == {
        "status": "not_found",
        "answer": "없음",
        "citations": [],
        "related": [
            {
                "terms": "가게 약관",
                "edition": "2024-03-01",
                "article": "2",
                "paragraph": "1",
                "title": "환불",
                "quote": "받은 날부터 7일 안에 환불을 신청할 수 있습니다.",
            }
        ],
        "interpreted": "환불",
        "confidence": 0.1235,
    }


@pytest.mark.parametrize(("article", "name"), [("15", "제15조"), ("10의2", "제10조의2")])
def test_names_of_articles_and_clauses(article: str, name: str) -> None:
    assert article_name(article) == name
    assert clause_name(article, "3") == f"{name} 제3항"
    assert reference_name(Reference(article)) == name
    assert reference_name(Reference(article, "3")) == f"{name} 제3항"


def test_addresses_are_percent_encoded() -> None:
    assert article_url("가게 약관", "10의2") == "/terms/%EA%B0%80%EA%B2%8C%20%EC%95%BD%EA%B4%80/10%EC%9D%982"
    assert clause_url(Clause("shop", "2", "1")) == "/terms/shop/2#p1"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("<img src=x onerror=y>", "&lt;img src=x onerror=y>"),
        ("A&lt;B & C", "A&amp;lt;B &amp; C"),
        ("[제1조](http://a)", r"\[제1조\](http://a)"),
        ("*강조* _밑줄_ `코드` ~취소~ |표| \\", r"\*강조\* \_밑줄\_ \`코드\` \~취소\~ \|표\| \\"),
        ("# 제목\n- 목록\n> 인용\n+ 더하기", "\\# 제목\n\\- 목록\n\\> 인용\n\\+ 더하기"),
        ("전화 : 02-000-0000 (3 + 4 > 5)", "전화 : 02-000-0000 (3 + 4 > 5)"),
    ],
)
def test_what_markdown_and_html_would_read_is_escaped(text: str, escaped: str) -> None:
    assert escape_markdown(text) == escaped


@pytest.mark.parametrize(
    "text", ["# 제목", "- 목록", "+ 목록", "* 목록", "> 인용", "***", "```", "~~~", "<b>굵게</b>", "[x]: /y"]
)
def test_a_line_that_would_be_a_block_is_shown_as_text(text: str) -> None:
    assert show(text) == text


@given(st.text("가a1 <>&;#*_[]()`~|\\!:/\"'+-", max_size=40))
def test_any_text_within_a_line_is_shown_as_it_is(text: str) -> None:
    assert show(f"약관{text}조") == f"약관{text}조"


def show(text: str) -> str:
    """The text of the one plain paragraph that a browser would show for ``text``, escaped."""
    shown = re.fullmatch(r"<p>([^<]*)</p>\n", MarkdownIt("gfm-like", {"linkify": False}).render(escape_markdown(text)))
    assert shown
    return html.unescape(shown[1])
