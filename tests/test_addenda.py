"""제1조 of the main text and of the 부칙 are two articles: every page, tool and sentence names the right one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from mcp.server.mcpserver.exceptions import ToolError
from support.commands import run
from support.desk_client import desk_app, log_in, open_journal
from support.fakes import SHOP

from bot.gate import Finding, decide
from bot.render.remarks import missing_clauses
from bot.web.api.mcp import _look_up
from bot.web.desk import views
from index.commands.program import app as index_app
from index.references.by_number import Reference
from index.terms import article_heading, parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastapi.testclient import TestClient

    from bot.service import Service
    from bot.settings import Settings
    from index.editions.edition import Edition

EXCHANGE = "제2조의2 (교환)\n- 받은 날부터 3일 안에 교환을 신청할 수 있습니다.\n"
ADDENDUM = "부칙\n제1조 (시행일)\n- 이 약관은 2024년 3월 1일부터 시행합니다.\n"
TEXT = SHOP.replace("제3조", f"{EXCHANGE}제3조") + ADDENDUM


@pytest.fixture
def edition(shop_editions: tuple[Edition, ...]) -> Edition:
    return replace(shop_editions[0], terms=parse(TEXT))


@pytest.fixture
def data(shop_settings: Settings) -> None:
    """The shop's terms have a branch and a 부칙."""
    (shop_settings.data / "terms" / "가게" / "2024-03-01.txt").write_text(TEXT, encoding="utf-8")


@pytest.fixture
def client(data: None, shop_service: Service, shop_settings: Settings, tmp_path: Path) -> Iterator[TestClient]:
    shop_service.load()
    journal = open_journal(tmp_path)
    yield log_in(desk_app(shop_service, journal, shop_settings, tmp_path))
    journal.close()


def test_an_article_knows_its_name_and_the_addresses_of_its_paragraphs(edition: Edition) -> None:
    articles = edition.terms.articles
    assert [article.name for article in articles] == ["제1조", "제2조", "제2조의2", "제3조", "부칙 제1조"]
    assert [article_heading(article) for article in articles][-1] == "부칙 제1조 (시행일)"
    clause = articles[-1].clause("가게", "1")
    assert (clause.document, clause.article, clause.paragraph) == ("가게", "부칙-1", "1")
    assert edition.paragraph(clause) == articles[-1].paragraphs[0]


def test_the_desk_shows_the_addendum_under_its_own_name_and_address(client: TestClient) -> None:
    article: Any = client.get("/desk/api/article", params={"terms": "가게", "number": "부칙-1"}).json()
    assert (article["name"], article["number"], article["title"]) == ("부칙 제1조", "부칙-1", "시행일")
    assert (article["previous"], article["next"]) == ("3", "")
    [paragraph] = article["paragraphs"]
    assert paragraph["mark"] == "부칙 제1조 제1항"
    assert "/%EB%B6%80%EC%B9%99-1" in paragraph["url"]
    assert paragraph["copy"].startswith("「가게 약관」 부칙 제1조 제1항(2024. 3. 1. 시행) “이 약관은")
    first = client.get("/desk/api/article", params={"terms": "가게", "number": "1"}).json()
    assert (first["name"], first["next"]) == ("제1조", "2")


def test_the_desks_contents_hold_the_addendum_apart(edition: Edition) -> None:
    [document] = views.contents([edition], [edition])
    assert [one["number"] for one in document["articles"]] == ["1", "2", "2의2", "3", "부칙-1"]


def test_a_customer_is_told_from_where_to_where_the_terms_go(edition: Edition) -> None:
    verdict = decide([Finding("제9조", (), (Reference("9"), Reference("부칙-1", "7")))], max_citations=4)
    assert missing_clauses(verdict, [edition]) == [
        "제9조는 이 약관에 없습니다. 이 약관은 제1조부터 부칙 제1조까지 있습니다.",
        "부칙 제1조 제7항은 이 약관에 없습니다. 부칙 제1조에는 제1항만 있습니다.",
    ]


def test_another_assistant_is_told_the_same(edition: Edition) -> None:
    with pytest.raises(ToolError, match="제1조부터 부칙 제1조까지 있습니다"):
        _look_up(edition, "9", None, "")
    with pytest.raises(ToolError, match="부칙 제1조 제1항까지 있습니다"):
        _look_up(edition, "부칙-1", "2", "")


@pytest.mark.usefixtures("data", "shop_environment")
def test_the_command_line_names_a_branch_as_the_terms_do() -> None:
    first = run(index_app, "search", "제2조의2").out.splitlines()[0]
    assert "제2조의2 제1항 (교환)" in first
