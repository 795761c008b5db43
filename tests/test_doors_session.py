"""The name of a conversation is its only key: nobody can guess it, and what is refused is told without it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from support.asking import ask_and_wait
from support.doors import ASK, DATA, JOIN, SESSION, press
from support.pages import open_client
from support.serving import MARKS

if TYPE_CHECKING:
    from fastapi.testclient import TestClient
    from playwright.sync_api import Browser, Request

    from bot.service import Service

pytest_plugins = ["support.browsers"]


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
