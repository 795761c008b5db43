"""`POST /api/requests`: what can be left for an agent, by whom, how often, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr
from support.desk_client import open_desk
from support.entries import ONE, TWO
from support.leaving import ABOUT, CONTACT
from support.pages import open_client

from bot.journal.database import JournalAwayError
from bot.journal.requests import LONGEST_ABOUT, LONGEST_CONTACT, Requests
from bot.journal.sealing import Seal
from bot.service import Service
from bot.web.api.request_routes import EMPTY, LATE, NO_CONSENT, PATH, UNKNOWN
from index.errors import SettingsError

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from bot.settings import Settings

LEFT: dict[str, Any] = {"conversation": ONE, "about": ABOUT}


@pytest.fixture
def desk_settings(shop_settings: Settings) -> Settings:
    """The shop with a desk, so that what is left is seen."""
    return open_desk(shop_settings)


@pytest.fixture
def client(desk_settings: Settings) -> TestClient:
    return open_client(Service(desk_settings))


def test_it_is_answered_with_the_code_and_sent_again_with_the_same(client: TestClient) -> None:
    first = client.post(PATH, json=LEFT | {"contact": CONTACT, "consent": True})
    told = first.json()
    assert (first.status_code, told["new"], len(told["code"])) == (200, True, 6)
    assert told["message"] == f"상담원에게 남겼습니다. 상담 번호는 {told['code']}입니다. 남기신 연락처로 연락드립니다."
    again = client.post(PATH, json=LEFT).json()
    assert (again["code"], again["new"]) == (told["code"], False)
    assert again["message"].startswith("이 대화에서는 이미 남기셨습니다.")
    other = client.post(PATH, json=LEFT | {"conversation": TWO}).json()
    assert other["code"] != told["code"]
    assert "이 번호를 말씀해 주세요." in other["message"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"about": " \n\u200b\u00ad"}, EMPTY),
        ({"about": ""}, ""),
        ({"about": "가" * (LONGEST_ABOUT + 1)}, ""),
        ({"about": 1}, ""),
        ({"contact": CONTACT}, NO_CONSENT),
        ({"contact": CONTACT, "consent": False}, NO_CONSENT),
        ({"contact": "1" * (LONGEST_CONTACT + 1), "consent": True}, ""),
        ({"conversation": "x" * 32}, ""),
        ({"conversation": ONE.upper() + "0"}, ""),
    ],
)
def test_what_does_not_fit_is_refused_in_korean_and_not_repeated(
    client: TestClient, change: dict[str, Any], said: str
) -> None:
    answer = client.post(PATH, json=LEFT | change)
    assert answer.status_code == 422
    assert said in answer.json()["detail"][0]["msg"]
    assert CONTACT not in answer.text


def test_a_ticket_that_was_not_given_out_is_refused(client: TestClient) -> None:
    for ticket in ("g" * 140, Seal(b"x" * 32).close(ONE)):
        answer = client.post(PATH, json=LEFT | {"conversation": ticket})
        assert (answer.status_code, answer.json()) == (404, {"detail": UNKNOWN})


def test_other_methods_and_other_sites_are_refused(client: TestClient) -> None:
    assert client.get(PATH).status_code == 405
    form = {"Content-Type": "text/plain", "Sec-Fetch-Site": "cross-site"}
    assert client.post(PATH, content=str(LEFT), headers=form).status_code == 422
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    assert "access-control-allow-origin" not in client.options(PATH, headers=asked).headers
    assert client.post(PATH, content=b" " * 70_000).status_code == 413


def test_one_address_leaves_only_so_much(desk_settings: Settings) -> None:
    client = open_client(Service(desk_settings.model_copy(update={"rate": "2/hour"})))
    codes = [client.post(PATH, json=body).status_code for body in (LEFT, {"about": 1}, LEFT)]
    assert codes == [200, 422, 429]
    refused = client.post(PATH, json=LEFT)
    assert int(refused.headers["retry-after"]) > 0
    assert refused.json()["detail"].startswith("잠시 동안 요청이 너무 많았습니다.")


def test_beside_the_questions_it_has_a_limit_of_its_own(
    desk_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.api.request_routes.RATE", "1/hour")
    client = open_client(Service(desk_settings))
    assert [client.post(PATH, json=LEFT).status_code for _ in range(2)] == [200, 429]


def test_a_journal_that_is_away_is_told(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise JournalAwayError(CONTACT)

    monkeypatch.setattr(Requests, "leave", fail)
    answer = client.post(PATH, json=LEFT)
    assert (answer.status_code, answer.json()) == (503, {"detail": LATE})


def test_where_nobody_would_see_it_nothing_can_be_left(shop_settings: Settings) -> None:
    client = open_client(Service(shop_settings))
    assert client.post(PATH, json=LEFT).status_code == 404
    assert PATH not in client.get("/api/openapi.json").json()["paths"]


@pytest.mark.parametrize("there", ["desk", "webhook"])
def test_a_desk_or_a_webhook_is_enough(shop_settings: Settings, there: str) -> None:
    told = shop_settings.model_copy(update={"webhook": SecretStr("http://localhost:1/never")})
    client = open_client(Service(told if there == "webhook" else open_desk(shop_settings)))
    assert client.post(PATH, json=LEFT).status_code == 200
    assert PATH in client.get("/api/openapi.json").json()["paths"]
    assert "상담원에게 남기기" in client.get("/api/docs").text


@pytest.mark.parametrize("wrong", [{"hours": "아무 때나"}, {"webhook": SecretStr("http://hooks.example.com/x")}])
def test_a_setting_that_cannot_be_read_stops_the_start(shop_settings: Settings, wrong: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match=r"^설정 BOT_(HOURS|WEBHOOK)"):
        open_client(Service(shop_settings.model_copy(update=wrong)))


def test_it_is_counted_without_anything_of_it(desk_settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    client = open_client(Service(desk_settings))
    client.post(PATH, json=LEFT | {"contact": CONTACT, "consent": True})
    client.post(PATH, json=LEFT | {"contact": CONTACT})
    figures = client.get("/metrics", headers={"host": "localhost"})
    shown = "".join(capsys.readouterr()) + figures.text
    assert "2345" not in shown
