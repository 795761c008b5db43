"""Log-in, what an account may not do, the accounts and the access record, in a real browser."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from support.desk_client import AGENT, PASSWORD, desk_app, open_journal, write
from support.desk_server import log_in, paging, serving
from support.serving import MARKS, open_browser

from bot.journal.access import AccessFilter, AccessRecord

if TYPE_CHECKING:
    from pathlib import Path

    from bot.service import Service
    from bot.settings import Settings

pytest_plugins = ["support.desk_fixtures"]
pytestmark = [*MARKS, pytest.mark.usefixtures("cheap_passwords")]
NEW = "새로 정한 비밀번호"


def check(page: Page, width: int) -> None:
    """Nothing serious for a checker of accessibility, and nothing wider than the window."""
    found = Axe().run(page).response["violations"]
    assert not [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in {"serious", "critical"}]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def log_out(page: Page) -> None:
    page.get_by_role("button", name="로그아웃", exact=True).click()
    expect(page.get_by_label("이름")).to_be_focused()


def meet_what_is_forbidden(page: Page) -> None:
    log_in(page, name=AGENT)
    expect(page.get_by_role("combobox", name="조항 찾기")).to_be_focused()
    expect(page.get_by_role("tab", name="빈틈")).to_have_count(0)
    page.keyboard.press("Alt+5")
    expect(page.get_by_role("tab", selected=True)).to_have_text("통계")
    page.goto("/desk/#/gaps")
    expect(page.get_by_role("tab", selected=True)).to_have_text("조항 찾기")
    page.keyboard.press("Alt+3")
    expect(page.locator("#talks-list tbody tr")).to_have_count(1)
    expect(page.get_by_role("button", name="CSV로 받기")).to_have_count(0)
    page.goto("/desk/accounts")
    expect(page.get_by_text("이 계정으로는 할 수 없는 일입니다.")).to_be_visible()
    page.goto("/desk/me")


def add_somebody(page: Page) -> str:
    log_in(page)
    page.get_by_role("link", name="관리", exact=True).click()
    page.get_by_label("이름").fill("박신입")
    page.get_by_role("button", name="만들기").click()
    expect(page.get_by_role("row").filter(has_text="박신입")).to_contain_text("일회용 비밀번호")
    return page.locator("#one-time").inner_text()


def choose_password(page: Page, given: str) -> None:
    log_in(page, given, "박신입")
    expect(page.get_by_role("status")).to_contain_text("먼저 비밀번호를 새로 정해 주세요.")
    page.get_by_label("지금 비밀번호").fill(given)
    page.get_by_label("새 비밀번호", exact=True).fill(NEW)
    page.get_by_label("새 비밀번호 한 번 더").fill(NEW)
    page.get_by_role("button", name="바꾸기").click()
    expect(page.get_by_role("combobox", name="조항 찾기")).to_be_focused()


def take_conversations(page: Page) -> None:
    expect(page.get_by_role("combobox", name="조항 찾기")).to_be_focused()
    page.get_by_role("tab", name="대화").click()
    page.locator("#talks-filter").get_by_label("상태").select_option("답함")
    page.get_by_role("button", name="CSV로 받기").click()
    page.get_by_role("dialog", name="대화 내려받기").get_by_label("까닭").fill("주간 보고")
    with page.expect_download() as taken:
        page.get_by_role("button", name="받기", exact=True).click()
    assert "환불 되나요" in taken.value.path().read_text(encoding="utf-8")
    expect(page.get_by_role("dialog", name="대화 내려받기")).to_be_hidden()


@pytest.mark.parametrize("width", [1440, 390])
def test_from_the_log_in_to_what_is_forbidden_and_the_accounts(
    shop_service: Service, shop_settings: Settings, tmp_path: Path, width: int
) -> None:
    shop_service.load()
    journal = open_journal(tmp_path, dt.datetime.now(dt.UTC))
    write(journal, "환불 되나요")
    app = desk_app(shop_service, journal, shop_settings, tmp_path)
    with serving(app) as address, open_browser() as browser, paging(browser, address, width) as page:
        walk(page, browser, address, width)
    acts = [one.act for one in AccessRecord(journal).page(AccessFilter(), 1, 100)[0]]
    assert acts.count("login") == 3
    assert {"search", "account", "export", "access"} <= set(acts)
    journal.close()


def walk(page: Page, browser: Browser, address: str, width: int) -> None:
    meet_what_is_forbidden(page)
    check(page, width)
    log_out(page)
    check(page, width)
    given = add_somebody(page)
    check(page, width)
    with paging(browser, address, width) as other:
        choose_password(other, given)
        page.get_by_role("button", name="박신입 막기").click()
        expect(page.get_by_role("row").filter(has_text="박신입")).to_contain_text("막힘")
        other.reload()
        expect(other.get_by_label("비밀번호")).to_be_visible()
    page.get_by_role("link", name="상담 데스크").click()
    take_conversations(page)
    page.goto("/desk/access")
    page.get_by_label("한 일").select_option("대화 내려받기")
    page.get_by_role("button", name="찾기").click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("까닭: 주간 보고")
    check(page, width)
    page.get_by_role("link", name="내 계정").click()
    page.get_by_role("button", name="모든 기기에서 로그아웃").click()
    expect(page.get_by_label("이름")).to_be_focused()
    assert PASSWORD not in page.content()
