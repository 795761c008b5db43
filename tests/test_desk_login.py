"""Who gets into the desk, and who does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr
from support.desk_client import HASH, OWN, PASSWORD, desk_app, log_in

from bot.web.desk import add_desk, closed_notice
from bot.web.desk.login import WRONG
from bot.web.desk.request_guard import is_own
from index.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from bot.journal.journal import Journal
    from bot.service import Service
    from bot.settings import Settings

pytest_plugins = ["support.desk_fixtures"]
PLACES = ("/desk/", "/desk/export.csv", "/desk/plot/times.svg", "/desk/api/search?q=환불", "/desk/api/conversations")


@pytest.fixture
def app(shop_service: Service, shop_settings: Settings, desk_journal: Journal, tmp_path: Path) -> FastAPI:
    shop_service.load()
    return desk_app(shop_service, desk_journal, shop_settings, tmp_path)


@pytest.fixture
def stranger(app: FastAPI) -> TestClient:
    return TestClient(app, base_url="https://desk.example", headers=OWN, follow_redirects=False)


def try_in(client: TestClient, password: str) -> int:
    return client.post("/desk/login", data={"password": password}).status_code


@pytest.mark.parametrize("place", PLACES)
def test_a_stranger_sees_nothing(stranger: TestClient, place: str) -> None:
    response = stranger.get(place)
    page = not place.startswith("/desk/api/")
    assert response.status_code == (303 if page else 401)
    assert response.headers.get("location") == ("/desk/login" if page else None)
    assert "환불을 신청" not in response.text


def test_who_knows_the_password_gets_in(app: FastAPI) -> None:
    client = log_in(app)
    assert [client.get(place).status_code for place in PLACES] == [200] * len(PLACES)


def test_logging_in_often_locks_nobody_out(stranger: TestClient) -> None:
    assert [try_in(stranger, PASSWORD) for _ in range(6)] == [303] * 6


def test_the_cookie_is_kept_from_scripts_other_sites_and_plain_http(stranger: TestClient) -> None:
    cookie = stranger.post("/desk/login", data={"password": PASSWORD}).headers["set-cookie"]
    assert cookie.split("; ", 1)[1] == "HttpOnly; Max-Age=43200; Path=/desk; SameSite=strict; Secure"


def test_a_login_error_does_not_say_what_was_wrong(stranger: TestClient) -> None:
    found = {stranger.post("/desk/login", data=data).text for data in ({"password": "아님"}, {"password": ""}, {})}
    assert len(found) == 1
    assert WRONG in found.pop()


def test_five_failures_lock_even_the_right_password_out(stranger: TestClient) -> None:
    assert [try_in(stranger, "아님") for _ in range(5)] == [401] * 5
    response = stranger.post("/desk/login", data={"password": PASSWORD})
    assert (response.status_code, response.headers["retry-after"]) == (429, "900")
    assert "15분 뒤에" in response.text


def test_a_copy_of_the_cookie_is_worth_nothing_after_logging_out(app: FastAPI) -> None:
    client = log_in(app)
    copied = client.cookies["desk"]
    assert client.post("/desk/logout").url.path == "/desk/login"
    client.cookies.set("desk", copied, domain="desk.example", path="/desk")
    assert client.get("/desk/api/conversations").status_code == 401


@pytest.mark.parametrize(
    ("site", "origin", "own"),
    [
        ("same-origin", None, True),
        ("same-origin", "https://desk.example", True),
        (None, "https://desk.example", True),
        (None, "https://desk.example.evil.example", False),
        (None, "null", False),
        ("same-site", "https://desk.example", False),
        ("cross-site", None, False),
        ("none", None, False),
        ("same-origin", "https://evil.example", False),
        (None, None, False),
    ],
)
def test_only_the_desks_own_pages_may_change_things(
    app: FastAPI, site: str | None, origin: str | None, own: bool
) -> None:
    assert is_own(site, origin, "desk.example") is own
    headers = {name: value for name, value in (("Sec-Fetch-Site", site), ("Origin", origin)) if value}
    client = TestClient(app, base_url="https://desk.example", headers=headers, follow_redirects=False)
    assert (try_in(client, PASSWORD) == 303) is own


@pytest.mark.parametrize("place", ["/desk/login", "/desk/static/desk.js", "/desk/api/search", "/desk/none", "/desk/"])
def test_every_answer_is_shielded(stranger: TestClient, place: str) -> None:
    headers = stranger.get(place).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
    assert (headers["cache-control"], headers["x-frame-options"]) == ("no-store", "DENY")


def test_a_body_that_is_too_large_is_not_read(stranger: TestClient) -> None:
    assert try_in(stranger, "가" * 100_000) == 413


def test_without_a_password_the_desk_is_closed_and_says_how_to_open_it(
    shop_service: Service, shop_settings: Settings, desk_journal: Journal, caplog: pytest.LogCaptureFixture
) -> None:
    app = FastAPI()
    add_desk(app, shop_service, desk_journal, shop_settings)
    client = TestClient(app)
    for place in ("/desk", "/desk/", "/desk/login", "/desk/api/search"):
        response = client.get(place)
        assert response.status_code == 503
        assert "python -m bot password" in response.text
    assert closed_notice() in caplog.text


def test_a_setting_that_is_no_hash_is_refused_without_showing_it(
    shop_service: Service, shop_settings: Settings, desk_journal: Journal
) -> None:
    plain = shop_settings.model_copy(update={"desk_password": SecretStr(PASSWORD)})
    with pytest.raises(SettingsError, match="BOT_DESK_PASSWORD") as caught:
        add_desk(FastAPI(), shop_service, desk_journal, plain)
    assert PASSWORD not in str(caught.value)
    assert HASH.startswith("$argon2id$")
