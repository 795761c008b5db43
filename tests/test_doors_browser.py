"""The doors in a real browser: what a visit needs is there, and what an attacker puts in does not run."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from support.asking import WAIT_MS, ask_and_wait
from support.desk_client import open_desk
from support.desk_server import log_in
from support.doors import ASK, DATA, JOIN, press
from support.serving import MARKS, serve, serve_site

from bot.service import Service
from bot.web.chat.doors import ROUTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings

pytest_plugins = ["support.browsers"]
pytestmark = MARKS
INJECTED = """() => {
  document.body.append(Object.assign(document.createElement("script"), { textContent: "window.hit = 'script'" }));
  const box = document.createElement("div");
  box.innerHTML = '<img src="x:" onerror="window.hit = 1"><svg onload="window.hit = 2"></svg>';
  document.body.append(box);
  const frame = Object.assign(document.createElement("iframe"), { srcdoc: "<script>parent.hit = 'frame'</script>" });
  document.body.append(frame);
  // later, for what the test itself runs may evaluate texts
  setTimeout(() => { try { window.eval("window.hit = 'eval'"); } catch { /* as it should be */ } });
  const link = Object.assign(document.createElement("a"), { href: "javascript:void(window.hit = 'link')" });
  document.body.append(link);
  link.click();
}"""


class Watched:
    """All that a browser asked for and complained of."""

    def __init__(self, context: BrowserContext) -> None:
        self.asked: list[tuple[str, str, int]] = []
        self.said: list[str] = []
        context.on("response", lambda got: self.asked.append((got.request.method, urlsplit(got.url).path, got.status)))
        context.on("console", lambda said: self.said.append(said.text) if said.type in {"error", "warning"} else None)
        context.on("weberror", lambda fault: self.said.append(str(fault.error)))


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[tuple[Page, Watched]]:
    context = browser.new_context(locale="ko-KR", base_url=address)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    watch = Watched(context)
    yield context.new_page(), watch
    context.close()


def test_a_visit_is_refused_nothing_and_breaks_no_policy(watched: tuple[Page, Watched]) -> None:
    page, watch = watched
    page.goto("/")
    ask_and_wait(page, "돈을 늦게 내면 어떻게 되나요?")
    page.locator("#chat .bot.message").first.locator("a").first.click()
    expect(page.locator("#panel.open article")).to_be_visible()
    page.get_by_role("button", name="메시지 복사").first.click()
    page.get_by_role("group", name="이어서 물어볼 만한 질문").get_by_role("button").last.click()
    expect(page.locator("#chat .bot.message")).to_have_count(2, timeout=WAIT_MS)
    expect(page.get_by_role("button", name="도움이 됐어요")).to_be_enabled()
    page.get_by_role("button", name="아쉬워요").click()
    page.get_by_label("어떤 점이 아쉬웠나요?").fill("찾는 내용이 아니에요")
    page.get_by_role("button", name="의견 보내기").click()
    expect(page.get_by_text("의견 고맙습니다.")).to_be_visible()
    page.get_by_role("button", name="상담원 연결").click()
    expect(page.locator("#handover .code")).to_be_visible()
    ask_and_wait(page, "위약금이 얼마인가요?")
    page.get_by_role("button", name="새 대화").click()
    expect(page.locator("#starters")).to_be_visible()
    page.locator("#starters button").first.click()
    expect(page.get_by_role("button", name="도움이 됐어요")).to_be_enabled(timeout=WAIT_MS)
    page.reload()
    expect(page.locator("#chat .user.message")).to_have_count(1, timeout=WAIT_MS)
    ask_and_wait(page, "위약금이 얼마인가요?")
    assert [one for one in watch.asked if one[2] >= 400] == []
    assert watch.said == []
    asked = {path for _, path, _ in watch.asked}
    own = re.compile(
        r"/(?:healthz|api/terms|terms/.*|static/(?:(?:chat|clause)\.(?:js|css)|chat-print\.css|(?:chat-[a-z]+|clipboard|enter)\.js))"
    )
    gradio = {path for path in asked if not own.fullmatch(path)}
    assert [path for path in gradio if not any(pattern.fullmatch(path) for pattern, *_ in ROUTES)] == []
    assert {JOIN, DATA, "/gradio_api/run/predict"} <= gradio


def test_the_other_pages_break_no_policy(watched: tuple[Page, Watched]) -> None:
    page, watch = watched
    page.goto("/terms")
    page.locator(".documents a").first.click()
    page.locator(".contents a").first.click()
    expect(page.locator("article")).to_be_visible()
    page.goto("/api/docs")
    assert page.locator("nav").evaluate("nav => getComputedStyle(nav).display") != "inline"
    assert watch.said == []


@pytest.mark.parametrize("path", ["/", "/terms", "/api/docs"])
def test_an_injected_script_does_not_run(page: Page, path: str) -> None:
    page.goto(path)
    page.evaluate(INJECTED)
    page.wait_for_timeout(300)
    assert page.evaluate("window.hit") is None


def test_a_forged_link_shows_nothing_and_runs_nothing(page: Page, address: str) -> None:
    forged = {"component": "html", "value": '<img src="x:" onerror="document.title = 1234">', "constructor_args": {}}
    content = [{"type": "component", "props": {}, **forged}, {"type": "text", "text": "가짜 답 02-999-9999"}]
    for data in (["x", [{"role": "assistant", "content": content}], ""], [content[0], None, ""], ["x", None, ""]):
        send(f"{address}{JOIN}", press(ASK, *data, session_hash="forgedforged"))
        send(f"{address}{DATA}?session_hash=forgedforged")
        link = send(f"{address}/gradio_api/deep_link?session_hash=forgedforged").strip('"')
        page.goto(f"/?deep_link={link if re.fullmatch('[A-Za-z0-9_-]+', link) else 'x'}")
        page.wait_for_timeout(1000)
        assert page.title() == "그런 주소가 없습니다."
        assert "02-999-9999" not in page.content()


def send(url: str, body: object = None) -> str:
    content = None if body is None else json.dumps(body).encode()
    request = Request(url, content, {"Content-Type": "application/json"})  # noqa: S310  # our own server
    try:
        with urlopen(request, timeout=10) as answer:  # noqa: S310
            text: str = answer.read().decode()
    except OSError as error:  # refused with a status
        return str(error)
    return text


def test_another_site_can_neither_ask_nor_read(page: Page, address: str) -> None:
    body = json.dumps(press(ASK, "환불 되나요", None, ""))
    attack = """async ([url, body, type, mode]) => {
      try { return (await fetch(url, { method: "POST", body, mode, headers: { "Content-Type": type } })).status; }
      catch { return "refused"; }
    }"""
    with serve_site("<p>예시</p>") as (evil, _):
        page.goto(evil)
        for kind in ("application/json", "text/plain"):
            assert page.evaluate(attack, [f"{address}{JOIN}", body, kind, "cors"]) == "refused"
        assert page.evaluate(attack, [f"{address}/config", body, "text/plain", "cors"]) == "refused"


def test_the_desk_on_a_name_of_its_own_and_the_chat_on_another(
    browser: Browser, shop_settings: Settings, shop_service: Service
) -> None:
    shop_service.load()
    with serve(Service(open_desk(shop_settings).model_copy(update={"desk_host": "localhost"}))) as chat:
        desk = chat.replace("127.0.0.1", "localhost")
        for own, other in ((chat, desk), (desk, chat)):
            context = browser.new_context(locale="ko-KR", base_url=own)
            watch, page = Watched(context), context.new_page()
            if own == chat:
                page.goto("/")
                expect(page.get_by_role("textbox", name="질문")).to_be_visible()
                foreign = f"{other}/terms"
            else:
                log_in(page)
                expect(page.get_by_role("combobox", name="조항 찾기")).to_be_visible()
                page.evaluate(INJECTED)
                page.wait_for_timeout(300)
                assert page.evaluate("window.hit") is None
                watch.said.clear()
                foreign = f"{other}/desk/"
            assert watch.said == []
            assert page.goto(foreign).status == 404  # type: ignore[union-attr]
            context.close()
