"""The chat on somebody else's site: a page of another origin in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect
from support.fakes import FakeEmbedder
from support.serving import MARKS, open_browser, serve, serve_site

from bot.service import Service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings

pytestmark = MARKS
NAME = "무엇이든 물어보세요"
SITE = """<!doctype html><html lang="ko"><style>* {{ display: none; background: red !important; }}
html, body, p, a {{ display: block; }}</style><body><p>예시 회사</p><a href="#">링크</a>
<script src="{bot}/widget.js" defer {options}></script></body></html>"""
WAIT_MS = 20_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(locale="ko-KR")
    opened.set_default_timeout(WAIT_MS)
    yield opened
    opened.close()


@pytest.fixture
def site(shop_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    """The origins of a site that may embed the chat, and of the chat."""
    monkeypatch.setattr("index.search.build.load_embedder", lambda *_: FakeEmbedder())
    with serve_site() as (origin, pages):
        settings = shop_settings.model_copy(update={"origins": (origin,)})
        with serve(Service(settings)) as bot:
            pages["/"] = SITE.format(bot=bot, options=f'data-title="{NAME}"')
            pages["/green"] = SITE.format(bot=bot, options='data-color="#7f7" data-position="left"')
            pages["/bare"] = "<p>예시 회사</p>"
            pages["/frame"] = f'<iframe src="{bot}/?embed=1"></iframe>'
            yield origin, bot


def open_chat(page: Page) -> None:
    page.get_by_role("button", name=NAME).press("Enter")
    expect(page.frame_locator("iframe").get_by_label("질문")).to_be_visible(timeout=WAIT_MS)


def test_the_chat_opens_on_another_site_and_answers(page: Page, site: tuple[str, str]) -> None:
    page.goto(site[0])
    button = page.get_by_role("button", name=NAME)
    expect(button).to_have_css("background-color", "rgb(11, 87, 208)")
    expect(button).to_have_attribute("aria-expanded", "false")
    assert len(page.frames) == 1
    open_chat(page)
    box = page.get_by_role("dialog", name=NAME).bounding_box()
    assert box
    assert (box["x"], box["width"]) == (1280 - 420 - 20, 420)
    assert page.evaluate("document.querySelector('[data-yakgwan-widget]').shadowRoot.activeElement.tagName") == "IFRAME"
    question = page.frame_locator("iframe").get_by_label("질문")
    question.fill("환불 되나요")
    question.press("Enter")
    answer = page.frame_locator("iframe").get_by_text("7일 안에 환불을 신청할 수 있습니다.").first
    expect(answer).to_be_visible(timeout=WAIT_MS)


def test_closing_gives_the_focus_back_and_keeps_the_conversation(page: Page, site: tuple[str, str]) -> None:
    page.goto(site[0])
    open_chat(page)
    page.frame_locator("iframe").get_by_label("질문").fill("아직 적는 중")
    page.get_by_role("button", name="닫기").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name=NAME)).to_be_focused()
    open_chat(page)
    expect(page.frame_locator("iframe").get_by_label("질문")).to_have_value("아직 적는 중")


def test_the_chat_inside_can_close_its_window_and_another_page_cannot(page: Page, site: tuple[str, str]) -> None:
    page.goto(site[0])
    open_chat(page)
    page.evaluate("postMessage('yakgwan:close', '*')")
    page.wait_for_timeout(200)
    expect(page.get_by_role("dialog")).to_be_visible()
    page.frames[1].evaluate("parent.postMessage('yakgwan:close', '*')")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name=NAME)).to_be_focused()


def test_on_a_phone_the_chat_takes_the_whole_screen(page: Page, site: tuple[str, str]) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site[0])
    open_chat(page)
    assert page.get_by_role("dialog").bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    page.get_by_role("button", name="닫기").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=NAME)).to_be_focused()


def test_a_light_colour_gets_dark_letters_and_the_button_its_side(page: Page, site: tuple[str, str]) -> None:
    page.goto(f"{site[0]}/green")
    button = page.get_by_role("button", name="약관에 대해 물어보기")
    expect(button).to_have_css("background-color", "rgb(119, 255, 119)")
    expect(button).to_have_css("color", "rgb(17, 17, 17)")
    box = button.bounding_box()
    assert box
    assert box["x"] == 20


def test_the_page_gets_no_globals_and_no_cookies(page: Page, site: tuple[str, str]) -> None:
    page.goto(f"{site[0]}/bare")
    before = page.evaluate("Object.keys(window)")
    page.goto(site[0])
    open_chat(page)
    assert page.evaluate("Object.keys(window)") == before
    assert page.context.cookies() == []


def test_a_site_that_is_not_named_gets_no_button_and_is_told_why(page: Page, site: tuple[str, str]) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    with serve_site(SITE.format(bot=site[1], options="")) as (stranger, _):
        page.goto(stranger)
        expect(page.get_by_role("button")).to_have_count(0)
        assert said == [
            f"약관봇 위젯: {stranger}에는 띄울 수 없습니다. 약관봇 서버의 BOT_ORIGINS 설정에 이 주소를 더해 주세요."
        ]


def test_the_browser_refuses_the_frame_of_a_site_that_is_not_named(page: Page, site: tuple[str, str]) -> None:
    page.goto(f"{site[0]}/frame")
    expect(page.frame_locator("iframe").get_by_label("질문")).to_be_visible(timeout=WAIT_MS)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    with serve_site(f'<iframe src="{site[1]}/?embed=1"></iframe>') as (stranger, _):
        page.goto(stranger)
        assert page.frames[1].url == "chrome-error://chromewebdata/"
        assert "frame-ancestors" in said[0]
