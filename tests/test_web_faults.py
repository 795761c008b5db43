"""What the pages and the HTTP interface say to a request that they cannot serve."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.pages import Page, open_client

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from bot.service import Service

NO_ADDRESS = "그런 주소가 없습니다."


@pytest.fixture
def client(shop_service: Service) -> TestClient:
    shop_service.load()
    return open_client(shop_service)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/terms/가게/9", "그런 조가 없습니다."),
        ("/terms/없음", "그런 약관이 없습니다."),
        ("/terms/가게/1/2", NO_ADDRESS),
        ("/<script>alert(1)", NO_ADDRESS),
    ],
)
def test_a_page_that_does_not_exist_is_a_korean_page_with_a_way_back(client: TestClient, path: str, said: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["content-type"]) == (404, "text/html; charset=utf-8")
    page = Page(response.text)
    assert said in page.texts[""]
    assert {"/", "/terms"} <= page.loaded
    assert "<script>alert" not in response.text


def test_an_interface_that_does_not_exist_is_told_in_korean_json(client: TestClient) -> None:
    response = client.get("/api/nothing")
    assert (response.status_code, response.json()) == (404, {"detail": NO_ADDRESS})


def test_a_method_that_a_page_does_not_take_is_told_in_korean(client: TestClient) -> None:
    response = client.post("/")
    assert response.status_code == 405
    assert response.headers["allow"]
    assert "이 주소에서는 쓸 수 없는 요청입니다." in Page(response.text).texts[""]


def test_what_gradio_does_not_find_is_told_as_its_page_expects(client: TestClient) -> None:
    response = client.get("/assets/nothing.js")
    assert (response.status_code, response.json()) == (404, {"detail": "Not Found"})


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, ["body", "question"]),
        ({"question": "a" * 20_001}, ["body", "question"]),
        ({"question": "가", "history": ["가"] * 51}, ["body", "history"]),
        ({"question": "\ud800 \ud83d"}, ["body", "question"]),
    ],
    ids=["empty", "long", "long history", "lone surrogate"],
)
def test_a_body_of_the_wrong_shape_is_refused_in_korean(
    client: TestClient, body: dict[str, object], where: list[str]
) -> None:
    response = client.post("/api/ask", content=json.dumps(body), headers={"content-type": "application/json"})
    assert response.status_code == 422
    assert [(f["loc"], f["msg"]) for f in response.json()["detail"]] == [(where, "값이 형식에 맞지 않습니다.")]


def test_a_body_that_is_not_utf8_is_refused_in_korean(client: TestClient) -> None:
    response = client.post("/api/ask", content=b'{"question": "\xff"}', headers={"content-type": "application/json"})
    assert (response.status_code, response.json()) == (400, {"detail": "요청을 읽을 수 없습니다."})


@pytest.mark.parametrize("parameters", [{}, {"q": "가" * 501}, {"q": "가", "k": 0}, {"q": "가", "k": 51}])
def test_a_search_of_the_wrong_shape_is_refused(client: TestClient, parameters: dict[str, str]) -> None:
    assert client.get("/api/search", params=parameters).status_code == 422
