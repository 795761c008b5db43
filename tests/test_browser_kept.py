"""The conversation on a page that is loaded again, behind a server that was started anew, on another page of a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from support.asking import WAIT_MS, ask
from support.fakes import FakeEmbedder
from support.serving import MARKS, serve, serve_site

from bot.service import Service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Frame

    from bot.settings import Settings

pytestmark = MARKS
REFUND, DELIVERY = "환불 되나요", "배송은 며칠 걸려요"
ANSWER = "7일 안에 환불을 신청할 수 있습니다."
SITE = '<!doctype html><html lang="ko"><p>예시 회사</p><script src="{bot}/widget.js" defer></script></html>'
BLOCKED = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("", "SecurityError"); } })"""
# all that a screen reader is told by itself: our own line, and any other that speaks up
HEARD = """window.heard = [];
new MutationObserver((changes) => {
  for (const { target } of changes) {
    const live = (target.closest ? target : target.parentElement)?.closest("[aria-live], [role=log], [role=alert]");
    if (live && !["off", null].includes(live.getAttribute("aria-live")) && live.id !== "state" && live.innerText.trim())
      window.heard.push(live.innerText);
  }
}).observe(document, { subtree: true, childList: true, characterData: true });"""
KEPT = "JSON.parse(localStorage.getItem('yakgwan'))"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    faults: list[str] = []
    opened = browser.new_context(locale="ko-KR")
    opened.on("weberror", lambda fault: faults.append(str(fault.error)))
    yield opened
    opened.close()
    assert not faults


