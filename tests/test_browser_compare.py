"""A person before the saved comparison: wide, on a phone, by keyboard, in print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from support.comparing import NEW, OLD, of
from support.serving import MARKS

from index.compare import comparison_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = MARKS
FOLDED = "전화번호와 전자우편 주소는"


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    path = tmp_path / "비교.html"
    path.write_text(comparison_page(of(OLD, NEW), ("2024-03-01", "2024-06-01")), encoding="utf-8")
    context = browser.new_context(locale="ko-KR")
    opened = context.new_page()
    opened.goto(path.as_uri())
    yield opened
    context.close()


def test_the_two_editions_stand_side_by_side_and_one_above_the_other_on_a_phone(page: Page) -> None:
    old, new = page.locator("del", has_text="3일"), page.locator("ins", has_text="5일")
    places = [box for box in (old.bounding_box(), new.bounding_box()) if box]
    assert abs(places[0]["y"] - places[1]["y"]) < 5
    page.set_viewport_size({"width": 390, "height": 844})
    places = [box for box in (old.bounding_box(), new.bounding_box()) if box]
    assert places[1]["y"] > places[0]["y"] + 20
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_stayed_opens_by_keyboard_and_all_at_once(page: Page) -> None:
    text = page.get_by_text(FOLDED)
    expect(text).to_be_hidden()
    page.locator("#a5 summary").press("Enter")
    expect(text).to_be_visible()
    page.locator("#a5 summary").press("Enter")
    page.get_by_label("바뀌지 않은 조문도 펼치기").press("Space")
    expect(text).to_be_visible()


def test_the_summary_leads_to_an_article(page: Page) -> None:
    page.get_by_role("link", name="제3조 (배송)").click()
    expect(page.locator("#a3")).to_be_in_viewport()


def test_print_marks_changes_without_colour(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.get_by_label("바뀌지 않은 조문도 펼치기")).to_be_hidden()
    expect(page.locator("del", has_text="3일")).to_have_css("text-decoration-line", "line-through")
    expect(page.locator("ins", has_text="5일")).to_have_css("text-decoration-line", "underline")
    expect(page.locator("ins", has_text="5일")).to_have_css("background-color", "rgba(0, 0, 0, 0)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_offends_no_rule_of_access(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()
