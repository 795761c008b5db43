"""The pages and the HTTP interface over the shop."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from support.pages import Page, open_client

from bot.service import NOT_NOW, Service

if TYPE_CHECKING:
    from fastapi.testclient import TestClient


OUTSIDE = r"(?:https?:)?//"


@pytest.fixture
def client(shop_service: Service) -> TestClient:
    shop_service.load()
    return open_client(shop_service)


def test_health_goes_from_loading_to_ready(shop_service: Service) -> None:
    client = open_client(shop_service)
    assert client.get("/healthz").json() == {"state": "loading", "journal": "ok"}
    shop_service.load()
    ready = client.get("/healthz").json()
    assert (ready["state"], ready["index"]["model"]) == ("ready", "fake")


def test_a_start_that_failed_is_alive_but_not_ready_and_no_answer_is_made_up(shop_service: Service) -> None:
    (shop_service.settings.data / "questions" / "가게" / "1.md").write_text("- 제목이 없음\n", encoding="utf-8")
    shop_service.load()
    client = open_client(shop_service)
    assert client.get("/healthz").status_code == 200
    assert client.get("/healthz").json() == {"state": "failed", "journal": "ok"}
    assert client.get("/readyz").status_code == 503
    assert client.get("/readyz").json() == {"ready": False, "reason": "failed"}
    asked = client.post("/api/ask", json={"question": "환불 되나요"}).json()
    assert asked["status"] == "error"
    assert asked["answer"].startswith(NOT_NOW)
    assert "02-000-0000" in asked["answer"]
    searched = client.get("/api/search", params={"q": "환불"})
    assert (searched.status_code, searched.json()) == (503, {"detail": NOT_NOW})
    assert client.get("/terms/가게/2").status_code == 200


def test_the_models_load_when_the_application_starts(shop_service: Service) -> None:
    with open_client(shop_service) as client:
        assert client.post("/api/ask", json={"question": "환불 되나요"}).json()["status"] == "answered"
        assert client.get("/healthz").json()["state"] == "ready"


@pytest.mark.parametrize("path", ["/", "/theme.css"])
def test_pages_load_nothing_from_another_host(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert not [address for address in Page(response.text).loaded if re.match(OUTSIDE, address)]
    assert not re.search(rf"(?:url\(|@import|from|stylesheets\W+)\s*[\"']?{OUTSIDE}", response.text)
