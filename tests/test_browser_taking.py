"""What a person takes along from the chat: an answer for a messenger, a conversation on paper."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from support.asking import ask_and_wait
from support.serving import MARKS

from index.sentences import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest_plugins = ["support.browsers"]
pytestmark = MARKS
LATE = "돈을 늦게 내면 어떻게 되나요?"
RATE = "연체 이자율은 몇 퍼센트예요?"


@pytest.fixture
def writing(browser: Browser, address: str) -> Iterator[Page]:
    """A page that may write to the clipboard and read it."""
    context = browser.new_context(locale="ko-KR", base_url=address)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    opened.goto("/")
    yield opened
    context.close()


def copied(page: Page, place: int) -> str:
    page.get_by_role("button", name="메시지 복사").nth(place).click()
    expect(page.locator("#said")).to_have_text("복사했습니다")
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_a_copied_answer_is_plain_text_with_its_clause_day_and_address(writing: Page, address: str) -> None:
    ask_and_wait(writing, LATE)
    ask_and_wait(writing, RATE)
    clause = f"{address}/terms/{quote('서비스이용약관')}/7#p3"
    assert copied(writing, 0) == "\n".join(
        (
            f"질문: {LATE}",
            "",
            "미납하면 회사는 연체 이자를 청구하거나 서비스 이용을 제한·중단할 수 있어요. "
            "2회 이상 연체되면 회사는 계약을 해지하고 손해배상을 청구할 수 있어요.",
            "",
            "제7조 제3항 · 이용요금 및 지불조건",
            "“미납 시 “회사”는 연체 이자를 청구하거나 서비스 이용을 제한·중단할 수 있으며, "
            "2회 이상 연체될 경우 계약을 해지하고 손해배상을 청구할 수 있습니다.”",
            clause,
            "",
            "서비스 이용약관 (시행일 2025-12-15)",
        )
    )
    absent = copied(writing, 1)
    assert absent.startswith(f"질문: {RATE}\n\n연체 이자율은 약관에 나와 있지 않습니다.")
    assert f"청구할 수 있습니다.”\n{clause}\n\n" in absent
    assert "- 대표전화 : 070-4022-3109 제21조 제4항" in absent
    assert not {"전체 보기", "**", "](", "> "} & {mark for mark in ("전체 보기", "**", "](", "> ") if mark in absent}


def test_a_printed_conversation_is_whole_and_without_buttons(page: Page) -> None:
    page.set_viewport_size({"width": 800, "height": 600})
    answers = [ask_and_wait(page, question) for question in (LATE, RATE, "제7조를 전부 보여 주세요")]
    page.emulate_media(media="print")
    for answer in answers:
        expect(answer.locator("p").last).to_be_visible()
    expect(page.locator("#page button").filter(visible=True)).to_have_count(0)
    expect(page.get_by_role("textbox", name="질문")).to_be_hidden()
    clipped = """() => [...document.querySelectorAll("#page, #page *")].filter((one) => one.checkVisibility()
      && one.id !== "said" && getComputedStyle(one).overflowY !== "visible"
      && one.scrollHeight > one.clientHeight + 1).map((one) => one.id || one.className)"""
    assert page.evaluate(clipped) == []
    assert page.locator("#chat blockquote.folded").count() > 0
    unfolded = """() => [...document.querySelectorAll("#chat blockquote p")].every((one) =>
      one.scrollHeight <= one.clientHeight + 1 && getComputedStyle(one).webkitLineClamp === "none")"""
    assert page.evaluate(unfolded)
    height = page.evaluate("document.documentElement.scrollHeight")
    assert height > page.locator("#chat .bot.message").last.evaluate("one => one.getBoundingClientRect().bottom")
    assert height > 600


def test_no_page_breaks_within_a_quote_and_none_parts_it_from_the_name_of_its_clause(page: Page) -> None:
    for question in (LATE, RATE, "제7조를 전부 보여 주세요", "제15조를 전부 보여 주세요", "제8조를 전부 보여 주세요"):
        ask_and_wait(page, question)
    pairs = page.locator("#chat p:has(+ blockquote)").evaluate_all(
        "all => all.map((one) => [one.textContent, one.nextElementSibling.querySelector('p').textContent])"
    )
    asked = page.locator("#chat .user.message").all_text_contents()
    sheets = [squeeze(sheet.extract_text()) for sheet in PdfReader(BytesIO(page.pdf(format="A5"))).pages]
    assert len(sheets) > 2
    assert len(pairs) > 10
    wanted = [squeeze(text) for text in (*asked, *("".join(pair) for pair in pairs))]
    assert [one for one in wanted if not any(one in sheet for sheet in sheets)] == []
    assert not any(word in sheet for sheet in sheets for word in ("전체보기", "보내기", "새대화", "도움이됐어요"))
