"""A person who presses the company's button on the page to log in, at a desk and on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect
from pydantic import SecretStr
from support.desk_client import desk_app, open_journal
from support.desk_server import paging, serving
from support.openid_provider import CLIENT, SECRET, Provider, provider_app
from support.serving import MARKS

from bot.web.listening import listen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.service import Service
    from bot.settings import Settings

pytestmark = MARKS


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider(ask=True)
    with serving(provider_app(made)) as address:
        made.issuer = address
        yield made


@pytest.fixture
def address(shop_service: Service, shop_settings: Settings, provider: Provider, tmp_path: Path) -> Iterator[str]:
    shop_service.load()
    journal = open_journal(tmp_path)
    with listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    own = f"http://127.0.0.1:{port}"
    provider.redirect = f"{own}/desk/oidc/callback"
    changes = {
        "address": own,
        "oidc_issuer": provider.issuer,
        "oidc_client": CLIENT,
        "oidc_secret": SecretStr(SECRET),
        "oidc_role": "groups",
        "oidc_agents": ("desk-agents",),
    }
    with serving(desk_app(shop_service, journal, shop_settings.model_copy(update=changes), tmp_path), port) as found:
        yield found
    journal.close()


def test_the_button_leads_by_the_company_into_the_desk(browser: Browser, address: str, provider: Provider) -> None:
    with paging(browser, address) as page:
        page.goto("/desk/#/find?q=환불")
        expect(page.get_by_label("이름")).to_be_focused()
        for _ in range(3):  # past password and its button
            page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="회사 계정으로 로그인")).to_be_focused()
        page.keyboard.press("Enter")
        page.get_by_role("link", name="Sign in as Kim").click()
        expect(page.get_by_role("combobox", name="조항 찾기")).to_have_value("환불")
        assert page.url.startswith(f"{address}/desk/#/find?q=")
        page.goto("/desk/me")
        expect(page.get_by_text("kim@example.com")).to_be_visible()
        page.get_by_role("button", name="모든 기기에서 로그아웃").click()
        expect(page.get_by_label("비밀번호")).to_be_visible()
    provider.claims = {"groups": []}
    with paging(browser, address, width=320) as page:
        page.goto("/desk")
        button = page.get_by_role("link", name="회사 계정으로 로그인")
        box = button.bounding_box()
        assert box
        assert (box["height"] >= 44, box["x"] >= 0, box["x"] + box["width"] <= 320) == (True, True, True)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        button.click()
        page.get_by_role("link", name="Sign in as Kim").click()
        expect(page.get_by_role("alert")).to_contain_text("권한이 없습니다")
        page.get_by_label("이름").fill("이상담")
        page.get_by_label("비밀번호").fill("예시비밀번호1234")
        page.keyboard.press("Enter")
        expect(page.get_by_role("combobox", name="조항 찾기")).to_be_visible()
