"""The pages and the HTTP interface over the shop."""

from __future__ import annotations

import asyncio
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient

from bot.service import FAILED, Service
from bot.web.server import build_app

if TYPE_CHECKING:
    from fastapi import FastAPI

    from bot.settings import Settings

REFUND = "받은 날부터 7일 안에 환불을 신청할 수 있습니다."
CITATION = {
    "terms": "가게 약관",
    "edition": "2024-03-01",
    "article": "2",
    "paragraph": "1",
    "title": "환불",
    "quote": REFUND,
}
LOADED = {"src", "href", "action", "poster", "srcset", "data"}


class Page(HTMLParser):
    """``texts``: what is shown within each element that has an id; ``loaded``: addresses; ``tags``."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.loaded: set[str] = set()
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.loaded |= {value or "" for name, value in attrs if name in LOADED}
        for name, value in attrs:
            if name == "id" and value:
                self.texts[value] = ""

    def handle_data(self, data: str) -> None:
        if self.texts:
            self.texts[list(self.texts)[-1]] += data


def make_app(service: Service) -> FastAPI:
    """The application, made within an event loop: Gradio leaves one open otherwise."""

    async def make() -> FastAPI:
        return build_app(service)

    return asyncio.run(make())


@pytest.fixture
def client(shop_service: Service) -> TestClient:
    shop_service.load()
    return TestClient(make_app(shop_service))


def test_health_goes_from_loading_to_ready(shop_service: Service) -> None:
    client = TestClient(make_app(shop_service))
    loading = client.get("/healthz")
    assert (loading.status_code, loading.json()) == (200, {"state": "loading"})
    shop_service.load()
    ready = client.get("/healthz")
    assert (ready.status_code, ready.json()["state"], ready.json()["index"]["model"]) == (200, "ready", "fake")
