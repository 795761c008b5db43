"""Who gets into the desk, and who does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from support.desk_client import AGENT, HASH, MANAGER, OWN, PASSWORD, desk_app, log_in

from bot.journal.accounts import Accounts
from bot.journal.database import JournalAwayError
from bot.journal.login_failures import LoginFailures
from bot.journal.names import Role
from bot.passwords import verify_password
from bot.web.desk import CLOSED, add_desk
from bot.web.desk.guard import AWAY
from bot.web.desk.login import WRONG
from bot.web.desk.request_guard import is_own

if TYPE_CHECKING:
    from pathlib import Path

    from bot.journal.journal import Journal
    from bot.service import Service
    from bot.settings import Settings

pytest_plugins = ["support.desk_fixtures"]
pytestmark = pytest.mark.usefixtures("cheap_passwords")
PLACES = ("/desk/", "/desk/plot/times.svg", "/desk/api/search?q=환불", "/desk/api/conversations")
MANAGERS = ("/desk/accounts", "/desk/access", "/desk/api/gaps?since=2026-03-02&until=2026-03-02")
RIGHT = {"name": MANAGER, "password": PASSWORD}


@pytest.fixture
def app(shop_service: Service, shop_settings: Settings, desk_journal: Journal, tmp_path: Path) -> FastAPI:
    shop_service.load()
    return desk_app(shop_service, desk_journal, shop_settings, tmp_path)


@pytest.fixture
def stranger(app: FastAPI) -> TestClient:
    return stranger_at(app)


def fail(*_: object) -> None:
    raise JournalAwayError("db.internal: connection refused")


def stranger_at(app: FastAPI, base: str = "https://desk.example") -> TestClient:
    return TestClient(app, base_url=base, headers=OWN, follow_redirects=False)


def try_in(client: TestClient, password: str, name: str = MANAGER) -> int:
    return client.post("/desk/login", data={"name": name, "password": password}).status_code


@pytest.mark.parametrize("place", PLACES + MANAGERS)
def test_a_stranger_sees_nothing(stranger: TestClient, place: str) -> None:
    response = stranger.get(place)
    page = not place.startswith("/desk/api/")
    assert response.status_code == (303 if page else 401)
    assert response.headers.get("location") == ("/desk/login" if page else None)
    assert "환불을 신청" not in response.text


def test_who_has_an_account_gets_in_as_far_as_it_reaches(app: FastAPI) -> None:
    manager, agent = log_in(app), log_in(app, AGENT)
    assert [manager.get(place).status_code for place in PLACES + MANAGERS] == [200] * 7
    assert [agent.get(place).status_code for place in PLACES + MANAGERS] == [200] * 4 + [403] * 3


def test_the_page_shows_what_the_account_may_do(app: FastAPI) -> None:
    manager, agent = log_in(app).get("/desk/").text, log_in(app, AGENT).get("/desk/").text
    for part in ('id="tab-gaps"', 'id="export"', 'href="/desk/accounts"', 'id="curate"'):
        assert (part in manager, part in agent) == (True, False)
    assert (re.findall(r"Alt\+(\d)", agent), AGENT in agent) == (list("123456"), True)


def test_logging_in_often_locks_nobody_out(stranger: TestClient) -> None:
    assert [try_in(stranger, PASSWORD) for _ in range(6)] == [303] * 6


@pytest.mark.parametrize(
    ("base", "address", "secure"),
    [
        ("https://desk.example", "", True),
        ("http://desk.example", "", False),
        ("http://desk.example", "https://desk.example", True),
    ],
)
def test_the_cookie_is_kept_from_scripts_other_sites_and_plain_http(
    shop_service: Service,
    shop_settings: Settings,
    desk_journal: Journal,
    tmp_path: Path,
    base: str,
    address: str,
    secure: bool,
) -> None:
    settings = shop_settings.model_copy(update={"address": address})
    client = stranger_at(desk_app(shop_service, desk_journal, settings, tmp_path), base)
    cookie = client.post("/desk/login", data=RIGHT).headers["set-cookie"]
    kept = "HttpOnly; Max-Age=43200; Path=/desk; SameSite=lax"
    assert cookie.split("; ", 1)[1] == (f"{kept}; Secure" if secure else kept)


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer_after_the_same_work(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[bool] = []

    def spy(hashed: str, text: str) -> bool:
        checked.append(bool(hashed))
        return verify_password(hashed, text)

    monkeypatch.setattr("bot.web.desk.login.verify_password", spy)
    found = set()
    for place, data in enumerate(({"name": MANAGER, "password": "아님"}, {"name": "없음", "password": PASSWORD}, {})):
        client = TestClient(app, base_url="https://desk.example", headers=OWN, client=(f"192.0.2.{place}", 1))
        response = client.post("/desk/login", data=data)
        assert response.status_code == 401
        found.add(response.text.replace(f'value="{data.get("name", "")}"', 'value=""'))
    assert len(found) == 1
    assert WRONG in found.pop()
    assert checked == [True, False, False]


def test_five_failures_lock_even_the_right_password_out(stranger: TestClient) -> None:
    assert [try_in(stranger, "아님") for _ in range(5)] == [401] * 5
    response = stranger.post("/desk/login", data=RIGHT)
    assert (response.status_code, response.headers["retry-after"]) == (429, "900")
    assert "15분 뒤에" in response.text


def test_a_name_is_locked_for_every_address(app: FastAPI) -> None:
    codes = []
    for place in range(11):
        client = TestClient(app, base_url="https://desk.example", headers=OWN, client=(f"192.0.2.{place}", 1))
        codes.append(try_in(client, "아님"))
    assert codes == [401] * 10 + [429]
    assert try_in(stranger_at(app), PASSWORD, AGENT) == 303


def test_a_disabled_account_and_an_old_one_time_password_are_wrong(app: FastAPI, desk_journal: Journal) -> None:
    accounts = Accounts(desk_journal)
    gone = accounts.named(AGENT)
    assert gone
    accounts.disable(gone.id)
    late = Accounts(desk_journal)
    late._clock = lambda: desk_journal.clock().replace(year=2025)
    late.add("박신입", Role.AGENT, HASH, one_time=True)
    client = stranger_at(app)
    assert [try_in(client, PASSWORD, name) for name in (AGENT, "박신입", MANAGER)] == [401, 401, 303]


def test_a_copy_of_the_cookie_is_worth_nothing_after_logging_out(app: FastAPI) -> None:
    client = log_in(app)
    copied = client.cookies["desk"]
    assert client.post("/desk/logout").url.path == "/desk/login"
    client.cookies.set("desk", copied, domain="desk.example", path="/desk")
    assert client.get("/desk/api/conversations").status_code == 401


def test_logging_in_again_ends_the_log_in_before_it(app: FastAPI) -> None:
    client = log_in(app)
    copied = client.cookies["desk"]
    assert client.post("/desk/login", data=RIGHT).url.path == "/desk/"
    assert client.cookies["desk"] != copied
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


@pytest.mark.parametrize(
    "place", ["/desk/login", "/desk/static/desk.js", "/desk/api/search", "/desk/none", "/desk/", "/desk/me"]
)
def test_every_answer_is_shielded(stranger: TestClient, place: str) -> None:
    headers = stranger.get(place).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
    assert (headers["cache-control"], headers["x-frame-options"]) == ("no-store", "DENY")


def test_a_body_that_is_too_large_is_not_read(stranger: TestClient) -> None:
    assert try_in(stranger, "가" * 100_000) == 413


def test_without_an_account_the_desk_is_closed_and_says_how_to_open_it(
    shop_service: Service, shop_settings: Settings, desk_journal: Journal, caplog: pytest.LogCaptureFixture
) -> None:
    shop_service.load()
    app = FastAPI()
    add_desk(app, shop_service, desk_journal, shop_settings)
    client = TestClient(app, headers=OWN)
    assert CLOSED in caplog.text
    for place in ("/desk", "/desk/", "/desk/login", "/desk/api/search"):
        response = client.get(place)
        assert response.status_code == 503
        assert "python -m bot account add" in response.text
    assert client.post("/desk/login", data=RIGHT).status_code == 405
    assert client.get("/desk/static/desk.css").status_code == 200
    assert not (shop_settings.secret).exists()


def test_a_journal_that_was_away_at_the_start_and_has_no_account_keeps_the_desk_closed(
    shop_service: Service, shop_settings: Settings, desk_journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = FastAPI()
    with monkeypatch.context() as patch:
        patch.setattr(Accounts, "exist", fail)
        add_desk(app, shop_service, desk_journal, shop_settings)
    client = TestClient(app, headers=OWN)
    for answer in (client.get("/desk/"), client.post("/desk/login", data=RIGHT), client.get("/desk/api/search")):
        assert (answer.status_code, CLOSED in answer.text) == (503, True)


def test_a_stranger_is_not_told_what_is_wrong_with_the_database(
    app: FastAPI, stranger: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = log_in(app)
    with monkeypatch.context() as patch:
        patch.setattr(LoginFailures, "begin", fail)
        response = stranger.post("/desk/login", data=RIGHT)
    assert (response.status_code, AWAY in response.text, "internal" in response.text) == (503, True, False)
    monkeypatch.setattr("bot.journal.logins.Logins.find", fail)
    for one, place in ((stranger, "/desk/login"), (client, "/desk/api/statistics")):
        response = one.get(place)
        assert (response.status_code, AWAY in response.text, "internal" in response.text) == (503, True, False)
