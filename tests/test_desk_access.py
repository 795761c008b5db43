"""The access record: every act leaves its line, nothing at the desk changes one, and it is read by managers."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient
from support.desk_client import AGENT, MANAGER, OWN, PASSWORD, log_in, write
from support.entries import ONE
from support.leaving import ABOUT, CONTACT

from bot.journal.access import AccessFilter, AccessRecord
from bot.journal.accounts import Accounts
from bot.journal.database import JournalAwayError
from bot.journal.key_file import read_key
from bot.journal.requests import Requests
from bot.journal.sealing import Seal
from bot.web.desk.roles import TABLE

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi import FastAPI

    from bot.journal.access import Access
    from bot.journal.journal import Journal

pytest_plugins = ["support.desk_fixtures"]
pytestmark = pytest.mark.usefixtures("cheap_passwords")
HERE = "testclient"


@pytest.fixture
def record(desk_journal: Journal) -> AccessRecord:
    return AccessRecord(desk_journal)


@pytest.fixture
def code(desk_journal: Journal, tmp_path: Path) -> str:
    """Of a request in the conversation `ONE`."""
    write(desk_journal, "환불 되나요", conversation=ONE)
    requests = Requests(desk_journal, Seal(read_key(tmp_path / "secret")))
    return requests.leave(ONE, ABOUT, CONTACT, tell=False)[0].code


def lines(record: AccessRecord) -> list[Access]:
    return record.page(AccessFilter(), 1, 1000)[0][::-1]


def brief(record: AccessRecord) -> list[tuple[str, str, str, str]]:
    return [(one.name, one.act, one.conversation, one.about) for one in lines(record)]


def test_what_an_agent_does_stands_there_with_whose_conversation(app: FastAPI, record: AccessRecord, code: str) -> None:
    agent = log_in(app, AGENT)
    agent.get("/desk/api/conversations?status=answered&text=010-2345-6789&article=")
    agent.get(f"/desk/api/conversations/{ONE}")
    agent.get("/desk/api/conversations/none")
    agent.get(f"/desk/api/codes/{code}")
    agent.get("/desk/api/requests?state=new&text=요금")
    agent.get("/desk/api/requests-counted")
    agent.get(f"/desk/api/requests/{code}")
    agent.post(f"/desk/api/requests/{code}/state", json={"state": "taken"})
    agent.post(f"/desk/api/requests/{code}/forget", json={})  # refused
    agent.get("/desk/api/search?q=환불")
    agent.post("/desk/logout")
    assert brief(record) == [
        (AGENT, "login", "", ""),
        (AGENT, "search", "", "status=answered [전화번호]"),
        (AGENT, "read", ONE, ""),
        (AGENT, "search", ONE, "상담 번호"),
        (AGENT, "search", "", "요청 new 요금"),
        (AGENT, "read", ONE, f"요청 {code}"),
        (AGENT, "handle", "", f"요청 {code}: 처리 중"),
        (AGENT, "logout", "", ""),
    ]
    assert {one.address for one in lines(record)} == {HERE}


def test_what_a_manager_does_stands_there_with_the_reason(app: FastAPI, record: AccessRecord, code: str) -> None:
    manager = log_in(app)
    manager.post("/desk/export.csv", data={"status": "answered", "text": "환불", "reason": "김철수 고객님 민원"})
    manager.post(f"/desk/api/requests/{code}/forget", json={})
    addition = {"question": "날씨 나쁜 날 받으면 어때요", "terms": "가게", "article": "2", "paragraph": "1"}
    manager.post("/desk/api/questions", json=addition)
    manager.post("/desk/api/questions", json=addition)  # it is there already: refused
    manager.post("/desk/accounts", data={"name": "박신입", "role": "agent"})
    manager.get("/desk/access?act=export")
    assert brief(record)[1:] == [
        (MANAGER, "export", "", "status=answered 까닭: [이름] 고객님 민원, 글: 환불"),
        (MANAGER, "delete", ONE, f"요청 {code}"),
        (MANAGER, "curate", "", "더함, 가게 제2조 제1항: 날씨 나쁜 날 받으면 어때요"),
        (MANAGER, "account", "", "박신입: 상담사 계정을 만듦"),
        (MANAGER, "access", "", "act=export"),
    ]


def test_a_failed_log_in_stands_there_without_what_was_typed(app: FastAPI, record: AccessRecord) -> None:
    client = TestClient(app, headers=OWN)
    for name in (AGENT, "여기적은비밀번호", *["없음"] * 5):
        client.post("/desk/login", data={"name": name, "password": PASSWORD + "x"})
    assert brief(record) == [
        (AGENT, "login_failed", "", ""),
        *[("", "login_failed", "", "없는 이름")] * 3,
        ("", "login_failed", "", "없는 이름 이제 15분 동안 막힘"),
    ]


@pytest.mark.parametrize("reason", [None, "", " ", "가", "가" * 301])
def test_conversations_are_not_taken_away_without_a_reason(
    app: FastAPI, record: AccessRecord, desk_journal: Journal, reason: str | None
) -> None:
    write(desk_journal, "환불 되나요")
    manager = log_in(app)
    answer = manager.post("/desk/export.csv", data={} if reason is None else {"reason": reason})
    assert (answer.status_code, "환불" in answer.text) == (422, False)
    assert manager.get("/desk/export.csv?reason=주간 보고").status_code == 405
    assert [one.act for one in lines(record)] == ["login"]


def test_what_cannot_be_recorded_is_not_shown_and_not_deleted(
    app: FastAPI, desk_journal: Journal, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = log_in(app)

    def fail(*_: object, **__: object) -> None:
        raise JournalAwayError("off")

    with monkeypatch.context() as patch:
        patch.setattr(AccessRecord, "write", fail)
        for method, path in (
            ("GET", f"/api/conversations/{ONE}"),
            ("GET", "/api/conversations"),
            ("GET", f"/api/requests/{code}"),
            ("GET", "/access"),
            ("POST", f"/api/requests/{code}/forget"),
            ("POST", "/export.csv"),
        ):
            answer = manager.request(method, f"/desk{path}", data={"reason": "주간 보고"} if "csv" in path else None)
            assert answer.status_code == 503, path
            assert "환불 되나요" not in answer.text
    assert manager.get(f"/desk/api/conversations/{ONE}").status_code == 200


def test_no_route_changes_or_deletes_a_line(app: FastAPI, record: AccessRecord, desk_journal: Journal) -> None:
    manager = log_in(app)
    agent = Accounts(desk_journal).named(AGENT)
    assert agent
    before = lines(record)
    bodies = {"reason": "주간 보고", "name": "박신입", "role": "manager", "old": PASSWORD, "new": "x", "id": "1"}
    for name in sorted(TABLE, key=lambda name: "logout" in name or "/login" in name):
        method, path = name.split(" ")
        if "{name}" in path or "/questions" in path:
            continue
        place = f"/desk{path.replace('{id}', str(agent.id)).replace('{code}', 'A2B3C4')}"
        manager.request(method, place, data=None if "/api/" in path else bodies, follow_redirects=False)
        after = lines(record)
        assert after[: len(before)] == before, name
        before = after
    assert len(before) > 10
    for method in ("PUT", "PATCH", "DELETE"):
        for path in ("/access", "/access/1", "/access.csv", "/api/access/1"):
            assert log_in(app).request(method, f"/desk{path}").status_code in {404, 405}


def test_the_page_is_filtered_and_shows_what_was_typed_as_text(app: FastAPI, record: AccessRecord) -> None:
    manager, agent = log_in(app), log_in(app, AGENT)
    agent.get("/desk/api/conversations?text=<script>")
    page = manager.get("/desk/access").text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "2026. 3. 2. 12:00" in page

    def count(wanted: str) -> int:
        return manager.get(f"/desk/access?{wanted}").text.count('<tr><td class="short">')

    total = len(lines(record))
    assert count("act=login") == 2
    assert count("act=search&since=2026-03-02&until=2026-03-02") == 1
    assert count("until=2026-03-01") == 0
    assert count(f"text={AGENT}&act=login") == 1
    assert count("act=&since=&until=&text=") >= total
    assert manager.get("/desk/access?act=x").status_code == 422
    assert manager.get("/desk/access?page=999").text.count('<tr><td class="short">') == 0


def test_many_lines_come_in_pages(app: FastAPI, record: AccessRecord) -> None:
    for number in range(120):
        record.write(AGENT, HERE, "search", typed=f"{number}번째")
    manager = log_in(app)
    page = manager.get("/desk/access?act=search&page=2").text
    assert page.count('<tr><td class="short">') == 50
    assert "2 / 3" in page
    assert 'href="/desk/access?act=search&amp;page=3"' in page
    assert "69번째" in page


def test_the_table_runs_nothing_and_holds_what_is_filtered(app: FastAPI, record: AccessRecord) -> None:
    record.write(AGENT, HERE, "search", typed="=1+1")
    record.write(AGENT, HERE, "read", conversation=ONE)
    answer = log_in(app).post("/desk/access.csv", data={"act": "search"})
    assert answer.headers["content-disposition"].startswith('attachment; filename="access-')
    assert answer.text.startswith("\ufeff번호,시각,이름,주소,한 일,대화,내용\r\n")
    (row,) = csv.DictReader(answer.text.removeprefix("\ufeff").splitlines())
    assert row == {
        "번호": "1",
        "시각": "2026-03-02 12:00:00",
        "이름": AGENT,
        "주소": HERE,
        "한 일": "대화 찾기",
        "대화": "",
        "내용": "'=1+1",
    }
    assert lines(record)[-1].about == "CSV act=search"
