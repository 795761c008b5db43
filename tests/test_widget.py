"""Who may embed the chat, and the script that does it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from support.pages import open_client

from bot.service import Service
from bot.values.sites import read_origins
from index.errors import SettingsError

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from bot.settings import Settings

SITE = "https://www.example.com"


@pytest.fixture
def client(shop_settings: Settings) -> TestClient:
    return open_client(Service(shop_settings.model_copy(update={"origins": (SITE, "http://Localhost:80")})))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://www.example.com", "https://www.example.com"),
        ("HTTPS://WWW.Example.COM", "https://www.example.com"),
        ("https://example.com:443", "https://example.com"),
        ("http://example.com:80", "http://example.com"),
        ("http://example.com:8080", "http://example.com:8080"),
        ("http://127.0.0.1:7860", "http://127.0.0.1:7860"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("https://한글.kr", "https://xn--bj0bj06e.kr"),
    ],
)
def test_an_origin_is_written_as_a_browser_names_it(value: str, expected: str) -> None:
    assert read_origins([value]) == (expected,)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "*",
        "null",
        "https://*.example.com",
        "example.com",
        "//example.com",
        "ftp://example.com",
        "https://example.com/",
        "https://example.com/chat",
        "https://example.com?x",
        "https://user@example.com",
        "https://example.com:",
        "https://example.com:0",
        "https://example.com:99999",
        "https://example.com:x",
        "https://example.com; script-src *",
        "https://a.com https://b.com",
        "https://a.com,https://b.com",
        "https://exa\nmple.com",
        "https://-example.com",
        "https://example..com",
        "https://[::1]",
        " https://example.com",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_plain_origin_is_refused_with_its_value(value: str) -> None:
    with pytest.raises(SettingsError, match="BOT_ORIGINS") as refused:
        read_origins([SITE, value])
    assert repr(value) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_origin_named_twice_counts_once() -> None:
    assert read_origins([SITE, "https://WWW.example.com:443"]) == (SITE,)


def test_a_faulty_origin_stops_the_start(shop_settings: Settings) -> None:
    with pytest.raises(SettingsError, match="BOT_ORIGINS"):
        open_client(Service(shop_settings.model_copy(update={"origins": ("*",)})))


def test_nobody_else_may_frame_the_chat_by_default(shop_service: Service) -> None:
    client = open_client(shop_service)
    assert client.get("/").headers["content-security-policy"].endswith("; frame-ancestors 'self'")
    assert "const ORIGINS = [];" in client.get("/widget.js").text


@pytest.mark.parametrize("path", ["/", "/?embed=1"])
def test_the_sites_in_the_settings_may_frame_the_chat(client: TestClient, path: str) -> None:
    policy = client.get(path).headers["content-security-policy"]
    assert policy.endswith("; frame-ancestors 'self' https://www.example.com http://localhost")


@pytest.mark.parametrize(
    "path", ["/healthz", "/api/terms", "/widget.js", "/nowhere", "/terms/가게", "/static/clause.js"]
)
def test_nothing_but_the_chat_may_be_framed_elsewhere(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert re.search(r"frame-ancestors 'self'(;|$)", headers["content-security-policy"])
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")


def test_the_script_knows_who_may_embed_and_is_kept_for_minutes(client: TestClient) -> None:
    response = client.get("/widget.js")
    found = re.search(r"const ORIGINS = (\[.*?\]);", response.text)
    assert found
    assert json.loads(found[1]) == [SITE, "http://localhost"]
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    assert response.headers["cache-control"] == "public, max-age=300"
    program = re.sub(r"//.*", "", response.text)
    assert not re.search(r"cookie|localStorage|innerHTML|window\.\w+ =", program)


def test_the_script_is_not_loaded_again_as_long_as_it_stays_the_same(client: TestClient) -> None:
    tag = client.get("/widget.js").headers["etag"]
    assert client.get("/widget.js", headers={"If-None-Match": tag}).status_code == 304
