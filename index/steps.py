"""How long each step of an answer takes: a step names itself where it is done, and whoever wants to know listens.

A step within another one is not counted as a part of it, so the seconds of all steps add up to at most the whole.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

T = TypeVar("T")

# in the order in which they are done; `queue` is the wait before the first
STEPS = ("queue", "read", "embed", "rank", "decide", "write", "verify", "render")


class Steps:
    """Of one answer; used by one thread at a time. ``seconds``: by the name of the step (`STEPS`), those done alone."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._open: list[str] = []
        self._since = 0.0

    def enter(self, name: str) -> None:
        self._credit()
        self._open.append(name)

    def leave(self) -> None:
        self._credit()
        self._open.pop()

    def _credit(self) -> None:
        now = perf_counter()
        if self._open:
            self.seconds[self._open[-1]] = self.seconds.get(self._open[-1], 0.0) + now - self._since
        self._since = now


_LISTENING: ContextVar[Steps | None] = ContextVar("steps", default=None)


@contextmanager
def listening(steps: Steps) -> Iterator[None]:
    """``steps`` is told of what is done within, in this thread."""
    token = _LISTENING.set(steps)
    try:
        yield
    finally:
        _LISTENING.reset(token)


@contextmanager
def step(name: str) -> Iterator[None]:
    """What is done within is the step ``name``; it costs nothing to speak of where nobody listens."""
    steps = _LISTENING.get()
    if steps is None:
        yield
        return
    steps.enter(name)
    try:
        yield
    finally:
        steps.leave()


def each(name: str, made: Iterable[T]) -> Generator[T, None, None]:
    """The things of ``made``; making each is the step ``name``, what is done with it in between is not.

    A generator is closed with this one.
    """
    things = iter(made)
    try:
        while True:
            with step(name):
                try:
                    thing = next(things)
                except StopIteration:
                    return
            yield thing
    finally:
        close = getattr(things, "close", None)
        if close is not None:
            close()
