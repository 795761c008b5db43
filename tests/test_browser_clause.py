"""A person on a clause page: copies by mouse and keyboard, reads on a phone, prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect
from support.fakes import SHOP, FakeEmbedder
from support.serving import MARKS, serve

from bot.service import Service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings

pytestmark = MARKS
PATH = "/terms/%EA%B0%80%EA%B2%8C/2"
TEXT = "전항에도 불구하고 제1조 제1항에 따라 3일 안에 환불합니다."
TERMS = SHOP.replace("제3조", f"- {TEXT}\n제3조")


@pytest.fixture
def address(shop_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    (shop_settings.data / "terms" / "가게" / "2024-04-01.txt").write_text(TERMS, encoding="utf-8")
    monkeypatch.setattr("index.search.build.load_embedder", lambda *_: FakeEmbedder())
    with serve(Service(shop_settings)) as origin:
        yield origin + PATH


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], locale="ko-KR")
    yield context.new_page()
    context.close()


def clipboard(page: Page) -> str:
    text = page.evaluate("navigator.clipboard.readText()")
    assert isinstance(text, str)
    return text


def test_a_quotation_is_copied_with_its_source_and_permanent_address(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="제2항 인용 복사").click()
    expect(page.locator("#p2").get_by_role("status")).to_have_text("복사했습니다")
    assert clipboard(page) == f"「가게 약관」 제2조 제2항(2024. 4. 1. 시행) “{TEXT}”\n{address}#p2"


def test_a_link_is_copied_by_keyboard_and_the_focus_stays(page: Page, address: str) -> None:
    page.goto(address)
    button = page.get_by_role("button", name="제1항 링크 복사")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#p1").get_by_role("status")).to_have_text("복사했습니다")
    expect(button).to_be_focused()
    assert clipboard(page) == f"{address}#p1"


def test_a_page_without_the_clipboard_interface_copies_all_the_same(page: Page, address: str) -> None:
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'clipboard', {value: undefined})")
    page.goto(address)
    page.get_by_role("button", name="제1항 링크 복사").click()
    expect(page.locator("#p1").get_by_role("status")).to_have_text("복사했습니다")
    page.evaluate("document.querySelector('h1').outerHTML = '<textarea id=paste></textarea>'")
    page.locator("#paste").focus()
    page.keyboard.press("Control+V")
    assert page.locator("#paste").input_value() == f"{address}#p1"


def test_a_cross_reference_leads_to_its_paragraph_highlighted(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="제1조 제1항").click()
    expect(page).to_have_url(address.removesuffix("2") + "1#p1")
    expect(page.locator("#p1")).to_have_css("background-color", "rgb(255, 243, 196)")


def test_the_contents_stand_beside_the_clause_on_a_wide_screen_and_fold_on_a_phone(page: Page, address: str) -> None:
    page.goto(address)
    contents = page.get_by_role("navigation", name="차례")
    expect(contents).to_be_visible()
    expect(contents.locator("[aria-current=page]")).to_have_text("제2조 환불")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(contents).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("summary").press("Enter")
    expect(contents).to_be_visible()


def test_a_printed_page_has_the_text_with_address_and_date_and_nothing_to_click(page: Page, address: str) -> None:
    page.goto(address)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for hidden in (".top", ".toc", ".neighbours", "clause-copy >> nth=0", ".skip"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.get_by_text(TEXT)).to_be_visible()
    expect(page.locator(".printed")).to_contain_text("/terms/가게/2")
    expect(page.locator(".printed")).to_contain_text("인쇄한 날: 20")


def test_without_javascript_everything_but_the_copy_buttons_is_there(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}#p2")
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.locator("#p2")).to_have_css("border-left-color", "rgb(224, 161, 0)")
    expect(page.get_by_role("link", name="제2항", exact=True)).to_have_attribute("href", f"{PATH}#p2")
    context.close()


def test_nothing_on_the_page_offends_its_own_policy(page: Page, address: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    page.get_by_role("button", name="제1항 링크 복사").click()
    expect(page.locator("#p1").get_by_role("status")).to_have_text("복사했습니다")
    assert said == []
