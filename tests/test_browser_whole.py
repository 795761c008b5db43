"""A person reads all of the terms on one page: searches in it by keyboard, folds, copies, prints."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from support.desk_server import paging, serving
from support.korean_keyboard import Keyboard
from support.serving import MARKS
from support.whole_terms import PATH, flower_shop

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = MARKS
WHOLE = f"{PATH}/whole"
# whether an element is seen, and not behind the box that stays at the top
BELOW = """(wanted) => {
  const place = document.querySelector(wanted).getBoundingClientRect();
  return place.top >= document.querySelector('.find').getBoundingClientRect().bottom && place.bottom <= innerHeight;
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(flower_shop(tmp_path_factory.mktemp("flowers"))) as found:
        yield found


@pytest.fixture(scope="module")
def opened(browser: Browser, address: str) -> Iterator[Page]:
    with paging(browser, address) as page:
        yield page


@pytest.fixture
def page(opened: Page) -> Page:
    opened.set_viewport_size({"width": 1440, "height": 844})
    opened.emulate_media(media="screen", color_scheme="light")
    opened.goto(WHOLE)
    expect(opened.get_by_role("searchbox")).to_be_visible()
    return opened


def found(page: Page) -> str:
    return page.locator(".found span").first.inner_text()


def test_typing_finds_and_enter_goes_on_around_while_the_focus_stays(page: Page) -> None:
    box = page.get_by_role("searchbox", name="이 약관에서 찾기")
    box.fill("배송 꽃")  # in any order, each of them
    expect(page.get_by_role("status").filter(has_text="찾은 곳")).to_contain_text("찾은 곳 2개 가운데 1번째")
    assert found(page) == "1 / 2"
    expect(page.locator(".now mark")).to_have_text(["배송", "꽃"])
    expect(page.locator(".now")).to_have_id("a1p1")
    box.press("Enter")
    expect(page.locator(".now")).to_have_id("a2p1")
    expect(page.locator(".now mark").first).to_be_in_viewport()
    box.press("Enter")
    assert found(page) == "1 / 2"
    box.press("Shift+Enter")
    assert found(page) == "2 / 2"
    expect(box).to_be_focused()
    page.get_by_role("button", name="앞의 것").click()
    assert found(page) == "1 / 2"
    box.press("Escape")
    expect(box).to_have_value("")
    expect(page.locator("mark")).to_have_count(0)
    expect(page.locator(".found")).to_be_empty()
    expect(page.get_by_role("button", name="다음 것")).to_be_disabled()


def test_letters_are_alike_in_both_cases_and_however_they_are_composed(page: Page) -> None:
    box = page.get_by_role("searchbox")
    box.fill("VIP")
    expect(page.locator("mark")).to_have_text(["VIP", "vip"])
    box.fill(normalize("NFD", "요일"))
    expect(page.locator("mark").first).to_have_text("요일")
    page.locator("#a1p1 p").first.evaluate("one => { one.textContent = one.textContent.normalize('NFD') }")
    box.fill("말의 뜻")
    expect(page.locator("#a1p1 mark")).to_have_count(2)
    assert page.locator("#a1p1 mark").last.evaluate("one => one.textContent.normalize()") == "뜻"


def test_a_word_that_goes_over_a_link_is_found_and_the_page_is_whole_again(page: Page) -> None:
    before = page.locator("main").inner_html()
    page.get_by_role("searchbox").fill("제2조의2에")
    expect(page.locator("mark")).to_have_text(["제2조의2", "에"])
    page.get_by_role("searchbox").fill("<img src=x onerror=alert(1)>")
    assert found(page) == "없음"
    page.get_by_role("searchbox").fill("")
    assert page.locator("main").inner_html().replace(' class=""', "") == before


def test_enter_at_the_end_of_a_syllable_moves_once(page: Page) -> None:
    page.get_by_role("searchbox").focus()
    keyboard = Keyboard(page)
    keyboard.compose("ㄲ", "꼬", "꽃")
    keyboard.enter(229)
    keyboard.commit("꽃")
    page.wait_for_function("document.querySelector('.found span')?.textContent.startsWith('2 /')")
    page.wait_for_timeout(350)
    assert found(page).startswith("2 /")


def test_plain_lines_are_left_out_of_page_and_search(page: Page) -> None:
    page.get_by_role("searchbox").fill("고르신")
    assert found(page) == "1 / 1"
    page.get_by_label("쉬운 말 함께 보기").uncheck()
    expect(page.locator(".plain")).to_be_hidden()
    assert found(page) == "없음"


def test_a_link_to_the_page_of_an_article_is_copied(page: Page, address: str) -> None:
    page.get_by_role("button", name="제2조의2 링크 복사").click()
    expect(page.locator("#a2의2").get_by_role("status")).to_have_text("복사했습니다")
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}{PATH}/2%EC%9D%982"


def test_the_contents_lead_to_what_the_box_does_not_cover(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    contents = page.get_by_role("navigation", name="차례")
    expect(contents).to_be_hidden()
    page.locator("summary").press("Enter")
    contents.get_by_role("link", name="부칙 제1조").click()
    expect(page.locator(":target")).to_have_id("a부칙-1")
    page.wait_for_function(BELOW, arg=":target h3")
    page.get_by_role("searchbox").fill("큰 꽃")
    page.wait_for_function(BELOW, arg=".now mark")


def test_a_printed_page_has_the_text_and_nothing_to_use(page: Page) -> None:
    page.get_by_role("searchbox").fill("꽃")
    page.emulate_media(media="print")
    for hidden in (".find", ".choice", ".toc", ".top", ".own >> nth=0", "clause-copy >> nth=0"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator("mark").first).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(page.get_by_role("cell", name="25,000원")).to_be_visible()
    expect(page.locator(".printed").first).to_contain_text("/terms/꽃집/whole")


def test_without_scripts_the_text_is_there_and_no_box(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{WHOLE}#a2p1")
    expect(page.locator(".find")).to_be_hidden()
    expect(page.locator("#a2p1")).to_have_css("border-left-color", "rgb(224, 161, 0)")
    page.get_by_label("쉬운 말 함께 보기").uncheck()
    expect(page.locator(".plain")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_checker_of_accessibility_finds_nothing_at_any_size(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.get_by_role("searchbox").fill("꽃")
    for width, height in ((1440, 844), (390, 844), (844, 390), (320, 256)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert [one["id"] for one in Axe().run(page).response["violations"]] == []
