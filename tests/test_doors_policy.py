"""The headers by which a browser is told what each answer may do."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from support.pages import open_client

from bot.service import Service
from bot.web.policy import chat_policy, inline_hashes

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from bot.settings import Settings


@pytest.fixture
def client(shop_settings: Settings) -> TestClient:
    return open_client(Service(shop_settings))


def policy_of(client: TestClient, path: str) -> dict[str, list[str]]:
    """The directives and their sources."""
    parts = client.get(path).headers["content-security-policy"].split("; ")
    return {name: sources for name, *sources in (part.split() for part in parts)}


def test_every_answer_forbids_what_it_does_not_need(client: TestClient) -> None:
    paths = ("/", "/terms", "/terms/가게/2", "/api/docs", "/api/terms", "/widget.js", "/healthz", "/theme.css")
    for path in (*paths, "/assets/nothing.js", "/nothing", "/desk/", "/static/chat.js", "/mcp"):
        policy = policy_of(client, path)
        assert policy["default-src"] == ["'none'"]
        assert policy["base-uri"] == ["'none'"]
        assert policy["form-action"] in (["'none'"], ["'self'"])
        assert policy["frame-ancestors"] in (["'self'"], ["'none'"])
        headers = client.get(path).headers
        assert "camera=()" in headers["permissions-policy"]
        assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")


def test_the_chat_runs_its_own_scripts_and_no_others(client: TestClient) -> None:
    page = client.get("/")
    policy = policy_of(client, "/")
    inline = re.findall(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", page.text, re.DOTALL)
    hashes = [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in inline]
    assert policy["script-src"] == ["'self'", *hashes]
    assert (policy["object-src"], policy["connect-src"]) == (["'none'"], ["'self'"])


def test_no_policy_lets_unknown_scripts_run(client: TestClient) -> None:
    for path in ("/", "/terms", "/terms/가게/2", "/api/docs", "/desk/", "/nothing"):
        policy = policy_of(client, path)
        scripts = policy.get("script-src", policy["default-src"])
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "data:", "http:", "https:"} & set(scripts)
        if path != "/":
            assert "'unsafe-inline'" not in policy.get("style-src", [])


def test_hashes_are_of_what_stands_in_the_page_alone() -> None:
    page = b'<script src="/a.js"></script><script crossorigin src="b"> </script><script x>1</script><style>2</style>'
    one, two = (f"'sha256-{b64encode(sha256(text).digest()).decode()}'" for text in (b"1", b"2"))
    assert (inline_hashes(page, "script"), inline_hashes(page * 2, "style")) == ([one], [two])
    assert f"script-src 'self' {one};" in chat_policy(page, ())
