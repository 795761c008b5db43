"""The text of the terms over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from support.pages import Page, open_client

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from bot.service import Service

DOCUMENT = {"name": "가게", "title": "가게 약관", "edition": "2024-03-01"}
URL = "/terms/%EA%B0%80%EA%B2%8C"


@pytest.fixture
def client(shop_service: Service) -> TestClient:
    return open_client(shop_service)


def test_the_terms_are_there_before_the_models(client: TestClient) -> None:
    assert client.get("/api/terms").json() == {"terms": [DOCUMENT | {"articles": 3}]}


def test_the_contents_name_every_article_with_its_address(client: TestClient) -> None:
    rows = [("1", "배송", 2), ("2", "환불", 1), ("3", "연락처", 1)]
    articles = [{"number": n, "title": t, "paragraphs": p, "url": f"{URL}/{n}"} for n, t, p in rows]
    assert client.get("/api/terms/가게").json() == DOCUMENT | {"editions": ["2024-03-01"], "articles": articles}


def test_an_article_comes_with_the_exact_text_of_its_paragraphs(client: TestClient) -> None:
    texts = [
        "물건은 결제한 날부터 3일 안에 보냅니다.",
        "배송이 늦으면 문자로 알립니다. 다만, 명절에는 알리지 않습니다.",
    ]
    assert client.get("/api/terms/가게/1").json() == {
        "name": "가게",
        "terms": "가게 약관",
        "edition": "2024-03-01",
        "number": "1",
        "title": "배송",
        "url": f"{URL}/1",
        "paragraphs": [
            {"number": str(n), "text": text, "url": f"{URL}/1#p{n}"} for n, text in enumerate(texts, start=1)
        ],
    }


def test_the_address_of_a_paragraph_leads_to_it(client: TestClient) -> None:
    paragraph = client.get("/api/terms/가게/1").json()["paragraphs"][1]
    address, _, anchor = paragraph["url"].partition("#")
    assert paragraph["text"] in Page(client.get(address).text).texts[anchor]


def test_a_name_in_decomposed_letters_is_the_same_name(client: TestClient) -> None:
    name = normalize("NFD", "가게")
    assert name != "가게"
    assert client.get(f"/api/terms/{name}/1").status_code == 200


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/api/terms/없음", "그런 약관이 없습니다."),
        ("/api/terms/없음/1", "그런 약관이 없습니다."),
        ("/api/terms/가게/9", "그런 조가 없습니다."),
    ],
)
def test_what_is_not_there_is_told_in_korean(client: TestClient, path: str, said: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.json()) == (404, {"detail": said})


@pytest.mark.parametrize("path", [f"/api/terms/{'가' * 201}", f"/api/terms/가게/{'1' * 21}"])
def test_an_address_that_is_too_long_is_refused(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 422
