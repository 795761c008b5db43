"""Attacks through Gradio's routes against the whole application: files, deep links, other sites, floods."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from support.doors import ASK, DATA, HAND_OVER, JOIN, RUN, SESSION, blocks_of, press, routes_of
from support.pages import Page, open_client

from bot.service import Service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastapi.testclient import TestClient

    from bot.settings import Settings

NO_ADDRESS = "그런 주소가 없습니다."
USED = {
    "/",
    *("/assets/x", "/theme.css", "/favicon.ico"),
    "/gradio_api/heartbeat/x",
    DATA,
    JOIN,
    "/gradio_api/reset",
    "/gradio_api/cancel",
}


@pytest.fixture
def client(shop_service: Service) -> Iterator[TestClient]:
    """Of the application as it runs: with its lifespan, in which Gradio's queue works."""
    with open_client(shop_service) as opened:
        yield opened


def file_message(path: Path) -> list[dict[str, Any]]:
    file = {"path": str(path), "meta": {"_type": "gradio.FileData"}}
    return [{"role": "user", "content": [{"type": "file", "file": file}]}]


def send(client: TestClient, body: object) -> str:
    """All that an attacker gets to see of an event, with the files that it names."""
    joined = client.post(JOIN, json=body)
    if joined.status_code != 200:
        return joined.text
    told = client.get(DATA, params={"session_hash": SESSION}).text
    return told + "".join(client.get(path).text for path in re.findall(r"/gradio_api/file=[^\"\\]+", told))


