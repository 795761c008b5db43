"""The pages and the HTTP interface over the shop."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pages import Page, open_client

from bot.service import FAILED, Service

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from bot.settings import Settings

OUTSIDE = r"(?:https?:)?//"
HOSTILE = "가<script>alert(1)</script> & \"나\" '다' {title} <img src=x onerror=alert(2)>"


@pytest.fixture
def client(shop_service: Service) -> TestClient:
    shop_service.load()
    return open_client(shop_service)


def test_health_goes_from_loading_to_ready(shop_service: Service) -> None:
    client = open_client(shop_service)
    assert client.get("/healthz").json() == {"state": "loading"}
    shop_service.load()
    ready = client.get("/healthz").json()
    assert (ready["state"], ready["index"]["model"]) == ("ready", "fake")


def test_a_start_that_failed_is_unhealthy_and_no_answer_is_made_up(shop_service: Service) -> None:
    shop_service.settings.index.write_text("", encoding="utf-8")
    shop_service.load()
    client = open_client(shop_service)
    assert client.get("/healthz").status_code == 503
    assert client.get("/healthz").json() == {"state": "failed"}
    asked = client.post("/api/ask", json={"question": "환불 되나요"}).json()
    assert (asked["status"], asked["answer"]) == ("error", FAILED)
    assert client.get("/api/search", params={"q": "환불"}).status_code == 503
    assert client.get("/terms/가게/2").status_code == 200


def test_the_models_load_when_the_application_starts(shop_service: Service) -> None:
    with open_client(shop_service) as client:
        assert client.post("/api/ask", json={"question": "환불 되나요"}).json()["status"] == "answered"
        assert client.get("/healthz").json()["state"] == "ready"


def test_the_contents_page_links_every_article(client: TestClient) -> None:
    page = Page(client.get("/terms/가게").text)
    assert page.loaded == {"/", *(f"/terms/%EA%B0%80%EA%B2%8C{end}" for end in ("", "/1", "/2", "/3"))}
    assert "시행일 2024년 3월 1일" in page.texts[""]


def test_an_article_page_shows_every_paragraph_at_its_address(client: TestClient) -> None:
    page = Page(client.get("/terms/가게/1").text)
    assert "제1조 (배송)" in page.texts[""]
    assert "제1항 물건은 결제한 날부터 3일 안에 보냅니다." in page.texts["p1"]
    assert "제2항 배송이 늦으면 문자로 알립니다. 다만, 명절에는 알리지 않습니다." in page.texts["p2"]
    assert {"/terms/%EA%B0%80%EA%B2%8C", "/terms/%EA%B0%80%EA%B2%8C/2", "/"} == page.loaded


@pytest.mark.parametrize("path", ["/terms/가게/1", "/terms/가게"])
def test_pages_show_what_the_terms_hold_and_never_run_it(shop_settings: Settings, path: str) -> None:
    folder = shop_settings.data / "terms" / "가게"
    text = f"가게 약관\n제1조 ({HOSTILE.replace(')', '')})\n- {HOSTILE}\n"
    (folder / "2024-04-01.txt").write_text(text, encoding="utf-8")
    (folder / "terms.toml").write_text(f"title = '''{HOSTILE}'''\n", encoding="utf-8")
    page = Page(open_client(Service(shop_settings)).get(path).text)
    assert not {"script", "img"} & page.tags
    assert HOSTILE in page.texts[""]
    assert path == "/terms/가게" or HOSTILE in page.texts["p1"]


@pytest.mark.parametrize("path", ["/", "/theme.css", "/terms/가게", "/terms/가게/1"])
def test_pages_load_nothing_from_another_host(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert not [address for address in Page(response.text).loaded if re.match(OUTSIDE, address)]
    assert not re.search(rf"(?:url\(|@import|from|stylesheets\W+)\s*[\"']?{OUTSIDE}", response.text)
