"""So much is answered at once as the machine bears; what is beyond it is refused before any work is done for it."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice
from math import inf
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from httpx2 import ASGITransport, AsyncClient
from starlette.responses import PlainTextResponse
from support.entries import ONE
from support.pages import open_client
from support.serving import serve

from bot.admission import Admission
from bot.errors import BUSY, BusyError
from bot.journal.journal import Journal
from bot.recorder import Recorder
from bot.understand.question import Ask
from bot.web.chat.conversation import Conversation
from bot.web.chat.events import Events
from bot.web.limits import Limiter
from bot.web.metrics import Metrics
from bot.web.overload import Overload

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from fastapi.testclient import TestClient
    from starlette.types import Receive, Scope, Send

    from bot.answer import Answer
    from bot.service import Service

WAIT = 10.0


class Held:
    """Work that goes on until it is let go; ``together``: how much of it went on at once at most."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.begun = threading.Semaphore(0)
        self.together = self.now = 0
        self._lock = threading.Lock()

    def __call__(self) -> Generator[int, None, None]:
        with self._lock:
            self.now += 1
            self.together = max(self.together, self.now)
        self.begun.release()
        yield 1
        assert self.go.wait(WAIT)
        with self._lock:
            self.now -= 1
        yield 2


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_a_wave_is_refused_as_it_comes_in_and_other_requests_pass(anyio_backend: str) -> None:
    go, passed = asyncio.Event(), list[str]()

    async def answers(scope: Scope, _: Receive, send: Send) -> None:
        passed.append(scope["path"])
        if scope["path"] == "/api/ask":
            await go.wait()
        await PlainTextResponse("답")(scope, _, send)

    server = ASGITransport(Overload(answers, Admission(1, 2, WAIT)))
    async with AsyncClient(transport=server, base_url="http://bot") as client:
        asked = [asyncio.create_task(client.post("/api/ask")) for _ in range(3)]
        while len(passed) < 3:
            await asyncio.sleep(0)
        refused = await client.post("/api/ask")
        assert (refused.status_code, int(refused.headers["retry-after"]) > 0) == (503, True)
        assert BUSY in refused.json()["detail"]
        assert (await client.get("/healthz")).text == "답"
        go.set()
        assert [(await one).status_code for one in asked] == [200] * 3
        assert (await client.post("/api/ask")).status_code == 200


def test_no_more_than_so_many_at_once_and_beyond_the_queue_it_is_refused() -> None:
    held, admission, refused = Held(), Admission(2, 3, WAIT), list[int]()
    admission.on_refusal = lambda: refused.append(1)
    streams = [admission.stream(held) for _ in range(5)]
    for _ in range(2):
        assert held.begun.acquire(timeout=WAIT)
    with pytest.raises(BusyError, match=BUSY) as told:
        admission.stream(held)
    assert told.value.retry_after >= 1
    assert (refused, admission.running, admission.waiting) == ([1], 2, 3)
    held.go.set()
    assert [list(stream) for stream in streams] == [[1, 2]] * 5
    assert held.together == 2
    assert list(admission.stream(held)) == [1, 2]


def test_one_that_waited_too_long_is_refused_and_its_place_is_free_again() -> None:
    held, admission = Held(), Admission(1, 1, 0.05)
    first, second = admission.stream(held), admission.stream(held)
    with pytest.raises(BusyError):
        next(second)
    assert admission.waiting == 0
    held.go.set()
    assert list(first) == [1, 2]


def test_a_reader_that_is_slow_or_gone_holds_no_place() -> None:
    held, admission = Held(), Admission(1, 5, WAIT)
    held.go.set()
    slow, gone = admission.stream(held), admission.stream(held)
    assert next(gone) == 1
    gone.close()
    assert admission.run(lambda: "done") == "done"
    assert list(slow) == [1, 2]


def test_what_is_raised_is_raised_where_the_pieces_are_read() -> None:
    admission = Admission(1, 1, WAIT)

    def fail() -> int:
        raise KeyError("within")

    with pytest.raises(KeyError, match="within"):
        admission.run(fail)
    assert admission.run(lambda: 7) == 7


def test_the_wait_counts_from_when_answering_can_begin() -> None:
    opened, held = [inf], Held()
    admission = Admission(1, 2, 0.2, lambda: opened[0])
    first, second = admission.stream(held), admission.stream(held)
    told = list[object]()

    def read() -> None:
        try:
            told.append(next(second))
        except BusyError as error:
            told.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    reader.join(0.8)
    assert told == []  # the models are not there: it waits on
    opened[0] = time.monotonic()
    reader.join(WAIT)
    assert isinstance(told[0], BusyError)
    held.go.set()
    assert list(first) == [1, 2]


def test_what_would_wait_too_long_by_what_was_seen_is_refused_at_once() -> None:
    admission = Admission(1, 100, 0.1)
    admission.run(lambda: time.sleep(0.2))
    held = Held()
    streams = [admission.stream(held)]
    assert held.begun.acquire(timeout=WAIT)
    streams.append(admission.stream(held))
    with pytest.raises(BusyError) as told:
        admission.stream(held)
    assert told.value.retry_after >= 2
    held.go.set()
    assert list(streams[0]) == [1, 2]


