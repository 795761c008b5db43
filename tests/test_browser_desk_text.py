"""What a customer wrote or a model said is shown at the desk and never run."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from support.desk_client import desk_app, open_journal, write
from support.desk_server import log_in, paging, serving
from support.serving import MARKS, open_browser

from bot.journal.entries import Checked

if TYPE_CHECKING:
    from pathlib import Path

    from bot.service import Service
    from bot.settings import Settings

pytestmark = MARKS
HOSTILE = '<img src=x onerror="document.title=\'hacked\'"> "인용" & {{ 글 }}'


def test_what_a_customer_wrote_or_a_model_said_is_shown_as_text(
    shop_service: Service, shop_settings: Settings, tmp_path: Path
) -> None:
    shop_service.load()
    journal = open_journal(tmp_path, dt.datetime.now(dt.UTC))
    checks = (Checked(HOSTILE, "dropped", ("제2조 제1항",), ("숫자",)), Checked("환불됩니다.", "kept"))
    write(journal, HOSTILE, "not_found", checks=checks)
    app = desk_app(shop_service, journal, shop_settings, tmp_path)
    with serving(app) as address, open_browser() as browser, paging(browser, address) as page:
        log_in(page)
        expect(page.get_by_role("tab", name="조항 찾기", selected=True)).to_be_visible()
        page.get_by_role("tab", name="대화").click()
        page.get_by_role("button", name=HOSTILE).click()
        expect(page.get_by_role("dialog", name="대화").locator(".question")).to_have_text(HOSTILE)
        page.get_by_role("dialog", name="대화").get_by_text("문장별 검증 (2)").click()
        sentences = page.get_by_role("dialog", name="대화").locator(".checks li")
        expect(sentences).to_have_text([f"뺌 {HOSTILE} 제2조 제1항 · 잘못: 숫자", "보임 환불됩니다. "])
        page.keyboard.press("Escape")
        page.get_by_role("tab", name="빈틈").click()
        expect(page.locator(".card .asked")).to_have_text(HOSTILE)
        page.get_by_role("button", name="대표 질문으로 더하기").click()
        expect(page.get_by_label("고객의 말로 쓴 질문 한 줄")).to_have_value(HOSTILE)
        assert page.locator("main img, dialog img").count() == 0
        assert page.title() == "빈틈 | 예시가게 상담 데스크"
    journal.close()
