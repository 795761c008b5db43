"""All of a document on one page, as it comes from the server, and the form of its texts."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient
from support.pages import Page
from support.whole_terms import PATH, flower_shop

from bot.web.terms.rows import Piece, in_blocks

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return TestClient(flower_shop(tmp_path_factory.mktemp("flowers")), base_url="http://localhost")


@pytest.fixture(scope="module")
def html(client: TestClient) -> str:
    response = client.get("/terms/꽃집/whole")
    assert response.status_code == 200
    return response.text


def shown(html: str) -> str:
    """The words of the page's main part."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html.partition("<main")[2])).split())


def test_every_article_stands_in_order_below_its_chapter_with_annexes_and_addenda(html: str) -> None:
    found = re.findall(r"<h[1-3][^>]*>([^<]+)</h[1-3]>", html)
    assert [unescape(one) for one in found] == [
        "꽃집 약관",
        "제1장 총칙",
        "제1조 (뜻)",
        "제2장 배송",
        "제2조 (배송일)",
        "제2조의2 (VIP 배송)",
        "부칙 <2024. 4. 1.>",
        "부칙 제1조 (시행일)",
        "별표 1 요금표(제1조 관련)",
    ]
    assert "이 약관은 2024년 3월 1일에 공고하였습니다." in shown(html).partition("제1장")[0]


def test_ids_name_the_article_too_and_lead_to_own_pages(html: str) -> None:
    ids = re.findall(r' id="(a[^"]+)"', html)
    assert [one for one in ids if not one.endswith("-name")] == [
        *("a1", "a1p1", "a1p2", "a2", "a2p1", "a2의2", "a2의2p1", "a부칙-1", "a부칙-1p1"),
    ]
    assert len(ids) == len(set(ids))
    assert re.findall(r'class="own" href="([^"]+)"', html)[2] == f"{PATH}/2%EC%9D%982"
    assert 'id="별표1"' in html
    assert f'href="{PATH}/1#p2">제2항</a>' in html


def test_a_clause_that_another_names_is_reached_within_the_page(html: str) -> None:
    assert re.findall(r'class="reference" href="([^"]+)"[^>]*>([^<]+)<', html) == [
        ("#a2p1", "제2조 제1항"),
        ("#a2의2", "제2조의2"),
    ]
    assert {"#a1", "#a2의2", "#s1", "#별표1"} <= Page(html).loaded


def test_lists_and_tables_keep_their_form(html: str) -> None:
    assert '<p class="item">2. “구독자”란 다음의 사람을 말합니다.' in html
    assert '<p class="deeper">가. 개인' in html
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    cells = [re.findall(r"<td>(.*?)</td>", row, re.DOTALL) for row in rows]
    assert [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in cells] == [
        ["요일", "마감"],
        ["월요일", "제2조의2에 따름"],
        ["꽃", "요금"],
        ["큰 꽃", "25,000원"],
    ]


def test_a_plain_line_stands_beside_its_clause_alone(html: str) -> None:
    (line,) = re.findall(r'<p class="plain">.*?</p>', html, re.DOTALL)
    assert shown(f"<main{line}").endswith("쉬운 말 고르신 요일에 꽃을 보내 드려요.")
    assert html.index('id="a2p1"') < html.index(line) < html.index('id="a2의2"')


def test_another_edition_says_so_and_has_no_plain_line_of_other_words(client: TestClient) -> None:
    html = client.get("/terms/꽃집/whole?edition=2023-04-01").text
    assert "이 약관은 2023년 4월 1일부터 시행된 이전 판입니다." in shown(html)
    assert f'<a href="{PATH}/whole">지금 시행 중인 판 보기</a>' in html
    assert re.findall(r'class="own" href="([^"]+)"', html) == [f"{PATH}/1?edition=2023-04-01"]
    assert "쉬운 말" not in html
    assert client.get("/terms/꽃집/whole?edition=2022-01-01").status_code == 404


def test_plain_lines_that_cannot_be_read_leave_the_terms(tmp_path: Path) -> None:
    app = flower_shop(tmp_path)
    (tmp_path / "plain" / "꽃집" / "2.md").write_text("제목 없는 줄\n", encoding="utf-8")
    html = TestClient(app).get("/terms/꽃집/whole").text
    assert "고른 요일에 꽃을 배송합니다." in html
    assert "쉬운 말" not in html


def test_the_page_is_reached_from_the_contents_and_from_each_article(client: TestClient) -> None:
    assert f"{PATH}/whole" in Page(client.get("/terms/꽃집").text).loaded
    assert f"{PATH}/whole#a2의2" in Page(client.get("/terms/꽃집/2의2").text).loaded
    dated = client.get("/terms/꽃집/1?edition=2023-04-01").text
    assert f"{PATH}/whole?edition=2023-04-01#a1" in Page(dated).loaded


def test_without_scripts_no_control_is_there_that_needs_one(html: str) -> None:
    assert re.search(r'<div class="find"[^>]* hidden>', html)
    assert re.findall(r"<button", html.partition('<div class="find"')[0]) == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("한 줄", ["line"]),
        ("머리\r\n1. 하나\r가. 둘\n\n① 셋", ["line", "item", "deeper", "item"]),
        ("가격 | 기간", ["line"]),
        ("가격 | 기간\n1원 | 1일\n끝", ["table", "line"]),
    ],
)
def test_lines_are_told_apart_by_what_begins_them(text: str, kinds: list[str]) -> None:
    assert [block.kind for block in in_blocks([Piece(text)])] == kinds


def test_a_link_stays_one_where_lines_and_cells_are_cut() -> None:
    (table,) = in_blocks([Piece("때 | 조\n낮 | "), Piece("제2조", "#a2", "제2조 (뜻)"), Piece("와 | 끝")])
    assert [["".join(p.text for p in cell) for cell in row] for row in table.rows] == [
        ["때", "조"],
        ["낮", "제2조와", "끝"],
    ]
    assert table.rows[1][1][0].url == "#a2"
