"""One's own account and everybody's, as pages: passwords, log-ins, roles, and who is kept out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient
from support.desk_client import AGENT, MANAGER, OWN, PASSWORD, log_in

from bot.journal.accounts import Accounts
from bot.journal.logins import LONGEST_DEVICE

if TYPE_CHECKING:
    from fastapi import FastAPI
    from httpx2 import Response

    from bot.journal.journal import Journal

pytest_plugins = ["support.desk_fixtures"]
pytestmark = pytest.mark.usefixtures("cheap_passwords")
NEW = "새로 정한 비밀번호"


@pytest.fixture
def accounts(desk_journal: Journal) -> Accounts:
    return Accounts(desk_journal)


def number(accounts: Accounts, name: str) -> int:
    found = accounts.named(name)
    assert found
    return found.id


def choose(client: TestClient, old: str = PASSWORD, new: str = NEW, again: str = NEW) -> Response:
    return client.post("/desk/me/password", data={"old": old, "new": new, "again": again})


def one_time(answer: Response) -> str:
    found = re.search(r'<code id="one-time">([^<]+)</code>', answer.text)
    assert found
    return found[1]


def enter(app: FastAPI, name: str, password: str) -> tuple[TestClient, str]:
    """A new browser, and where a log-in brought it."""
    client = TestClient(app, base_url="https://desk.example", headers=OWN)
    return client, client.post("/desk/login", data={"name": name, "password": password}).url.path


def test_another_password_ends_all_log_ins_but_the_one_that_chose_it(app: FastAPI) -> None:
    here, there = log_in(app, AGENT), log_in(app, AGENT)
    before = here.cookies["desk"]
    assert choose(here).url.path == "/desk/"
    assert here.cookies["desk"] != before
    assert [client.get("/desk/api/statistics").status_code for client in (here, there)] == [200, 401]
    assert enter(app, AGENT, PASSWORD)[1] == "/desk/login"
    assert enter(app, AGENT, NEW)[1] == "/desk/"


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("아니다아니다아니다", NEW, NEW, "지금 비밀번호가 맞지 않습니다."),
        (PASSWORD, NEW, NEW + "x", "서로 다릅니다."),
        (PASSWORD, PASSWORD, PASSWORD, "지금과 다른"),
        (PASSWORD, "짧다", "짧다", "10자 이상"),
        (PASSWORD, "password123", "password123", "누구나 먼저"),
    ],
)
def test_a_password_that_cannot_be_is_told_and_the_old_one_stays(
    app: FastAPI, old: str, new: str, again: str, said: str
) -> None:
    client = log_in(app, AGENT)
    answer = choose(client, old, new, again)
    assert (answer.status_code, said in answer.text) == (400, True)
    assert new not in answer.text
    assert enter(app, AGENT, PASSWORD)[1] == "/desk/"


def test_who_found_an_open_desk_cannot_guess_the_password(app: FastAPI) -> None:
    client = log_in(app, AGENT)
    codes = [choose(client, "틀린 비밀번호입니다").status_code for _ in range(5)]
    assert (codes, choose(client).status_code) == ([400] * 5, 429)


def test_ones_own_log_ins_are_listed_and_ended_everywhere(app: FastAPI) -> None:
    here = TestClient(app, base_url="https://desk.example", headers=OWN | {"User-Agent": "<b>browser</b>"})
    here.post("/desk/login", data={"name": AGENT, "password": PASSWORD})
    there, other = log_in(app, AGENT), log_in(app)
    page = here.get("/desk/me").text
    assert (page.count("<tr><td>"), page.count("이 기기")) == (2, 1)
    assert "<b>" not in page
    assert here.post("/desk/me/logout").url.path == "/desk/login"
    statuses = [client.get("/desk/api/statistics").status_code for client in (here, there, other)]
    assert statuses == [401, 401, 200]


def test_a_new_account_begins_with_a_one_time_password(app: FastAPI) -> None:
    manager = log_in(app)
    made = manager.post("/desk/accounts", data={"name": "박신입", "role": "agent"})
    password = one_time(made)
    assert password not in manager.get("/desk/accounts").text
    client, place = enter(app, "박신입", password)
    assert place == "/desk/me"
    assert client.get("/desk/").url.path == "/desk/me"
    assert client.get("/desk/api/conversations").status_code == 403
    assert choose(client, password, password, password).status_code == 400
    assert choose(client, password).url.path == "/desk/"
    assert client.get("/desk/api/conversations").status_code == 200
    assert enter(app, "박신입", password)[1] == "/desk/login"


def test_a_one_time_password_is_given_in_place_of_a_forgotten_one(app: FastAPI, accounts: Accounts) -> None:
    manager, agent = log_in(app), log_in(app, AGENT)
    password = one_time(manager.post(f"/desk/accounts/{number(accounts, AGENT)}/password"))
    assert agent.get("/desk/api/statistics").status_code == 401
    assert enter(app, AGENT, PASSWORD)[1] == "/desk/login"
    assert enter(app, AGENT, password)[1] == "/desk/me"


def test_a_disabled_account_is_out_at_once_and_can_come_back(app: FastAPI, accounts: Accounts) -> None:
    manager, agent = log_in(app), log_in(app, AGENT)
    place = f"/desk/accounts/{number(accounts, AGENT)}"
    assert "막힘" in manager.post(f"{place}/disable").text
    assert agent.get("/desk/api/statistics").status_code == 401
    assert enter(app, AGENT, PASSWORD)[1] == "/desk/login"
    manager.post(f"{place}/enable")
    assert agent.get("/desk/api/statistics").status_code == 401
    assert enter(app, AGENT, PASSWORD)[1] == "/desk/"


def test_the_last_manager_stays_one(app: FastAPI, accounts: Accounts) -> None:
    manager = log_in(app)
    place = f"/desk/accounts/{number(accounts, MANAGER)}"
    for act in ("disable", "role"):
        answer = manager.post(f"{place}/{act}", data={"role": "agent"})
        assert (answer.status_code, "관리자가 한 사람은 있어야" in answer.text) == (400, True)
    manager.post(f"/desk/accounts/{number(accounts, AGENT)}/role", data={"role": "manager"})
    assert manager.post(f"{place}/role", data={"role": "agent"}, follow_redirects=False).status_code == 303
    assert manager.get("/desk/accounts").status_code == 403


@pytest.mark.parametrize(
    ("name", "role", "code"),
    [(AGENT, "agent", 400), ("x", "agent", 400), ("가" * 41, "agent", 400), ("박신입", "owner", 422), ("", "", 422)],
)
def test_an_account_that_cannot_be_made_is_told(
    app: FastAPI, accounts: Accounts, name: str, role: str, code: int
) -> None:
    answer = log_in(app).post("/desk/accounts", data={"name": name, "role": role})
    assert answer.status_code == code
    assert "one-time" not in answer.text
    assert len(accounts.all()) == 2


def test_accounts_are_changed_by_post_from_the_desk_alone(app: FastAPI, accounts: Accounts) -> None:
    manager = log_in(app)
    place = f"/desk/accounts/{number(accounts, AGENT)}"
    for act in ("password", "role", "disable", "enable"):
        assert manager.get(f"{place}/{act}").status_code == 405
        evil = manager.post(f"{place}/{act}", data={"role": "manager"}, headers={"Sec-Fetch-Site": "cross-site"})
        assert evil.status_code == 403
    found = accounts.named(AGENT)
    assert found
    assert (found.role, found.disabled) == ("agent", False)


def test_a_name_and_a_device_are_shown_as_text(app: FastAPI) -> None:
    manager = log_in(app)
    name = "<img src=x>\"'&"
    manager.post("/desk/accounts", data={"name": name, "role": "agent"})
    page = manager.get("/desk/accounts").text
    assert "<img" not in page
    assert "&lt;img src=x&gt;" in page
    answer = manager.post("/desk/login", data={"name": name, "password": "x"})
    assert "<img" not in answer.text
    long = TestClient(app, base_url="https://desk.example", headers=OWN | {"User-Agent": "b" * 5000})
    long.post("/desk/login", data={"name": AGENT, "password": PASSWORD})
    assert "b" * (LONGEST_DEVICE + 1) not in long.get("/desk/me").text
