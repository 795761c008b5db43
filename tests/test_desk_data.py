"""Conversations, statistics and plots as the desk's pages get them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from support.desk_client import desk_app, log_in, open_journal, write

from bot.render.markup import to_html

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

    from bot.journal.journal import Journal
    from bot.service import Service
    from bot.settings import Settings

pytest_plugins = ["support.desk_fixtures"]
TODAY = "since=2026-03-02&until=2026-03-02"


@pytest.fixture
def client(shop_service: Service, shop_settings: Settings, desk_journal: Journal, tmp_path: Path) -> TestClient:
    shop_service.load()
    return log_in(desk_app(shop_service, desk_journal, shop_settings, tmp_path))


def get(client: TestClient, path: str) -> Any:
    response = client.get(f"/desk/api/{path}")
    assert response.status_code == 200, response.text
    return response.json()


def test_a_question_is_listed_with_how_it_ended(client: TestClient, desk_journal: Journal) -> None:
    entry = write(desk_journal, "환불 되나요")
    desk_journal.rate(entry, "a" * 32, good=False, reason="더 알고 싶어요")
    row = get(client, "conversations")["rows"][0]
    assert (row["question"], row["status_name"], row["rating_name"]) == ("환불 되나요", "답함", "나쁨")
    assert (row["at"], row["reason"]) == ("2026. 3. 2. 12:00", "더 알고 싶어요")
    assert row["citations"] == [
        {"mark": "제2조 제1항", "url": "/terms/%EA%B0%80%EA%B2%8C/2?edition=2024-03-01#p1", "edition": "2024-03-01"}
    ]


@pytest.mark.parametrize(
    ("wanted", "questions"),
    [
        ("", ["주차되나요", "환불 되나요"]),
        ("status=not_found&rating=&text=", ["주차되나요"]),
        ("article=2", ["환불 되나요"]),
        ("text=주차", ["주차되나요"]),
        ("since=2026-03-03", []),
        ("rating=good&page=1", []),
    ],
)
def test_questions_are_filtered(client: TestClient, desk_journal: Journal, wanted: str, questions: list[str]) -> None:
    write(desk_journal, "환불 되나요")
    write(desk_journal, "주차되나요", "not_found")
    assert [row["question"] for row in get(client, f"conversations?{wanted}")["rows"]] == questions


def test_a_conversation_is_found_by_its_code_with_all_its_answers(client: TestClient, desk_journal: Journal) -> None:
    write(desk_journal, "환불 되나요")
    write(desk_journal, "주차되나요", "not_found")
    code = desk_journal.hand_over("a" * 32)
    found = get(client, f"codes/{code.lower()}")["conversation"]
    first, second = get(client, f"conversations/{found}")["entries"]
    assert '<p><strong>7일</strong> 안에 <a href="/terms/%EA%B0%80%EA%B2%8C/2#p1">' in first["answer"]
    assert second["question"] == "주차되나요"


@pytest.mark.parametrize("path", ["codes/ZZZZZZ", "conversations/none", "article?terms=가게&number=9", "none"])
def test_what_is_not_there_is_said_in_korean(client: TestClient, path: str) -> None:
    response = client.get(f"/desk/api/{path}")
    assert response.status_code == 404
    assert response.json()["detail"].endswith(("없습니다.", "확인해 주세요.", "있습니다."))


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("conversations?status=x", "값이 형식에 맞지 않습니다: status"),
        ("statistics?since=2026-03-03&until=2026-03-02", "시작일이 종료일보다 늦습니다."),
        ("gaps?since=2020-01-01&until=2026-03-02", "기간은 366일까지 볼 수 있습니다."),
    ],
)
def test_what_does_not_fit_is_refused_without_repeating_it(client: TestClient, path: str, message: str) -> None:
    response = client.get(f"/desk/api/{path}")
    assert (response.status_code, response.json()) == (422, {"detail": message})


def test_an_answer_shows_no_markup_of_its_own() -> None:
    found = to_html(
        "<img src=x> ![그림](/terms/a) [나쁨](javascript:alert(1)) [밖](https://example.com) [조](/terms/가)"
    )
    assert "<img" not in found
    assert found.count("<a ") == 2  # the picture becomes a link to its address
    assert 'href="javascript' not in found
    assert "example.com)" in found


def test_the_table_for_excel_holds_what_is_filtered(client: TestClient, desk_journal: Journal) -> None:
    write(desk_journal, "=1+1 환불 되나요")
    write(desk_journal, "주차되나요", "not_found")
    wanted = {"status": "answered", "text": "", "reason": "주간 보고"}
    response = client.post("/desk/export.csv", data=wanted)
    assert response.text.startswith("\ufeff번호,대화,")
    assert "'=1+1 환불 되나요" in response.text
    assert "주차되나요" not in response.text
    assert response.headers["content-disposition"].startswith('attachment; filename="conversations-')


def test_statistics_are_numbers_with_plots_that_say_the_same(client: TestClient, desk_journal: Journal) -> None:
    desk_journal.rate(write(desk_journal, "환불 되나요"), "a" * 32, good=True)
    write(desk_journal, "주차되나요", "not_found")
    found = get(client, f"statistics?{TODAY}")
    assert found["figures"][:3] == [["질문", "2개"], ["답한 비율", "50.0%"], ["평가", "좋음 1 · 나쁨 0"]]
    assert found["days"] == [["2026-03-02", 2, 1, 1, 0, 0, 1, 0]]
    assert found["articles"] == [["제2조 환불", 1]]
    assert found["plots"][0]["alt"] == "날마다 받은 질문. 질문 2개: 답함 1개, 답하지 않음 1개."


@pytest.mark.parametrize("questions", [0, 2])
def test_every_plot_is_drawn_with_its_title_in_korean(
    client: TestClient, desk_journal: Journal, questions: int
) -> None:
    for place in range(questions):
        write(desk_journal, f"환불 되나요 {place}")
    for plot in get(client, f"statistics?{TODAY}")["plots"]:
        response = client.get(plot["src"])
        assert response.headers["content-type"] == "image/svg+xml"
        assert "sandbox" in response.headers["content-security-policy"]
        assert f">{plot['title']}</text>" in response.text
        assert "prefers-color-scheme:dark" in response.text
    assert client.get("/desk/plot/none.svg").status_code == 404


def test_days_are_those_of_seoul(client: TestClient, tmp_path: Path) -> None:
    late = open_journal(tmp_path, dt.datetime(2026, 3, 1, 15, 30, tzinfo=dt.UTC))
    write(late, "자정 지난 질문")
    late.close()
    assert [row["at"] for row in get(client, f"conversations?{TODAY}")["rows"]] == ["2026. 3. 2. 00:30"]
