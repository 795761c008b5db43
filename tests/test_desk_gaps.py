"""From an unanswered question to a curated one and back, over HTTP."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from support.desk_client import desk_app, log_in, write

from bot.background import FAILED, Background
from index.errors import QuestionsError
from index.search import aside

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

    from bot.journal.journal import Journal
    from bot.service import Service
    from bot.settings import Settings

pytest_plugins = ["support.desk_fixtures"]
PERIOD = "since=2026-03-02&until=2026-03-02"
ADDITION = {"question": "날씨 나쁜 날 받으면 어때요", "terms": "가게", "article": "2", "paragraph": "1"}


@pytest.fixture
def client(shop_service: Service, shop_settings: Settings, desk_journal: Journal, tmp_path: Path) -> TestClient:
    shop_service.load()
    return log_in(desk_app(shop_service, desk_journal, shop_settings, tmp_path))


def post(client: TestClient, path: str, **body: str) -> Any:
    response = client.post(f"/desk/api/{path}", json=body)
    assert response.status_code == 200, response.text
    return response.json()


def wait_until_rebuilt(client: TestClient) -> None:
    for _ in range(400):
        report = client.get("/desk/api/rebuild").json()
        if report["state"] != "running":
            assert report == {"state": "ready", "message": ""}
            return
        time.sleep(0.05)
    pytest.fail("the index was not rebuilt")


def test_what_was_not_answered_well_comes_in_groups(client: TestClient, desk_journal: Journal) -> None:
    for question in ("주차 되나요", "주차되나요?", "전화 상담 언제", "주차장 있나요"):
        write(desk_journal, question, "not_found")
    desk_journal.rate(write(desk_journal, "환불 언제"), "a" * 32, good=False, reason="틀려요")
    write(desk_journal, "배송 언제")
    found = client.get(f"/desk/api/gaps?{PERIOD}").json()
    assert found["total"] == 5
    assert [one["asked"] for one in found["groups"]] == [3, 1, 1]
    assert {q["text"] for q in found["groups"][0]["questions"]} == {"주차되나요?", "주차장 있나요"}
    bad = next(one for one in found["groups"] if one["questions"][0]["bad"])
    assert bad["questions"][0]["reasons"] == ["틀려요"]


def test_paragraphs_with_few_questions_and_articles_nobody_asks_for_are_named(
    client: TestClient, desk_journal: Journal
) -> None:
    write(desk_journal, "환불 되나요")
    found = client.get(f"/desk/api/gaps?{PERIOD}").json()
    assert [(one["mark"], one["curated"], one["cited"]) for one in found["thin"]] == [
        ("제1조 제1항", 2, 0),
        ("제1조 제2항", 2, 0),
        ("제3조 제1항", 2, 0),
        ("제2조 제1항", 2, 1),
    ]
    assert [one["name"] for one in found["silent"]] == ["제1조", "제3조"]


def test_an_added_question_is_answered_and_undo_reverts_it(client: TestClient) -> None:
    question = ADDITION["question"]
    assert post(client, "try", question=question)["status"] == "not_found"
    added = post(client, "questions", **ADDITION)
    assert added["where"] == "제2조 제1항"
    wait_until_rebuilt(client)
    assert post(client, "try", question=question)["status"] == "answered"
    post(client, "questions/undo", terms="가게", token=added["token"])
    wait_until_rebuilt(client)
    assert post(client, "try", question=question)["status"] == "not_found"
    assert [one["undoable"] for one in client.get("/desk/api/questions").json()] == [False]


def test_it_is_answered_before_all_is_learnt_again_and_so_is_the_next_one(
    client: TestClient, shop_service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, going_on = threading.Event(), threading.Event()
    build = aside.build_aside

    def held(*given: Any) -> None:
        begun.set()
        assert going_on.wait(20)
        build(*given)

    monkeypatch.setattr(aside, "build_aside", held)
    later = ADDITION | {"question": "전화 상담은 언제 하나요", "article": "3"}
    for addition in (ADDITION, later):
        post(client, "questions", **addition)
        assert begun.wait(20)
        wait_until_rebuilt(client)
        assert shop_service.index().updated
        assert post(client, "try", question=addition["question"])["status"] == "answered"
    going_on.set()
    for thread in threading.enumerate():
        if thread.name == "rebuild":
            thread.join(20)
    assert not shop_service.index().updated
    assert shop_service.index().description["questions"] == 12
    assert post(client, "try", question=later["question"])["status"] == "answered"


def test_a_question_out_of_scope_is_no_longer_answered(client: TestClient) -> None:
    assert post(client, "try", question="배송 상자 색깔 어때요")["status"] == "answered"
    for question in ("배송 상자 색깔 어때요", "배송 상자 색깔 무슨 색이에요", "상자 색깔 알려 주세요"):
        assert post(client, "questions", question=question, terms="가게")["where"] == "범위 밖"
        wait_until_rebuilt(client)
    for thread in threading.enumerate():
        if thread.name == "rebuild":  # of so few questions one changes the threshold, which is learnt then
            thread.join(20)
    assert post(client, "try", question="배송 상자 색깔 어때요")["status"] == "not_found"


def test_a_try_leaves_no_trace_in_the_journal(client: TestClient) -> None:
    post(client, "try", question="환불 되나요")
    assert client.get("/desk/api/conversations").json()["total"] == 0


def test_what_cannot_be_added_is_refused_in_korean(client: TestClient) -> None:
    for change in ({"question": "환불 되나요"}, {"article": "9"}, {"question": ""}):
        response = client.post("/desk/api/questions", json=ADDITION | change)
        assert response.status_code == 400
        assert response.json()["detail"].endswith((".", "환불 되나요"))
    assert client.post("/desk/api/questions", json=ADDITION | {"terms": "../가게"}).status_code == 404
    assert client.get("/desk/api/questions").json() == []


def test_a_rebuild_that_fails_is_told_and_the_next_one_heals_it() -> None:
    faults: list[Exception | None] = [QuestionsError("1.md:3: 제목도 질문도 아닌 줄입니다"), ValueError("x"), None]

    def reload() -> None:
        if fault := faults.pop(0):
            raise fault

    background = Background(reload)
    expected = [("failed", f"{FAILED} 1.md:3: 제목도 질문도 아닌 줄입니다"), ("failed", FAILED), ("ready", "")]
    for state, message in expected:
        background.rebuild()
        while background.report()["state"] == "running":
            time.sleep(0.01)
        assert background.report() == {"state": state, "message": message}
