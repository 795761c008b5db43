"""새 판 in a real browser: from a file to the chat that answers from it, and back."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from support.asking import ask_and_wait
from support.desk_client import open_desk
from support.desk_server import log_in, paging
from support.editions import COMING, NEW, Clock
from support.fakes import FakeEmbedder
from support.serving import MARKS, open_browser, serve

from bot.service import Service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import FilePayload

    from bot.settings import Settings

pytestmark = MARKS
SLOW_MS = 60_000  # a process of its own reads the file
QUESTIONS = ("환불 되나요", "환불 기한이 며칠이에요", "배송은 며칠 걸려요")
PICTURES = os.environ.get("DRAFT_PICTURES", "")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def address(shop_settings: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr("index.search.build.load_embedder", lambda *_: FakeEmbedder())
    questions = shop_settings.data / "eval"
    questions.mkdir()
    lines = [json.dumps({"question": text}) for text in QUESTIONS]
    (questions / "dev.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with serve(Service(open_desk(shop_settings), clock)) as origin:
        yield origin


@pytest.fixture(params=[1440, 390])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    with paging(browser, address, request.param) as opened:
        log_in(opened)
        expect(opened.get_by_role("tab", name="조항 찾기", selected=True)).to_be_visible()
        opened.keyboard.press("Alt+Digit8")
        expect(opened.get_by_role("heading", name="새 판 올리기")).to_be_visible()
        yield opened


def look(page: Page, name: str) -> None:
    """Nothing grave stands in anybody's way, and the page is as wide as the screen."""
    found = [v for v in Axe().run(page).response["violations"] if v["impact"] in {"serious", "critical"}]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    if PICTURES:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)


def upload(page: Page, text: str) -> None:
    page.get_by_label("시행일").locator("visible=true").fill(str(COMING))
    file: FilePayload = {"name": "../../x.exe", "mimeType": "text/plain", "buffer": text.encode()}
    page.get_by_label("파일").set_input_files(file)
    page.get_by_role("button", name="초안으로 올리기").click()


def test_from_a_file_to_an_answer_and_back(page: Page, clock: Clock, address: str) -> None:
    look(page, "1-empty")
    expect(page.locator("#drafts-kinds")).to_contain_text("10 MB까지")
    file = page.locator("#drafts-form input[type=file]")
    file.evaluate("(input) => { input.dataset.limit = 1024 * 1024; }")
    upload(page, "가" * 400_000)
    expect(page.get_by_role("alert")).to_contain_text("파일이 2 MB입니다. 1 MB까지 올릴 수 있습니다.")
    file.evaluate("(input) => { input.dataset.limit = 1e7; }")
    upload(page, "환불은 됩니다.")
    expect(page.get_by_role("alert")).to_contain_text("조(제1조 …)를 찾지 못했습니다.", timeout=SLOW_MS)
    upload(page, f"{NEW}- 자세한 것은 제9조에 따릅니다.\n")
    expect(page.get_by_role("heading", name=f"초안: {COMING} 시행")).to_be_focused(timeout=SLOW_MS)
    expect(page.locator("#drafts-read")).to_contain_text("조 4개, 항 6개를 읽었습니다.")
    expect(page.locator("#drafts-read")).to_contain_text("없는 조항을 가리킵니다: 제9조")
    expect(page.locator("#drafts-progress")).to_contain_text("2개의 답이 바뀝니다.", timeout=SLOW_MS)
    look(page, "2-draft")
    page.get_by_text("펼쳐 보기").nth(1).click()
    expect(page.locator("#drafts-compared ins").filter(has_text="30")).not_to_have_count(0)
    look(page, "3-compared")
    page.get_by_text("펼쳐 보기").nth(1).click()

    # without a reason nothing is published; with the keyboard alone all is seen
    button = page.get_by_role("button", name=f"{COMING} 시행으로 게시")
    button.click()
    expect(page.get_by_role("dialog")).not_to_be_visible()
    marks = page.locator("#drafts-body [data-key]")
    expect(page.locator("#drafts-left")).to_contain_text(f"확인하지 않은 것이 {marks.count()}개")
    marks.first.focus()
    for place in range(marks.count()):
        expect(marks.nth(place)).to_be_focused()
        page.keyboard.press("Enter")
        expect(marks.nth(place)).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#drafts-left")).to_contain_text("게시할 수 있습니다.")
    look(page, "4-seen")
    button.click()
    expect(page.get_by_role("dialog")).to_contain_text("새 판을 게시할까요?")
    look(page, "5-sure")
    page.get_by_role("button", name="게시하기").click()
    expect(page.locator("#drafts-newest")).to_have_text(f"마지막 판: {COMING} (시행 예정)")
    look(page, "6-published")

    chat = page.context.new_page()
    chat.goto(address)
    expect(ask_and_wait(chat, QUESTIONS[0])).to_contain_text("7일 안에")
    clock.day = COMING
    expect(ask_and_wait(chat, QUESTIONS[1])).to_contain_text("30일 안에")

    page.get_by_role("button", name="앞 판으로 되돌리기").click()
    expect(page.get_by_role("dialog")).to_contain_text("2024-03-01 판만 남깁니다")
    page.get_by_role("button", name="되돌리기", exact=True).click()
    expect(page.locator("#drafts-newest")).to_have_text("마지막 판: 2024-03-01 (시행 중)")
    expect(page.get_by_role("button", name="앞 판으로 되돌리기")).to_be_hidden()
    expect(ask_and_wait(chat, QUESTIONS[0])).to_contain_text("7일 안에")
    page.goto(f"{address}/desk/access")
    expect(page.get_by_text(f"되돌림, 가게 {COMING}")).to_be_visible()
