"""An agent picks the day of a customer's contract; a customer says it in the chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from support.asking import ask_and_wait
from support.desk_client import open_desk
from support.desk_server import log_in, paging
from support.editions import COMING, Clock, add_editions
from support.fakes import FakeEmbedder
from support.serving import MARKS, serve

from bot.service import Service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings

pytestmark = MARKS
SHOP = "/terms/%EA%B0%80%EA%B2%8C"
THEN, NOW = ("받은 날부터 14일 안에 환불을 신청할 수 있습니다.", "받은 날부터 7일 안에 환불을 신청할 수 있습니다.")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def address(shop_settings: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr("index.search.build.load_embedder", lambda *_: FakeEmbedder())
    add_editions(shop_settings)
    with serve(Service(open_desk(shop_settings), clock)) as origin:
        yield origin


@pytest.fixture
def desk(browser: Browser, address: str) -> Iterator[Page]:
    with paging(browser, address) as page:
        log_in(page)
        expect(page.get_by_role("combobox", name="조항 찾기")).to_be_focused()
        yield page


def pick(page: Page, day: str) -> None:
    page.get_by_label("기준일").locator("visible=true").fill(day)
    page.keyboard.press("Tab")


def test_the_desk_finds_shows_and_copies_from_the_edition_of_the_day(desk: Page, address: str) -> None:
    desk.keyboard.type("환불")
    expect(desk.get_by_role("option", selected=True)).to_contain_text(NOW)
    pick(desk, "2023-01-01")
    expect(desk.get_by_role("option", selected=True)).to_contain_text(THEN)
    expect(desk.locator("#found")).to_contain_text("2022. 5. 1. 시행 판에서")
    desk.get_by_role("option").first.click()
    expect(desk.locator("#clause .cited")).to_contain_text(THEN)
    expect(desk.locator("#clause header")).to_contain_text("지금은 다른 판이 시행 중")
    desk.keyboard.press("c")
    expect(desk.locator("#said")).to_have_text("복사했습니다")
    expected = f"「가게 약관」 제1조 제1항(2022. 5. 1. 시행) “{THEN}”\n{address}{SHOP}/1?edition=2022-05-01#p1"
    assert desk.evaluate("navigator.clipboard.readText()") == expected
    desk.get_by_role("button", name="오늘로").click()
    expect(desk.get_by_role("option", selected=True)).to_contain_text(NOW)
    expect(desk.locator("#clause")).to_be_empty()


def test_the_day_holds_in_the_contents_too(desk: Page) -> None:
    pick(desk, "2023-01-01")
    desk.keyboard.press("Alt+2")
    expect(desk.locator("#contents-day")).to_have_value("2023-01-01")
    expect(desk.locator("#contents-list summary").first).to_contain_text("제1조 환불")
    desk.locator("#contents-list summary").first.click()
    desk.get_by_role("button", name="제1조 제1항 복사").click()
    expect(desk.locator("#said")).to_have_text("복사했습니다")
    assert "(2022. 5. 1. 시행)" in desk.evaluate("navigator.clipboard.readText()")
    desk.locator("#contents").get_by_role("button", name="오늘로").click()
    expect(desk.locator("#contents-list summary").first).to_contain_text("제1조 배송")


def test_a_day_to_come_is_refused_and_the_rules_of_access_hold(desk: Page) -> None:
    desk.get_by_label("기준일").locator("visible=true").fill("2024-06-16")
    desk.keyboard.type("환불")
    assert desk.locator("#find-day").evaluate("one => one.validity.rangeOverflow")
    pick(desk, "2023-01-01")
    for scheme in ("light", "dark"):
        desk.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        found = Axe().run(desk)
        assert not found.response["violations"], found.generate_report()


def test_the_chat_reads_the_day_and_its_links_open_that_edition(browser: Browser, address: str) -> None:
    with paging(browser, address) as page:
        page.goto("/")
        told = ask_and_wait(page, "2023년 3월에 가입했는데 환불 되나요?")
        expect(told).to_contain_text(THEN)
        expect(told).to_contain_text("지금 시행 중인 판에서는 이 조항이 바뀌었습니다.")
        expect(told.get_by_role("list")).to_have_count(0)
        answer = ask_and_wait(page, "2023년 3월 약관으로는 환불 되나요?")
        expect(answer).to_contain_text("2022. 5. 1.부터 시행된 판으로 답합니다.")
        expect(answer).to_contain_text(THEN)
        answer.get_by_role("link", name="제1조 제1항").click()
        expect(page.locator("#panel .cited")).to_contain_text(THEN)
        expect(page.locator("#panel .edition")).to_contain_text("2022년 5월 1일부터 시행된 이전 판입니다.")
        follow_up = ask_and_wait(page, "전화번호 뭐예요")
        expect(follow_up).to_contain_text("2022. 5. 1.부터 시행된 판으로 답합니다.")
        today = ask_and_wait(page, "현행 약관으로는 환불 되나요?")
        expect(today).to_contain_text(NOW)
        expect(today).to_contain_text("이 조항은 2024. 7. 1.부터 바뀝니다.")
        with page.expect_popup() as opened:
            today.get_by_role("link", name="바뀌는 내용 보기").click()
        expect(opened.value.locator("ins", has_text="30일")).to_be_visible()


def test_after_midnight_the_running_server_answers_from_the_new_edition(
    browser: Browser, address: str, clock: Clock
) -> None:
    with paging(browser, address) as page:
        page.goto("/")
        expect(page.locator("#top")).to_contain_text("시행일 2024-03-01")
        clock.day = COMING
        answer = ask_and_wait(page, "환불 되나요")
        expect(answer).to_contain_text("받은 날부터 30일 안에 환불을 신청할 수 있습니다. 제3조 제1항")
        page.reload()
        expect(page.locator("#top")).to_contain_text("시행일 2024-07-01")
