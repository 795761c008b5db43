"""The page that explains the HTTP interface."""

from __future__ import annotations

import shlex
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from support.pages import Page, open_client

from bot.web.api.docs_page import api_page
from bot.web.api.schemas import AllTermsShape, AnswerShape, ArticleShape, AskBody, ContentsShape, HitsShape

if TYPE_CHECKING:
    from fastapi.testclient import TestClient
    from httpx2 import Response
    from pydantic import BaseModel

    from bot.service import Service


class Commands(HTMLParser):
    """``found``: what stands in the boxes of code and begins with curl."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        if data.startswith("curl "):
            self.found.append(data)


@pytest.fixture
def client(shop_service: Service) -> TestClient:
    shop_service.load()
    return open_client(shop_service)


def run(client: TestClient, command: str) -> Response:
    """What a shell would make of a curl command of the page."""
    _, address, *options = shlex.split(command.replace("\\\n", " "))
    given = dict(zip(options[::2], options[1::2], strict=True))
    headers = dict([given["-H"].split(": ", 1)]) if "-H" in given else {}
    url = urlsplit(address)
    target = f"{url.path}?{url.query}" if url.query else url.path
    return client.request("POST" if "-d" in given else "GET", target, content=given.get("-d"), headers=headers)


def test_every_operation_is_explained_in_korean(client: TestClient) -> None:
    document = client.get("/api/openapi.json").json()
    page = client.get("/api/docs")
    shown = "".join(Page(page.text).texts.values())
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert list(document["paths"]) == [
        "/api/ask",
        "/api/search",
        "/api/terms",
        "/api/terms/{terms}",
        "/api/terms/{terms}/{article}",
    ]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}" in shown
            assert operation["summary"] in shown
            assert operation["description"].replace("`", "") in shown


def test_the_commands_of_the_page_work(client: TestClient) -> None:
    commands = Commands(client.get("/api/docs").text).found
    # the examples name the real terms, which the shop does not have
    assert [run(client, command).status_code for command in commands] == [200, 200, 200, 404, 404]
    assert "http://localhost/api/ask" in commands[0]


def test_the_page_loads_nothing_from_elsewhere_and_runs_nothing(client: TestClient) -> None:
    page = Page(client.get("/api/docs").text)
    assert "script" not in page.tags
    assert {address for address in page.loaded if not address.startswith("#")} == {"/", "/api/openapi.json", "data:,"}


def test_whatever_the_document_and_the_address_hold_is_shown_and_never_run() -> None:
    hostile = "<script>alert(1)</script>"
    answer = {"200": {"description": hostile, "content": {"text/plain": {"example": hostile}}}}
    operation = {"summary": hostile, "description": hostile, "responses": answer}
    page = Page(api_page({"info": {"title": hostile}, "paths": {"/a": {"get": operation}}}, f"http://{hostile}"))
    assert "script" not in page.tags
    assert "".join(page.texts.values()).count(hostile) == 8


def test_no_other_page_of_documentation_is_served(client: TestClient) -> None:
    assert client.get("/redoc").status_code == 404
    assert client.get("/docs").status_code == 404


@pytest.mark.parametrize("shape", [AskBody, AnswerShape, HitsShape, AllTermsShape, ContentsShape, ArticleShape])
def test_the_example_of_a_shape_has_that_shape(shape: type[BaseModel]) -> None:
    (example,) = shape.model_json_schema()["examples"]
    assert shape.model_validate(example).model_dump(exclude_unset=True) == example
