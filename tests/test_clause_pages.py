"""The clause pages as they come from the server."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from support.fakes import SHOP
from support.pages import Page, open_client

from bot.service import Service

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from bot.settings import Settings

HOSTILE = "가<script>alert(1)</script> & \"나\" '다' {{ 7 * 7 }} <img src=x onerror=alert(2)>"
SHOP_PATH = "/terms/%EA%B0%80%EA%B2%8C"
PARAGRAPH = "전항과 제1조 제2항, 제9조, 제1조 제9항, 「상법」 제3조에 따릅니다."


class Tags(HTMLParser):
    """All start tags with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def of(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        return [a for t, a in self.found if t == tag and wanted.items() <= a.items()]


@pytest.fixture
def client(shop_settings: Settings) -> TestClient:
    text = SHOP.replace("제3조", f"- {PARAGRAPH}\n제3조")
    (shop_settings.data / "terms" / "가게" / "2024-04-01.txt").write_text(text, encoding="utf-8")
    return open_client(Service(shop_settings))


def test_an_article_page_keeps_what_the_panel_takes(client: TestClient) -> None:
    html = client.get("/terms/가게/1").text
    tags, page = Tags(html), Page(html)
    assert "제1항 물건은 결제한 날부터 3일 안에 보냅니다." in page.texts["p1"]
    assert "제2항 배송이 늦으면 문자로 알립니다. 다만, 명절에는 알리지 않습니다." in page.texts["p2"]
    article = re.search(r'<article class="clause">.*</article>', html, re.DOTALL)
    assert article
    inside = Tags(article[0])
    assert [li["id"] for li in inside.of("li")] == ["p1", "p2"]
    assert [a["href"] for a in inside.of("a", **{"class": "number"})] == [f"{SHOP_PATH}/1#p1", f"{SHOP_PATH}/1#p2"]
    assert not [a for _, a in tags.found if any(name.startswith("on") or name == "style" for name in a)]


def test_a_page_says_what_it_is(client: TestClient) -> None:
    html = client.get("/terms/가게/2").text
    tags = Tags(html)
    assert "<title>제2조(환불) | 가게 약관</title>" in html
    assert tags.of("html", lang="ko")
    assert tags.of("link", rel="canonical")[0]["href"] == f"http://localhost{SHOP_PATH}/2"
    assert tags.of("meta", name="description")[0]["content"].startswith("환불: 받은 날부터 7일 안에")
    assert tags.of("time") == [{"datetime": "2024-04-01"}]
    assert '시행일 <time datetime="2024-04-01">2024년 4월 1일</time>' in html
    assert tags.of("a", **{"class": "skip"}) == [{"class": "skip", "href": "#text"}]
    assert [a["href"] for a in tags.of("a", **{"aria-current": "page"})] == [f"{SHOP_PATH}/2"]
    assert [tags.of("a", rel=rel)[0]["href"][-2:] for rel in ("prev", "next")] == ["/1", "/3"]


def test_the_first_and_the_last_article_have_one_neighbour(client: TestClient) -> None:
    first, last = (Tags(client.get(f"/terms/가게/{n}").text) for n in (1, 3))
    assert (len(first.of("a", rel="prev")), len(first.of("a", rel="next"))) == (0, 1)
    assert (len(last.of("a", rel="prev")), len(last.of("a", rel="next"))) == (1, 0)


def test_clauses_that_exist_are_linked_and_no_others(client: TestClient) -> None:
    html = client.get("/terms/가게/2").text
    found = re.findall(r'<a class="reference" href="([^"]+)" title="([^"]+)">([^<]+)</a>', html)
    assert found == [
        (f"{SHOP_PATH}/2#p1", "제2조 (환불)", "전항"),
        (f"{SHOP_PATH}/1#p2", "제1조 (배송)", "제1조 제2항"),
    ]
    assert PARAGRAPH in re.sub(r"<[^>]+>", "", html)


def test_a_quotation_names_its_source(client: TestClient) -> None:
    copies = Tags(client.get("/terms/가게/2").text).of("clause-copy")
    assert copies[1] == {
        "data-citation": "「가게 약관」 제2조 제2항(2024. 4. 1. 시행)",
        "data-url": f"{SHOP_PATH}/2#p2",
    }


def test_the_documents_and_their_articles_are_listed(client: TestClient) -> None:
    documents, contents = client.get("/terms").text, client.get("/terms/가게").text
    assert SHOP_PATH in Page(documents).loaded
    assert {f"{SHOP_PATH}/{n}" for n in (1, 2, 3)} <= Page(contents).loaded
    assert "시행일 2024년 4월 1일" in Page(documents).texts["text"]
    assert "시행일 2024년 4월 1일" in Page(contents).texts["text"]


@pytest.mark.parametrize(
    "path", ["/terms", "/terms/가게", "/terms/가게/1", "/terms/가게/99", "/terms/없음", "/terms/가게/whole"]
)
def test_pages_load_and_run_only_what_this_server_holds(client: TestClient, path: str) -> None:
    response = client.get(path)
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;")
    tags = Tags(response.text)
    loaded = [a["src"] for a in tags.of("script")] + [a["href"] for a in tags.of("link", rel="stylesheet")]
    names = ("clause", "whole") if path.endswith("/whole") else ("clause",)
    expected = [f"/static/{name}.{kind}" for kind in ("js", "css") for name in names]
    assert [re.sub(r"\?v=[0-9a-f]{12}$", "", url) for url in loaded] == expected
    for url in loaded:
        sent = client.get(url)
        assert (sent.status_code, sent.headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
        assert client.get(url[:-1]).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/terms", "/terms/가게", "/terms/가게/1", "/terms/가게/whole", "/static/clause.css"])
def test_an_unchanged_page_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
    assert (again.status_code, again.text, again.headers["etag"]) == (304, "", first.headers["etag"])
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.head(path).status_code == 200


@pytest.mark.parametrize("path", ["/terms", "/terms/가게", "/terms/가게/1", "/terms/가게/whole"])
def test_what_the_terms_hold_is_shown_and_never_run(shop_settings: Settings, path: str) -> None:
    folder = shop_settings.data / "terms" / "가게"
    text = f"가게 약관\n제1조 ({HOSTILE.replace('(', '').replace(')', '')})\n- {HOSTILE}\n"
    (folder / "2024-04-01.txt").write_text(text, encoding="utf-8")
    (folder / "terms.toml").write_text(f"title = '''{HOSTILE}'''\n", encoding="utf-8")
    html = open_client(Service(shop_settings)).get(path).text
    assert HOSTILE in "".join(Page(html).texts.values())
    tags = Tags(html)
    assert {tuple(sorted(a)) for a in tags.of("script")} == {("src", "type")}
    assert not tags.of("img")
