"""The tools for other assistants, through the library's own client."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from support.mcp_client import connected
from support.pages import open_client

from bot.service import Service

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mcp import Client

QUOTE = "받은 날부터 7일 안에 환불을 신청할 수 있습니다."


def talk(service: Service, conversation: Callable[[Client], Awaitable[Any]]) -> Any:
    """What ``conversation`` makes of a client that is connected to the whole application."""

    async def run() -> Any:
        async with connected(service) as (_, client):
            return await conversation(client)

    return asyncio.run(run())


def call(service: Service, tool: str, **arguments: object) -> Any:
    """The result of one call, as the client gives it."""
    return talk(service, lambda client: client.call_tool(tool, arguments))


def said(result: Any) -> str:
    return "".join(getattr(content, "text", "") for content in result.content)


def test_the_tools_explain_themselves_and_only_read(shop_service: Service) -> None:
    async def conversation(client: Client) -> Any:
        return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in talk(shop_service, conversation)}
    assert set(tools) == {"look_up_clause", "search_clauses", "ask"}
    assert tools["look_up_clause"].input_schema["required"] == ["article"]
    for tool in tools.values():
        assert tool.annotations.read_only_hint
        assert tool.output_schema
        assert any("가" <= letter <= "힣" for letter in tool.description)


def test_an_article_is_looked_up_whole(shop_service: Service) -> None:
    found = call(shop_service, "look_up_clause", article="1").structured_content
    assert (found["terms"], found["title"]) == ("가게 약관", "배송")
    assert [p["number"] for p in found["paragraphs"]] == ["1", "2"]


@pytest.mark.parametrize(
    ("article", "paragraph"), [("2", "1"), ("제 2 조", "제1항"), pytest.param(2, 1, id="as numbers")]
)
def test_a_clause_is_looked_up_by_any_spelling_of_its_number(
    shop_service: Service, article: str | int, paragraph: str | int
) -> None:
    found = call(shop_service, "look_up_clause", article=article, paragraph=paragraph, terms="가게").structured_content
    assert [p["text"] for p in found["paragraphs"]] == [QUOTE]


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        ({"article": "9"}, "제1조부터 제3조까지 있습니다."),
        ({"article": "1", "paragraph": "3"}, "제1조 제2항까지 있습니다."),
        ({"article": "1", "terms": "없음"}, "있는 약관: 가게"),
    ],
)
def test_what_does_not_exist_is_told_with_what_does(
    shop_service: Service, arguments: dict[str, str], hint: str
) -> None:
    result = call(shop_service, "look_up_clause", **arguments)
    assert result.is_error
    assert hint in said(result)


def test_a_search_and_an_answer_have_the_shapes_of_the_http_interface(shop_service: Service) -> None:
    found = call(shop_service, "search_clauses", query="환불", k=1).structured_content
    (hit,) = found["hits"]
    assert (hit["article"], hit["quote"]) == ("2", QUOTE)
    service = Service(shop_service.settings.model_copy(update={"address": "https://bot.example.com"}))
    answer = call(service, "ask", question="다음 항은요?", history=["제1조 제1항"]).structured_content
    http = open_client(service).post("/api/ask", json={"question": "다음 항은요?", "history": ["제1조 제1항"]})
    varying = {"elapsed_ms": 0.0, "entry": None}
    assert answer | varying == http.json() | varying
    assert "\nhttps://bot.example.com/terms/" in answer["text"]


def test_who_calls_too_often_is_told_to_wait(shop_service: Service) -> None:
    service = Service(shop_service.settings.model_copy(update={"rate": "1/day"}))

    async def conversation(client: Client) -> Any:
        return [await client.call_tool("look_up_clause", {"article": "1"}) for _ in range(2)]

    first, second = talk(service, conversation)
    assert not first.is_error
    assert second.is_error
    assert "뒤에 다시 시도해 주세요." in said(second)
