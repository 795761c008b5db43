"""By which names the server is called: whose Host is believed, the desk on a name of its own, HTTPS."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient
from support.desk_client import MANAGER, PASSWORD, open_desk
from support.pages import open_client

from bot.service import Service
from bot.web.hosts import host_name
from index.errors import SettingsError

if TYPE_CHECKING:
    from bot.settings import Settings

EVIL = "evil.example"
DESK, CHAT = "https://desk.example.com", "https://bot.example.com"


def open_with(settings: Settings, **changes: object) -> TestClient:
    return open_client(Service(settings.model_copy(update=changes)))


def canonical(client: TestClient, **headers: str) -> str:
    found = re.search(r'<link rel="canonical" href="([^"]*)"', client.get("/terms/가게/2", headers=headers).text)
    assert found
    return found[1]


def test_nobody_elses_name_comes_into_a_page(shop_settings: Settings) -> None:
    client = open_with(shop_settings)
    for headers in ({"Host": EVIL}, {"X-Forwarded-Host": EVIL}, {"Forwarded": f"host={EVIL}"}, {"Host": f"{EVIL}:80"}):
        for path in (
            "/",
            "/terms",
            "/terms/가게/2",
            "/terms/가게/compare",
            "/api/docs",
            "/api/openapi.json",
            "/nothing",
        ):
            answer = client.get(path, headers=headers)
            assert EVIL not in answer.text
            assert EVIL not in str(answer.headers)


def test_gradio_goes_by_the_address_that_the_browser_knows(shop_settings: Settings) -> None:
    page = open_with(shop_settings).get("/?embed=1").text
    assert "gradio.invalid" not in page
    assert re.search(r'"root":location\.origin[,}]', page)
    assert "const root = location.origin;" in page


def test_permanent_addresses_are_relative_for_a_name_that_is_not_ours(shop_settings: Settings) -> None:
    path = "/terms/%EA%B0%80%EA%B2%8C/2"
    client = open_with(shop_settings, hosts=("bot.example.com", "bot.example.com:*"))
    assert canonical(client, host=EVIL) == path
    assert canonical(client, host='localhost"><b>') == path
    assert canonical(client, host="127.0.0.1:7860") == f"http://127.0.0.1:7860{path}"
    assert canonical(client, host="bot.example.com") == f"http://bot.example.com{path}"


def test_an_address_in_the_settings_is_the_permanent_one_whatever_the_host(shop_settings: Settings) -> None:
    client = open_with(shop_settings, address=CHAT)
    assert {canonical(client, host=host) for host in (EVIL, "localhost", "bot.example.com")} == {
        f"{CHAT}/terms/%EA%B0%80%EA%B2%8C/2"
    }


@pytest.mark.parametrize(
    "address", ["bot.example.com", "https://bot.example.com/", "https://bot.example.com/x", "ftp://x"]
)
def test_an_address_of_another_form_names_the_setting(shop_settings: Settings, address: str) -> None:
    with pytest.raises(SettingsError, match="BOT_ADDRESS"):
        open_with(shop_settings, address=address)


@pytest.mark.parametrize(
    "host", ["https://desk.example.com", "desk.example.com:443", "desk.example.com/desk", "*", " "]
)
def test_a_desk_host_that_is_no_name_names_the_setting(shop_settings: Settings, host: str) -> None:
    with pytest.raises(SettingsError, match="BOT_DESK_HOST"):
        open_with(shop_settings, desk_host=host)


def test_a_rate_of_requests_that_cannot_be_read_names_its_setting(shop_settings: Settings) -> None:
    with pytest.raises(SettingsError, match="BOT_REQUEST_RATE"):
        open_with(shop_settings, request_rate="many")


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Desk.Example.com:8443", "desk.example.com"),
        ("[::1]:80", "[::1]"),
        ("127.0.0.1", "127.0.0.1"),
        ("", ""),
        ("a b", ""),
        ("desk.example.com@evil.example", ""),
        ("desk.example.com/../x", ""),
    ],
)
def test_the_name_in_a_host_header(header: str, name: str) -> None:
    assert host_name(header) == name


def test_the_desk_has_its_own_name_and_the_chat_the_others(shop_settings: Settings) -> None:
    settings = open_desk(shop_settings).model_copy(update={"desk_host": "Desk.example.com"})
    app = open_client(Service(settings)).app
    desk = TestClient(app, base_url=DESK, follow_redirects=False)
    chat = TestClient(app, base_url=CHAT, follow_redirects=False)
    assert (desk.get("/").status_code, desk.get("/").headers["location"]) == (303, "/desk/")
    for path in ("/desk/login", "/desk/static/desk.js"):
        assert (desk.get(path).status_code, chat.get(path).status_code) == (200, 404)
    for path in ("/terms", "/api/terms", "/widget.js", "/healthz", "/static/chat.js", "/theme.css"):
        assert (path, desk.get(path).status_code, chat.get(path).status_code) == (path, 404, 200)
    assert chat.get("/").status_code == 200
    for path in ("/desk", "/desk/", "/desk/api/conversations"):
        assert chat.get(path).status_code == 404
        assert chat.get(path, headers={"X-Forwarded-Host": "desk.example.com"}).status_code == 404
    assert desk.post("/gradio_api/queue/join", json={}).status_code == 404
    own = {"Sec-Fetch-Site": "same-origin"}
    assert desk.post("/desk/login", data={"name": MANAGER, "password": PASSWORD}, headers=own).status_code == 303
    assert desk.get("/desk/").status_code == 200


def test_without_a_setting_the_desk_is_below_the_chat(shop_settings: Settings) -> None:
    client = open_with(open_desk(shop_settings))
    assert [client.get(path, headers={"host": EVIL}).status_code for path in ("/", "/desk/login")] == [200, 200]


@pytest.mark.parametrize(
    ("address", "called", "said"), [("", "http://localhost", False), ("", DESK, True), (CHAT, "http://localhost", True)]
)
def test_https_is_asked_for_ever_where_it_is_there(
    shop_settings: Settings, address: str, called: str, *, said: bool
) -> None:
    client = TestClient(open_with(shop_settings, address=address).app, base_url=called)
    for path in ("/", "/healthz", "/desk", "/nothing"):
        assert client.get(path).headers.get("strict-transport-security") == ("max-age=31536000" if said else None)
