"""A real server on a port of its own and the system's Chromium, for tests with a browser."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
import uvicorn
from playwright.sync_api import Browser, expect, sync_playwright

from bot.web.server import build_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.service import Service

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
expect.set_options(timeout=20_000)  # Playwright's own five seconds are too few for a busy machine
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
MARKS = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and not os.environ.get("CI"), reason="Chromium이 없어 브라우저 시험을 건너뜁니다"
    ),
]


@contextmanager
def serve(service: Service) -> Iterator[str]:
    """The address of the application over ``service``."""
    servers: list[uvicorn.Server] = []

    async def run() -> None:
        # made within the loop that it runs in: Gradio leaves one open otherwise
        config = uvicorn.Config(build_app(service), port=0, log_level="warning", timeout_graceful_shutdown=1)
        servers.append(uvicorn.Server(config))
        await servers[0].serve()

    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    while thread.is_alive() and not (servers and servers[0].started):
        time.sleep(0.02)
    assert servers, "the application could not be made"
    try:
        yield f"http://127.0.0.1:{servers[0].servers[0].sockets[0].getsockname()[1]}"
    finally:
        servers[0].should_exit = True
        thread.join()


@contextmanager
def serve_site(html: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """The origin of somebody else's site, and its pages by path, which a test may add to."""
    pages = {"/": html}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path, "").encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing to say."""

    site = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=site.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{site.server_address[1]}", pages
    finally:
        site.shutdown()
        thread.join()
        site.server_close()


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        try:
            yield opened
        finally:
            opened.close()
