"""The name of a conversation is its only key: nobody can guess it, and what is refused is told without it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from starlette.responses import PlainTextResponse
from support.asking import ask_and_wait
from support.doors import ASK, DATA, JOIN, SESSION, press
from support.pages import open_client
from support.serving import MARKS

from bot.web.metrics import Metrics
from bot.web.refusals import QUIET, Refusals

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request
    from starlette.types import Receive, Scope, Send

    from bot.service import Service

pytest_plugins = ["support.browsers"]
NUMBER = "010-1234-5678"


@pytest.fixture
def client(shop_service: Service) -> TestClient:
    shop_service.load()
    return open_client(shop_service)


@pytest.mark.parametrize("session", ["", "a", "a" * 9, "a" * 33, "A" * 32, "../../etc/passwd"])
def test_a_name_that_can_be_guessed_is_refused(client: TestClient, session: str) -> None:
    assert client.post(JOIN, json=press(ASK, "환불 되나요", None, "", session_hash=session)).status_code == 422
    assert client.get(DATA, params={"session_hash": session}).status_code == 404
    assert client.get(f"/gradio_api/heartbeat/{session}").status_code == 404


def test_a_conversation_that_nobody_has_begun_is_not_there(client: TestClient) -> None:
    assert client.get(DATA, params={"session_hash": SESSION[::-1]}).status_code == 404


def test_the_script_that_the_page_runs_takes_no_guessable_name(client: TestClient) -> None:
    names = re.findall(r'href="(/assets/index-[\w-]+\.js)"', client.get("/").text)
    scripts = [client.get(name).text for name in names]
    assert sum("session_hash=Array.from(crypto.getRandomValues(" in script for script in scripts) == 1
    assert not any("session_hash=Math.random" in script for script in scripts)


def test_what_is_refused_is_told_once_a_minute_without_anything_of_the_client(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    for _time in range(3):
        client.post(JOIN, json=press(ASK, "환불", None, "", session_hash=NUMBER))
    client.get(f"/{NUMBER}?q={NUMBER}")
    client.post("/api/ask", json={"question": {"x": NUMBER}})
    lines = [record.getMessage() for record in caplog.records if record.name == "bot.web.refusals"]
    assert lines == [
        "refused with 422: POST /gradio_api, 1 since the last line",
        "refused with 404: GET another address, 1 since the last line",
    ]
    assert NUMBER not in caplog.text


def test_the_figures_hold_the_codes() -> None:
    metrics = Metrics({})
    metrics.refused_with(429)
    shown = metrics.exposition("ready", "")[0].decode()
    assert 'bot_error_responses_total{code="429"} 1.0' in shown


def test_the_next_line_comes_a_minute_later_with_how_many_there_were(caplog: pytest.LogCaptureFixture) -> None:
    now = [0.0]

    async def busy(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("", 503)(scope, receive, send)

    client = TestClient(Refusals(busy, Metrics({}), clock=lambda: now[0]))
    for _ in range(5):
        client.get("/api/search")
    now[0] = QUIET
    client.get("/api/search")
    assert [record.getMessage() for record in caplog.records if record.name == "bot.web.refusals"] == [
        "refused with 503: GET /api, 1 since the last line",
        "refused with 503: GET /api, 5 since the last line",
    ]


@MARKS[0]
@MARKS[1]
def test_every_page_names_its_conversation_by_128_random_bits_of_its_own(browser: Browser, address: str) -> None:
    names: list[str] = []

    def note(asked: Request) -> None:
        if urlsplit(asked.url).path == JOIN:
            names.append(json.loads(asked.post_data or "")["session_hash"])

    for _ in range(2):
        context = browser.new_context(locale="ko-KR", base_url=address)
        context.add_init_script("Math.random = () => 0.5")  # as if it were guessed
        page = context.new_page()
        page.on("request", note)
        page.goto("/")
        ask_and_wait(page, "위약금이 얼마인가요?")
        context.close()
    assert all(re.fullmatch(r"[0-9a-f]{32}", name) for name in names)
    assert len(set(names)) == 2
