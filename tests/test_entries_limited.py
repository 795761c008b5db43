"""At every entry a text that is too long is cut or refused before anything is searched for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from support.chatting import REFUND, put, read_all
from support.commands import run
from support.desk_client import desk_app, log_in
from support.pages import open_client
from test_mcp import call, said

from bot.__main__ import app
from bot.loaded import WARM_UP
from bot.understand.question import LONG_HINT
from bot.web.chat.conversation import Conversation
from bot.web.chat.events import MAX_REASON, Events
from index.search.clause_search import ClauseSearch

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

    from bot.journal.journal import Journal
    from bot.service import Service
    from bot.settings import Settings

pytest_plugins = ["support.chat_events"]
LIMIT = 500  # characters of a question
HINT = LONG_HINT.format(limit=LIMIT)
LONG = "환불 " * 200  # 600 characters
HUGE = "환" * 20_001


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are searched for from now on."""
    texts: list[str] = []
    score, find = ClauseSearch.score, ClauseSearch.find

    def spy_score(self: ClauseSearch, wanted: Any) -> Any:
        texts.extend(text for text in wanted if text != WARM_UP.question)
        return score(self, wanted)

    def spy_find(self: ClauseSearch, query: str, k: int = 10) -> Any:
        texts.append(query)
        return find(self, query, k)

    monkeypatch.setattr(ClauseSearch, "score", spy_score)
    monkeypatch.setattr(ClauseSearch, "find", spy_find)
    return texts


@pytest.fixture
def client(shop_service: Service) -> TestClient:
    shop_service.load()
    return open_client(shop_service)


@pytest.fixture
def desk(shop_service: Service, shop_settings: Settings, chat_journal: Journal, tmp_path: Path) -> TestClient:
    shop_service.load()
    return log_in(desk_app(shop_service, chat_journal, shop_settings, tmp_path))


def test_the_spy_sees_a_search(client: TestClient, searched: list[str]) -> None:
    assert client.post("/api/ask", json={"question": REFUND}).json()["status"] == "answered"
    assert searched


@pytest.mark.parametrize("text", [LONG, HUGE], ids=["long", "huge"])
def test_chat_ask(events: Events, chat_journal: Journal, searched: list[str], text: str) -> None:
    told = events.ask(text, Conversation())
    assert isinstance(told, tuple)
    state = told[-1]
    assert (state.turns[-1]["content"], state.answering, state.questions) == (HINT, False, ())
    assert len(state.turns[0]["content"]) <= LIMIT + 1
    assert (searched, read_all(chat_journal)) == ([], [])


def test_chat_explain_is_cut(events: Events, chat_journal: Journal) -> None:
    _, state = put(events, REFUND, Conversation())
    events.explain("까닭 " * 5000, state)
    assert 0 < len(read_all(chat_journal)[0].reason) <= MAX_REASON


def test_chat_hand_over_shows_no_more_than_was_taken(events: Events, searched: list[str]) -> None:
    told = events.ask(LONG, Conversation())
    assert isinstance(told, tuple)
    card = events.hand_over("", told[-1])[0]["value"]
    assert "환불 환불" not in card
    assert searched == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"question": LONG}, 200),
        ({"question": HUGE}, 422),
        ({"question": REFUND, "history": [HUGE]}, 422),
        ({"question": REFUND, "history": [REFUND] * 51}, 422),
        ({"question": REFUND, "day": "2026-01-01" * 9}, 422),
        ({"question": REFUND, "conversation": "a" * 33}, 422),
    ],
)
def test_api_ask(client: TestClient, searched: list[str], body: dict[str, object], status: int) -> None:
    answer = client.post("/api/ask", json=body)
    assert answer.status_code == status
    assert status == 422 or (answer.json()["status"], answer.json()["answer"]) == ("rejected", HINT)
    assert searched == []


def test_api_history_is_cut(client: TestClient, searched: list[str]) -> None:
    assert client.post("/api/ask", json={"question": REFUND, "history": [LONG, LONG]}).json()["status"] == "answered"
    assert max(map(len, searched)) <= 2 * LIMIT + 50  # two texts at most are read together


@pytest.mark.parametrize("path", [f"/api/search?q={'a' * 501}", f"/api/terms/{'a' * 201}", f"/api/terms/a/{'1' * 21}"])
def test_api_search_and_terms(client: TestClient, searched: list[str], path: str) -> None:
    assert client.get(path).status_code == 422
    assert searched == []


@pytest.mark.parametrize(
    ("tool", "values"),
    [
        ("ask", {"question": HUGE}),
        ("ask", {"question": REFUND, "history": [HUGE]}),
        ("ask", {"question": REFUND, "history": [REFUND] * 51}),
        ("search_clauses", {"query": "a" * 501}),
        ("look_up_clause", {"article": "1" * 21}),
        ("look_up_clause", {"article": "1", "paragraph": "1" * 21}),
        ("look_up_clause", {"article": "1", "terms": "가" * 201}),
    ],
)
def test_mcp(shop_service: Service, searched: list[str], tool: str, values: dict[str, object]) -> None:
    shop_service.load()
    assert call(shop_service, tool, **values).is_error
    assert searched == []


def test_mcp_ask_of_a_long_question_is_told_to_be_shorter(shop_service: Service, searched: list[str]) -> None:
    shop_service.load()
    assert HINT in said(call(shop_service, "ask", question=LONG))
    assert searched == []


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", f"/search?q={'a' * 501}", None),
        ("GET", f"/article?terms={'a' * 201}&number=1", None),
        ("GET", f"/article?terms=a&number={'1' * 21}", None),
        ("GET", f"/conversations?text={'a' * 201}", None),
        ("POST", "/try", {"question": "가" * 2001}),
        ("POST", "/questions", {"question": "가" * 1001, "terms": "가게"}),
        ("POST", "/questions", {"question": REFUND, "terms": "가" * 201}),
        ("POST", "/questions/undo", {"terms": "가게", "token": "a" * 65}),
    ],
)
def test_desk(desk: TestClient, searched: list[str], method: str, path: str, body: dict[str, str] | None) -> None:
    assert desk.request(method, f"/desk/api{path}", json=body).status_code == 422
    assert searched == []


@pytest.mark.parametrize("path", [f"codes/{'A' * 9000}", f"conversations/{'a' * 9000}"])
def test_desk_numbers_that_are_too_long_are_of_nothing(desk: TestClient, path: str) -> None:
    assert desk.get(f"/desk/api/{path}").status_code == 404


def test_desk_try_of_a_long_question_is_told_to_be_shorter(desk: TestClient, searched: list[str]) -> None:
    assert "500자 안으로" in desk.post("/desk/api/try", json={"question": LONG}).json()["answer"]
    assert searched == []


@pytest.mark.usefixtures("shop_environment")
@pytest.mark.parametrize("text", [LONG, "환" * 20_000])
def test_the_command_line(shop_service: Service, searched: list[str], text: str) -> None:
    shop_service.load()  # the index is there then
    assert run(app, "ask", text) == (0, f"{HINT}\n", "")
    assert searched == []
