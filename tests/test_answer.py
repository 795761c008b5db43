"""Answers that add up, and the names and addresses of clauses."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.hits import find_passage

from bot.addresses import article_url, clause_url
from bot.answer import Answer, Check, Citation, Outcome, Status, reference_name
from bot.korean import with_particle
from index.clause import Clause, article_name, clause_name
from index.references.by_number import Reference

if TYPE_CHECKING:
    from index.questions.corpus import Corpus


@pytest.fixture
def refund(shop_corpus: Corpus) -> Citation:
    return Citation.of(find_passage(shop_corpus, "2.1"))


@pytest.fixture
def delivery(shop_corpus: Corpus) -> Citation:
    return Citation.of(find_passage(shop_corpus, "1.1"))


def test_a_citation_holds_the_address_and_the_slice_of_the_source(refund: Citation) -> None:
    assert refund == Citation(
        clause=Clause("가게", "2", "1"),
        edition="2024-03-01",
        terms="가게 약관",
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
        "lead": "",
        "polarity": None,
        "missing": [],
        "act": None,
        "topics": [],
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


def test_a_label_that_names_no_clause_is_not_written_like_one() -> None:
    check = Check("30일입니다.", (Clause("가게", "2", "1"), Clause("", "9", "")), Outcome.DROPPED)
    assert check.marks == ("제2조 제1항", "[9]")
    assert check.as_json()["clauses"] == ["제2조 제1항", "[9]"]


@pytest.mark.parametrize(("article", "name"), [("15", "제15조"), ("10의2", "제10조의2")])
def test_names_of_articles_and_clauses(article: str, name: str) -> None:
    assert article_name(article) == name
    assert clause_name(article, "3") == f"{name} 제3항"
    assert reference_name(Reference(article)) == name
    assert reference_name(Reference(article, "3")) == f"{name} 제3항"


@pytest.mark.parametrize(
    "word",
    ["제2항은", "제2조는", "제99조의3은", "제99조의2는", "10은", "“5일”은", "“10%”는", "“3배”는", "“20,000원”은"],
)
def test_the_particle_fits_the_last_syllable_as_spoken(word: str) -> None:
    assert with_particle(word[:-1], "은는") == word
    assert with_particle(word[:-1], "이가") == word[:-1] + {"은": "이", "는": "가"}[word[-1]]


def test_addresses_are_percent_encoded() -> None:
    assert article_url("가게 약관", "10의2") == "/terms/%EA%B0%80%EA%B2%8C%20%EC%95%BD%EA%B4%80/10%EC%9D%982"
    assert clause_url(Clause("shop", "2", "1")) == "/terms/shop/2#p1"


def test_an_error_stands_alone_whatever_came_before_it() -> None:
    half, error = Answer(Status.ANSWERED, "환불은"), Answer(Status.ERROR, "문제가 생겼습니다.")
    assert half + error == error
    assert (error + half).status is Status.ERROR
