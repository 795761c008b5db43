"""Every route of the desk and every role: closed by default."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from starlette.routing import Mount
from support.desk_client import AGENT, HASH, MANAGER, OWN, PASSWORD, desk_app, log_in

from bot.journal.accounts import Accounts
from bot.journal.names import Role
from bot.web.desk.guard import FORBIDDEN, LOGGED_OUT, MUST_CHANGE
from bot.web.desk.roles import STATIC, TABLE, Need, need_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.journal.journal import Journal
    from bot.service import Service
    from bot.settings import Settings

pytest_plugins = ["support.desk_fixtures"]
NEW = "박신입"  # with a one-time password


@pytest.fixture
def app(shop_service: Service, shop_settings: Settings, desk_journal: Journal, tmp_path: Path) -> FastAPI:
    shop_service.load()
    made = desk_app(shop_service, desk_journal, shop_settings, tmp_path)
    Accounts(desk_journal).add(NEW, Role.MANAGER, HASH, one_time=True)
    return made


def desk_of(app: FastAPI) -> FastAPI:
    mounted = next(route for route in app.routes if isinstance(route, Mount) and route.path == "/desk")
    assert isinstance(mounted.app, FastAPI)
    return mounted.app


def routes_of(desk: FastAPI) -> Iterator[APIRoute]:
    """All of them, whatever holds them; anything but an `APIRoute` would pass the guard by."""
    for one in desk.routes:
        for route in getattr(getattr(one, "original_router", None), "routes", [one]):
            assert isinstance(route, APIRoute), route
            yield route


def named(desk: FastAPI) -> set[str]:
    return {
        f"{method} {route.path}"
        for route in routes_of(desk)
        for method in set(route.methods or ()) - {"HEAD"}
        if not route.path.startswith(STATIC)
    }


def codes(client: TestClient, names: list[str]) -> dict[str, tuple[int, str]]:
    """What each route answers to values that are of nothing."""
    found = {}
    for name in names:
        method, path = name.split(" ")
        answer = client.request(method, "/desk" + re.sub(r"\{\w+\}", "1", path), follow_redirects=False)
        found[name] = (answer.status_code, answer.text + answer.headers.get("location", ""))
    return found


def stranger(app: FastAPI) -> TestClient:
    return TestClient(app, base_url="https://desk.example", headers=OWN)


def test_the_table_has_every_route_and_no_other(app: FastAPI) -> None:
    assert named(desk_of(app)) == set(TABLE)


@pytest.mark.usefixtures("cheap_passwords")
def test_every_route_obeys_the_role(app: FastAPI) -> None:
    # who ends a log-in comes last
    names = sorted(TABLE, key=lambda name: (name.endswith("logout"), name.startswith("POST /accounts/"), name))
    people = {Need.NOTHING: stranger(app), Need.AGENT: log_in(app, AGENT), Need.MANAGER: log_in(app, MANAGER)}
    people[Need.LOGIN] = stranger(app)
    told = people[Need.LOGIN].post("/desk/login", data={"name": NEW, "password": PASSWORD})
    assert told.url.path == "/desk/me"
    for reach in (Need.NOTHING, Need.LOGIN, Need.AGENT, Need.MANAGER):
        for name, (code, text) in codes(people[reach], names).items():
            page = "/api/" not in name
            if TABLE[name] <= reach:
                assert code not in {401, 403} or name == "POST /login", (name, reach, text)
                assert FORBIDDEN not in text, (name, reach)
            elif reach is Need.NOTHING:
                assert (code, ("/desk/login" if page else LOGGED_OUT) in text) == (303 if page else 401, True), name
            elif reach is Need.LOGIN:
                assert (code, ("/desk/me" if page else MUST_CHANGE) in text) == (303 if page else 403, True), name
            else:
                assert (code, FORBIDDEN in text) == (403, True), name


def test_a_route_that_is_not_listed_is_refused_even_to_a_manager(app: FastAPI) -> None:
    @desk_of(app).get("/api/forgotten")
    def forgotten() -> str:
        return "비밀"

    answer = log_in(app).get("/desk/api/forgotten")
    assert (answer.status_code, answer.json()) == (403, {"detail": FORBIDDEN})
    assert need_of("GET", "/api/forgotten") is None
    assert need_of("DELETE", "/api/search") is None
    assert need_of("POST", "/static/desk.js") is None
    assert need_of("HEAD", "/api/search") is Need.AGENT


def test_another_role_counts_from_the_next_request(app: FastAPI, desk_journal: Journal) -> None:
    accounts, agent = Accounts(desk_journal), log_in(app, AGENT)
    account = accounts.named(AGENT)
    assert account
    assert agent.get("/desk/access").status_code == 403
    accounts.set_role(account.id, Role.MANAGER)
    assert agent.get("/desk/access").status_code == 200
