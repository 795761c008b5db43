"""What a customer wrote is shown at the desk and never run."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from desk_client import desk_app, open_journal, write
from desk_server import log_in, paging, serving
from playwright.sync_api import expect
from serving import MARKS, open_browser

if TYPE_CHECKING:
    from pathlib import Path

    from bot.service import Service
    from bot.settings import Settings

pytestmark = MARKS
HOSTILE = '<img src=x onerror="document.title=\'hacked\'"> "인용" & {{ 글 }}'


def test_what_a_customer_wrote_is_shown_as_text(shop_service: Service, shop_settings: Settings, tmp_path: Path) -> None:
    shop_service.load()
    journal = open_journal(tmp_path, dt.datetime.now(dt.UTC))
    write(journal, HOSTILE, "not_found")
    app = desk_app(shop_service, journal, shop_settings, tmp_path)
    with serving(app) as address, open_browser() as browser, paging(browser, address) as page:
        log_in(page)
        expect(page.get_by_role("tab", name="조항 찾기", selected=True)).to_be_visible()
        page.get_by_role("tab", name="대화").click()
        page.get_by_role("button", name=HOSTILE).click()
        expect(page.get_by_role("dialog", name="대화").locator(".question")).to_have_text(HOSTILE)
        page.keyboard.press("Escape")
        page.get_by_role("tab", name="빈틈").click()
        expect(page.locator(".card .asked")).to_have_text(HOSTILE)
        page.get_by_role("button", name="대표 질문으로 더하기").click()
        expect(page.get_by_label("고객의 말로 쓴 질문 한 줄")).to_have_value(HOSTILE)
        assert page.locator("main img, dialog img").count() == 0
        assert page.title() == "예시가게 상담 데스크"
    journal.close()
