"""The chat on somebody else's site: a page of another origin in a real browser."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, expect
from support.asking import ask
from support.fakes import FakeEmbedder
from support.serving import MARKS, serve, serve_site

from bot.service import Service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from bot.settings import Settings

pytestmark = MARKS
AXE = (files(axe_playwright_python) / "axe.min.js").read_text(encoding="utf-8")
NAME = "무엇이든 물어보세요"
SITE = """<!doctype html><html lang="ko"><style>* {{ display: none; background: red !important; }}
html, body, p, a {{ display: block; }}</style><body><p>예시 회사</p><a href="#">링크</a>
<script src="{bot}/widget.js" defer {options}></script></body></html>"""
TALL = """<!doctype html><html lang="ko"><h1>예시 회사</h1><label>이름 <input id="field"></label>
<div style="height: 2500px"></div>
<iframe title="약관 상담" src="{bot}/?embed=1" style="width: 380px; height: 600px"></iframe>
<div style="height: 2500px"></div></html>"""
WAIT_MS = 20_000


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
            pages["/navy"] = SITE.format(bot=bot, options='data-color="navy"')
            pages["/tall"] = TALL.format(bot=bot)
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


@pytest.mark.parametrize(
    ("path", "scheme", "back", "letters"),
    [
        ("/green", "light", "rgb(119, 255, 119)", "rgb(17, 17, 17)"),
        ("/navy", "light", "rgb(0, 0, 128)", "rgb(255, 255, 255)"),
        ("/navy", "dark", "rgb(0, 0, 128)", "rgb(255, 255, 255)"),
    ],
)
def test_the_chat_inside_has_the_colour_of_the_site_and_can_be_read(
    page: Page, site: tuple[str, str], path: str, scheme: Literal["light", "dark"], back: str, letters: str
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{site[0]}{path}")
    page.get_by_role("button").click()
    chat = page.frame_locator("iframe")
    send = chat.get_by_role("button", name="보내기")
    expect(send).to_have_css("background-color", back)
    expect(send).to_have_css("color", letters)
    ask(page.frames[1], "환불 되나요")
    expect(chat.locator("#following")).to_be_attached()
    page.frames[1].evaluate("Promise.all(document.getAnimations().map((a) => a.finished.catch(() => {})))")
    found = page.frames[1].evaluate(f"{AXE}; axe.run({{ runOnly: ['color-contrast'] }})")
    assert [node["html"] for fault in found["violations"] for node in fault["nodes"]] == []
    accents = chat.locator("#chat .unfold, #top a, #chat blockquote").evaluate_all(
        "all => all.map((one) => getComputedStyle(one).borderLeftColor + getComputedStyle(one).color)"
    )
    assert not [colour for colour in accents if "79, 70, 229" in colour]


def test_a_colour_that_is_none_changes_nothing(page: Page, site: tuple[str, str]) -> None:
    page.goto(f"{site[1]}/?embed=1&color=url(javascript:1)")
    send = page.get_by_role("button", name="보내기")
    expect(send).to_have_css("background-color", "rgb(79, 70, 229)")


def test_a_frame_neither_takes_the_focus_of_its_page_nor_scrolls_it(page: Page, site: tuple[str, str]) -> None:
    def stays() -> bool:
        return bool(page.evaluate("scrollY === 0 && document.activeElement.id === 'field'"))

    page.goto(f"{site[0]}/tall")
    page.locator("#field").focus()
    frame = page.frames[1]
    frame.locator("#starters").wait_for()
    page.wait_for_timeout(500)
    assert stays()
    # what happens inside without the visitor's hand moves nothing outside
    frame.evaluate("document.querySelector('#starters button').click()")
    frame.locator("#following").wait_for(state="attached")
    frame.evaluate("document.querySelector('#chat a[href*=\"/terms/\"]').click()")
    frame.locator("#panel.open article").wait_for()
    frame.evaluate("document.querySelector('#panel .bar button').click()")
    frame.evaluate("document.querySelector('#hand-over').click()")
    frame.locator("#handover").wait_for()
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") == 0


def test_a_visitor_who_goes_into_the_frame_can_type(page: Page, site: tuple[str, str]) -> None:
    page.goto(f"{site[0]}/tall")
    chat = page.frame_locator("iframe")
    chat.get_by_label("질문").click()
    place = page.evaluate("scrollY")
    page.keyboard.type("refund")
    expect(chat.get_by_label("질문")).to_have_value("refund")
    chat.get_by_label("질문").fill("환불 되나요")
    page.keyboard.press("Enter")
    expect(chat.locator("#following")).to_be_attached()
    assert page.evaluate("scrollY") == place


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
