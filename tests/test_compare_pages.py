"""The comparison as command, as file and as web page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from support.commands import run
from support.comparing import NEW, OLD
from support.pages import Page

from bot.service import Service
from bot.web.terms.comparison import build_compare
from bot.web.terms.pages import build_pages
from index.commands.program import app

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import Settings

HOSTILE = '<script>alert(1)</script> & "나" <img src=x onerror=alert(2)>'
DATES = "old=2024-03-01&new=2024-06-01"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    paths = tmp_path / "2024-03-01.txt", tmp_path / "2024-06-01.txt"
    for path, text in zip(paths, (OLD, NEW), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


@pytest.fixture
def client(shop_settings: Settings) -> TestClient:
    folder = shop_settings.data / "terms" / "가게"
    (folder / "2024-03-01.txt").write_text(OLD.replace("제4조 (연락처)", "제4조 (연락처)\n- 전화"), encoding="utf-8")
    (folder / "2024-06-01.txt").write_text(NEW.replace("열네 살", HOSTILE), encoding="utf-8")
    (folder / "terms.toml").write_text('title = "가게 약관"\n', encoding="utf-8")
    opened = FastAPI()
    service = Service(shop_settings)
    opened.include_router(build_compare(service))
    opened.include_router(build_pages(service))
    return TestClient(opened)


def test_the_command_tells_what_changed(files: tuple[Path, Path]) -> None:
    ended = run(app, "compare", *files)
    assert ended.code == 0
    lines = ended.out.splitlines()
    assert "항: 신설 2, 삭제 1, 변경 1, 이동 4, 같음 2" in lines
    assert "제3조 (배송) ← 현행 제2조 (배송): 변경" in lines
    assert "    물건은 결제한 날부터 [+5일+] 안에 보냅니다." in lines
    assert "    중대할 수 있는 변경: 기한·기간: 3일 → 5일" in lines
    assert any(line.startswith("  그 밖의 변경이면 시행일 7일 전(제1조 제1항)") for line in lines)


def test_the_json_holds_the_same(files: tuple[Path, Path]) -> None:
    found = json.loads(run(app, "compare", *files, "--json").out)
    assert list(found) == ["old", "new", "counts", "articles", "references", "notice"]
    assert found["new"] == {"title": "가게 약관", "effective": "2024-06-01"}
    assert found["counts"]["paragraphs"] == {"same": 2, "changed": 1, "moved": 4, "added": 2, "deleted": 1}
    changed = found["articles"][2]["paragraphs"][1]
    assert (changed["kind"], changed["old"]["article"], changed["new"]["paragraph"]) == ("changed", "2", "2")
    assert [p["text"] for p in changed["new"]["pieces"] if p["changed"]] == ["5일"]
    assert [p["latest"] for p in found["notice"]["periods"]] == ["2024-05-25", "2024-05-02"]


def test_the_file_needs_nothing_else_and_shows_hostile_text_as_text(files: tuple[Path, Path], tmp_path: Path) -> None:
    files[1].write_text(NEW.replace("열네 살", HOSTILE), encoding="utf-8")
    assert run(app, "compare", *files, "--html", tmp_path / "out.html").code == 0
    html = (tmp_path / "out.html").read_text(encoding="utf-8")
    page = Page(html)
    assert all(address.startswith("#") for address in page.loaded)
    assert not page.tags & {"script", "img", "link"}
    assert HOSTILE in "".join(page.texts.values())
    for shown in ("<del>3일</del>", "<ins>5일</ins>", "&lt;신 설&gt;", "(현행 제2항과 같음)", "중대할 수 있는 변경"):
        assert shown in html
    assert "“제3조 제1항”: 현행이 가리키던 것은 개정안 <b>제4조 제1항</b>에 있습니다." in html


def test_a_file_that_is_no_terms_ends_in_one_line(files: tuple[Path, Path], tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("그냥 글\n", encoding="utf-8")
    ended = run(app, "compare", files[0], wrong)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == f"오류: {wrong}:1: 조(제1조 …)를 찾지 못했습니다.\n"
    unwritten = run(app, "compare", *files, "--html", tmp_path / "no" / "out.html")
    assert (unwritten.code, unwritten.err.count("\n")) == (1, 1)


def test_the_page_compares_two_editions_without_judging_them(client: TestClient) -> None:
    response = client.get(f"/terms/가게/compare?{DATES}")
    assert response.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert "2024년 3월 1일 시행" in response.text
    assert "<ins>5일</ins>" in response.text
    assert "중대할 수" not in response.text
    assert "공지 기간" not in response.text
    assert HOSTILE in "".join(Page(response.text).texts.values())
    assert (
        client.get(f"/terms/가게/compare?{DATES}", headers={"If-None-Match": response.headers["etag"]}).status_code
        == 304
    )
    style = next(address for address in Page(response.text).loaded if "compare.css" in address)
    assert client.get(style).headers["cache-control"] == "public, max-age=31536000, immutable"


def test_the_list_names_the_editions_that_follow_each_other(client: TestClient) -> None:
    assert f"/terms/%EA%B0%80%EA%B2%8C/compare?{DATES}" in Page(client.get("/terms/가게/compare").text).loaded


@pytest.mark.parametrize("query", ["old=2024-03-01", "old=2024-03-01&new=2030-01-01", "old=../x&new=2024-06-01"])
def test_an_edition_that_is_not_there_is_not_found(client: TestClient, query: str) -> None:
    assert client.get(f"/terms/가게/compare?{query}").status_code == 404


def test_a_changed_file_is_compared_anew(client: TestClient, shop_settings: Settings) -> None:
    assert "<ins>5일</ins>" in client.get(f"/terms/가게/compare?{DATES}").text
    path = shop_settings.data / "terms" / "가게" / "2024-03-01.txt"
    path.write_text(OLD.replace("3일", "4일"), encoding="utf-8")
    assert "<del>4일</del>" in client.get(f"/terms/가게/compare?{DATES}").text
