"""The real program: how it ends while pages are open, and how it tells that it cannot begin."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from bot.settings import Settings, load_settings
from bot.web.listening import listen
from index.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENDS_WITHIN = 30.0  # seconds
pytestmark = pytest.mark.usefixtures("shop_environment")


def start(folder: Path, log: int = subprocess.PIPE, **settings: str) -> subprocess.Popen[str]:
    """``log``: where its standard error goes; a pipe that nobody reads holds a server up once it is full."""
    own = {"BOT_JOURNAL": f"sqlite:///{folder / 'journal.db'}", "BOT_SECRET": str(folder / "secret"), **settings}
    command = [sys.executable, "app.py"]
    return subprocess.Popen(command, env=os.environ | own, stderr=log, stdout=subprocess.PIPE, text=True)


@contextmanager
def running(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A server that is ready, and its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = start(folder, subprocess.DEVNULL, BOT_PORT=str(port))
    try:
        until = time.monotonic() + 120
        while True:
            assert process.poll() is None
            assert time.monotonic() < until
            try:
                with urlopen(f"http://127.0.0.1:{port}/healthz") as response:
                    if json.load(response)["state"] != "loading":
                        break
            except URLError:
                pass
            time.sleep(0.1)
        yield process, port
    finally:
        process.kill()
        process.communicate()


def open_page(port: int, path: str) -> socket.socket:
    """A connection on which the server sends as long as the page is open."""
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
    return connection


def test_sigterm_ends_it_with_open_pages_and_the_running_answer_is_finished(tmp_path: Path) -> None:
    told: list[int] = []
    with running(tmp_path) as (process, port):
        pages = [
            open_page(port, "/gradio_api/heartbeat/0123456789ab"),
            open_page(port, "/gradio_api/queue/data?session_hash=0123456789ab"),
        ]
        time.sleep(0.3)

        def ask() -> None:
            body = json.dumps({"question": "환불 되나요"}).encode()
            request = Request(f"http://127.0.0.1:{port}/api/ask", body, {"Content-Type": "application/json"})
            with urlopen(request) as response:  # noqa: S310
                told.append(json.load(response)["entry"])

        asking = threading.Thread(target=ask)
        asking.start()
        time.sleep(0.02)
        begun = time.monotonic()
        process.terminate()
        process.wait(ENDS_WITHIN + 5)
        assert time.monotonic() - begun < ENDS_WITHIN
        asking.join()
        for page in pages:
            page.close()
    assert told == [1]


def test_an_address_of_another_machine_ends_in_one_korean_line(tmp_path: Path) -> None:
    process = start(tmp_path, BOT_HOST="203.0.113.7")
    out, error = process.communicate(timeout=120)
    told = "오류: 설정 BOT_HOST='203.0.113.7', BOT_PORT=7860: 이 컴퓨터의 주소가 아닙니다.\n"
    assert (process.returncode, out, error) == (1, "", told)


@pytest.mark.parametrize("host", ["no such host", "", "가" * 300, "a..b"])
def test_what_is_no_address_is_told(host: str) -> None:
    if host:
        with pytest.raises(SettingsError, match="이 컴퓨터의 주소가 아닙니다"):
            listen(host, 0)
    else:
        listen(host, 0).close()  # all of this machine


def test_a_port_that_is_taken_is_told() -> None:
    with listen("127.0.0.1", 0) as taken:
        taken.listen()
        with pytest.raises(SettingsError, match="그 포트를 다른 프로그램이 쓰고 있습니다"):
            listen("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("BOT_ORIGINS", "oops", "설정 BOT_ORIGINS의 'oops': 경로 없이 'https://www.example.com'"),
        ("BOT_DESK_HOTS", "x", "설정 BOT_DESK_HOTS: 그런 설정은 없습니다. BOT_DESK_HOST인가요?"),
        ("BOT_DESK_PASSWORD", "x", "설정 BOT_DESK_PASSWORD: 데스크는 이제 이름마다의 계정으로 엽니다."),
        ("bot_rat", "x", "설정 bot_rat: 그런 설정은 없습니다. BOT_RATE인가요?"),
        ("BOT_MODEL_URL", "localhost", "설정 BOT_MODEL_URL='localhost':"),
    ],
)
def test_what_is_set_wrongly_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=re.escape(said)) as told:
        load_settings()
    assert "\n" not in str(told.value)


def test_a_name_mistyped_in_the_file_of_settings_is_told_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(Settings.model_config, "env_file", ".env")  # which the other tests do not read
    (tmp_path / ".env").write_text("BOT_RATTE=1/day\nOTHER=1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError, match=r"BOT_RATTE: 그런 설정은 없습니다\. BOT_RATE인가요"):
        load_settings()
    (tmp_path / ".env").write_text("BOT_RATE=1/day\nbot_queue=2\n", encoding="utf-8")
    assert (load_settings().rate, load_settings().queue) == ("1/day", 2)
