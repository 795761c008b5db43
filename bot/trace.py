"""What is told of one request: its id, how the answer in it ended and how long each step took; nothing of its text."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.answer import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FAILED, REFUSED = "failed", "refused"
OUTCOMES = (*(str(status) for status in Status if status is not Status.ERROR), FAILED)


@dataclass(slots=True)
class Trace:
    """``outcome``: one of `OUTCOMES`, `REFUSED`, or "" where nothing was answered. ``steps``: seconds by name."""

    id: str = ""
    outcome: str = ""
    steps: Mapping[str, float] = field(default_factory=dict)

    def end(self, outcome: str, steps: Mapping[str, float] | None = None) -> None:
        """The answer ended; what was told before is written over."""
        self.outcome = outcome
        self.steps = self.steps if steps is None else dict(steps)


_CURRENT: ContextVar[Trace | None] = ContextVar("trace", default=None)


def current() -> Trace:
    """The trace of the request that is being served; one that nobody reads where there is none."""
    return _CURRENT.get() or Trace()


@contextmanager
def tracing(trace: Trace) -> Iterator[Trace]:
    """What is asked within belongs to ``trace``."""
    token = _CURRENT.set(trace)
    try:
        yield trace
    finally:
        _CURRENT.reset(token)


def outcome_of(status: Status) -> str:
    """How an answer is called that ended so: an error is `FAILED`, which is never "the terms do not say"."""
    return FAILED if status is Status.ERROR else str(status)
