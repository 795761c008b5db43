"""Logging in at the desk by the company's provider: who gets in, and every way in which one must not."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from support.desk_client import AGENT, HASH, MANAGER, NOON, OWN, PASSWORD, desk_app
from support.desk_server import serving
from support.openid_provider import CLIENT, NOW, SECRET, Provider, provider_app

from bot.doctor.result import Mark
from bot.doctor.settings import check_company
from bot.journal.access import AccessFilter, AccessRecord
from bot.journal.accounts import COMPANYS, DISABLED, HAS_PASSWORD, Accounts
from bot.journal.database import JournalAwayError
from bot.journal.names import ACTS, Role
from bot.openid import provider as wire
from bot.openid.id_token import NO_PROOF
from bot.openid.person import NAMELESS, NO_ROLE, UNFIT, UNVERIFIED
from bot.openid.provider import AWAY, MISSET
from bot.web.desk import build_desk
from bot.web.desk.company_routes import AGAIN, COOKIE, NOT_DONE
from bot.web.desk.guard import AWAY as NO_DESK
from bot.web.listening import listen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastapi import FastAPI

    from bot.journal.journal import Journal
    from bot.service import Service
    from bot.settings import Settings
    from bot.web.desk.state import Desk

pytest_plugins = ["support.desk_fixtures"]
pytestmark = pytest.mark.usefixtures("cheap_passwords")
KIM = "kim@example.com"
CALLBACK = "/desk/oidc/callback"


@pytest.fixture(scope="module")
def started() -> Iterator[Provider]:
    provider = Provider()
    with serving(provider_app(provider)) as address:
        provider.issuer = address
        yield provider


@pytest.fixture
def provider(started: Provider) -> Provider:
    started.reset()
    return started


@pytest.fixture
def settings(shop_settings: Settings, provider: Provider) -> Settings:
    changes = {
        "address": "https://desk.example",
        "oidc_issuer": provider.issuer,
        "oidc_client": CLIENT,
        "oidc_secret": SecretStr(SECRET),
        "oidc_role": "groups",
        "oidc_managers": ("desk-managers",),
        "oidc_agents": ("desk-agents",),
    }
    return shop_settings.model_copy(update=changes)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Desk]:
    """The state of each desk that is made."""
    kept: list[Desk] = []

    def build(desk: Desk) -> FastAPI:
        kept.append(desk)
        return build_desk(desk)

    monkeypatch.setattr("bot.web.desk.application.build_desk", build)
    return kept


@pytest.fixture
def app(
    opened: list[Desk], shop_service: Service, settings: Settings, desk_journal: Journal, tmp_path: Path
) -> FastAPI:
    shop_service.load()
    return desk_app(shop_service, desk_journal, settings, tmp_path)


@pytest.fixture
def desk(opened: list[Desk], app: FastAPI) -> Desk:
    del app  # made with it
    return opened[-1]


@pytest.fixture
def asked(desk: Desk) -> wire.Provider:
    """How the desk reaches the provider."""
    assert desk.company
    return desk.company.provider


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return client_of(app)


def client_of(app: FastAPI, host: str = "192.0.2.1") -> TestClient:
    return TestClient(app, base_url="https://desk.example", headers=OWN, client=(host, 1), follow_redirects=False)


def go(client: TestClient, **headers: str) -> str:
    """To the provider, as a browser does, and logged in there: the address that it sends the browser back to."""
    there = client.get("/desk/oidc", headers=headers)
    assert there.status_code == 303, there.text
    back = httpx2.get(there.headers["location"], trust_env=False)
    assert back.status_code == 303, back.text
    return back.headers["location"]


def enter(client: TestClient) -> Any:
    return client.get(go(client))


def lines(journal: Journal) -> list[tuple[str, str, str]]:
    found, _ = AccessRecord(journal).page(AccessFilter(), 1, 50)
    return [(one.name, ACTS[one.act], one.about) for one in found]


def test_an_agent_of_the_company_gets_in_and_out(client: TestClient, desk_journal: Journal) -> None:
    assert "회사 계정으로 로그인" in client.get("/desk/login").text
    response = enter(client)
    assert (response.status_code, response.headers["location"]) == (303, "/desk/")
    assert COOKIE not in client.cookies
    assert KIM in client.get("/desk/").text
    assert client.get("/desk/accounts").status_code == 403
    me = client.get("/desk/me").text
    assert ("회사 계정으로 로그인합니다" in me, 'name="old"' in me) == (True, False)
    assert client.get("/desk/oidc").headers["location"] == "/desk/"
    assert client.post("/desk/me/logout").headers["location"] == "/desk/login"
    assert client.get("/desk/").headers["location"] == "/desk/login"
    assert lines(desk_journal)[1:] == [
        (KIM, "로그인(회사 계정)", ""),
        (KIM, "계정", f"{KIM}: 회사 계정을 만듦"),
    ]


def test_what_is_asked_of_the_provider(client: TestClient, provider: Provider) -> None:
    there = client.get("/desk/oidc")
    asked = parse_qs(urlsplit(there.headers["location"]).query)
    assert asked["redirect_uri"] == ["https://desk.example/desk/oidc/callback"]
    assert asked["response_type"] + asked["scope"] == ["code", "openid email profile"]
    cookie = there.headers["set-cookie"]
    assert cookie.endswith("HttpOnly; Max-Age=600; Path=/desk/oidc; SameSite=lax; Secure")
    value = cookie.partition("=")[2].partition(";")[0]
    told = [asked[name][0] for name in ("state", "nonce", "code_challenge")]
    assert len({value, *told}) == 4
    assert not any(one in value for one in told)
    assert there.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    provider.description = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert enter(client).headers["location"] == "/desk/"


def test_the_role_is_taken_anew_at_each_log_in(app: FastAPI, provider: Provider, desk_journal: Journal) -> None:
    client = client_of(app)
    provider.claims = {"groups": "desk-managers"}
    provider.algorithm = provider.key = "ES256"
    enter(client)
    assert client.get("/desk/accounts").status_code == 200
    provider.claims = {"email": KIM.upper(), "aud": [CLIENT, "other"], "azp": CLIENT}
    again = client_of(app)
    assert enter(again).headers["location"] == "/desk/"
    assert again.get("/desk/accounts").status_code == client.get("/desk/accounts").status_code == 403
    assert lines(desk_journal)[1] == (KIM, "계정", f"{KIM}: 회사가 상담사(으)로 바꿈")
    provider.claims = {"groups": []}
    assert NO_ROLE in enter(client_of(app)).text


WRONG: dict[str, tuple[dict[str, Any], dict[str, Any], str, int]] = {
    "another nonce": ({}, {"nonce": "x"}, NO_PROOF, 401),
    "no nonce": ({}, {"nonce": None}, NO_PROOF, 401),
    "for another client": ({}, {"aud": "other"}, NO_PROOF, 401),
    "for another client, issued to this one": ({}, {"aud": ["other"], "azp": CLIENT}, NO_PROOF, 401),
    "for several, not issued to this one": ({}, {"aud": [CLIENT, "other"], "azp": "other"}, NO_PROOF, 401),
    "of another issuer": ({}, {"iss": "https://evil.example"}, NO_PROOF, 401),
    "too old": ({}, {"exp": NOW - 61}, NO_PROOF, 401),
    "without an end": ({}, {"exp": None}, NO_PROOF, 401),
    "of tomorrow": ({}, {"iat": NOW + 86400}, NO_PROOF, 401),
    "with the hash of another access token": ({}, {"at_hash": "x"}, NO_PROOF, 401),
    "not signed": ({"algorithm": "none"}, {}, NO_PROOF, 401),
    "signed with the secret": ({"algorithm": "HS256", "key": "HS256"}, {}, NO_PROOF, 401),
    "signed with the public key": ({"algorithm": "HS256"}, {}, NO_PROOF, 401),
    "signed by a stranger": ({"key": "stranger"}, {}, NO_PROOF, 401),
    "mail not verified": ({}, {"email_verified": False}, UNVERIFIED, 403),
    "mail verified in words": ({}, {"email_verified": "true"}, UNVERIFIED, 403),
    "no mail": ({}, {"email": None}, NAMELESS, 403),
    "a name that looks like another": ({}, {"email": "\uff4bim@example.com"}, UNFIT, 403),
    "a name with a line": ({}, {"email": "kim@example.com\n"}, UNFIT, 403),
    "a long name": ({}, {"email": "k" * 41}, UNFIT, 403),
    "no role": ({}, {"groups": ["all"]}, NO_ROLE, 403),
    "a role of another shape": ({}, {"groups": {"desk-agents": True}}, NO_ROLE, 403),
    "no claim of roles": ({}, {"groups": None}, NO_ROLE, 403),
}


def test_whoever_is_not_proven_or_not_allowed_stays_out(
    app: FastAPI, provider: Provider, desk_journal: Journal
) -> None:
    before = Accounts(desk_journal).all()
    for place, (case, (changes, claims, said, code)) in enumerate(WRONG.items()):
        provider.reset()
        vars(provider).update(changes, claims=claims)
        client = client_of(app, f"192.0.2.{place}")
        response = enter(client)
        assert (response.status_code, said in response.text) == (code, True), case
        assert 'action="/desk/login"' in response.text
        assert not client.cookies, case
    assert Accounts(desk_journal).all() == before
    acts = [line[:2] for line in lines(desk_journal)]
    assert acts == [("", "로그인 실패")] * len(WRONG)
    assert f"회사 계정: {KIM} 권한 없음" in {line[2] for line in lines(desk_journal)}


def test_a_state_that_is_not_this_browsers_is_worth_nothing(
    app: FastAPI, provider: Provider, desk_journal: Journal
) -> None:
    client, other = client_of(app), client_of(app)
    stolen = go(other)
    for back in (stolen, f"{CALLBACK}?code=x", CALLBACK, f"{CALLBACK}?code=x&state=%ED%95%9C%F0%9F"):
        response = client.get(back)
        assert (response.status_code, AGAIN in response.text) == (400, True)
    client.get("/desk/oidc")
    assert client.get(stolen).status_code == 400
    assert lines(desk_journal) == []  # nor counted: any site can send people here
    go(client)
    kept = client.cookies[COOKIE]
    client.cookies.set(COOKIE, "9" + kept[1:], domain="desk.example", path="/desk/oidc")
    assert client.get(go(other)).status_code == 400
    assert client.get(f"{CALLBACK}?code={'x' * 9000}").status_code == 422
    assert len(provider.codes) == 3  # none was ever redeemed
    assert enter(other).status_code == 303


def test_the_way_back_works_once_and_ten_minutes(app: FastAPI, desk: Desk, provider: Provider) -> None:
    client = client_of(app)
    back = go(client)
    cookie = client.cookies[COOKIE]
    assert client.get(back).status_code == 303
    thief = client_of(app)
    thief.cookies.set(COOKIE, cookie, domain="desk.example", path="/desk/oidc")
    code = parse_qs(urlsplit(back).query)["code"][0]
    provider.codes[code] = dict.fromkeys(("nonce", "challenge", "redirect"), "x")
    response = thief.get(back)
    assert (response.status_code, AGAIN in response.text, code in provider.codes) == (400, True, True)
    late = client_of(app)
    back = go(late)
    desk.tickets._clock = lambda: NOON + timedelta(minutes=10, seconds=1)
    assert AGAIN in late.get(back).text


def test_a_code_of_somebody_else_is_refused_by_pkce(app: FastAPI) -> None:
    victim, thief = client_of(app), client_of(app)
    code = parse_qs(urlsplit(go(victim)).query)["code"][0]
    own = parse_qs(urlsplit(go(thief)).query)["state"][0]
    response = thief.get(CALLBACK, params={"code": code, "state": own})
    assert (response.status_code, NO_PROOF in response.text) == (401, True)


def test_who_fails_often_waits_and_not_with_a_password(app: FastAPI, provider: Provider) -> None:
    client = client_of(app)
    provider.claims = {"nonce": "x"}
    responses = [enter(client) for _ in range(6)]
    assert [one.status_code for one in responses] == [401] * 5 + [429]
    assert responses[-1].headers["retry-after"] == "900"
    assert "회사 로그인이 여러 번 거절되어 잠시 막았습니다. 15분 뒤에" in responses[-1].text
    assert len(provider.codes) == 1  # of the last one nothing was asked
    provider.claims = {}
    assert enter(client_of(app, "192.0.2.2")).status_code == 303
    assert client.post("/desk/login", data={"name": MANAGER, "password": PASSWORD}).status_code == 303


def test_one_address_asks_the_provider_only_so_often(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr("bot.web.desk.company_routes.RATE", "2/minute")
    app = request.getfixturevalue("app")
    assert [client_of(app).get("/desk/oidc").status_code for _ in range(3)] == [303, 303, 429]
    assert client_of(app, "192.0.2.2").get("/desk/oidc").status_code == 303


def test_giving_up_at_the_provider_counts_for_nothing(client: TestClient, desk_journal: Journal) -> None:
    for _ in range(6):
        state = parse_qs(urlsplit(go(client)).query)["state"][0]
        response = client.get(CALLBACK, params={"error": "access_denied<b>", "state": state})
        assert (response.status_code, NOT_DONE in response.text, "<b>" in response.text) == (400, True, False)
    assert lines(desk_journal) == []


def test_a_disabled_account_stays_out(app: FastAPI, client: TestClient, desk_journal: Journal) -> None:
    enter(client)
    accounts = Accounts(desk_journal)
    account = accounts.named(KIM)
    assert account
    accounts.disable(account.id)
    assert client.get("/desk/").headers["location"] == "/desk/login"
    response = enter(client_of(app))
    assert (response.status_code, DISABLED in response.text) == (403, True)
    accounts.enable(account.id)
    assert enter(client_of(app)).status_code == 303


def test_an_account_with_a_password_is_nobodys_at_the_company(
    client: TestClient, provider: Provider, desk_journal: Journal
) -> None:
    Accounts(desk_journal).add("Kim@Example.com", Role.AGENT, HASH)
    provider.claims = {"groups": ["desk-managers"]}
    response = enter(client)
    assert (response.status_code, HAS_PASSWORD in response.text) == (403, True)
    account = Accounts(desk_journal).named(KIM)
    assert account
    assert (account.role, account.password) == (Role.AGENT, HASH)


def test_an_account_of_the_company_has_no_password_and_gets_none(
    app: FastAPI, client: TestClient, desk_journal: Journal
) -> None:
    enter(client)
    account = Accounts(desk_journal).named(KIM)
    assert account
    for password in ("", PASSWORD):
        stranger = client_of(app, "192.0.2.9")
        assert stranger.post("/desk/login", data={"name": KIM, "password": password}).status_code == 401
    changed = client.post("/desk/me/password", data={"old": "", "new": PASSWORD, "again": PASSWORD})
    assert (changed.status_code, COMPANYS in changed.text) == (400, True)
    manager = client_of(app, "192.0.2.8")
    assert manager.post("/desk/login", data={"name": MANAGER, "password": PASSWORD}).status_code == 303
    page = manager.get("/desk/accounts").text
    assert ("회사 계정" in page, f"/desk/accounts/{account.id}/password" in page) == (True, False)
    for what, data in (("password", {}), ("role", {"role": "manager"})):
        refused = manager.post(f"/desk/accounts/{account.id}/{what}", data=data)
        assert (refused.status_code, COMPANYS in refused.text) == (400, True)
    assert Accounts(desk_journal).named(KIM) == account


def test_a_provider_that_is_down_leaves_the_password(
    client: TestClient, settings: Settings, asked: wire.Provider
) -> None:
    there, away = asked._desk, replace(asked._desk, issuer="http://127.0.0.1:1")
    for _ in range(6):  # what is nobody's failure locks nobody out
        asked._desk = there
        back = go(client)
        asked._desk = away
        for place in ("/desk/oidc", back):
            response = client.get(place)
            assert (response.status_code, AWAY in response.text, 'action="/desk/login"' in response.text) == (
                503,
                True,
                True,
            )
    assert client.post("/desk/login", data={"name": AGENT, "password": PASSWORD}).status_code == 303
    assert check_company(settings.model_copy(update={"oidc_issuer": away.issuer})).mark is Mark.WARNING
    assert check_company(settings).found.endswith("등록할 주소: https://desk.example/desk/oidc/callback")


def test_a_provider_that_does_not_answer_is_given_up(
    client: TestClient, asked: wire.Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "SECONDS", 0.2)
    with listen("127.0.0.1", 0) as silent:
        silent.listen()
        asked._desk = replace(asked._desk, issuer=f"http://127.0.0.1:{silent.getsockname()[1]}")
        response = client.get("/desk/oidc")
    assert (response.status_code, AWAY in response.text) == (503, True)


@pytest.mark.parametrize(
    ("description", "said"),
    [
        ({"issuer": "https://other.example"}, MISSET),
        ({"token_endpoint": "http://other.example/token"}, MISSET),
        ({"authorization_endpoint": "javascript:alert(1)"}, MISSET),
        ({"jwks_uri": None}, MISSET),
        ({"more": "x" * wire.MOST}, AWAY),
    ],
    ids=["another issuer", "plain http", "no address", "no keys", "endless"],
)
def test_a_provider_that_is_none_is_not_followed(
    client: TestClient, provider: Provider, description: dict[str, Any], said: str
) -> None:
    provider.description = description
    response = client.get("/desk/oidc")
    assert (response.status_code, said in response.text) == (503, True)


def test_the_host_of_a_request_is_not_believed(client: TestClient) -> None:
    there = client.get("/desk/oidc", headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    assert parse_qs(urlsplit(there.headers["location"]).query)["redirect_uri"] == [
        "https://desk.example/desk/oidc/callback"
    ]


def test_nothing_secret_stays_in_log_or_database(
    app: FastAPI,
    desk: Desk,
    asked: wire.Provider,
    provider: Provider,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    enter(client_of(app))
    provider.claims = {"nonce": "x"}
    enter(client_of(app))
    assert SECRET not in repr(asked._desk) + repr(desk.company)
    asked._desk = replace(asked._desk, secret="another")  # noqa: S106  # an example
    assert MISSET in enter(client_of(app)).text
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("journal.db*"))
    # the client of the test writes addresses into the log, too: those of the provider are not ours
    ours = "\n".join(one.getMessage() for one in caplog.records if one.name.startswith(("bot", "authlib")))
    assert "invalid_client" in ours
    assert len(provider.said) >= 8
    for secret in (*provider.said, SECRET, "access-geheim"):
        assert secret.encode() not in kept
        assert secret not in ours


def test_a_journal_that_is_away_is_told_in_one_line(
    client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = go(client)

    def fail(*_: object) -> None:
        raise JournalAwayError("db.internal: connection refused")

    monkeypatch.setattr(desk.failures, "use", fail)
    response = client.get(back)
    assert (response.status_code, NO_DESK in response.text, "db.internal" in response.text) == (503, True, False)


def test_without_a_log_in_of_the_company_there_is_no_button_and_no_route(
    shop_service: Service, shop_settings: Settings, desk_journal: Journal, tmp_path: Path
) -> None:
    shop_service.load()
    client = client_of(desk_app(shop_service, desk_journal, shop_settings, tmp_path))
    assert "/desk/oidc" not in client.get("/desk/login").text
    assert [client.get(place).status_code for place in ("/desk/oidc", CALLBACK)] == [404, 404]
    assert check_company(shop_settings).mark is Mark.INFO