@pytest.fixture
def settings(shop_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr("index.search.build.load_embedder", lambda *_: FakeEmbedder())
    return shop_settings.model_copy(update={"rate": "1000/minute"})


@pytest.fixture
def bot(settings: Settings) -> Iterator[str]:
    with serve(Service(settings)) as address:
        yield address


@pytest.fixture
def page(context: BrowserContext, bot: str) -> Page:
    opened = context.new_page()
    opened.goto(bot)
    return opened


def ask_all(page: Page | Frame, *questions: str) -> None:
    for question in questions:
        before = page.locator("#chat .bot.message").count()
        ask(page, question)
        expect(page.locator("#chat .bot.message")).to_have_count(before + 1, timeout=WAIT_MS)
        expect(page.locator("#following")).to_be_attached(timeout=WAIT_MS)


def wait_until(page: Page, condition: str) -> None:
    """Playwright's own way of waiting for a condition is a script that the page's policy refuses."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"not within 5 s: {condition}")


def expect_restored(page: Page | Frame, *questions: str) -> None:
    expect(page.locator("#chat .user.message")).to_have_text(list(questions), timeout=WAIT_MS)
    expect(page.locator("#chat .bot.message")).to_have_count(len(questions))
    expect(page.locator("#starters")).to_be_hidden()


def test_a_reload_keeps_the_turns_and_what_follows_knows_them(page: Page) -> None:
    ask_all(page, REFUND, "제1조 제1항")
    said = page.locator("#chat .bot.message").all_inner_texts()
    links = page.locator("#chat .bot.message a").evaluate_all("all => all.map((one) => one.href)")
    page.get_by_role("textbox", name="질문").fill("쓰던 글")
    page.reload()
    expect_restored(page, REFUND, "제1조 제1항")
    assert page.locator("#chat .bot.message").all_inner_texts() == said
    assert page.locator("#chat .bot.message a").evaluate_all("all => all.map((one) => one.href)") == links
    expect(page.get_by_role("textbox", name="질문")).to_have_value("쓰던 글")
    ask_all(page, "다음 항은요?")
    expect(page.locator("#chat .bot.message").last).to_contain_text("배송이 늦으면 문자로 알립니다.")
    expect(page.get_by_role("button", name="도움이 됐어요")).to_be_enabled()


def test_the_browser_keeps_the_token_and_the_unsent_text_alone(page: Page) -> None:
    ask_all(page, REFUND)
    page.get_by_role("textbox", name="질문").fill("쓰던 글")
    assert page.evaluate("[Object.keys(localStorage), sessionStorage.length]") == [["yakgwan"], 0]
    kept = page.evaluate(KEPT)
    assert (set(kept), kept["draft"], len(kept["token"])) == ({"token", "draft", "at"}, "쓰던 글", 64)
    (cookie,) = page.context.cookies(f"{page.url}gradio_api/queue/join")
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/gradio_api/queue")
    assert cookie["value"] not in page.content()


def test_restored_turns_are_not_announced_and_the_box_has_the_focus(page: Page) -> None:
    ask_all(page, REFUND)
    page.add_init_script(HEARD)
    page.reload()
    expect_restored(page, REFUND)
    expect(page.get_by_role("textbox", name="질문")).to_be_focused()
    expect(page.locator("#following")).to_be_attached(timeout=WAIT_MS)
    page.wait_for_timeout(300)
    assert page.evaluate("window.heard") == []
    ask_all(page, DELIVERY)
    expect(page.locator("#said")).to_contain_text("3일 안에 보냅니다")
    assert page.evaluate("window.heard.length") == 1


def test_a_restored_answer_is_copied_rated_and_handed_over_like_any(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask_all(page, REFUND)
    page.get_by_role("button", name="메시지 복사").click()
    expect(page.locator("#said")).to_have_text("복사했습니다")
    before = page.evaluate("navigator.clipboard.readText()")
    page.reload()
    expect_restored(page, REFUND)
    page.evaluate("navigator.clipboard.writeText('')")
    page.get_by_role("button", name="메시지 복사").click()
    expect(page.locator("#said")).to_have_text("복사했습니다")
    assert page.evaluate("navigator.clipboard.readText()") == before
    page.get_by_role("button", name="도움이 됐어요").click()
    expect(page.get_by_role("button", name="도움이 됐어요")).to_be_disabled()
    page.get_by_role("button", name="상담원 연결").click()
    expect(page.locator("#handover .code")).to_be_visible()
    expect(page.locator("#handover li").last).to_have_text(REFUND)


def test_a_server_that_was_started_anew_goes_on(context: BrowserContext, settings: Settings) -> None:
    page = context.new_page()
    with serve(Service(settings)) as address:
        page.goto(address)
        ask_all(page, REFUND)
        state = context.storage_state()
    with serve(Service(settings)) as address:  # on another port, which is another origin to storage alone
        kept = state["origins"][0]["localStorage"][0]
        page.goto(f"{address}/terms")
        page.evaluate("([name, value]) => localStorage.setItem(name, value)", [kept["name"], kept["value"]])
        page.goto(address)
        expect_restored(page, REFUND)
        ask_all(page, "다음 조는요?")
        expect(page.locator("#chat .user.message")).to_have_text([REFUND, "다음 조는요?"])


def test_a_new_conversation_gives_up_what_was_kept(page: Page) -> None:
    ask_all(page, REFUND)
    page.get_by_role("button", name="새 대화").click()
    expect(page.locator("#starters")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    expect(page.locator("#starters")).to_be_visible()
    ask_all(page, DELIVERY)
    expect_restored(page, DELIVERY)


def test_a_day_later_nothing_is_asked_for(page: Page) -> None:
    ask_all(page, REFUND)
    page.evaluate("localStorage.setItem('yakgwan', JSON.stringify({ ..." + KEPT + ", at: Date.now() - 25 * 3600e3 }))")
    page.goto("about:blank")
    joined: list[str] = []
    page.on("request", lambda sent: joined.append(sent.url) if "queue/join" in sent.url else None)
    page.go_back()
    expect(page.locator("#starters")).to_be_visible()
    page.wait_for_timeout(300)
    assert joined == []


@pytest.mark.parametrize("lost", ["cookie", "token"])
def test_one_key_alone_restores_nothing(page: Page, browser: Browser, bot: str, lost: str) -> None:
    ask_all(page, REFUND)
    token, cookies = page.evaluate("localStorage.getItem('yakgwan')"), page.context.cookies()
    other = browser.new_context(locale="ko-KR")
    if lost == "token":
        other.add_cookies([{k: v for k, v in one.items() if k != "sameSite"} for one in cookies])  # type: ignore[misc]
    thief = other.new_page()
    if lost == "cookie":
        thief.goto(f"{bot}/terms")
        thief.evaluate("(value) => localStorage.setItem('yakgwan', value)", token)
    thief.goto(bot)
    expect(thief.locator("#starters")).to_be_visible()
    if lost == "cookie":
        wait_until(thief, "localStorage.length === 0")
    assert REFUND not in thief.locator("#chat").inner_text()
    other.close()


def test_where_storage_is_refused_the_chat_works_and_nothing_is_kept(context: BrowserContext, bot: str) -> None:
    context.add_init_script(BLOCKED)
    page = context.new_page()
    page.goto(bot)
    ask_all(page, REFUND)
    page.get_by_role("button", name="새 대화").click()
    expect(page.locator("#starters")).to_be_visible()
    ask_all(page, DELIVERY)
    page.reload()
    expect(page.locator("#starters")).to_be_visible()


def test_back_closes_what_is_open_before_it_leaves(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    ask_all(page, REFUND)
    page.locator("#chat a[href*='/terms/']").first.click()
    expect(page.locator("#panel.open article")).to_be_visible()
    page.go_back()
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator("#chat a[href*='/terms/']").first).to_be_focused()
    page.get_by_role("button", name="상담원 연결").click()
    expect(page.locator("#handover")).to_be_visible()
    page.go_back()
    expect(page.locator("#handover")).to_have_count(0)
    expect_restored(page, REFUND)
    page.locator("#chat a[href*='/terms/']").first.click()
    page.get_by_role("button", name="닫기").click()
    page.get_by_role("button", name="상담원 연결").click()
    page.locator("#handover .close").click()
    expect(page.locator("#handover")).to_have_count(0)
    wait_until(page, "!history.state?.sheet")
    page.go_back()
    assert page.url == "about:blank"


def test_a_page_that_was_left_by_back_or_with_a_sheet_open_comes_back(page: Page, bot: str) -> None:
    ask_all(page, REFUND)
    page.goto(f"{bot}/terms")
    page.go_back()
    expect_restored(page, REFUND)
    page.locator("#chat a[href*='/terms/']").first.click()
    expect(page.locator("#panel.open")).to_be_visible()
    page.reload()
    expect_restored(page, REFUND)
    expect(page.locator("#panel")).to_be_hidden()
    wait_until(page, "!history.state?.sheet")
    page.go_back()
    assert page.url == "about:blank"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"], ids=["same site", "third party"])
def test_the_widget_goes_on_on_another_page_where_cookies_are_let(
    context: BrowserContext, settings: Settings, host: str
) -> None:
    with serve_site() as (origin, pages):
        site = origin.replace("127.0.0.1", host)
        with serve(Service(settings.model_copy(update={"origins": (site,)}))) as bot:
            pages["/"] = pages["/other"] = SITE.format(bot=bot)
            page = context.new_page()

            def open_chat(path: str) -> Frame:
                page.goto(f"{site}{path}")
                page.get_by_role("button", name="약관에 대해 물어보기").click()
                expect(page.frame_locator("iframe").get_by_role("textbox", name="질문")).to_be_visible()
                return page.frames[1]

            ask_all(open_chat("/"), REFUND)
            frame = open_chat("/other")
            if host == "localhost":  # the browser keeps no cookie of ours there
                expect(frame.locator("#starters")).to_be_visible()
                ask_all(frame, DELIVERY)
                expect_restored(frame, DELIVERY)
                return
            expect_restored(frame, REFUND)
            assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]
            frame.locator("#chat a[href*='/terms/']").first.click()
            expect(frame.locator("#panel.open")).to_be_visible()
            page.evaluate("history.back()")
            expect(frame.locator("#panel")).to_be_hidden()
            assert page.url == f"{site}/other"
