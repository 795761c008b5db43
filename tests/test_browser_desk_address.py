"""What is open at the desk is in the address: pasted it opens the same, and Back and Forward go through it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect
from support.desk_client import desk_app, open_journal, write
from support.desk_server import log_in, paging, serving
from support.fakes import FakeEmbedder
from support.serving import MARKS

from bot.service import Service
from bot.settings import Settings
from index.editions.edition import today

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = MARKS
GAP = "날씨 나쁜 날 받으면 어때요"
TALK = "a" * 32


@pytest.fixture(scope="module")
def address(shop_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of a desk with two conversations of today."""
    folder = tmp_path_factory.mktemp("journal")
    settings = Settings(data=shop_index.parent / "data", index=shop_index, embedding="fake", _env_file=None)
    journal = open_journal(folder, dt.datetime.now(dt.UTC))
    write(journal, "환불 되나요", conversation=TALK)
    write(journal, GAP, "not_found", "b" * 32)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.search.build.load_embedder", lambda *_: FakeEmbedder())
        service = Service(settings)
        service.load()
        with serving(desk_app(service, journal, settings, folder)) as found:
            yield found
    journal.close()


@pytest.fixture(scope="module")
def opened(browser: Browser, address: str) -> Iterator[Page]:
    with paging(browser, address) as page:
        log_in(page)
        expect(page.get_by_role("tab", name="조항 찾기", selected=True)).to_be_visible()
        yield page


@pytest.fixture
def page(opened: Page) -> Page:
    """The desk as it is first seen."""
    opened.goto("about:blank")
    opened.goto("/desk/")
    expect(opened.get_by_role("combobox")).to_be_focused()
    return opened


def paste(page: Page, hash_: str) -> None:
    """Open an address as somebody does who was sent it."""
    page.goto("about:blank")
    page.goto(f"/desk/{hash_}")


def fragment(page: Page) -> str:
    return str(page.evaluate("decodeURIComponent(location.hash.replaceAll('+', ' '))"))


def test_a_search_and_its_clause_are_steps_and_letters_are_none(page: Page) -> None:
    page.keyboard.type("배송 명절", delay=150)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="제1조 (배송)")).to_be_visible()
    first = fragment(page)
    page.get_by_role("button", name="다음 조 →").click()
    expect(page.get_by_role("heading", name="제2조 (환불)")).to_be_visible()
    assert fragment(page) == "#/find?q=배송 명절&clause=가게/2"
    page.go_back()
    expect(page.get_by_role("heading", name="제1조 (배송)")).to_be_visible()
    assert fragment(page) == first
    page.go_back()
    expect(page.locator("#clause")).to_be_empty()
    expect(page.get_by_role("combobox")).to_have_value("배송 명절")
    page.go_forward()
    expect(page.get_by_role("heading", name="제1조 (배송)")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="제1조 (배송)")).to_be_visible()
    expect(page.get_by_role("combobox")).to_have_value("배송 명절")
    expect(page.get_by_role("option").first).to_be_visible()


def test_a_pasted_clause_of_a_day_is_marked_among_its_hits(page: Page) -> None:
    paste(page, f"#/find?q={quote('환불')}&clause={quote('가게/2/1')}&day=2024-05-01")
    expect(page.locator("#clause .cited")).to_contain_text("환불을 신청할 수 있습니다.")
    expect(page.get_by_role("option", selected=True)).to_contain_text("제2조 제1항")
    expect(page.locator("#find-day")).to_have_value("2024-05-01")
    page.get_by_role("tab", name="목차").click()
    expect(page.locator("#contents-day")).to_have_value("2024-05-01")
    page.locator("#contents").get_by_role("button", name="오늘로").click()
    expect(page.locator("#contents-day")).not_to_have_value("2024-05-01")
    page.get_by_role("tab", name="조항 찾기").click()
    assert fragment(page) == "#/find?q=환불"
    expect(page.locator("#clause")).to_be_empty()
    expect(page.get_by_role("option").first).to_be_visible()


