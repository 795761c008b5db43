"""Reading the pages: what they show, and a client that asks for them."""

from __future__ import annotations

import asyncio
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from fastapi.testclient import TestClient

from bot.web.server import build_app

if TYPE_CHECKING:
    from fastapi import FastAPI

    from bot.service import Service


class Page(HTMLParser):
    """``texts``: what is shown from each element with an id to the next one; ``loaded``: all addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: dict[str, str] = {"": ""}
        self.loaded: set[str] = set()
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.loaded |= {found[name] for name in ("src", "href", "srcset", "action") if name in found}
        if "id" in found:
            self.texts[found["id"]] = ""

    def handle_data(self, data: str) -> None:
        self.texts[list(self.texts)[-1]] += data


def open_client(service: Service) -> TestClient:
    """A client of the application, which is made within an event loop: Gradio leaves one open otherwise."""

    async def make() -> FastAPI:
        return build_app(service)

    return TestClient(asyncio.run(make()), base_url="http://localhost")
