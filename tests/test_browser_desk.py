"""An agent with both hands on the keyboard: logging in, finding, copying."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from support.desk_client import desk_app, open_journal
from support.desk_server import log_in, paging, serving
from support.korean_keyboard import Keyboard
from support.serving import MARKS

from bot.web.desk.login import WRONG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.service import Service
    from bot.settings import Settings

pytestmark = MARKS
SECOND = "배송이 늦으면 문자로 알립니다. 다만, 명절에는 알리지 않습니다."
# from when the answer was there until its hits are in the page and painted
PAINTED = """() => new Promise((done) => {
  new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => {
    const answers = performance.getEntriesByType('resource').filter((one) => one.name.includes('/api/search'));
    done(performance.now() - answers.at(-1).responseEnd);
  }))).observe(document.querySelector('#hits'), { childList: true });
  const box = document.querySelector('#query');
  box.value = '배송 환불 전화';
  box.dispatchEvent(new Event('input'));
})"""


@pytest.fixture
def address(shop_service: Service, shop_settings: Settings, tmp_path: Path) -> Iterator[str]:
    shop_service.load()
    journal = open_journal(tmp_path)
    with serving(desk_app(shop_service, journal, shop_settings, tmp_path)) as found:
        yield found
    journal.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with paging(browser, address) as opened:
        log_in(opened)
        expect(opened.get_by_role("combobox", name="조항 찾기")).to_be_focused()
        yield opened


def test_a_wrong_password_is_refused_and_the_sixth_try_locked_out(browser: Browser, address: str) -> None:
    with paging(browser, address) as page:
        for _ in range(5):
            log_in(page, "틀린비밀번호")
            expect(page.get_by_role("alert")).to_have_text(WRONG)
        log_in(page)
        expect(page.get_by_role("alert")).to_contain_text("15분 뒤에 다시 시도해 주세요.")


def test_logging_out_closes_the_desk(page: Page) -> None:
    expect(page.get_by_role("combobox", name="조항 찾기")).to_be_focused()
    page.get_by_role("button", name="로그아웃").click()
    page.goto("/desk/")
    expect(page.get_by_label("비밀번호")).to_be_visible()


@pytest.mark.parametrize(("typed", "mark"), [("1-2", "제1조 제2항"), ("3조", "제3조 제1항"), ("환불", "제2조 제1항")])
def test_typing_finds_without_a_further_key(page: Page, typed: str, mark: str) -> None:
    page.keyboard.type(typed)
    expect(page.get_by_role("option", selected=True)).to_contain_text(mark)


def test_matched_words_are_marked_and_the_reasons_shown(page: Page) -> None:
    page.keyboard.type("배송은 며칠 명절")
    first = page.get_by_role("option", selected=True)
    expect(first.locator("mark")).to_have_text(["배송"])
    expect(page.get_by_role("option").filter(has_text="제1조 제2항").locator("mark")).to_have_text(
        ["배송", "배송", "명절"]
    )
    expect(first.locator(".badge").last).to_have_text("질문")


def test_arrows_move_enter_opens_and_the_box_copies_exactly(page: Page, address: str) -> None:
    page.keyboard.type("배송")
    expect(page.get_by_role("option").first).to_be_visible()
    page.get_by_role("option").filter(has_text="제1조 제2항").evaluate("one => one.dataset.place = one.id.slice(4)")
    for _ in range(int(page.locator("[data-place]").get_attribute("data-place") or 0)):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_have_text("복사했습니다")
    expected = f"「가게 약관」 제1조 제2항(2024. 3. 1. 시행) “{SECOND}”\n{address}/terms/%EA%B0%80%EA%B2%8C/1#p2"
    assert page.evaluate("navigator.clipboard.readText()") == expected
    page.keyboard.press("Enter")
    expect(page.locator("#clause .cited")).to_contain_text(SECOND)
    expect(page.locator("#clause li")).to_have_count(2)
    page.evaluate("navigator.clipboard.writeText('')")
    page.keyboard.press("c")
    page.wait_for_function("async () => (await navigator.clipboard.readText()).includes('제1조 제2항')")
    assert page.evaluate("navigator.clipboard.readText()") == expected


@pytest.mark.parametrize("again", [False, True], ids=["the key ends the syllable", "and comes once more"])
def test_enter_within_a_syllable_opens_what_was_typed_once(page: Page, *, again: bool) -> None:
    opened: list[str] = []
    page.on("request", lambda sent: opened.append(sent.url) if "/api/article" in sent.url else None)
    keyboard = Keyboard(page)
    keyboard.compose("ㅎ", "화", "환")
    keyboard.commit("환")
    keyboard.compose("ㅂ", "부", "불")
    keyboard.enter(229)
    keyboard.commit("불")
    if again:
        keyboard.enter(13)
    expect(page.locator("#clause .cited")).to_contain_text("환불")
    page.wait_for_timeout(300)
    assert len(opened) == 1
    expect(page.get_by_role("combobox")).to_have_value("환불")


def test_enter_opens_what_was_typed_a_moment_ago_and_not_what_was_found_before(page: Page) -> None:
    page.keyboard.type("배송")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Control+a")
    page.keyboard.type("전화")
    page.keyboard.press("Enter")
    expect(page.locator("#clause .cited")).to_contain_text("02-000-0000")


def test_c_in_the_box_is_a_letter(page: Page) -> None:
    page.keyboard.type("c1-2")
    expect(page.get_by_role("combobox")).to_have_value("c1-2")
    expect(page.locator("#said")).to_be_empty()


def test_an_older_answer_does_not_replace_a_newer_one(page: Page) -> None:
    def late(route: Route) -> None:
        page.wait_for_timeout(600)
        route.continue_()

    page.route("**/api/search?q=1-1", late)
    page.keyboard.type("1-1")
    page.wait_for_timeout(200)
    page.get_by_role("combobox").fill("2-1")
    expect(page.get_by_role("option", selected=True)).to_contain_text("제2조 제1항")
    page.wait_for_timeout(800)
    expect(page.get_by_role("option", selected=True)).to_contain_text("제2조 제1항")


def test_hits_are_painted_within_100_ms_of_the_answer(page: Page) -> None:
    page.evaluate(PAINTED)  # the first one warms up
    assert page.evaluate(PAINTED.replace("배송 환불 전화", "전화 환불")) <= 100


def test_keys_go_to_every_tab_the_box_and_the_help(page: Page) -> None:
    for number, name in enumerate(("조항 찾기", "목차", "대화", "요청", "빈틈", "통계", "개정", "새 판"), 1):
        page.keyboard.press(f"Alt+{number}")
        expect(page.get_by_role("tab", selected=True)).to_have_text(name)
        expect(page.get_by_role("tabpanel")).to_have_count(1)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", selected=True)).to_have_text("조항 찾기")
    page.keyboard.press("End")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="단축키")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="조항 찾기")).to_be_focused()
    expect(page.get_by_role("combobox", name="조항 찾기")).to_have_value("")
