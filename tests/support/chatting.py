"""The chat's events called as Gradio calls them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from bot.journal.entries import Filter
from bot.journal.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    import gradio as gr

    from bot.journal.journal import Journal
    from bot.web.chat.conversation import Conversation
    from bot.web.chat.events import Events

ADDRESS = cast("gr.Request", SimpleNamespace(client=SimpleNamespace(host="192.0.2.1")))
REFUND = "환불 되나요"


def begin(events: Events, question: str, state: Conversation) -> Iterator[Any]:
    """The steps of the answer to a question."""
    asked = events.ask(question, state)
    assert isinstance(asked, tuple)
    return events.reply(asked[-1], ADDRESS)


def put(events: Events, question: str, state: Conversation) -> tuple[list[Any], Conversation]:
    """The turns with the question and its answer, and the conversation."""
    *_, (shown, *_, after) = begin(events, question, state)
    return shown, after


def read_all(journal: Journal) -> list[Any]:
    return Reader(journal).entries(Filter(), 1, 100)[0]
