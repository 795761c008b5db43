"""One conversation through every interface: over HTTP (whole and in pieces), over MCP, by command, in the chat.

The widget is the chat in a frame.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from bot.__main__ import app as bot_app
from bot.web.chat.conversation import Conversation
from support.chatting import put
from support.commands import run
from support.mcp_client import connected

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import httpx2
    from mcp import Client

    from bot.journal.reader import Reader
    from bot.service import Service
    from bot.web.chat.events import Events

    Questions = Sequence[str]  # of one conversation; the answer to the last is compared


@dataclass(frozen=True)
class Told:
    """``text``: to paste; None where an interface gives none."""

    status: str
    answer: str
    citations: list[tuple[str, str, str]]
    text: str | None

    @property
    def without_text(self) -> Told:
        return Told(self.status, self.answer, self.citations, None)


def by_programs(
    service: Service, conversations: Sequence[Questions], progress: Callable[[], object] = lambda: None
) -> list[tuple[Told, Told, Told]]:
    """What HTTP, its stream and MCP say at the end of each."""

    async def ask(http: httpx2.AsyncClient, client: Client, questions: Questions) -> tuple[Told, Told, Told]:
        *history, question = questions
        body = {"question": question, "history": history}
        whole = await http.post("/api/ask", json=body)
        stream = await http.post("/api/ask", json=body, headers={"accept": "text/event-stream"})
        last = stream.text.strip().rpartition("event: answer")[2].partition("data: ")[2]
        called = await client.call_tool("ask", body)
        progress()
        return _told(whole.json()), _told(json.loads(last)), _told(called.structured_content or {})

    async def ask_all() -> list[tuple[Told, Told, Told]]:
        async with connected(service) as (http, client):
            return [await ask(http, client, questions) for questions in conversations]

    return asyncio.run(ask_all())


def by_batch(service: Service, conversations: Sequence[Questions], folder: Path) -> list[Told]:
    """What `python -m bot ask --batch` says at the end of each."""
    lines = [{"id": str(n), "question": q[-1], "history": list(q[:-1])} for n, q in enumerate(conversations)]
    (folder / "asked.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.__main__.Service", lambda _: service)
        ended = run(bot_app, "ask", "--batch", folder / "asked.jsonl", "--out", folder / "told.jsonl")
    assert ended.code == 0, ended.err
    return [_told(json.loads(line)) for line in (folder / "told.jsonl").read_text(encoding="utf-8").splitlines()]


def by_command(service: Service, questions: Questions) -> Told:
    """What `python -m bot ask` says at the end."""
    history = [part for question in questions[:-1] for part in ("--history", question)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.__main__.Service", lambda _: service)
        patch.setattr(service, "load", lambda: None)  # it is loaded
        ended = run(bot_app, "ask", "--json", *history, "--", questions[-1])
    return _told(json.loads(ended.out))


def by_chat(events: Events, reader: Reader, questions: Questions) -> Told:
    """What the chat says at the end, as the journal has it, and what it gives to be pasted."""
    chat = partial(put, events)
    state = Conversation()
    for question in questions:
        _, state = chat(question, state)
    logged = reader.conversation(state.id)[-1]
    cited = [(one.edition, one.clause.article, one.clause.paragraph) for one in logged.citations]
    return Told(logged.status, logged.answer, cited, state.copy)


def _told(found: dict[str, Any]) -> Told:
    cited = [(one["edition"], one["article"], one["paragraph"]) for one in found["citations"]]
    return Told(found["status"], found["answer"], cited, found.get("text"))
