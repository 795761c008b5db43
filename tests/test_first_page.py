"""The chat page as it comes: its files asked for at once, what others are told of it, compressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import expect
from starlette.responses import HTMLResponse, JSONResponse, Response
from support.serving import MARKS

from bot.web.chat import first_load
from bot.web.chat.first_load import ASSETS, FirstPage, build_assets, find_assets

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page


pytest_plugins = ["support.browsers"]
GRADIO = (
    '<!doctype html><html\n\tlang="en"><head><meta property="og:title" content="Gradio" />'
    '<meta name="twitter:card" content="x" /><title>t</title></head></html>'
)


def answer(response: Response, path: str = "/", encoding: str = "") -> tuple[str, dict[str, str]]:
    app = FastAPI()
    app.add_route(path, lambda _: response)
    app.add_middleware(
        FirstPage, names=("a.js", "b.css"), title="가 & <나>", about="안내", origins=("https://www.example.com",)
    )
    got = TestClient(app).get(path, headers={"Accept-Encoding": encoding})
    return got.text, dict(got.headers)


def test_the_head_asks_for_all_files_and_says_what_the_page_is_about() -> None:
    text, headers = answer(HTMLResponse(GRADIO))
    assert '<link rel="modulepreload" crossorigin href="/assets/a.js">' in text
    assert '<link rel="preload" as="style" crossorigin href="/assets/b.css">' in text
    assert (
        '<meta property="og:title" content="가 &amp; &lt;나&gt;"><meta property="og:description" content="안내">'
        in text
    )
    assert 'lang="ko"><head><link' in text
    assert "Gradio" not in text
    assert "twitter" not in text
    assert headers["content-length"] == str(len(text.encode()))
    assert "content-encoding" not in headers


def test_the_page_is_compressed_for_those_who_take_it() -> None:
    plain, _ = answer(HTMLResponse(GRADIO))
    text, headers = answer(HTMLResponse(GRADIO), encoding="gzip, br")
    assert (text, headers["content-encoding"], headers["vary"]) == (plain, "gzip", "Accept-Encoding")


@pytest.mark.parametrize(
    ("response", "path"),
    [(JSONResponse(GRADIO), "/"), (HTMLResponse(GRADIO), "/terms"), (Response(GRADIO, media_type="text/plain"), "/")],
)
def test_nothing_else_is_touched(response: Response, path: str) -> None:
    text, headers = answer(response, path, "gzip")
    assert text == bytes(response.body).decode()
    assert "content-encoding" not in headers


def test_files_are_kept_for_ever_and_sent_compressed() -> None:
    name = find_assets(["chatbot"])[-1]  # not the one in which a word is replaced
    app = FastAPI()
    app.include_router(build_assets([name]))
    for encoding in ("", "gzip"):
        got = TestClient(app).get(f"/assets/{name}", headers={"Accept-Encoding": encoding})
        assert got.content == (ASSETS / name).read_bytes()
        assert got.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert got.headers.get("content-encoding", "") == encoding


def test_scripts_written_in_another_way_are_left_to_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text('<script src="./assets/index-1.js"></script>', encoding="utf-8")
    (tmp_path / "assets" / "index-1.js").write_text('import("./other.js")', encoding="utf-8")
    monkeypatch.setattr(first_load, "FRONTEND", tmp_path)
    monkeypatch.setattr(first_load, "ASSETS", tmp_path / "assets")
    assert find_assets(["chatbot"]) == ()


class TestInABrowser:
    pytestmark = MARKS

    def test_what_the_page_loads_is_what_its_head_asks_for(self, page: Page) -> None:
        expect(page.get_by_role("textbox", name="질문")).to_be_visible()
        expect(page.locator("#starters button").first).to_be_visible()
        asked = page.eval_on_selector_all("head link[crossorigin][href^='/assets/']", "all => all.map(a => a.href)")
        loaded = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
        assert set(asked) == {url for url in loaded if "/assets/" in url}
        assert page.evaluate("document.documentElement.lang") == "ko"

    def test_the_first_page_is_at_most_320_kb_on_its_way(self, page: Page) -> None:
        expect(page.locator("#starters button").first).to_be_visible()
        expect(page.locator("[data-edition]").first).to_be_visible()
        kinds = "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
        assert page.evaluate(f"{kinds}.reduce((sum, one) => sum + one.transferSize, 0)") <= 320_000
