"""Questions and searches over HTTP: whole, in pieces, and refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from support.pages import open_client

from bot.service import NOT_NOW, Service

if TYPE_CHECKING:
    from fastapi.testclient import TestClient
    from httpx2 import Response

ADDRESS = {"terms": "가게 약관", "edition": "2024-03-01", "article": "2", "paragraph": "1", "title": "환불"}
CITATION = ADDRESS | {"quote": "받은 날부터 7일 안에 환불을 신청할 수 있습니다."}
FIELDS = {"status", "answer", "citations", "related", "interpreted", "confidence", "elapsed_ms", "entry", "checks"}
FIELDS |= {"text", "lead", "polarity", "missing", "act", "topics"}
STREAM = {"accept": "text/event-stream"}
TOO_LARGE = {"detail": "요청이 너무 큽니다. 64 kB 안으로 줄여 주세요."}


@pytest.fixture
def client(shop_service: Service) -> TestClient:
    shop_service.load()
    return open_client(shop_service)


def read_events(response: Response) -> list[tuple[str, dict[str, Any]]]:
    """The name and the data of each event of a stream."""
    blocks = [block for block in response.text.split("\r\n\r\n") if block]
    lines = [dict(line.split(": ", 1) for line in block.splitlines()) for block in blocks]
    return [(line["event"], json.loads(line["data"])) for line in lines]


def test_ask_gives_an_answer_with_its_citations(client: TestClient) -> None:
    found = client.post("/api/ask", json={"question": "환불 되나요", "history": ["제1조"]}).json()
    assert set(found) == FIELDS
    assert (found["status"], found["citations"]) == ("answered", [CITATION])


def test_a_question_reads_on_from_the_history(client: TestClient) -> None:
    found = client.post("/api/ask", json={"question": "다음 항은요?", "history": ["제1조 제1항"]}).json()
    assert [(c["article"], c["paragraph"]) for c in found["citations"]] == [("1", "2")]


def test_a_streamed_answer_comes_in_pieces_that_add_up_to_the_whole(client: TestClient) -> None:
    body = {"question": "제1조", "conversation": "0123456789abcdef" * 2}
    response = client.post("/api/ask", json=body, headers=STREAM)
    assert response.headers["content-type"].startswith("text/event-stream")
    *pieces, (last, whole) = read_events(response)
    assert [name for name, _ in pieces] == ["piece"] * len(pieces)
    assert len(pieces) > 1
    assert last == "answer"
    assert set(whole) == FIELDS
    assert "".join(piece["text"] for _, piece in pieces) == whole["answer"]
    assert [c for _, piece in pieces for c in piece["citations"]] == whole["citations"]
    assert [(c["article"], c["paragraph"]) for c in whole["citations"]] == [("1", "1"), ("1", "2")]


def test_a_stream_that_fails_is_one_answer_with_status_error(shop_service: Service) -> None:
    (shop_service.settings.data / "questions" / "가게" / "1.md").write_text("- 제목이 없음\n", encoding="utf-8")
    shop_service.load()
    response = open_client(shop_service).post("/api/ask", json={"question": "환불 되나요"}, headers=STREAM)
    ((name, answer),) = read_events(response)
    assert (name, answer["status"]) == ("answer", "error")
    assert answer["answer"].startswith(NOT_NOW)


@pytest.mark.parametrize("conversation", ["", "0" * 31, "0" * 33, "G" * 32, "A" * 32, "0" * 32 + "\n"])
def test_a_conversation_is_named_by_32_lower_hex_digits(client: TestClient, conversation: str) -> None:
    response = client.post("/api/ask", json={"question": "환불", "conversation": conversation})
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"] == ["body", "conversation"]


def test_search_gives_hits_with_score_and_reasons(client: TestClient) -> None:
    found = client.get("/api/search", params={"q": "제2조 배송", "k": 2}).json()["hits"]
    assert found[0] == CITATION | {"score": 1.0, "reasons": ["번호"]}
    assert [(hit["article"], hit["paragraph"]) for hit in found] == [("2", "1"), ("1", "1")]


def test_a_body_of_64_kb_is_read_and_a_larger_one_is_not(client: TestClient) -> None:
    frame = len(json.dumps({"question": "환불", "history": []}))
    body = json.dumps({"question": "환불", "history": []}) + " " * (64 * 1024 - frame)
    headers = {"content-type": "application/json"}
    assert client.post("/api/ask", content=body, headers=headers).json()["status"] == "answered"
    refused = client.post("/api/ask", content=body + " ", headers=headers)
    assert (refused.status_code, refused.json()) == (413, TOO_LARGE)


def test_a_body_that_does_not_say_its_length_is_limited_as_well(client: TestClient) -> None:
    pieces = (b" " * 1024 for _ in range(65))
    refused = client.post("/api/ask", content=pieces, headers={"content-type": "application/json"})
    assert (refused.status_code, refused.json()) == (413, TOO_LARGE)


def test_who_asks_too_often_waits(shop_service: Service) -> None:
    service = Service(shop_service.settings.model_copy(update={"rate": "2/hour"}))
    service.load()
    client = open_client(service)
    assert client.post("/api/ask", json={"question": "환불 되나요"}).status_code == 200
    assert client.get("/api/search", params={"q": "환불"}).status_code == 200
    for refused in (client.post("/api/ask", json={}), client.get("/api/search", params={"q": "환불"})):
        assert refused.status_code == 429
        assert 0 < int(refused.headers["retry-after"]) <= 7200
        assert "뒤에 다시 시도해 주세요." in refused.json()["detail"]
    assert client.get("/api/terms").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("GET", "/api/ask", "POST"), ("POST", "/api/search", "GET"), ("DELETE", "/api/terms/가게/1", "GET")],
)
def test_a_method_that_is_not_offered_is_refused_in_korean(
    client: TestClient, method: str, path: str, allowed: str
) -> None:
    response = client.request(method, path)
    assert (response.status_code, response.headers["allow"]) == (405, allowed)
    assert response.json() == {"detail": "이 주소에서는 쓸 수 없는 요청입니다."}
