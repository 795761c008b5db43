"""The chat in low windows: a phone on its side or with its keyboard up, a page at 400 %."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from support.asking import WIDE, ask_and_wait
from support.serving import MARKS

if TYPE_CHECKING:
    from playwright.sync_api import Locator

pytest_plugins = ["support.browsers"]
pytestmark = MARKS
LOW: list[ViewportSize] = [
    {"width": 844, "height": 390},
    {"width": 390, "height": 430},
    {"width": 320, "height": 256},
]
ON_TOP = """element => {
  const box = element.getBoundingClientRect();
  const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return element === seen || element.contains(seen);
}"""


@pytest.fixture(params=LOW, ids=lambda size: f"{size['width']}x{size['height']}")
def low(request: pytest.FixtureRequest, page: Page) -> Page:
    page.set_viewport_size(request.param)
    expect(page.get_by_role("textbox", name="질문")).to_be_visible()
    return page


def can_be_used(element: Locator) -> bool:
    """Whether it is within the window and nothing lies over it."""
    expect(element).to_be_in_viewport(ratio=1)
    return bool(element.evaluate(ON_TOP))


def begins_in_view(answer: Locator, page: Page) -> bool:
    """Whether its first line can be read."""
    first, below = answer.locator("p").first.bounding_box(), page.locator("#asking").bounding_box()
    assert first
    assert below
    return 0 <= first["y"] <= below["y"] - 24


def scrolls_sideways(page: Page) -> bool:
    sides = "[document.documentElement, ...document.querySelectorAll('#page, #talk, #first, #chat, #person, #panel')]"
    return bool(page.evaluate(f"{sides}.some((one) => one.scrollWidth > one.clientWidth + 1)"))


def test_the_box_and_the_beginning_of_each_answer_are_there(low: Page) -> None:
    for question in ("돈을 늦게 내면 어떻게 되나요?", "제7조를 전부 보여 주세요", "연체 이자율은 몇 퍼센트예요?"):
        answer = ask_and_wait(low, question)
        assert begins_in_view(answer, low)
        assert can_be_used(low.get_by_role("textbox", name="질문"))
        assert can_be_used(low.get_by_role("button", name="보내기"))
        assert not scrolls_sideways(low)


def test_a_long_question_does_not_push_its_answer_out(low: Page) -> None:
    answer = ask_and_wait(
        low, "저희가 이번 달에 사정이 생겨서 이용 요금을 정해진 날보다 늦게 내게 되면 어떻게 되나요? " * 3
    )
    assert begins_in_view(answer, low)


def test_header_and_footer_scroll_away(low: Page) -> None:
    expect(low.locator("#top h1")).to_be_in_viewport()
    low.get_by_role("button", name="어느 나라 법을 따르나요?").scroll_into_view_if_needed()
    expect(low.locator("#top h1")).not_to_be_in_viewport()
    low.locator("#notice").scroll_into_view_if_needed()
    assert can_be_used(low.locator("#notice"))


def test_the_way_to_a_person_takes_the_window_and_is_closed_by_its_button(low: Page) -> None:
    ask_and_wait(low, "돈을 늦게 내면 어떻게 되나요?")
    before = low.locator("#page").evaluate("page => page.scrollTop")
    low.get_by_role("button", name="상담원 연결").press("Enter")
    card = low.get_by_role("region", name="상담원 연결")
    expect(card).to_be_focused()
    assert can_be_used(card.get_by_role("heading", name="상담원 연결"))
    card.get_by_text("전화번호 같은 개인정보는").scroll_into_view_if_needed()
    assert can_be_used(card.get_by_text("전화번호 같은 개인정보는"))
    close = card.get_by_role("button", name="닫기")
    assert can_be_used(close)
    assert not scrolls_sideways(low)
    close.click()
    expect(card).to_be_hidden()
    expect(low.get_by_role("button", name="상담원 연결")).to_be_focused()
    assert low.locator("#page").evaluate("page => page.scrollTop") >= before


def test_where_a_reason_is_written_comes_into_view(low: Page) -> None:
    ask_and_wait(low, "제7조를 전부 보여 주세요")
    low.get_by_role("button", name="아쉬워요").click()
    reason = low.get_by_label("어떤 점이 아쉬웠나요?")
    expect(reason).to_be_focused()
    assert can_be_used(reason)
    assert can_be_used(low.get_by_role("button", name="의견 보내기"))


def test_a_clause_takes_the_window_and_its_cited_paragraph_is_seen(low: Page) -> None:
    ask_and_wait(low, "돈을 늦게 내면 어떻게 되나요?")
    low.get_by_role("link", name="제7조 제3항").click()
    expect(low.locator("#panel .cited p")).to_be_in_viewport()
    assert can_be_used(low.locator("#panel").get_by_role("button", name="닫기"))
    assert not scrolls_sideways(low)


@pytest.mark.parametrize("size", [WIDE, LOW[2]], ids=["wide", "low"])
def test_escape_closes_the_way_to_a_person(page: Page, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    page.get_by_role("button", name="상담원 연결").click()
    card = page.get_by_role("region", name="상담원 연결")
    expect(card).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(page.get_by_role("button", name="상담원 연결")).to_be_focused()
    page.get_by_role("button", name="상담원 연결").click()
    expect(card).to_be_visible()
