"""A day given to the programs' interfaces, the command line and a batch; the pages of other editions."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from support.commands import run
from support.editions import COMING, FIRST, TODAY, Clock, add_editions
from support.fakes import FakeEmbedder
from support.pages import Page, open_client
from test_mcp import call, said

from bot.__main__ import app
from bot.batch import answer_all
from bot.service import Service

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

    from bot.settings import Settings

SHOP = "/terms/%EA%B0%80%EA%B2%8C"
REFUND = "환불 되나요"
DAYS = {"2023-01-01": ("2022-05-01", "14일"), "2024-04-01": ("2024-03-01", "7일")}
WRONG = ["2024-02-30", "20240301", "오늘"]
HINT = "2026-03-01처럼 달력에 있는 날짜를 적어 주세요."


@pytest.fixture
def service(shop_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Service:
    monkeypatch.setattr("index.search.build.load_embedder", lambda *_: FakeEmbedder())
    add_editions(shop_settings)
    opened = Service(shop_settings, Clock())
    opened.load()
    return opened


@pytest.fixture
def client(service: Service) -> TestClient:
    return open_client(service)


@pytest.mark.parametrize("day", DAYS)
def test_a_question_over_http_takes_a_day(client: TestClient, day: str) -> None:
    edition, words = DAYS[day]
    answer = client.post("/api/ask", json={"question": REFUND, "day": day}).json()
    assert [(c["edition"], words in c["quote"]) for c in answer["citations"]] == [(edition, True)]
    (hit,) = client.get("/api/search", params={"q": REFUND, "k": 1, "day": day}).json()["hits"]
    assert (hit["edition"], words in hit["quote"]) == (edition, True)


@pytest.mark.parametrize("day", WRONG)
def test_a_day_that_is_none_is_told_in_one_line(client: TestClient, day: str) -> None:
    responses = [
        client.post("/api/ask", json={"question": REFUND, "day": day}),
        client.get("/api/search", params={"q": REFUND, "day": day}),
        client.get("/api/terms/가게", params={"edition": day}),
    ]
    for response in responses:
        assert response.status_code == 422
        assert [fault["msg"] for fault in response.json()["detail"]] == [HINT]
    assert client.post("/api/ask", json={"question": REFUND, "day": 20240301}).status_code == 422


def test_another_edition_is_read_over_http_with_addresses_that_name_it(client: TestClient) -> None:
    contents = client.get("/api/terms/가게", params={"edition": "2022-05-01"}).json()
    assert contents["editions"] == ["2022-05-01", "2024-03-01", "2024-07-01"]
    assert [row["title"] for row in contents["articles"]] == ["환불", "배송", "연락처"]
    article = client.get("/api/terms/가게/1", params={"edition": "2022-05-01"}).json()
    assert article["url"] == f"{SHOP}/1?edition=2022-05-01"
    assert article["paragraphs"][0]["url"] == f"{SHOP}/1?edition=2022-05-01#p1"
    assert client.get("/api/terms/가게/1", params={"edition": "2024-03-01"}).json()["url"] == f"{SHOP}/1"
    assert client.get("/api/terms/가게/1", params={"edition": "2023-01-01"}).status_code == 404


def test_the_tools_take_a_day(service: Service) -> None:
    found = call(service, "look_up_clause", article=1, day="2023-01-01").structured_content
    assert (found["edition"], found["title"]) == ("2022-05-01", "환불")
    hits = call(service, "search_clauses", query=REFUND, k=1, day="2023-01-01").structured_content["hits"]
    assert [hit["edition"] for hit in hits] == ["2022-05-01"]
    answer = call(service, "ask", question=REFUND, day="2023-01-01").structured_content
    assert [citation["edition"] for citation in answer["citations"]] == ["2022-05-01"]
    assert said(call(service, "look_up_clause", article=1, day="2020-01-01")).endswith(
        "그날 시행 중이던 약관은 확인되지 않습니다."
    )
    assert call(service, "ask", question=REFUND, day="2024-02-30").is_error


@pytest.mark.usefixtures("shop_environment")
def test_the_command_takes_a_day(shop_settings: Settings) -> None:
    add_editions(shop_settings)
    answer = json.loads(run(app, "ask", "환불 되나요", "--day", "2023-01-01", "--json").out)
    assert [citation["edition"] for citation in answer["citations"]] == ["2022-05-01"]
    assert run(app, "ask", REFUND, "--day", "2024-02-30") == (
        2,
        "",
        f"오류: '--day': {HINT} (도움말: --help)\n",
    )


def test_a_batch_takes_days(service: Service, tmp_path: Path) -> None:
    batch, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    rows = [{"id": n, "question": REFUND, "day": day} for n, day in enumerate([*DAYS, None])]
    batch.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    answer_all(service, batch, out)
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [a["citations"][0]["edition"] for a in answers] == ["2022-05-01", "2024-03-01", "2024-03-01"]


def test_a_page_of_an_earlier_edition_says_so_and_leads_to_the_same_subject(client: TestClient) -> None:
    html = client.get(f"/terms/가게/1?edition={FIRST}").text
    page = Page(html)
    assert "받은 날부터 14일 안에" in page.texts["p1"]
    assert "이 조문은 2022년 5월 1일부터 시행된 이전 판입니다." in page.texts["text"]
    assert {f"{SHOP}/2", f"{SHOP}/compare?old=2022-05-01&new=2024-03-01"} <= page.loaded
    assert f"{SHOP}/2?edition=2022-05-01" in page.loaded, "the next article is of the same edition"
    assert f'<link rel="canonical" href="http://localhost{SHOP}/1?edition=2022-05-01">' in html


def test_a_page_of_an_announced_edition_says_so(client: TestClient) -> None:
    page = Page(client.get(f"/terms/가게/3?edition={COMING}").text)
    assert "아직 시행되지 않은 판입니다. 2024년 7월 1일부터 시행됩니다." in page.texts["text"]
    assert f"{SHOP}/2" in page.loaded


def test_the_edition_in_force_has_one_address(client: TestClient) -> None:
    plain, named = (client.get(f"/terms/가게/2{query}").text for query in ("", "?edition=2024-03-01"))
    assert plain == named
    assert f'<link rel="canonical" href="http://localhost{SHOP}/2">' in plain
    assert "이 조는 2024년 7월 1일부터 바뀝니다." in plain
    assert "바뀝니다" not in client.get("/terms/가게/1").text


def test_the_contents_list_the_editions(client: TestClient) -> None:
    page = Page(client.get("/terms/가게").text)
    listed = page.texts["editions"].split()
    assert [word for word in listed if word in {"2024년", "2022년", "중", "예정"}] == [
        *("2024년", "예정", "2024년", "중", "2022년")
    ]
    assert {f"{SHOP}?edition=2024-07-01", SHOP, f"{SHOP}?edition=2022-05-01", f"{SHOP}/compare"} <= page.loaded
    older = Page(client.get(f"/terms/가게?edition={FIRST}").text)
    assert f"{SHOP}/1?edition=2022-05-01" in older.loaded


@pytest.mark.parametrize("query", ["edition=2023-01-01", "edition=../x", "edition=가"])
def test_an_edition_that_is_not_there_is_told(client: TestClient, query: str) -> None:
    response = client.get(f"/terms/가게/1?{query}")
    assert (response.status_code, "그런 시행일의 약관이 없습니다." in response.text) == (404, True)


def test_editions_of_any_format_are_compared(client: TestClient, service: Service) -> None:
    folder = service.settings.data / "terms" / "가게"
    html = (
        "<h1>가게 약관</h1><p>제1조 (환불)</p><p>받은 날부터 21일 안에 환불을 신청할 수 있습니다.</p>"
        "<p>제3조 (연락처)</p><p>전화 : 02-000-0000</p>"
    )
    (folder / "2023-01-01.html").write_text(html, encoding="utf-8")
    response = client.get("/terms/가게/compare?old=2022-05-01&new=2023-01-01")
    assert "<ins>21일</ins>" in response.text
    assert f"{SHOP}/compare?old=2022-05-01&new=2023-01-01" in Page(client.get("/terms/가게/compare").text).loaded


def test_pages_change_at_midnight(service: Service, client: TestClient) -> None:
    clock = service._clock
    assert isinstance(clock, Clock)
    assert clock.day == TODAY
    clock.day = TODAY + dt.timedelta(days=16)
    assert "30일 안에" in client.get("/terms/가게/3").text
    assert client.get("/api/terms").json()["terms"][0]["edition"] == "2024-07-01"