def test_no_file_of_the_server_is_read(client: TestClient, tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("열쇠 1234", encoding="utf-8")
    for data in (["x", file_message(path), ""], [file_message(path)[0]["content"][0]["file"], None, ""]):
        assert "열쇠 1234" not in send(client, press(ASK, *data))
    assert "열쇠 1234" not in client.get(f"/gradio_api/file={path}").text


def test_gradios_own_guard_of_files_is_on(client: TestClient) -> None:
    blocks = blocks_of(client)
    assert (blocks.has_launched, blocks.api_open, blocks.allowed_paths) == (True, False, [])


def test_the_page_knows_no_event_that_takes_more_than_texts(client: TestClient) -> None:
    kinds = {type(block).__name__ for event in blocks_of(client).fns.values() for block in event.inputs}
    assert kinds == {"Textbox", "State"}


@pytest.mark.parametrize(
    "data",
    [
        [],
        ["x"],
        ["x", None],
        ["x", None, "", None],
        [1, None, ""],
        [["x"], None, ""],
        [{"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}, None, ""],
        [{"value": "x"}, None, ""],
        [True, None, ""],
        ["x", None, 1],
        ["x", None, ["a" * 64]],
    ],
)
def test_anything_but_a_text_is_refused(client: TestClient, data: list[object]) -> None:
    answer = client.post(JOIN, json=press(ASK, *data))
    assert (answer.status_code, answer.json()) == (422, {"detail": "값이 형식에 맞지 않습니다."})


@pytest.mark.parametrize(
    "more",
    [
        {"session_hash": "../x"},
        {"session_hash": None},
        {"session_hash": "a" * 33},
        {"fn_index": 99},
        {"fn_index": "0"},
        {"event_data": "x"},
        {"event_data": {"value": {"path": "/etc/passwd"}}},
    ],
)
def test_a_body_of_another_shape_is_refused(client: TestClient, more: dict[str, object]) -> None:
    assert client.post(JOIN, json=press(ASK, "x", None, "", **more)).status_code == 422


@pytest.mark.parametrize("event", [{}, {"event_id": None}, {"event_id": "0a" * 16}])
def test_an_answer_that_has_not_begun_is_cancelled_without_its_number(
    client: TestClient, event: dict[str, str | None]
) -> None:
    body = {"session_hash": SESSION, "fn_index": 2} | event
    assert [client.post(f"/gradio_api/{path}", json=body).json() for path in ("cancel", "reset")] == [
        {"success": True}
    ] * 2
    assert client.post("/gradio_api/cancel", json=body | {"event_id": "../x"}).status_code == 422


@pytest.mark.parametrize("body", ["", "[]", "x", '{"fn_index":0', "[" * 9_000])
def test_a_body_that_is_no_object_is_refused(client: TestClient, body: str) -> None:
    headers = {"content-type": "application/json"}
    assert [client.post(path, content=body, headers=headers).status_code for path in (JOIN, RUN)] == [422, 422]


def test_a_state_that_is_sent_is_not_believed(client: TestClient) -> None:
    forged = {"id": "0" * 32, "entry": 1, "offered": ["x"]}
    assert "1" not in re.findall(r'"entry":(\d)', send(client, press(ASK, "환불 되나요", forged, "")))
    assert client.post(RUN, json=press(HAND_OVER, True, {"id": "0" * 32})).json()["data"][0]["visible"] is True


def test_every_route_of_gradio_that_the_page_does_not_use_is_not_there(client: TestClient) -> None:
    seen = set()
    for method, path in routes_of(client):
        if path in USED or path.startswith("/gradio_api/run/"):
            continue
        answer = client.request(method, path, json={} if method == "POST" else None)
        assert (method, path, answer.status_code) == (method, path, 404)
        assert method == "HEAD" or NO_ADDRESS in answer.text
        seen.add(path)
    assert {"/gradio_api/upload", "/config", "/gradio_api/deep_link", "/gradio_api/info", "/monitoring"} <= seen
    assert {"/gradio_api/dev/reload", "/gradio_api/openapi.json", "/login", "/gradio_api/file=x"} <= seen


@pytest.mark.parametrize("path", ["/openapi.json", "/docs", "/redoc", "/login", "/logout", "/gradio_api/run/0"])
def test_what_comes_with_gradio_unasked_is_not_there(client: TestClient, path: str) -> None:
    assert [client.request(method, path).status_code for method in ("GET", "POST")] == [404, 404]


@pytest.mark.parametrize("query", ["?deep_link=x", "?deep%5Flink=x", "?embed=1&deep_link", "?__theme=dark&deep_link=a"])
def test_a_deep_link_is_not_there(client: TestClient, query: str) -> None:
    answer = client.get(f"/{query}")
    assert answer.status_code == 404
    assert NO_ADDRESS in Page(answer.text).texts[""]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://www.example.com"])
def test_no_other_site_may_read_an_answer(shop_settings: Settings, origin: str) -> None:
    settings = shop_settings.model_copy(update={"origins": ("https://www.example.com",)})
    client = open_client(Service(settings))
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    paths = ("/config", JOIN, RUN, "/", "/api/ask", "/mcp", "/terms")
    for headers in [client.request(m, path, headers=asked).headers for path in paths for m in ("OPTIONS", "GET")]:
        assert not [name for name in headers if name.startswith("access-control-allow-") and origin in headers[name]]
        assert "access-control-allow-credentials" not in headers


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Content-Type": "text/plain"}, 415),
    ],
)
def test_a_request_that_another_site_can_send_is_refused(
    client: TestClient, headers: dict[str, str], code: int
) -> None:
    body = json.dumps(press(ASK, "환불 되나요", None, ""))
    sent = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"} | headers
    assert client.post(JOIN, content=body, headers=sent).status_code == code


@pytest.mark.parametrize("declared", [True, False])
def test_no_route_takes_more_than_64_kb(client: TestClient, *, declared: bool) -> None:
    body = json.dumps(press(ASK, "가" * 22_000, None, ""), ensure_ascii=False).encode()
    assert len(body) > 64 * 1024
    for path in (JOIN, RUN, "/gradio_api/cancel", "/gradio_api/upload", "/api/ask", "/mcp", "/terms", "/desk/login"):
        content = body if declared else (body[at : at + 1024] for at in range(0, len(body), 1024))
        answer = client.post(path, content=content, headers={"content-type": "application/json"})
        assert (path, answer.status_code) == (path, 413)
        assert "64 kB" in answer.text


def test_a_question_far_too_long_is_told_so(client: TestClient) -> None:
    assert "질문이 너무 깁니다." in send(client, press(ASK, "가" * 15_000, None, ""))


def test_every_route_that_does_work_is_limited(shop_settings: Settings) -> None:
    service = Service(shop_settings.model_copy(update={"request_rate": "2/hour"}))
    client = open_client(service)
    for _ in range(2):
        client.post(JOIN, json=press(HAND_OVER, None, None))
        client.post("/mcp", json={})
    for path in (JOIN, RUN, "/gradio_api/cancel", "/mcp"):
        answer = client.post(path, json=press(HAND_OVER, None, None, event_id="a"))
        assert (path, answer.status_code) == (path, 429)
        assert int(answer.headers["retry-after"]) > 0
        assert answer.json()["detail"].startswith("잠시 동안 질문이 너무 많았습니다.")
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/terms", "/api/terms", "/desk", "/api/docs", "/terms/가게/1", "/desk/login"])
def test_pages_and_the_desk_are_limited_each_for_itself(shop_settings: Settings, path: str) -> None:
    client = open_client(Service(shop_settings.model_copy(update={"request_rate": "2/hour"})))
    codes = [client.get(path, follow_redirects=False).status_code for _ in range(3)]
    assert (429 in codes[:2], codes[2]) == (False, 429)
    assert client.get("/healthz").status_code == 200
    assert (
        client.get("/terms" if path != "/terms" and not path.startswith("/terms/") else "/api/terms").status_code == 200
    )
