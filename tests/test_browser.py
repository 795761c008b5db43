"""A person in front of the page: real server, real model, real browser (the system's Chromium)."""

from __future__ import annotations

import os
import shutil
import threading
import time
from typing import TYPE_CHECKING

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bot.service import Service
from bot.settings import Settings
from bot.web.server import build_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.search import ClauseSearch

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WAIT_MS = 60_000  # a question asked while the models load is answered when they are there

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and not os.environ.get("CI"), reason="Chromium이 없어 브라우저 시험을 건너뜁니다"
    ),
]


@pytest.fixture(scope="module")
def address(real_search: ClauseSearch) -> Iterator[str]:
    """Of the real server, started when the index is there: a first build takes longer than a person waits."""
    assert real_search.embedding
    server = uvicorn.Server(uvicorn.Config(build_app(Service(Settings())), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    opened = browser.new_page(locale="ko-KR")
    opened.goto(address)
    yield opened
    opened.close()


def ask(page: Page, question: str) -> None:
    page.get_by_label("질문").fill(question)
    page.keyboard.press("Enter")


def test_a_citation_opens_its_clause_highlighted(page: Page) -> None:
    expect(page.get_by_text("「서비스 이용약관」(시행일 2025-12-15)")).to_be_visible()
    ask(page, "요금을 두 번 밀리면 어떻게 되나요?")
    answer = page.locator("#chat").get_by_text("2회 이상 연체될 경우 계약을 해지하고")
    expect(answer).to_be_visible(timeout=WAIT_MS)
    page.get_by_role("link", name="제7조 제3항").click()
    cited = page.locator("#panel .cited")
    expect(cited).to_contain_text("2회 이상 연체될 경우")
    expect(cited).to_have_css("background-color", "rgb(255, 243, 196)")
    expect(page.locator("#panel li:not(.cited)")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()


def test_an_example_is_answered(page: Page) -> None:
    examples = page.locator("#chat .example")
    expect(examples).to_have_count(6)
    expect(examples.last).to_be_in_viewport(ratio=1)
    page.get_by_text("소송은 어느 법원에서 하나요?").click()
    expect(page.get_by_role("link", name="제18조 제2항")).to_be_visible(timeout=WAIT_MS)


def test_what_the_terms_do_not_say_ends_with_the_contact(page: Page) -> None:
    ask(page, "주차되나요?")
    expect(page.locator("#chat").get_by_text("약관에서 확인되지 않는 내용입니다.")).to_be_visible(timeout=WAIT_MS)
    expect(page.locator("#chat")).to_contain_text("070-4022-3109")


def test_markup_in_a_question_is_shown_as_text(page: Page) -> None:
    ask(page, "<img src=x onerror=\"document.title='hacked'\"> 환불 되나요?")
    expect(page.get_by_role("link", name="제15조 제3항")).to_be_visible(timeout=WAIT_MS)
    assert page.title() != "hacked"
    assert page.locator("#chat img").count() == 0


def test_a_cleared_conversation_is_forgotten(page: Page) -> None:
    ask(page, "요금을 두 번 밀리면 어떻게 되나요?")
    expect(page.get_by_role("link", name="제7조 제3항")).to_be_visible(timeout=WAIT_MS)
    page.get_by_role("button", name="대화 지우기").click()
    expect(page.get_by_role("link", name="제7조 제3항")).to_be_hidden()
    ask(page, "그거 몇 조예요?")
    expect(page.locator("#chat").get_by_text("약관에서 확인되지 않는 내용입니다.")).to_be_visible(timeout=WAIT_MS)


def test_a_follow_up_shows_how_it_was_understood_and_the_box_stays_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for place, question in enumerate(("요금 연체하면 어떻게 되나요?", "두 번째면요?"), 1):
        ask(page, question)
        expect(page.get_by_role("link", name="제7조 제3항")).to_have_count(place, timeout=WAIT_MS)
    understood = page.get_by_text("이렇게 이해했습니다: 요금 연체하면 어떻게 되나요? 두 번째면요?")
    expect(understood).to_be_visible(timeout=WAIT_MS)
    expect(page.get_by_role("button", name="보내기")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
