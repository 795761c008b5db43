"""개정: editions compared at the desk, and what follows for questions, conversations and contact clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.comparing import NEW, OLD
from support.desk_client import desk_app, log_in

from bot.journal.entries import Cited, Entry
from bot.journal.statistics import count_citations
from index.clause import Clause

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

    from bot.journal.journal import Journal
    from bot.service import Service
    from bot.settings import Settings

pytest_plugins = ["support.desk_fixtures"]
NOW, NEXT = "2024-03-01", "2099-01-01"
PAIR = {"terms": "가게", "old": NOW, "new": NEXT}


@pytest.fixture
def client(shop_service: Service, shop_settings: Settings, desk_journal: Journal, tmp_path: Path) -> TestClient:
    folder = shop_settings.data / "terms" / "가게"
    (folder / f"{NOW}.txt").write_text(OLD, encoding="utf-8")
    (folder / f"{NEXT}.txt").write_text(NEW, encoding="utf-8")
    (folder / "terms.toml").write_text(f'questions = "{NOW}"\ncontact = ["4.1", "3.2"]\n', encoding="utf-8")
    return log_in(desk_app(shop_service, desk_journal, shop_settings, tmp_path))


def record(desk_journal: Journal, question: str, *cited: tuple[str, str], edition: str = NOW) -> None:
    citations = tuple(Cited(Clause("가게", *one), edition) for one in cited)
    desk_journal.record(Entry("a" * 32, question, "답", question, "answered", 0.9, citations, (), 10.0, "chat"))


def test_editions_are_listed_with_the_pair_that_comes_next(client: TestClient) -> None:
    (document,) = client.get("/desk/api/editions").json()
    assert document["editions"] == [{"date": NEXT, "state": "시행 예정"}, {"date": NOW, "state": "시행 중"}]
    assert (document["name"], document["title"], document["pair"]) == ("가게", "가게 약관", [NOW, NEXT])


def test_a_pair_is_compared_with_the_notice_periods(client: TestClient) -> None:
    found = client.get("/desk/api/revision", params=PAIR | {"announced": "2098-12-20"}).json()
    assert found["changed"] == 8  # four of them moved
    assert "신구조문대비표" in found["html"]
    assert "시행일 7일 전(제1조 제1항)" in found["html"]
    assert "지키지 못함" in found["html"]  # thirty days for what is unfavourable
    assert found["added"] == ["제2조", "제3조 제1항"]


def test_questions_follow_or_are_to_be_looked_at(client: TestClient) -> None:
    questions = client.get("/desk/api/revision", params=PAIR).json()["questions"]
    # of the shop's questions: 1.1 and 1.2 say the same, 2.1 changed, 3.1 moved, one is out of scope twice
    assert {name: questions[name] for name in ("kept", "changed_count", "lost_count", "unsettled_count")} == {
        "kept": 6,
        "changed_count": 2,
        "lost_count": 0,
        "unsettled_count": 2,
    }
    assert {"text": "환불 되나요", "old": "제2조 제1항", "new": "제3조 제2항"} in questions["changed"]


def test_customers_who_were_told_what_changes_are_listed(client: TestClient, desk_journal: Journal) -> None:
    record(desk_journal, "며칠 걸려요", ("2", "1"), ("2", "2"))
    record(desk_journal, "배송 언제 와요", ("2", "1"))
    record(desk_journal, "뜯었어요", ("3", "2"))
    record(desk_journal, "옛날 판", ("2", "1"), edition="2023-01-01")
    logged = client.get("/desk/api/revision", params=PAIR).json()["logged"]
    assert [(one["mark"], one["count"], one["gone"], one["question"]) for one in logged] == [
        ("제2조 제1항", 2, False, "배송 언제 와요"),
        ("제3조 제2항", 1, True, "뜯었어요"),
    ]
    assert (logged[0]["day"], logged[0]["conversation"]) == ("2026-03-02", "a" * 32)
    assert [(one.clause.article, one.count) for one in count_citations(desk_journal, "가게", "2023-01-01")] == [
        ("2", 1)
    ]


def test_contact_clauses_that_move_or_go_are_told(client: TestClient) -> None:
    assert client.get("/desk/api/revision", params=PAIR).json()["contacts"] == [
        {"old": "제4조 제1항", "new": "제5조 제1항"},
        {"old": "제3조 제2항", "new": ""},
    ]


def test_the_comparison_can_be_taken_along(client: TestClient) -> None:
    page = client.get("/desk/revision.html", params=PAIR)
    assert page.headers["content-disposition"] == f'attachment; filename="comparison-{NOW}-{NEXT}.html"'
    assert page.text.startswith("<!doctype html>")
    assert "<table" in page.text


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"new": "2031-01-01"}, 404), ({"terms": "없음"}, 404), ({"old": "../x"}, 422), ({"announced": "어제"}, 422)],
)
def test_what_is_not_there_is_said(client: TestClient, changes: dict[str, str], status: int) -> None:
    answer = client.get("/desk/api/revision", params=PAIR | changes)
    assert answer.status_code == status
    assert "detail" in answer.json()


def test_nothing_is_shown_to_who_is_not_logged_in(client: TestClient) -> None:
    client.cookies.clear()
    for path in ("/desk/api/editions", "/desk/api/revision", "/desk/revision.html"):
        assert client.get(path, params=PAIR, follow_redirects=False).status_code in {303, 401}
