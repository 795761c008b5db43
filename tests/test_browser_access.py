"""The chat for everybody: what axe-core finds in it, the keyboard alone, and what a screen reader is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from support.asking import PHONE, WAIT_MS, WIDE, ask_and_wait
from support.serving import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    Scheme = Literal["light", "dark"]

pytest_plugins = ["support.browsers"]
pytestmark = MARKS
# what every live region says of answers, in the order in which it is said
TELLING = """() => {
  window.told = [];
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const region = (target.nodeType === 1 ? target : target.parentElement)?.closest(
        "[role=status], [role=alert], [role=log], [aria-live]");
      const text = region?.textContent.trim();
      const live = region && region.id !== "state" && region.getAttribute("aria-live") !== "off";
      if (text && live && told.at(-1) !== text) told.push(text);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""
QUESTION = "요금을 두 번 밀리면 어떻게 되나요?"


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> Scheme:
    return "dark" if request.param == "dark" else "light"


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def coloured(request: pytest.FixtureRequest, browser: Browser, address: str, scheme: Scheme) -> Iterator[Page]:
    context = browser.new_context(locale="ko-KR", base_url=address, color_scheme=scheme, viewport=request.param)
    opened = context.new_page()
    opened.goto("/")
    expect(opened.locator("#starters")).to_be_visible()
    yield opened
    context.close()


def find_faults(page: Page) -> list[str]:
    """What axe-core finds, with the elements."""
    # a colour in the middle of its transition is nobody's fault
    page.evaluate("Promise.all(document.getAnimations().map((a) => a.finished.catch(() => {})))")
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:200]} {node['any']}" for rule in found for node in rule["nodes"]]


def test_nothing_stands_in_anybodys_way(coloured: Page) -> None:
    assert find_faults(coloured) == []
    ask_and_wait(coloured, QUESTION)
    assert find_faults(coloured) == []
    coloured.get_by_role("link", name="제7조 제3항").click()
    expect(coloured.locator("#panel .cited")).to_be_visible()
    assert find_faults(coloured) == []
    coloured.keyboard.press("Escape")
    coloured.get_by_role("button", name="아쉬워요").click()
    expect(coloured.get_by_label("어떤 점이 아쉬웠나요?")).to_be_visible()
    assert find_faults(coloured) == []
    coloured.get_by_role("button", name="상담원 연결").click()
    expect(coloured.locator("#handover")).to_be_visible()
    assert find_faults(coloured) == []
    coloured.get_by_role("button", name="닫기").click()
    ask_and_wait(coloured, "연체 이자율은 몇 퍼센트예요?")
    coloured.get_by_role("button", name="전체 보기").first.click()
    assert find_faults(coloured) == []
    coloured.get_by_role("textbox", name="질문").fill("가" * 501)
    expect(coloured.locator("#count")).to_be_visible()
    assert find_faults(coloured) == []
    coloured.context.set_offline(True)
    coloured.get_by_role("textbox", name="질문").fill("환불되나요?")
    coloured.get_by_role("button", name="보내기").click()
    expect(coloured.get_by_test_id("toast-body")).to_contain_text("서버와 연결이 끊어졌습니다.")
    expect(coloured.get_by_test_id("toast-body")).to_have_css("opacity", "1")
    assert find_faults(coloured) == []


def tab_through(page: Page, most: int = 60) -> list[str]:
    """The names of what Tab reaches from the top of the page, in order."""
    names: list[str] = []
    page.evaluate("(() => { const top = document.querySelector('h1'); top.tabIndex = -1; top.focus() })()")
    for _ in range(most):
        page.keyboard.press("Tab")
        name = page.evaluate(
            """(() => { const e = document.activeElement; return e === document.body ? "" :
            e.getAttribute("aria-label") || e.innerText.trim() || e.closest("label")?.innerText.trim() || e.id })()"""
        )
        if not name or name in names[:1]:
            break
        names.append(name)
    return names


def test_tab_goes_down_the_page_and_reaches_every_button(page: Page) -> None:
    expect(page.locator("#starters button")).to_have_count(12)
    examples = page.locator("#starters button").all_inner_texts()
    found = tab_through(page)
    assert found[0] == "서비스 이용약관"
    assert found[1:13] == examples
    assert [name.split("\n")[0] for name in found[13:17]] == ["상담원 연결", "새 대화", "질문", "보내기"]


def test_the_keyboard_alone_asks_reads_the_clause_rates_and_starts_anew(page: Page) -> None:
    page.get_by_role("button", name="요금을 연체하면 어떻게 되나요?").press("Enter")
    expect(page.get_by_role("button", name="도움이 됐어요")).to_be_enabled(timeout=WAIT_MS)
    expect(page.get_by_role("textbox", name="질문")).to_be_focused()
    found = tab_through(page)
    chip = found.index("제7조 제3항 · 이용요금 및 지불조건")
    suggested = page.get_by_role("group", name="이어서 물어볼 만한 질문").get_by_role("button").all_inner_texts()
    thumbs = [next(i for i, name in enumerate(found) if word in name) for word in ("도움이", "아쉬워요")]
    places = [chip, *thumbs, *(found.index(text) for text in suggested), found.index("상담원 연결")]
    assert places == sorted(places)
    page.get_by_role("link", name="제7조 제3항").press("Enter")
    expect(page.locator("#panel")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="새 창에서 보기")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="제7조 제3항")).to_be_focused()
    page.get_by_role("button", name=suggested[0]).press("Enter")
    expect(page.locator("#chat .bot.message")).to_have_count(2, timeout=WAIT_MS)
    expect(page.get_by_role("textbox", name="질문")).to_be_focused()
    page.get_by_role("button", name="새 대화").press("Enter")
    expect(page.locator("#starters")).to_be_visible()
    expect(page.get_by_role("textbox", name="질문")).to_be_focused()


def test_a_screen_reader_is_told_in_korean_what_is_what_whatever_the_browser_speaks(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(locale="en-US", base_url=address)
    page = context.new_page()
    page.goto("/")
    ask_and_wait(page, QUESTION)
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    log = page.get_by_role("log", name="대화")
    assert [one.get_attribute("aria-label") for one in log.get_by_role("article").all()] == ["손님", "약관봇"]
    expect(log.get_by_role("button", name="메시지 복사")).to_have_count(1)  # of the answer alone
    expect(page.locator("#state")).to_have_role("status")
    visible = "[...document.querySelectorAll('#page [aria-label], #page [title]')].filter((e) => e.checkVisibility())"
    names = page.evaluate(f"{visible}.map((e) => e.ariaLabel || e.title)")
    assert [name for name in names if name and name.isascii()] == []
    context.close()


def test_each_answer_is_told_once_when_it_is_whole(page: Page) -> None:
    page.evaluate(TELLING)
    for count, question in enumerate((QUESTION, "연체 이자율은 몇 퍼센트예요?"), 1):
        answer = ask_and_wait(page, question)
        expect(page.locator("#said")).to_have_text(re.compile("^약관봇: "))
        told = page.evaluate("told")
        assert len(told) == count
        assert told[-1].startswith("약관봇: " + answer.locator("p").first.inner_text())
    expect(page.locator("#chat [role=log]")).to_have_attribute("aria-live", "off")


def test_where_the_keyboard_is_can_be_seen(page: Page) -> None:
    page.get_by_role("button", name="소송은 어느 법원에서 하나요?").focus()
    page.keyboard.press("Tab")
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outline) == "solid"