def test_tabs_are_steps_and_each_is_as_it_was_left(page: Page) -> None:
    page.keyboard.type("환불")
    expect(page.get_by_role("option").first).to_be_visible()
    page.get_by_role("tab", name="목차").click()
    page.locator("summary", has_text="제2조").click()
    expect(page.get_by_text("받은 날부터 7일 안에 환불을 신청할 수 있습니다.").last).to_be_visible()
    page.wait_for_function("location.hash.includes('open=')")
    page.get_by_role("tab", name="통계").click()
    expect(page.locator(".figures")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("tab", name="목차", selected=True)).to_be_visible()
    expect(page.locator("details.article[open]")).to_have_count(1)
    expect(page).to_have_title("목차 | 예시가게 상담 데스크")
    page.go_back()
    expect(page.get_by_role("combobox")).to_have_value("환불")
    page.keyboard.press("Alt+6")
    page.keyboard.press("Alt+2")
    assert fragment(page) == "#/contents?open=가게-2"
    page.reload()
    expect(page.locator("details.article[open]")).to_have_count(1)


def test_a_conversation_and_the_list_around_it_can_be_pasted(page: Page) -> None:
    page.get_by_role("tab", name="대화").click()
    page.locator("#talks-filter").get_by_label("상태").select_option("답함")
    page.locator("#talks-filter").get_by_role("button", name="찾기").click()
    expect(page.locator("#talks-list tbody tr")).to_have_count(1)
    page.get_by_role("button", name="환불 되나요").click()
    dialog = page.get_by_role("dialog", name="대화")
    expect(dialog).to_be_visible()
    pasted = fragment(page)
    assert pasted == f"#/talks?status=answered&talk={TALK}"
    page.go_back()
    expect(dialog).to_be_hidden()
    page.go_forward()
    expect(dialog).to_contain_text("환불 되나요")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.wait_for_function("location.hash === '#/talks?status=answered'")
    page.go_back()
    expect(page.locator("#talks-list tbody tr")).to_have_count(2)
    paste(page, pasted)
    expect(dialog).to_contain_text("환불 되나요")
    expect(page.locator("#talks-list tbody tr")).to_have_count(1)
    page.keyboard.press("Escape")
    page.wait_for_function("location.hash === '#/talks?status=answered'")


def test_a_gap_that_is_being_closed_can_be_pasted(page: Page) -> None:
    page.get_by_role("tab", name="빈틈").click()
    page.get_by_role("button", name="대표 질문으로 더하기").click()
    dialog = page.get_by_role("dialog", name="대표 질문 더하기")
    expect(dialog).to_be_visible()
    pasted = fragment(page)
    assert pasted == f"#/gaps?add={GAP}"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="범위 밖으로 표시").click()  # at once: the step back is under way
    outside = page.get_by_role("dialog", name="범위 밖으로 표시")
    expect(outside).to_be_visible()
    page.wait_for_timeout(300)
    expect(outside).to_be_visible()
    page.go_back()
    expect(outside).to_be_hidden()
    paste(page, pasted)
    expect(dialog.get_by_label("고객의 말로 쓴 질문")).to_have_value(GAP)


def test_a_period_can_be_pasted_and_what_is_no_address_is_the_first_tab(page: Page) -> None:
    since, until = (today() - dt.timedelta(days=days) for days in (20, 10))
    paste(page, f"#/stats?since={since}&until={until}")
    expect(page.locator("#stats-body")).to_contain_text(f"{since}부터 {until}까지")
    page.locator("#stats").get_by_role("button", name="7일").click()
    expect(page.locator(".figures")).to_be_visible()
    page.go_back()
    expect(page.locator("#stats-body")).to_contain_text(f"{since}부터 {until}까지")
    for nothing in ("#/nothing/at/all?x=%", "#find", "#/constructor", "#/find?day=9999-99-99&clause=%ZZ"):
        paste(page, nothing)
        expect(page.get_by_role("tab", name="조항 찾기", selected=True)).to_be_visible()
        expect(page.locator("#find-day")).to_have_value(page.evaluate("document.body.dataset.today"))
    paste(page, f"#/find?q={quote('<img src=x onerror=alert(1)>')}")
    expect(page.get_by_role("combobox")).to_have_value("<img src=x onerror=alert(1)>")
