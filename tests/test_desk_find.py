"""What an agent finds by typing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.fakes import RememberingEmbedder

from bot.web.desk.clause_finder import find, pieces, quotation

if TYPE_CHECKING:
    from index.search.clause_search import ClauseSearch

LATE = "배송이 늦으면 문자로 알립니다. 다만, 명절에는 알리지 않습니다."


def addresses(found: list[dict[str, Any]]) -> list[str]:
    return [f"{hit['article']}.{hit['paragraph']}" for hit in found]


@pytest.mark.parametrize(("text", "first"), [("1-2", "1.2"), ("1조 2항", "1.2"), ("제2조", "2.1"), ("환불", "2.1")])
def test_numbers_and_words_find_their_paragraph(shop_search: ClauseSearch, text: str, first: str) -> None:
    assert addresses(find(shop_search, text, 5))[0] == first


def test_words_beside_a_number_choose_within_the_article(shop_search: ClauseSearch) -> None:
    assert addresses(find(shop_search, "1조 명절", 2)) == ["1.2", "1.1"]
    assert addresses(find(shop_search, "1조 결제", 2)) == ["1.1", "1.2"]


@pytest.mark.parametrize("text", ["", " ", "?!", "…", "ㅎ", "a"])
def test_nothing_is_found_for_nothing(shop_search: ClauseSearch, text: str) -> None:
    assert find(shop_search, text, 5) == []


def test_a_hit_says_why_and_shows_the_curated_question_that_is_most_alike(shop_search: ClauseSearch) -> None:
    hit = find(shop_search, "환불 되나", 1)[0]
    assert (hit["mark"], hit["title"], hit["question"]) == ("제2조 제1항", "환불", "환불 되나요")
    assert hit["reasons"][-1] == "질문"
    assert find(shop_search, "2-1", 1)[0]["reasons"] == ["번호"]


def test_the_question_shown_is_the_nearest_by_meaning_and_by_words_without_a_model(shop_search: ClauseSearch) -> None:
    text = "아무 연락 없이 사흘째 오지 않는 물건, 배송"
    assert find(shop_search, text, 1)[0]["question"] == "배송은 며칠 걸려요"
    by_words = replace(shop_search, embedder=None)
    assert [hit["question"] for hit in find(by_words, text, 5)] == ["", "", "", ""]
    assert find(by_words, "배송은 며칠 걸리나", 1)[0]["question"] == "배송은 며칠 걸려요"


def test_a_text_is_embedded_once(shop_search: ClauseSearch) -> None:
    embedder = RememberingEmbedder()
    find(shop_search.with_embedder(embedder), "환불 되나", 3)
    assert embedder.texts == ["환불 되나"]


def test_a_hit_holds_what_is_copied_of_it(shop_search: ClauseSearch) -> None:
    hit = find(shop_search, "1-2", 1)[0]
    assert hit["copy"] == f"「가게 약관」 제1조 제2항(2024. 3. 1. 시행) “{LATE}”"
    assert hit["url"] == "/terms/%EA%B0%80%EA%B2%8C/1#p2"
    assert (
        quotation("약관", "제10조의2 제1항", "2025-12-15", "글") == "「약관」 제10조의2 제1항(2025. 12. 15. 시행) “글”"
    )


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("명절에", ["명절에"]),
        ("명절은 언제", ["명절"]),
        ("알림", []),
        ("문자로 배송", ["배송", "문자로"]),
        ("배송 배송이", ["배송이"]),
        ("가", []),
    ],
)
def test_words_are_marked_by_their_beginning(query: str, marked: list[str]) -> None:
    assert [text for text, matched in pieces(query, LATE) if matched] == marked


def test_numbers_are_marked_whole_and_case_does_not_matter() -> None:
    text = "SOW 3일, 30일, 1,000원"
    assert [piece for piece, matched in pieces("sow 3 1,000", text) if matched] == ["SOW", "3", "1,000"]


@given(st.text(), st.text())
def test_the_pieces_joined_are_the_text(query: str, text: str) -> None:
    assert "".join(piece for piece, _ in pieces(query, text)) == text
