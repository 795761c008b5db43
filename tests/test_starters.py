"""Header, first questions and the card with the way to a person; whatever they show is escaped."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

import pytest
from support.pages import Page

from bot.web.chat.fragments import handover_card, header, starters

if TYPE_CHECKING:
    from index.editions.edition import Edition

HOSTILE = "<script>alert(1)</script> & \"나\" '다' {{ 7 * 7 }}"


@pytest.fixture
def shop(shop_editions: tuple[Edition, ...]) -> Edition:
    return shop_editions[0]


def test_the_header_names_company_documents_and_effective_dates(shop: Edition) -> None:
    page = Page(header([shop]))
    assert "예시가게 약관봇" in page.texts[""]
    assert "가게 약관 (시행일 2024-03-01)" in page.texts[""]
    assert page.loaded == {"/terms/가게"}


def test_examples_stand_under_their_subject(shop: Edition) -> None:
    page = Page(
        starters((replace(shop, examples=(("배송", ("언제 오나요?",)), ("환불", ("되나요?", "며칠인가요?")))),))
    )
    assert page.texts["subject-1"].split() == ["배송", "언제", "오나요?"]
    assert page.texts["subject-2"].split() == ["환불", "되나요?", "며칠인가요?"]


def test_documents_without_examples_still_greet(shop: Edition) -> None:
    html = starters((replace(shop, examples=()),))
    assert "안녕하세요, 예시가게 약관봇입니다" in html
    assert "<button" not in html


def test_nothing_in_the_terms_is_run(shop: Edition) -> None:
    hostile = replace(shop, title=HOSTILE, company=HOSTILE, examples=((HOSTILE, (HOSTILE,)),))
    for html in (header([hostile]), starters((hostile,)), handover_card(shop, "", [HOSTILE], [HOSTILE])):
        assert "script" not in Page(html).tags
        assert "49" not in html
    assert HOSTILE in unescape(starters((hostile,)))


def test_the_card_has_contacts_code_questions_and_clauses(shop: Edition) -> None:
    page = Page(handover_card(shop, "ABC234", ["환불 되나요?", "언제까지요?"], ["제2조 제1항", "제1조 제1항"]))
    assert page.loaded == {"tel:02-000-0000"}
    shown = " ".join(page.texts["handover-title"].split())
    assert "전화 : 02-000-0000" in shown
    assert "ABC234 번호를 말씀해 주시면" in shown
    assert "환불 되나요?언제까지요?" in shown
    assert "안내한 조항: 제2조 제1항, 제1조 제1항" in shown


def test_without_a_code_the_card_promises_none(shop: Edition) -> None:
    shown = Page(handover_card(shop, "", ["환불 되나요?"], [])).texts["handover-title"]
    assert "02-000-0000" in shown
    assert "번호를 말씀해" not in shown
    assert "환불" not in shown


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("010-1234-5678로 전화 주세요", "[전화번호]로 전화 주세요"),
        ("hong@example.com 으로 주세요", "[이메일] 으로 주세요"),
        ("\uff10\uff11\uff10-1234-5678 이에요", "[전화번호] 이에요"),
    ],
)
def test_personal_data_on_the_card_are_masked(shop: Edition, question: str, shown: str) -> None:
    html = handover_card(shop, "ABC234", [question], [])
    assert shown in html
    assert question not in html


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("문의 : help@example.com", "mailto:help@example.com"),
        ("전화 : 02-000-0000", "tel:02-000-0000"),
        ("주소 : 예시시 예시로 1", None),
    ],
)
def test_a_contact_is_a_link_if_it_can_be_called_or_written_to(shop: Edition, text: str, address: str | None) -> None:
    article = shop.terms.articles[2]
    paragraph = replace(article.paragraphs[0], text=text)
    changed = replace(article, paragraphs=(paragraph,))
    terms = replace(shop.terms, articles=(*shop.terms.articles[:2], changed))
    page = Page(handover_card(replace(shop, terms=terms), "", [], []))
    assert page.loaded == ({address} if address else set())
    assert text in page.texts["handover-title"]
