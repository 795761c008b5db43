"""What is made of typed text before it is searched: cleaned and limited."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import RejectedError
from bot.understand.question import EMPTY_HINT, Ask, Query, clean, honest_part, read_question

TODAY = dt.date(2026, 11, 30)
ANY_TEXT = st.text(st.characters(exclude_categories=()))


def read(question: str, *history: str, max_characters: int = 50, max_history: int = 3) -> Query:
    return read_question(
        Ask(question, history), max_characters=max_characters, max_history=max_history, today=TODAY, revised=TODAY
    )


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("\u1112\u116a\u11ab불", "환불"),
        ("환\u200b불\ufeff 되\u200d나요", "환불 되나요"),
        ("\u202e환불\u2066", "환불"),
        ("환불\x00되나요\x1b", "환불 되나요"),
        (" 환불\t\r\n\u3000\u00a0되나요 ", "환불 되나요"),
        ("환불\ud800\ue000\U000e0041", "환불"),
        ("\u1112\u200b\u116a\u200b\u11ab불", "환불"),
        ("cafe\u200b\u0301", "café"),
        ("１５조 ③ 100%", "１５조 ③ 100%"),
        ("", ""),
    ],
    ids=[
        "composed",
        "zero-width",
        "direction",
        "control",
        "space",
        "surrogate",
        "parted jamo",
        "parted accent",
        "form kept",
        "empty",
    ],
)
def test_cleaning_composes_and_leaves_only_what_can_be_seen(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


@given(ANY_TEXT)
def test_clean_text_holds_no_invisible_character_and_no_double_space(text: str) -> None:
    cleaned = clean(text)
    assert not [c for c in cleaned if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn"}]
    assert cleaned == " ".join(cleaned.split())


@given(ANY_TEXT | st.text("\u1112\u116a\u11ab\u200b\u0301e "))
def test_clean_text_is_composed_and_cleaning_it_again_changes_nothing(text: str) -> None:
    assert unicodedata.is_normalized("NFC", clean(text))
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("typed", ["", "   ", "?!", "\u200b\u200b", "§", "___", "\x00"], ids=ascii)
def test_a_text_without_a_letter_or_digit_is_asked_for_a_question(typed: str) -> None:
    with pytest.raises(RejectedError) as hint:
        read(typed)
    assert str(hint.value) == EMPTY_HINT


@pytest.mark.parametrize("typed", ["👍", "❤", "^^", ":)", "T_T"], ids=ascii)
def test_a_sign_is_said_to_the_bot(typed: str) -> None:
    assert read(typed).text == typed


def test_the_limit_itself_is_accepted() -> None:
    assert read("가" * 50) == Query("가" * 50)


@pytest.mark.parametrize("typed", ["가" * 51, "가" * 5000, "가" + " " * 200 + "나"])
def test_a_text_over_the_limit_is_told_the_limit(typed: str) -> None:
    with pytest.raises(RejectedError, match="50자 안으로 줄여서"):
        read(typed)


def test_a_limit_of_thousands_is_written_with_a_comma() -> None:
    with pytest.raises(RejectedError, match="1,000자 안으로"):
        read("가" * 1001, max_characters=1000)


def test_spaces_that_are_cleaned_away_do_not_count() -> None:
    assert read("가" + " " * 60 + "나").text == "가 나"


def test_the_latest_earlier_questions_are_kept_clean_oldest_first() -> None:
    assert read("그건요", "하나", "둘\u200b", "셋  넷", max_history=2).history == ("둘", "셋 넷")


def test_earlier_questions_are_cut_to_the_limit_and_dropped_without_a_letter() -> None:
    assert read("그건요", "가" * 80, "?!").history == ("가" * 50,)


def test_no_history_is_kept_when_none_is_wanted() -> None:
    assert read("그건요", "하나", max_history=0).history == ()


@pytest.mark.parametrize(
    "typed",
    [
        "https://example.com/a?b=c 환불 되나요?",
        "[환불](https://example.com) 되나요?",
        "![](https://example.com/a.png) 환불 되나요?",
        "<img src=x onerror=alert(1)>환불<br/>되나요?",
        "<script>alert('x')</script>환불 되나요?",
        "<b onclick='x'>환불</b> 되나요?",
        "010-1234-5678 환불 되나요?",
        "hong@example.com 환불 되나요?",
        "900101-1234567 환불 되나요?",
        "씨발 환불 되나요? 병신아",
        "FUCK you 환불 되나요?",
    ],
)
def test_links_markup_personal_data_and_abuse_go_and_the_question_stays(typed: str) -> None:
    assert read(typed).text.removeprefix("you ") == "환불 되나요?"


def test_earlier_questions_lose_personal_data_as_well() -> None:
    assert read("그건요", "010-1234-5678 환불 되나요?").history == ("환불 되나요?",)


@pytest.mark.parametrize("text", ["씨발", "https://example.com", "010-1234-5678", "<b>"])
def test_a_text_of_nothing_else_is_left_as_it_was(text: str) -> None:
    assert honest_part(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "3 < 5 인가요?",
        "3개월 < 기간 그리고 기간 > 6개월 연체하면요?",
        "a<b 그리고 c>d 인가요?",
        "<환불 규정> 알려 주세요",
        "[중요] 환불 되나요?",
        "[환불](제2조) 되나요?",
        "2025-12-15에 환불 되나요?",
        "미친 듯이 비싼가요?",
    ],
)
def test_an_honest_question_is_left_as_it_was(text: str) -> None:
    assert honest_part(text) == text
