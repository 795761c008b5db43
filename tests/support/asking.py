"""A person's questions to the page of the chat."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import ViewportSize, expect

from bot.journal.entries import Filter

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Locator, Page

    from bot.journal.entries import Logged
    from bot.journal.reader import Reader

WAIT_MS = 60_000  # a question asked while the models load is answered when they are there
WIDE: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


def ask(page: Page | Frame, question: str) -> None:
    box = page.get_by_role("textbox", name="질문")
    box.fill(question)
    box.press("Enter")


def ask_and_wait(page: Page, question: str) -> Locator:
    """The whole answer to ``question``: it can be rated then."""
    before = page.locator("#chat .bot.message").count()
    ask(page, question)
    answer = page.locator("#chat .bot.message").nth(before)
    expect(answer).to_be_visible(timeout=WAIT_MS)
    expect(page.get_by_role("button", name="도움이 됐어요")).to_be_enabled(timeout=WAIT_MS)
    return answer


def say_and_wait(page: Page, text: str) -> Locator:
    """What is said back to ``text`` when it is no answer: it cannot be rated."""
    before = page.locator("#chat .bot.message").count()
    ask(page, text)
    said = page.locator("#chat .bot.message").nth(before)
    expect(said).to_contain_text(re.compile(r"\S"), timeout=WAIT_MS)
    expect(page.locator("#following")).to_be_attached(timeout=WAIT_MS)
    return said


def find_logged(reader: Reader, question: str) -> list[Logged]:
    """What the journal holds of ``question``, newest first."""
    rows, _ = reader.entries(Filter(text=question), 1, 1000)
    return [row for row in rows if row.question == question]