@pytest.fixture
def full(shop_service: Service, tmp_path: Path) -> Iterator[Recorder]:
    """A recorder that has no room at all: its only place is taken."""
    shop_service.load()
    shop_service.settings = shop_service.settings.model_copy(update={"answers": 1, "queue": 0})
    journal = Journal.open(f"sqlite:///{tmp_path}/own.db", 90)
    recorder, held = Recorder(shop_service, journal, Metrics({})), Held()
    taken = recorder.admission.stream(held)
    assert held.begun.acquire(timeout=WAIT)
    yield recorder
    held.go.set()
    list(taken)
    journal.close()


def test_a_question_and_a_search_beyond_it_are_refused_before_any_work(full: Recorder) -> None:
    with pytest.raises(BusyError):
        full.stream(Ask("환불 되나요"), ONE, "api")
    with pytest.raises(BusyError):
        full.search("환불", 1)


def test_the_chat_says_so_in_korean(full: Recorder) -> None:
    from support.chatting import put

    metrics = Metrics({})
    events = Events(full, Limiter("100/minute"), metrics)
    turns, state = put(events, "환불 되나요", Conversation())
    assert turns[-1]["content"].startswith(BUSY)
    assert not state.answering


@pytest.fixture
def busy(shop_service: Service, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """An application that is always full."""
    shop_service.load()

    def refuse(self: Recorder, *_: object) -> Generator[Answer, None, int | None]:
        raise BusyError(3)

    monkeypatch.setattr(Recorder, "stream", refuse)
    monkeypatch.setattr(Recorder, "search", refuse)
    return open_client(shop_service)


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_the_interface_answers_503_with_when_to_come_again(busy: TestClient, accept: str) -> None:
    response = busy.post("/api/ask", json={"question": "환불"}, headers={"accept": accept})
    assert (response.status_code, response.headers["retry-after"]) == (503, "3")
    assert response.json() == {"detail": BUSY}


def test_a_search_is_refused_likewise(busy: TestClient) -> None:
    response = busy.get("/api/search", params={"q": "환불"})
    assert (response.status_code, response.headers["retry-after"], response.json()) == (503, "3", {"detail": BUSY})
    assert busy.get("/terms").status_code == 200


@pytest.mark.parametrize(("tool", "arguments"), [("ask", {"question": "환불"}), ("search_clauses", {"query": "환불"})])
def test_a_tool_is_refused_in_korean(busy: TestClient, tool: str, arguments: dict[str, str]) -> None:
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}
    headers = {"accept": "application/json, text/event-stream", "host": "localhost"}
    with busy:
        response = busy.post("/mcp", json=call, headers=headers)
    assert response.status_code == 200
    result = response.json()["result"]
    assert result["isError"]
    assert BUSY in result["content"][0]["text"]


def fetch(request: Request | str) -> tuple[int, bytes]:
    try:
        with urlopen(request, timeout=WAIT * 6) as response:  # noqa: S310
            return response.status, response.read()
    except HTTPError as error:
        with error:
            return error.code, b""


def test_questions_that_wait_for_the_models_take_no_thread_from_the_pages(
    shop_service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop_service.settings = shop_service.settings.model_copy(update={"answers": 2, "queue": 58, "rate": "1000/day"})
    loaded, load = threading.Event(), shop_service.load

    def load_later(*, at_once: bool = False) -> None:
        loaded.wait(WAIT * 6)
        load()

    monkeypatch.setattr(shop_service, "load", load_later)
    with serve(shop_service) as origin, ThreadPoolExecutor(70) as pool:

        def ask(number: int) -> int:
            body = json.dumps({"question": f"환불 되나요 {number}"}).encode()
            return fetch(Request(f"{origin}/api/ask", body, {"Content-Type": "application/json"}))[0]  # noqa: S310

        try:
            asked = [pool.submit(ask, number) for number in range(70)]
            refused = [one.result() for one in islice(as_completed(asked, WAIT * 6), 10)]
            shown = [fetch(f"{origin}/terms")[0], json.loads(fetch(f"{origin}/healthz")[1])["state"]]
        finally:
            loaded.set()
        codes = Counter(one.result() for one in asked)
    assert refused == [503] * 10
    assert shown == [200, "loading"]
    assert set(codes) <= {200, 503}
    assert codes[200] >= 2


def test_refusals_are_counted(full: Recorder) -> None:
    metrics = Metrics({})
    full.admission.on_refusal = metrics.refused
    metrics.watch_queues(lambda: full.admission.running, lambda: full.admission.waiting, lambda: full.writer.depth)
    with pytest.raises(BusyError):
        full.search("환불", 1)
    shown = metrics.exposition("ready", "")[0].decode()
    assert "bot_refused_requests_total 1.0" in shown
    assert 'bot_answers{stage="running"} 1.0' in shown
    assert "bot_journal_waiting 0.0" in shown
