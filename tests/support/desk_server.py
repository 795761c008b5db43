"""A real server and a real browser before it (the system's Chromium)."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

from support.desk_client import MANAGER, PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI
    from playwright.sync_api import Browser, Page


@contextmanager
def serving(app: FastAPI, port: int = 0) -> Iterator[str]:
    """The address of a server for ``app``: browsers take this machine's plain HTTP for as safe as HTTPS.

    ``port``: 0 for any that is free.
    """
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def paging(browser: Browser, address: str, width: int = 1440) -> Iterator[Page]:
    """A page of a person that may use the clipboard; nothing goes wrong in it unseen."""
    context = browser.new_context(locale="ko-KR", viewport={"width": width, "height": 844}, base_url=address)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    context.close()
    assert not faults


def log_in(page: Page, password: str = PASSWORD, name: str = MANAGER) -> None:
    page.goto("/desk")
    page.get_by_label("이름").fill(name)
    page.get_by_label("비밀번호").fill(password)
    page.keyboard.press("Enter")
