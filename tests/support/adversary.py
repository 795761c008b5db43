"""A language model that lies and breaks: an OpenAI-compatible server on 127.0.0.1 that says what it is told to."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from pydantic import SecretStr

from bot.chain import build_chain
from bot.gate import Finding
from bot.models.writer import ModelWriter
from bot.settings import Settings
from bot.understand.question import Ask
from index.chat_model import open_model
from index.editions.in_force import InForce
from index.editions.library import Library
from index.search.by_day import SearchByDay
from index.search.hits import Scored
from index.search.passage_table import PassageTable
from support.hits import make_hit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pytest

    from bot.answer import Answer
    from bot.writers import Writer
    from index.editions.edition import Edition
    from index.passages import Passage
    from index.search.clause_search import ClauseSearch

KEY = "sk-very-secret"
FIRST_CHARACTERS = 20  # of an answer, before it stalls or is killed


@dataclass
class Adversary:
    """``says``: the next answers' text. ``manner``: well, stall, killed, silent, unfinished, json, empty or a status.

    ``failures``: how many requests it fails before it answers well. ``asked``: the requests that came in.
    """

    url: str = ""
    says: str = ""
    manner: str = "well"
    failures: int = 10**6
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def forget(self) -> None:
        """Behave well, say nothing, and know of no request."""
        self.says, self.manner, self.failures = "", "well", 10**6
        self.asked.clear()
        self.headers.clear()

    def configure(self, environment: pytest.MonkeyPatch) -> None:
        """Make it the model of the settings that are read from now on."""
        for name, value in {"MODEL": "openai:liar", "MODEL_URL": self.url, "MODEL_KEY": "key"}.items():
            environment.setenv(f"BOT_{name}", value)

    def writer(
        self, seconds: float = 5.0, on_failure: Callable[[str], None] = lambda reason: None, rest_seconds: float = 30.0
    ) -> ModelWriter:
        """A writer that asks this model."""
        model = open_model("openai:liar", self.url, SecretStr(KEY), seconds)
        return ModelWriter(model, seconds=seconds, on_failure=on_failure, rest_seconds=rest_seconds)


@contextmanager
def open_adversary() -> Iterator[Adversary]:
    """The server, until the end of the block."""
    adversary = Adversary()
    server = _Server(adversary)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    adversary.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield adversary
    finally:
        adversary.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


def respond(editions: Sequence[Edition], writer: Writer, found: Sequence[Passage]) -> Answer:
    """What the chain answers with ``writer`` when the search has found these clauses."""
    finding = Finding("질문", tuple(make_hit(passage) for passage in found))
    unused = cast("ClauseSearch", _NothingScored())
    settings = Settings(_env_file=None)
    chain = build_chain(
        SearchByDay(unused, editions, InForce(Library(settings.data))),
        writer,
        settings,
        lambda query, search: ("질문", [finding]),
    )
    return chain.invoke(Ask("질문입니다"))


class _NothingScored:
    """A search that takes no text for anything."""

    passages = ()
    embedding = False
    embedder = None
    unfinished = False
    table: PassageTable[ClauseSearch] = PassageTable(())

    def remembering(self) -> _NothingScored:
        return self

    def score(self, texts: Sequence[str]) -> list[Scored]:
        return [Scored(text, np.zeros(1), 0.0, np.zeros(1)) for text in texts]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, adversary: Adversary) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.adversary = adversary


class _Handler(BaseHTTPRequestHandler):
    disable_nagle_algorithm = True
    server: _Server

    def do_POST(self) -> None:
        adversary = self.server.adversary
        body = self.rfile.read(int(self.headers["Content-Length"]))
        adversary.asked.append(json.loads(body))
        adversary.headers.append(dict(self.headers))
        manner = adversary.manner if len(adversary.asked) <= adversary.failures else "well"
        if manner.isdigit() or manner == "silent":
            if manner == "silent":
                adversary.closing.wait(30)
            self.send_error(int(manner) if manner.isdigit() else 500)
            return
        whole = not adversary.asked[-1].get("stream")
        self.send_response(200)
        self.send_header("Content-Type", "application/json" if whole else "text/event-stream")
        self.end_headers()
        if whole:
            self.wfile.write(json.dumps(_completion(adversary)).encode())
        else:
            self._say(manner)

    def _say(self, manner: str) -> None:
        if manner == "json":
            self._send('{"choices": [{"delta": ')
            return
        text = "" if manner == "empty" else self.server.adversary.says
        pieces = [text[i : i + FIRST_CHARACTERS] for i in range(0, len(text), FIRST_CHARACTERS)]
        pieces = [text] if len(text) > 10_000 else pieces
        for piece in pieces[:1] if manner in {"stall", "killed", "unfinished"} else pieces:
            self._send(_chunk({"content": piece}))
        if manner == "stall":
            self.server.adversary.closing.wait(30)
        elif manner == "killed":
            self.wfile.flush()
            self.connection.close()
        elif manner != "unfinished":
            self._send(_chunk({}, "stop"))
            self._send("[DONE]")

    def _send(self, data: str) -> None:
        self.wfile.write(f"data: {data}\n\n".encode())
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Nothing to say."""

    def handle(self) -> None:
        try:
            super().handle()
        except (OSError, ValueError):
            """The other side has gone, or this one has hung up."""

    def finish(self) -> None:
        try:
            super().finish()
        except (OSError, ValueError):
            """As above."""


def _chunk(delta: dict[str, str], finish: str | None = None) -> str:
    choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "liar", "choices": [choice]}
    return json.dumps(chunk, ensure_ascii=False)


def _completion(adversary: Adversary) -> dict[str, Any]:
    message = {"role": "assistant", "content": adversary.says}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return {"id": "1", "object": "chat.completion", "created": 0, "model": "liar", "choices": [choice]}
