"""`make load`: many people ask at once, as figures; a real server is started for it. Nothing is asserted.

Each client has an address of its own (X-Forwarded-For, which the server believes from this machine), asks, reads, and
thinks two seconds. Beside them somebody looks at /healthz and at a page, five times a second.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

import psutil

from support.benchmark import QUESTIONS, free_port, wait_for

THINK = 2.0  # seconds
LOOK = 0.2  # seconds between two looks at /healthz
BEFORE = 2.0  # seconds that the looks have to begin, before the first client does
PHASES = ((50, 30.0), (250, 30.0))  # clients, seconds
HEAD = f"{'clients':>8}{'seconds':>8}{'answers/s':>10}{'p50':>7}{'p95':>7}{'max':>7}{'refused':>9}{'errors':>7}"
HEAD += f"{'healthz':>9}{'page':>7}{'after 2s':>9}{'RSS MB':>8}{'load':>6}"


@dataclass
class Seen:
    """What came of the requests: seconds of the answers, all codes (0: none), the slowest looks."""

    answers: list[float] = field(default_factory=list)
    codes: Counter[int] = field(default_factory=Counter)
    health: list[float] = field(default_factory=list)
    page: list[float] = field(default_factory=list)


class Client:
    """One connection that is kept, as a browser keeps it."""

    def __init__(self, port: int, address: str) -> None:
        self._port = port
        self._address = address
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, method: str, path: str, body: bytes = b"") -> int:
        """The code of the response, 0 if there is none."""
        try:
            if self._streams is None:
                self._streams = await asyncio.open_connection("127.0.0.1", self._port)
            reader, writer = self._streams
            head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: {self._address}\r\n"
            head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            writer.write(head.encode() + body)
            code, length = 0, 0
            lines = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 60)).decode().split("\r\n")
            code = int(lines[0].split()[1])
            for line in lines[1:]:
                name, _, value = line.partition(":")
                length = int(value) if name.lower() == "content-length" else length
            await asyncio.wait_for(reader.readexactly(length), 60)
        except (OSError, asyncio.IncompleteReadError, TimeoutError):
            self.close()
            return 0
        return code

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()
        self._streams = None


async def ask_on(port: int, number: int, questions: list[str], until: float, seen: Seen) -> None:
    client = Client(port, f"10.1.{number // 250}.{number % 250 + 1}")
    turn = number
    while time.perf_counter() < until:
        body = json.dumps({"question": questions[turn % len(questions)]}).encode()
        begun = time.perf_counter()
        code = await client.send("POST", "/api/ask", body)
        seen.codes[code] += 1
        if code == 200:
            seen.answers.append(time.perf_counter() - begun)
        turn += 7
        await asyncio.sleep(THINK)
    client.close()


async def look_on(port: int, path: str, until: float, times: list[float]) -> None:
    client = Client(port, "10.2.0.1")
    while time.perf_counter() < until:
        begun = time.perf_counter()
        code = await client.send("GET", path)
        times.append(time.perf_counter() - begun if code == 200 else 60.0)
        await asyncio.sleep(LOOK)
    client.close()


def look(port: int, seconds: float) -> tuple[list[float], list[float]]:
    """Seconds of each look at /healthz and at a page."""
    health: list[float] = []
    page: list[float] = []

    async def both() -> None:
        until = time.perf_counter() + seconds
        await asyncio.gather(look_on(port, "/healthz", until, health), look_on(port, "/terms", until, page))

    asyncio.run(both())
    return health, page


async def measure(port: int, clients: int, seconds: float, questions: list[str]) -> tuple[Seen, float]:
    """What was seen, and the seconds of an answer two seconds after the last."""
    seen, until = Seen(), time.perf_counter() + BEFORE + seconds
    with ProcessPoolExecutor(1, get_context("spawn")) as beside:  # what it sees is the server's delay, not the clients'
        looking = asyncio.get_running_loop().run_in_executor(beside, look, port, BEFORE + seconds)
        await asyncio.sleep(BEFORE)
        await asyncio.gather(*(ask_on(port, n, questions, until, seen) for n in range(clients)))
        seen.health, seen.page = await looking
    begun = time.perf_counter()
    code = await Client(port, "10.3.0.1").send("POST", "/api/ask", json.dumps({"question": questions[0]}).encode())
    return seen, time.perf_counter() - begun if code == 200 else 60.0


def rank(times: list[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def show(clients: int, seconds: float, seen: Seen, after: float, memory: float) -> str:
    refused = seen.codes[503] + seen.codes[429]
    errors = sum(seen.codes.values()) - refused - seen.codes[200]
    found = f"{clients:8d}{seconds:8.0f}{len(seen.answers) / seconds:10.1f}{rank(seen.answers, 0.5):7.2f}"
    found += f"{rank(seen.answers, 0.95):7.2f}{max(seen.answers, default=60):7.2f}{refused:9d}{errors:7d}"
    found += f"{max(seen.health):9.3f}{max(seen.page):7.2f}{after:9.2f}{memory:8.0f}{os.getloadavg()[0]:6.1f}"
    return found


def main() -> None:
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    questions = [text for line in lines if 0 < len(text := json.loads(line).get("question", "")) <= 200]
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        own = {"BOT_PORT": str(port), "BOT_JOURNAL": f"sqlite:///{Path(folder) / 'journal.db'}"}
        process = subprocess.Popen([sys.executable, "app.py"], env={**os.environ, **own})
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", lambda body: json.loads(body)["state"] != "loading")
            print(HEAD, flush=True)  # noqa: T201
            for clients, seconds in PHASES:
                seen, after = asyncio.run(measure(port, clients, seconds, questions))
                memory = psutil.Process(process.pid).memory_info().rss / 1e6
                print(show(clients, seconds, seen, after, memory), flush=True)  # noqa: T201
            begun = time.perf_counter()
        finally:
            process.terminate()
            process.wait()
        print(f"SIGTERM: ended after {time.perf_counter() - begun:.1f} s")  # noqa: T201


if __name__ == "__main__":
    main()
