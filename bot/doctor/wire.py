"""Short looks at other programs over the network; each ends within its seconds, whatever the other one does."""

from __future__ import annotations

import json
import socket
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 3.0
MOST = 100_000  # bytes of an answer
R = TypeVar("R")


def reaches(host: str, port: int, seconds: float = SECONDS) -> bool:
    """Whether something listens there."""

    def connect() -> bool:
        with closing(socket.create_connection((host, port), seconds)):
            return True

    return bool(_within(connect, seconds))


def read_json(host: str, port: int, path: str, seconds: float = SECONDS) -> dict[str, Any] | None:
    """The object that a server answers a GET with, whatever its code; None if it is no such answer."""

    def get() -> object:
        with closing(HTTPConnection(host, port, timeout=seconds)) as connection:
            connection.request("GET", path)
            return json.loads(connection.getresponse().read(MOST))

    found = _within(get, seconds)
    return found if isinstance(found, dict) else None


def _within(act: Callable[[], R], seconds: float) -> R | None:
    """What ``act`` returns; None if it fails or takes longer. The name of a host may be looked up for minutes."""
    answers: SimpleQueue[R | None] = SimpleQueue()

    def run() -> None:
        try:
            answers.put(act())
        except (OSError, HTTPException, ValueError, RecursionError):
            answers.put(None)

    Thread(target=run, name="doctor", daemon=True).start()
    try:
        return answers.get(timeout=seconds)
    except Empty:
        return None
