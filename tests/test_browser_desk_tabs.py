"""Each tab of the desk with what it shows, and what a checker of accessibility says of it."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from support.desk_client import desk_app, open_journal, write
from support.desk_server import log_in, paging, serving
from support.serving import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.service import Service
    from bot.settings import Settings

pytestmark = MARKS
GAP = "날씨 나쁜 날 받으면 어때요"
SLOW_MS = 20_000  # the index is made anew


@pytest.fixture
def address(shop_service: Service, shop_settings: Settings, tmp_path: Path) -> Iterator[str]:
    """Of a desk with two conversations of today."""
    shop_service.load()
    journal = open_journal(tmp_path, dt.datetime.now(dt.UTC))
    journal.rate(write(journal, "환불 되나요"), "a" * 32, good=True)
    write(journal, GAP, "not_found", "b" * 32)
    with serving(desk_app(shop_service, journal, shop_settings, tmp_path)) as found:
        yield found
    journal.close()


@pytest.fixture(params=[1440, 390])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def page(browser: Browser, address: str, width: int) -> Iterator[Page]:
    with paging(browser, address, width) as opened:
        log_in(opened)
        expect(opened.get_by_role("tab", name="조항 찾기", selected=True)).to_be_visible()
        yield opened


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def test_the_contents_unfold_and_are_filtered(page: Page) -> None:
    open_tab(page, "목차")
    expect(page.locator("details.article:visible")).to_have_count(3)
    page.get_by_label("거르기").fill("환불")
    expect(page.locator("details.article:visible")).to_have_count(1)
    expect(page.get_by_text("받은 날부터 7일 안에 환불을 신청할 수 있습니다.")).to_be_visible()
    page.get_by_role("button", name="제2조 제1항 복사").click()
    expect(page.locator("#said")).to_have_text("복사했습니다")


def test_conversations_are_listed_filtered_and_opened(page: Page) -> None:
    open_tab(page, "대화")
    expect(page.locator("#talks-list tbody tr")).to_have_count(2)
    page.locator("#talks-filter").get_by_label("상태").select_option("답함")
    page.locator("#talks-filter").get_by_role("button", name="찾기").click()
    expect(page.locator("#talks-list tbody tr")).to_have_count(1)
    page.get_by_role("button", name="환불 되나요").click()
    expect(page.get_by_role("dialog", name="대화").get_by_role("link", name="제2조 제1항")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_label("상담 번호").fill("ZZZZZZ")
    page.get_by_role("button", name="열기", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("그런 상담 번호가 없습니다.")


def test_an_unanswered_question_becomes_answered_and_undo_reverts_it(page: Page) -> None:
    open_tab(page, "빈틈")
    page.get_by_role("button", name="대표 질문으로 더하기").click()
    dialog = page.get_by_role("dialog", name="대표 질문 더하기")
    dialog.get_by_role("button", name="지금 답 보기").click()
    expect(dialog.locator(".badge")).to_have_text("약관에 없음")
    dialog.get_by_label("이 질문에 답하는 항").fill("2-1")
    expect(dialog.get_by_role("checkbox").first).to_have_accessible_name(
        "제2조 제1항 환불 받은 날부터 7일 안에 환불을 신청할 수 있습니다."
    )
    dialog.get_by_role("button", name="더하기", exact=True).click()
    expect(dialog.get_by_role("alert")).to_have_text("항을 하나 이상 골라 주세요.")
    dialog.get_by_role("checkbox").first.check()
    dialog.get_by_role("button", name="더하기", exact=True).click()
    expect(page.locator("#rebuild")).to_contain_text("색인을 다시 만드는 중")
    expect(page.locator("#rebuild")).to_be_hidden(timeout=SLOW_MS)
    expect(page.locator(".card").get_by_text("더함: 제2조 제1항")).to_be_visible()
    assert status_now(page) == "답함"
    effect = page.get_by_role("region", name="마지막 변경으로 달라진 답")
    expect(effect.locator("[data-state=done]")).to_be_visible(timeout=SLOW_MS)
    own = effect.locator(".sides").first
    expect(own).to_contain_text("전약관에 없음따로 인용하는 조항이 없습니다.")
    expect(own).to_contain_text("후답함제2조 제1항 받은 날부터 7일 안에")
    expect(effect).not_to_contain_text(re.compile("false|object"))
    page.get_by_role("button", name=f"“{GAP}” 되돌리기").click()
    expect(page.locator("#rebuild")).to_be_visible()
    expect(page.locator("#rebuild")).to_be_hidden(timeout=SLOW_MS)
    assert status_now(page) == "약관에 없음"
    expect(own).to_contain_text("후약관에 없음", timeout=SLOW_MS)


def status_now(page: Page) -> str:
    """How the question of the gap is answered now."""
    page.get_by_role("button", name="범위 밖으로 표시").click()
    dialog = page.get_by_role("dialog", name="범위 밖으로 표시")
    dialog.get_by_role("button", name="지금 답 보기").click()
    found = dialog.locator(".badge").inner_text()
    page.keyboard.press("Escape")
    return found


def test_statistics_show_numbers_plots_and_tables(page: Page) -> None:
    open_tab(page, "통계")
    expect(page.locator(".figures dd").first).to_have_text("2개")
    expect(page.get_by_role("img")).to_have_count(5)
    page.get_by_role("img", name="날마다 받은 질문. 질문 2개").scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('.plots img').naturalWidth > 0")
    expect(page.get_by_role("table", name="조별")).to_contain_text("제2조 환불")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_checker_of_accessibility_finds_nothing_serious(page: Page, width: int, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.get_by_role("combobox").fill("배송 명절")
    page.get_by_role("option").first.click()
    for name, ready in (
        ("조항 찾기", "#clause .cited"),
        ("목차", "details.article"),
        ("대화", "#talks-list table"),
        ("빈틈", "#gaps-list .card"),
        ("통계", "#stats-body table"),
    ):
        open_tab(page, name)
        expect(page.locator(ready).first).to_be_visible()
        found = Axe().run(page).response["violations"]
        serious = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in {"serious", "critical"}]
        assert not serious, name
        assert page.evaluate("document.documentElement.scrollWidth") <= width
