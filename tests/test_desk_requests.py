"""The desk's requests: listed, read with their conversation, put into another state, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient
from support.desk_client import OWN, desk_app, log_in, write
from support.entries import ONE, TWO
from support.leaving import ABOUT, CONTACT

from bot.journal.key_file import read_key
from bot.journal.requests import Requests
from bot.journal.sealing import Seal

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi import FastAPI

    from bot.journal.journal import Journal
    from bot.service import Service
    from bot.settings import Settings

pytest_plugins = ["support.desk_fixtures"]


@pytest.fixture
def requests(desk_journal: Journal, tmp_path: Path) -> Requests:
    return Requests(desk_journal, Seal(read_key(tmp_path / "secret")))


@pytest.fixture
def code(desk_journal: Journal, requests: Requests) -> str:
    """Of a request in a conversation of one question."""
    write(desk_journal, "환불 되나요", conversation=ONE)
    return requests.leave(ONE, ABOUT, CONTACT, tell=False)[0].code


@pytest.fixture
def app(shop_service: Service, shop_settings: Settings, desk_journal: Journal, tmp_path: Path) -> FastAPI:
    shop_service.load()
    return desk_app(shop_service, desk_journal, shop_settings, tmp_path)


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return log_in(app)


def test_they_are_listed_without_the_contact(client: TestClient, code: str, requests: Requests) -> None:
    requests.leave(TWO, "배송이 늦어요.", "", tell=True)
    found = client.get("/desk/api/requests")
    assert found.json()["counts"] == {"new": 2, "taken": 0, "done": 0}
    rows = {row["code"]: row for row in found.json()["rows"]}
    assert (rows[code]["about"], rows[code]["reachable"], rows[code]["state_name"]) == (ABOUT, True, "새로 옴")
    assert "2345" not in found.text
    assert client.get("/desk/api/requests?state=&text=배송").json()["total"] == 1
    assert client.get("/desk/api/requests?state=done").json()["total"] == 0
    assert client.get("/desk/api/requests?state=other").status_code == 422


def test_one_has_its_contact_and_its_conversation_beside_it(client: TestClient, code: str) -> None:
    found = client.get(f"/desk/api/requests/{code}").json()
    assert (found["contact"], found["conversation"]) == (CONTACT, ONE)
    assert [entry["question"] for entry in found["entries"]] == ["환불 되나요"]
    assert client.get("/desk/api/requests/ZZZZZZ").status_code == 404


def test_it_is_put_into_another_state(client: TestClient, code: str) -> None:
    found = client.post(f"/desk/api/requests/{code}/state", json={"state": "taken"}).json()
    assert found == {"state": "taken", "state_name": "처리 중", "counts": {"new": 0, "taken": 1, "done": 0}}
    assert client.get(f"/desk/api/requests/{code}").json()["state"] == "taken"
    assert client.post(f"/desk/api/requests/{code}/state", json={"state": "x"}).status_code == 422
    assert client.post("/desk/api/requests/ZZZZZZ/state", json={"state": "done"}).status_code == 404


def test_it_is_deleted_with_its_conversation(client: TestClient, code: str) -> None:
    assert client.post(f"/desk/api/requests/{code}/forget", json={}).json()["counts"]["new"] == 0
    for place in (f"requests/{code}", f"conversations/{ONE}", f"codes/{code}"):
        assert client.get(f"/desk/api/{place}").status_code == 404
    assert client.post(f"/desk/api/requests/{code}/forget", json={}).status_code == 404


@pytest.mark.parametrize("act", ["state", "forget"])
def test_only_the_desks_own_pages_change_it(app: FastAPI, client: TestClient, code: str, act: str) -> None:
    place, body = f"/desk/api/requests/{code}/{act}", {"state": "done"}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert client.post(place, json=body, headers=headers).status_code == 403
    stranger = TestClient(app, base_url="https://desk.example", headers=OWN, follow_redirects=False)
    assert stranger.post(place, json=body).status_code == 401
    assert stranger.get(f"/desk/api/requests/{code}").status_code == 401
    assert client.get(place).status_code == 405
    assert client.get(f"/desk/api/requests/{code}").json()["state"] == "new"
