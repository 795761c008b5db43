"""Who may reach the tools for other assistants, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient
from support.pages import open_client

from bot.settings import Settings
from bot.web.hosts import own_hosts

if TYPE_CHECKING:
    from bot.service import Service

HERE = "http://127.0.0.1:7860"
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
}
HEADERS = {"accept": "application/json, text/event-stream", "content-type": "application/json"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"host": "localhost:1234"}, 200),
        ({"origin": "http://localhost:7860"}, 200),
        ({"host": "rebound.example:7860"}, 421),
        ({"host": "127.0.0.1.rebound.example"}, 421),
        ({"origin": "https://foreign.example"}, 403),
        ({"content-type": "text/plain"}, 400),
    ],
)
def test_only_requests_to_the_servers_own_names_are_answered(
    shop_service: Service, headers: dict[str, str], status: int
) -> None:
    with TestClient(open_client(shop_service).app, base_url=HERE) as client:
        response = client.post("/mcp", json=INITIALIZE, headers=HEADERS | headers)
    assert response.status_code == status


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_no_connection_is_held_open(shop_service: Service, method: str) -> None:
    with TestClient(open_client(shop_service).app, base_url=HERE) as client:
        response = client.request(method, "/mcp", headers={"accept": "text/event-stream"})
    assert (response.status_code, response.headers["allow"]) == (405, "POST")


def test_a_body_beyond_64_kb_is_refused(shop_service: Service) -> None:
    with TestClient(open_client(shop_service).app, base_url=HERE) as client:
        response = client.post("/mcp", content=b" " * (64 * 1024 + 1), headers=HEADERS)
    assert response.status_code == 413


def test_the_tools_serve_again_after_a_restart_and_not_in_between(shop_service: Service) -> None:
    client = TestClient(open_client(shop_service).app, base_url=HERE)
    for _ in range(2):
        with client:
            assert client.post("/mcp", json=INITIALIZE, headers=HEADERS).status_code == 200
        assert client.post("/mcp", json=INITIALIZE, headers=HEADERS).status_code == 503


def test_a_server_is_called_by_its_own_names_only() -> None:
    local = ["localhost", "localhost:*", "127.0.0.1", "127.0.0.1:*", "[::1]", "[::1]:*"]
    names = {
        host: own_hosts(Settings(host=host, _env_file=None)) for host in ("0.0.0.0", "::", "192.0.2.1", "2001:db8::1")
    }
    assert names["0.0.0.0"] == names["::"] == local
    assert names["192.0.2.1"] == ["192.0.2.1", "192.0.2.1:*", *local]
    assert names["2001:db8::1"] == ["[2001:db8::1]", "[2001:db8::1]:*", *local]
