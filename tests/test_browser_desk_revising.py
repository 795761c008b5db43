"""The desk's 개정 in a real browser: two editions side by side and what follows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from support.comparing import NEW, OLD
from support.desk_client import desk_app, open_journal
from support.desk_server import log_in, paging, serving
from support.serving import MARKS

from bot.journal.entries import Cited, Entry
from index.clause import Clause

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.service import Service
    from bot.settings import Settings

pytestmark = MARKS
NOW, NEXT = "2024-03-01", "2099-01-01"


@pytest.fixture
def address(shop_service: Service, shop_settings: Settings, tmp_path: Path) -> Iterator[str]:
    folder = shop_settings.data / "terms" / "가게"
    (folder / f"{NOW}.txt").write_text(OLD, encoding="utf-8")
    (folder / f"{NEXT}.txt").write_text(NEW, encoding="utf-8")
    (folder / "terms.toml").write_text(f'questions = "{NOW}"\ncontact = ["4.1"]\n', encoding="utf-8")
    journal = open_journal(tmp_path, dt.datetime.now(dt.UTC))
    cited = (Cited(Clause("가게", "2", "1"), NOW),)
    journal.record(Entry("a" * 32, "며칠 걸려요", "사흘입니다", "", "answered", 0.9, cited, (), 10.0, "chat"))
    with serving(desk_app(shop_service, journal, shop_settings, tmp_path)) as found:
        yield found
    journal.close()


@pytest.fixture(params=[1440, 390])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    with paging(browser, address, request.param) as opened:
        log_in(opened)
        expect(opened.get_by_role("tab", name="조항 찾기", selected=True)).to_be_visible()
        opened.keyboard.press("Alt+Digit7")
        expect(opened.get_by_text("바뀐 항이 8개 있습니다.")).to_be_visible()
        yield opened


def test_what_comes_next_is_compared_and_what_follows_is_told(page: Page) -> None:
    expect(page.get_by_role("combobox", name="현행", exact=True)).to_have_value(NOW)
    expect(page.get_by_role("combobox", name="개정안", exact=True)).to_have_value(NEXT)
    expect(page.locator("#revise-body ins").filter(has_text="5")).not_to_have_count(0)
    expect(page.locator("#revise-follows")).to_contain_text("그대로 따라감 6개, 바뀐 항의 질문 2개")
    expect(page.locator("#revise-follows")).to_contain_text("새로 생겨 대표 질문이 없는 항: 제2조, 제3조 제1항")
    expect(page.locator("#revise-follows")).to_contain_text("제4조 제1항 → 제5조 제1항")
    page.get_by_text("바뀐 항의 질문 살펴보기").click()
    expect(page.get_by_role("row", name="제2조 제1항 → 제3조 제2항 환불 되나요")).to_be_visible()


def test_a_customer_who_was_told_otherwise_is_a_click_away(page: Page) -> None:
    page.get_by_role("button", name="며칠 걸려요").click()
    expect(page.get_by_role("dialog")).to_contain_text("사흘입니다")


def test_the_day_of_the_announcement_is_held_against_the_terms(page: Page) -> None:
    expect(page.locator("#revise-body")).not_to_contain_text("지키지 못함")
    page.get_by_label("공지일").fill("2098-12-20")
    page.get_by_role("button", name="견주기").click()
    expect(page.locator("#revise-body")).to_contain_text("지키지 못함")
    assert "announced=2098-12-20" in (page.get_by_role("link", name="HTML로 받기").get_attribute("href") or "")


def test_two_of_one_edition_are_no_pair_and_a_jump_keeps_the_tab(page: Page) -> None:
    page.locator("#revise-body a[href^='#a']").first.click()
    assert page.url.endswith("#/revise")
    page.get_by_role("combobox", name="개정안", exact=True).select_option(NOW)
    page.get_by_role("button", name="견주기").click()
    expect(page.get_by_text("서로 다른 두 판을 고르세요.")).to_be_visible()


def test_nothing_grave_stands_in_anybodys_way(page: Page) -> None:
    found = [v for v in Axe().run(page).response["violations"] if v["impact"] in {"serious", "critical"}]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
