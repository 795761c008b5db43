"""The box for questions: sent once, counted, kept over a reload; Korean as it is composed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect
from support.asking import WAIT_MS, ask
from support.fakes import FakeEmbedder
from support.korean_keyboard import Keyboard
from support.serving import MARKS, serve

from bot.service import Service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings

pytestmark = MARKS
ANSWER = "7일 안에 환불을 신청할 수 있습니다."
BLOCKED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } })"


@pytest.fixture
def shop(browser: Browser, shop_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    monkeypatch.setattr("index.search.build.load_embedder", lambda *_: FakeEmbedder())
    service = Service(shop_settings.model_copy(update={"rate": "1000/minute"}))
    with serve(service) as origin:
        context = browser.new_context(locale="ko-KR", base_url=origin, has_touch=True)
        opened = context.new_page()
        opened.set_default_timeout(WAIT_MS)
        opened.goto("/")
        opened.get_by_role("textbox", name="질문").wait_for()
        expect(opened.locator("#state")).to_be_hidden(timeout=WAIT_MS)
        yield opened
        context.close()


def asked(page: Page) -> list[str]:
    """All questions of the talk, when the last one has its answer."""
    expect(page.locator("#chat .bot.message").last).to_contain_text(ANSWER)
    expect(page.locator("#following")).to_be_attached()
    page.wait_for_timeout(300)  # what would be sent a second time is on its way
    return page.locator("#chat .user.message").all_inner_texts()


def type_refund(page: Page) -> Keyboard:
    page.get_by_role("textbox", name="질문").focus()
    keyboard = Keyboard(page)
    keyboard.compose("ㅎ", "화", "환")
    keyboard.commit("환")
    keyboard.compose("ㅂ", "부", "불")
    return keyboard


@pytest.mark.parametrize("again", [False, True], ids=["the key ends the syllable", "and comes once more"])
def test_enter_within_a_syllable_sends_once(shop: Page, *, again: bool) -> None:
    keyboard = type_refund(shop)
    keyboard.enter(229)
    keyboard.commit("불")
    if again:
        keyboard.enter(13)
    assert asked(shop) == ["환불"]
    expect(shop.get_by_role("textbox", name="질문")).to_have_value("")


def test_enter_behind_a_whole_syllable_sends_once(shop: Page) -> None:
    keyboard = type_refund(shop)
    keyboard.commit("불")
    keyboard.enter(13)
    keyboard.enter(13)
    assert asked(shop) == ["환불"]


def test_a_syllable_that_ends_without_enter_is_not_sent(shop: Page) -> None:
    keyboard = type_refund(shop)
    keyboard.commit("불")
    shop.wait_for_timeout(300)
    expect(shop.get_by_role("textbox", name="질문")).to_have_value("환불")
    expect(shop.locator("#chat .user.message")).to_have_count(0)


def test_a_button_that_is_tapped_twice_sends_once(shop: Page) -> None:
    shop.get_by_role("textbox", name="질문").fill("환불 되나요")
    button = shop.get_by_role("button", name="보내기")
    button.dblclick()
    assert asked(shop) == ["환불 되나요"]


def test_an_example_that_is_tapped_twice_is_asked_once_and_what_was_typed_comes_back(shop: Page) -> None:
    ask(shop, "환불 되나요")
    asked(shop)
    shop.get_by_role("textbox", name="질문").fill("쓰던 글")
    example = "<button type='button' data-question='환불 되나요?'>환불 되나요?</button>"
    shop.locator("#following").evaluate(f'below => {{ below.innerHTML = "{example}"; }}')
    shop.get_by_role("button", name="환불 되나요?").dblclick()
    expect(shop.locator("#chat .bot.message")).to_have_count(2)
    assert asked(shop) == ["환불 되나요", "환불 되나요?"]
    expect(shop.get_by_role("textbox", name="질문")).to_have_value("쓰던 글")


@pytest.mark.parametrize("text", ["", "   "], ids=["empty", "blank"])
def test_enter_without_words_does_nothing(shop: Page, text: str) -> None:
    ask(shop, text)
    shop.get_by_role("button", name="보내기").click()
    shop.wait_for_timeout(300)
    expect(shop.locator("#starters")).to_be_visible()
    expect(shop.locator("#chat .message")).to_have_count(0)


def test_near_the_limit_the_characters_are_counted_and_nothing_is_cut(shop: Page) -> None:
    box, count = shop.get_by_role("textbox", name="질문"), shop.locator("#count")
    box.fill("가" * 399)
    expect(count).to_be_hidden()
    box.fill("가" * 400)
    expect(count).to_have_text("400 / 500자")
    box.fill("가" * 512)
    expect(count).to_have_text("512 / 500자 · 12자를 줄여 주세요")
    expect(box).to_have_accessible_description("512 / 500자 · 12자를 줄여 주세요")
    box.press("Enter")
    expect(box).to_have_value("가" * 512)
    expect(shop.locator("#chat .message")).to_have_count(0)
    box.fill("환불 되나요" + " " * 400)
    box.press("Enter")
    asked(shop)
    expect(count).to_be_hidden()


def test_what_is_not_sent_is_there_after_a_reload_and_what_is_sent_is_not(shop: Page) -> None:
    box = shop.get_by_role("textbox", name="질문")
    box.fill("아직 적는 중")
    shop.reload()
    expect(box).to_have_value("아직 적는 중")
    box.fill("환불 되나요")
    box.press("Enter")
    asked(shop)
    shop.reload()
    expect(shop.locator("#chat .user.message")).to_have_text(["환불 되나요"])
    expect(box).to_have_value("")
    expect(box).to_be_focused()


def test_the_chat_works_where_storage_is_refused(shop: Page) -> None:
    faults: list[str] = []
    shop.on("pageerror", lambda fault: faults.append(str(fault)))
    shop.add_init_script(BLOCKED)
    shop.reload()
    shop.get_by_role("textbox", name="질문").wait_for()
    ask(shop, "환불 되나요")
    assert asked(shop) == ["환불 되나요"]
    assert faults == []
