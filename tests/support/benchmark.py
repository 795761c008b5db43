"""`make bench`: how fast and how large, as figures; ratios are of one run. Nothing is asserted: machines differ."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import Request, urlopen

import psutil

from bot.service import Service
from bot.settings import load_settings
from bot.understand.question import Ask
from index.search.embedding import load_embedder

QUESTIONS = Path("data/eval/dev.jsonl")
ANSWERS = 100


def measure_ratio(questions: list[str]) -> tuple[float, float]:
    """Median milliseconds of a loaded answer and of one bare `encode_query` of the same process."""
    service = Service(load_settings())
    service.load()
    embedder = load_embedder(service.settings.embedding, service.settings.encoder)
    answers, encodings = [], []
    for question in questions:
        started = time.perf_counter()
        service.ask(Ask(question))
        answered = time.perf_counter()
        embedder.queries([question])
        answers.append(1000 * (answered - started))
        encodings.append(1000 * (time.perf_counter() - answered))
    return median(answers), median(encodings)


def measure_server(questions: list[str]) -> dict[str, float]:
    """Seconds to the first response and to readiness, MB resident after `ANSWERS` answers of a served process."""
    port = free_port()
    started = time.perf_counter()
    journal = Path(tempfile.mkdtemp()) / "journal.db"
    own = {"BOT_PORT": str(port), "BOT_RATE": "1000/second", "BOT_JOURNAL": f"sqlite:///{journal}"}
    process = subprocess.Popen([sys.executable, "app.py"], env={**os.environ, **own})
    try:
        base = f"http://127.0.0.1:{port}"
        wait_for(f"{base}/healthz", lambda _: True)
        health = time.perf_counter() - started
        wait_for(f"{base}/", lambda _: True)
        page = time.perf_counter() - started
        wait_for(f"{base}/healthz", lambda body: json.loads(body)["state"] != "loading")
        ready = time.perf_counter() - started
        for place in range(ANSWERS):
            body = json.dumps({"question": questions[place % len(questions)]}).encode()
            urlopen(Request(f"{base}/api/ask", body, {"Content-Type": "application/json"})).close()  # noqa: S310
        memory = psutil.Process(process.pid).memory_info().rss / 1e6
        return {"healthz_s": health, "page_s": page, "ready_s": ready, "rss_mb_after_100": memory}
    finally:
        process.terminate()
        process.wait()


def wait_for(url: str, done: object) -> None:
    while True:
        try:
            with urlopen(url) as response:  # noqa: S310
                if callable(done) and done(response.read()):
                    return
        except URLError:
            pass
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    texts = [text for line in lines if 0 < len(text := json.loads(line).get("question", "")) <= 500]
    served = measure_server(texts)
    answer, encoding = measure_ratio(texts)
    figures = served | {"answer_ms": answer, "encode_query_ms": encoding, "ratio": answer / encoding}
    for name, value in figures.items():
        print(f"{name:20s} {value:8.2f}")  # noqa: T201
