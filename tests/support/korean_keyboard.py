"""A Korean keyboard before a real browser: syllables are composed as by an input method, keys go down and up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page


class Keyboard:
    """Of a page; what it types goes where the focus is."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)

    def compose(self, *steps: str) -> None:
        for step in steps:
            place = {"selectionStart": len(step), "selectionEnd": len(step)}
            self._session.send("Input.imeSetComposition", {"text": step, **place})

    def commit(self, text: str) -> None:
        self._session.send("Input.insertText", {"text": text})

    def enter(self, code: int) -> None:
        """``code``: 229 as within a composition, else 13."""
        key: dict[str, Any] = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": code}
        typed = {"text": "\r"} if code == 13 else {}
        kind = "keyDown" if code == 13 else "rawKeyDown"
        self._session.send("Input.dispatchKeyEvent", {"type": kind, **key, **typed})
        self._session.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})
