"""A person in front of the chat: real server, real model, real browser (the system's Chromium)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect
from support.asking import PHONE, WAIT_MS, ask, ask_and_wait, find_logged
from support.serving import MARKS

if TYPE_CHECKING:
    from bot.journal.reader import Reader

pytest_plugins = ["support.browsers"]
pytestmark = MARKS
QUESTION = "요금을 두 번 밀리면 어떻게 되나요?"
SUBJECTS = ["요금", "해지·환불", "계정", "장애·책임", "데이터", "분쟁"]


def test_a_citation_opens_its_clause_highlighted_and_escape_gives_the_focus_back(page: Page) -> None:
    expect(page.get_by_text("「서비스 이용약관」(시행일 2025-12-15)")).to_be_visible()
    expect(ask_and_wait(page, QUESTION)).to_contain_text("2회 이상 연체될 경우 계약을 해지하고")
    chip = page.get_by_role("link", name="제7조 제3항 · 이용요금 및 지불조건", exact=True)
    chip.click()
    cited = page.locator("#panel .cited")
    expect(cited).to_contain_text("2회 이상 연체될 경우")
    expect(cited).to_have_css("background-color", "rgb(255, 243, 196)")
    expect(cited).to_be_in_viewport(ratio=1)
    expect(page.locator("#panel li:not(.cited)")).to_have_count(2)
    expect(page.locator("#panel")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(chip).to_be_focused()


def test_the_panel_goes_to_the_articles_before_and_after_and_the_page_stays(page: Page) -> None:
    ask_and_wait(page, QUESTION)
    address = page.url
    page.get_by_role("link", name="제7조 제3항").click()
    panel = page.locator("#panel")
    for name, heading in (("다음 조", "제8조"), ("앞 조", "제7조"), ("앞 조", "제6조")):
        panel.get_by_role("link", name=name).click()
        expect(panel.get_by_role("heading")).to_contain_text(heading)
    assert (page.url, len(page.context.pages)) == (address, 1)
    panel.get_by_role("button", name="닫기").click()
    expect(panel).to_be_hidden()
    expect(page.get_by_role("link", name="제7조 제3항")).to_be_focused()


def test_examples_stand_by_subject_and_a_click_asks_one(page: Page) -> None:
    expect(page.locator("#starters h3")).to_have_text(SUBJECTS)
    for subject in SUBJECTS:
        expect(page.get_by_role("group", name=subject).get_by_role("button")).to_have_count(2)
    expect(page.locator("#starters button").last).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="소송은 어느 법원에서 하나요?").click()
    expect(page.get_by_role("link", name="제18조 제2항")).to_be_visible(timeout=WAIT_MS)
    expect(page.locator("#starters")).to_be_hidden()


def test_every_example_is_answered_from_the_terms(page: Page, reader: Reader) -> None:
    expect(page.locator("#starters button")).to_have_count(12)
    examples = page.locator("#starters button").all_inner_texts()
    for place, example in enumerate(examples):
        page.get_by_role("button", name=example).click()
        expect(page.locator("#chat .bot.message a[href^='/terms/']").first).to_be_visible(timeout=WAIT_MS)
        if place + 1 < len(examples):
            expect(page.get_by_role("button", name="도움이 됐어요")).to_be_enabled()
            page.get_by_role("button", name="새 대화").click()
    expect(page.get_by_role("button", name="도움이 됐어요")).to_be_enabled()
    statuses = {logged.question: logged.status for example in examples for logged in find_logged(reader, example)}
    assert statuses == dict.fromkeys(examples, "answered")


def test_what_the_terms_do_not_say_ends_with_the_contact(page: Page) -> None:
    answer = ask_and_wait(page, "주차되나요?")
    expect(answer).to_contain_text("차를 댈 곳은 약관에 나와 있지 않습니다.")
    expect(answer).to_contain_text("070-4022-3109")


@pytest.mark.parametrize(
    "question",
    [
        "<img src=x onerror=\"document.title='hacked'\"> 환불 되나요?",
        "<script>document.title='hacked'</script> 환불 되나요?",
        "**굵게** [환불](javascript:alert(1)) # 되나요? <b>환불</b> &lt; $x$",
    ],
)
def test_markup_in_a_question_is_shown_as_text(page: Page, question: str) -> None:
    ask(page, question)
    shown = page.locator("#chat .user.message")
    expect(shown).to_have_text(question)
    expect(page.locator("#chat .bot.message")).to_be_visible(timeout=WAIT_MS)
    assert page.title() != "hacked"
    assert shown.locator("img, script, strong, b, a, .katex").count() == 0


def test_a_follow_up_shows_how_it_was_understood_and_the_box_stays_on_a_phone(page: Page) -> None:
    page.set_viewport_size(PHONE)
    for place, question in enumerate(("요금 연체하면 어떻게 되나요?", "두 번째면요?"), 1):
        ask_and_wait(page, question)
        expect(page.get_by_role("link", name="제7조 제3항")).to_have_count(place)
    expect(
        page.locator("#chat").get_by_text("이렇게 이해했습니다: 요금 연체하면 어떻게 되나요? 두 번째면요?")
    ).to_be_visible()
    expect(page.get_by_role("button", name="보내기")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_on_a_phone_the_panel_is_a_sheet_from_below(page: Page) -> None:
    page.set_viewport_size(PHONE)
    ask_and_wait(page, QUESTION)
    before = page.locator("#talk").bounding_box()
    page.get_by_role("link", name="제7조 제3항").click()
    expect(page.locator("#panel .cited")).to_be_in_viewport(ratio=1)
    sheet = page.locator("#panel").bounding_box()
    assert sheet
    assert (sheet["x"], sheet["width"], sheet["y"] + sheet["height"]) == (0, PHONE["width"], PHONE["height"])
    assert sheet["y"] > 0
    assert sheet["height"] <= 0.7 * PHONE["height"] + 1
    assert page.locator("#talk").bounding_box() == before
