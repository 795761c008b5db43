"""Pictures of the pages in `var/screenshots`, and how fast the chat is in a browser: the real application, no asserts.

`PYTHONPATH=. .venv/bin/python tests/support/screenshots.py`
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.request import urlopen

from support.asking import PHONE, WIDE, ask, ask_and_wait
from support.benchmark import free_port, wait_for
from support.serving import open_browser, serve_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from playwright.sync_api import Browser, Page, ViewportSize

FOLDER = Path("var/screenshots")
QUESTION = "요금을 두 번 밀리면 어떻게 되나요?"
TIMES = 5
# the second frame after the question box has come: from then on it is seen and can be typed into
USABLE = """new MutationObserver((_, observer) => {
  if (!document.querySelector("#question textarea")) return;
  observer.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => { window.usable = performance.now(); }));
}).observe(document, { subtree: true, childList: true })"""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"


@contextmanager
def running(origin: str) -> Iterator[str]:
    """The address of `app.py` as a process of its own, which ``origin`` may embed; up, but still loading."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        settings = {
            "BOT_PORT": str(port),
            "BOT_ORIGINS": json.dumps([origin]),
            "BOT_JOURNAL": f"sqlite:///{folder}/journal.db",
            "BOT_SECRET": f"{folder}/secret",
            "BOT_RATE": "1000/minute",
        }
        process = subprocess.Popen([sys.executable, "app.py"], env={**os.environ, **settings})
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", lambda _: True)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


class Camera:
    """Opens pages of one width and one scheme, and takes their pictures."""

    def __init__(self, browser: Browser, size: ViewportSize, scheme: Literal["light", "dark"]) -> None:
        self._context = browser.new_context(locale="ko-KR", viewport=size, color_scheme=scheme)
        self._end = f"{size['width']}-{scheme}.png"

    def open(self, url: str) -> Page:
        page = self._context.new_page()
        page.goto(url)
        return page

    def take(self, page: Page, name: str) -> None:
        page.wait_for_timeout(400)  # the end of transitions
        page.screenshot(path=FOLDER / f"{name}-{self._end}")

    def close(self) -> None:
        self._context.close()


def take_chat(camera: Camera, bot: str) -> None:
    page = camera.open(bot)
    page.locator("#starters").wait_for()
    camera.take(page, "chat-start")
    ask_and_wait(page, QUESTION)
    camera.take(page, "chat-answer")
    page.get_by_role("link", name="제7조 제3항").click()
    page.locator("#panel .cited").wait_for()
    camera.take(page, "chat-panel")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="상담원 연결").click()
    page.locator("#handover").wait_for()
    camera.take(page, "chat-handover")


def take_others(camera: Camera, bot: str, site: str) -> None:
    camera.take(camera.open(f"{bot}/terms/서비스이용약관/7#p3"), "clause")
    page = camera.open(f"{bot}/terms/서비스이용약관/whole")
    camera.take(page, "whole")
    page.get_by_role("searchbox").fill("해지 환불")
    camera.take(page, "whole-found")
    camera.take(camera.open(f"{bot}/api/docs"), "api")
    page = camera.open(site)
    page.get_by_role("button").click()
    page.frame_locator("iframe").locator("#starters").wait_for()
    camera.take(page, "widget")


def measure(browser: Browser, bot: str) -> dict[str, float]:
    """Medians in milliseconds; each time of a browser without a cache."""
    paint, usable, answered = [], [], []
    for _ in range(TIMES):
        context = browser.new_context(locale="ko-KR")
        page = context.new_page()
        page.add_init_script(USABLE)
        page.goto(bot)
        page.wait_for_function("window.usable")
        usable.append(page.evaluate("window.usable"))
        page.locator("#starters").wait_for()
        paint.append(page.evaluate(PAINT))
        started = time.perf_counter()
        ask(page, QUESTION)
        page.get_by_role("button", name="도움이 됐어요").wait_for()
        answered.append(1000 * (time.perf_counter() - started))
        context.close()
    names = ("first_contentful_paint_ms", "usable_box_ms", "enter_to_whole_answer_ms")
    return dict(zip(names, map(median, (paint, usable, answered)), strict=True))


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with serve_site() as (site, pages), running(site) as bot, open_browser() as browser:
        pages["/"] = f'<!doctype html><html lang="ko"><h1>예시 회사</h1><script src="{bot}/widget.js" defer></script>'
        loading = Camera(browser, WIDE, "light")
        page = loading.open(bot)
        page.locator("#state.loading").wait_for()
        loading.take(page, "chat-loading")
        while json.load(urlopen(f"{bot}/healthz"))["state"] == "loading":  # noqa: S310
            time.sleep(0.1)
        loading.close()
        for size in (WIDE, PHONE):
            for scheme in ("light", "dark"):
                camera = Camera(browser, size, scheme)
                take_chat(camera, bot)
                take_others(camera, bot, site)
                camera.close()
        for name, value in measure(browser, bot).items():
            print(f"{name:26s} {value:8.1f}")  # noqa: T201


if __name__ == "__main__":
    main()
