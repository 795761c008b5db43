"""How much is answered at once: a few threads of their own, a short queue before them, and refusal beyond it.

The threads are not those that serve pages, and what is answered in them does not wait for who reads the answer: a
reader who is slow, or gone, holds no place.
"""

from __future__ import annotations

import threading
from collections import deque
from math import ceil, inf
from queue import SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, Generic, TypeVar

from bot.errors import BusyError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

T = TypeVar("T")
POLL = 0.5  # seconds between two looks whether answering has begun at all
RECENT = 0.1  # weight of the newest piece of work in the mean time of one
LONGEST_RETRY = 60  # seconds


class _End:
    """What the last piece is followed by; ``error``: what was raised instead of going on."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


class _Work(Generic[T]):
    """Work that waits, is done or was given up; its pieces go to whoever follows it."""

    def __init__(self, begin: Callable[[], Generator[T, None, None]]) -> None:
        self.begin = begin
        self.since = monotonic()
        self.begun = threading.Event()
        self.left = False  # nobody reads on
        self.pieces = SimpleQueue[T | _End]()

    def run(self) -> None:
        error: BaseException | None = None
        try:
            made = self.begin()
            for piece in made:
                self.pieces.put(piece)
                if self.left:
                    made.close()
        except BaseException as raised:  # noqa: BLE001  # raised again where the pieces are read
            error = raised
        self.pieces.put(_End(error))


class Admission:
    """Does at most ``at_once`` pieces of work at the same time; at most ``waiting`` others wait for it.

    ``patience``: seconds that one waits at most. ``opened``: when the work could begin at all, by `time.monotonic`;
    infinity as long as it cannot: the wait counts from then on. All threads share one object.
    """

    def __init__(self, at_once: int, waiting: int, patience: float, opened: Callable[[], float] = lambda: -inf) -> None:
        self.at_once = at_once
        self.most_waiting = waiting
        self._patience = patience
        self._opened = opened
        self._waiting = deque[_Work[object]]()
        self._running = 0
        self._threads = 0
        self._idle = 0
        self._mean = 0.0  # seconds of one piece of work
        self._changed = threading.Condition()
        self.on_refusal: Callable[[], None] = lambda: None

    @property
    def places(self) -> int:
        """How much can be done and wait at most."""
        return self.at_once + self.most_waiting

    @property
    def running(self) -> int:
        """How much is done now."""
        return self._running

    @property
    def waiting(self) -> int:
        """How much waits now."""
        return len(self._waiting)

    def stream(self, begin: Callable[[], Generator[T, None, None]]) -> Generator[T, None, None]:
        """The pieces that ``begin`` gives, made in a thread of the admission.

        If the returned generator is closed, ``begin``'s is closed at its next piece.

        Raises:
            BusyError: at once if there is no room, at the first piece if it waited too long.
        """
        work = _Work(begin)
        self._enter(work)
        return self._follow(work)

    def run(self, work: Callable[[], T]) -> T:
        """The result of ``work``. Raises BusyError and what ``work`` raises."""

        def once() -> Generator[T, None, None]:
            yield work()

        (result,) = self.stream(once)
        return result

    def left(self, since: float) -> float:
        """Seconds for which one that came at ``since`` (`time.monotonic`) waits on; infinity before it opens."""
        return max(since, self._opened()) + self._patience - monotonic()

    def look(self, inside: int) -> None:
        """Whether one more finds room beside the ``inside`` that are on their way, waiting or being answered.

        Raises:
            BusyError: there is none; it is counted as a refusal.
        """
        with self._changed:
            self._check_room(max(len(self._waiting), inside - self._running))

    def refuse(self) -> BusyError:
        """What to raise for one that waited too long elsewhere; it is counted as a refusal."""
        with self._changed:
            return self._refusal()

    def _check_room(self, waiting: int) -> None:
        full = waiting + self._running >= self.places
        if full or (self._opened() < inf and self._expected(waiting) > self._patience):
            raise self._refusal()

    def _enter(self, work: _Work[T]) -> None:
        with self._changed:
            self._check_room(len(self._waiting))
            self._waiting.append(work)  # type: ignore[arg-type]  # what its pieces are is its reader's affair
            if self._idle < len(self._waiting) and self._threads < self.at_once:
                self._threads += 1
                threading.Thread(target=self._serve, name=f"answer-{self._threads}", daemon=True).start()
            self._changed.notify()

    def _expected(self, waiting: int) -> float:
        """Seconds that one more would wait."""
        return waiting * self._mean / self.at_once

    def _refusal(self) -> BusyError:
        self.on_refusal()
        return BusyError(min(LONGEST_RETRY, 1 + ceil(self._expected(len(self._waiting)))))

    def _serve(self) -> None:
        while True:
            with self._changed:
                self._idle += 1
                while not self._waiting:
                    self._changed.wait()
                self._idle -= 1
                work = self._waiting.popleft()
                self._running += 1
                work.begun.set()
            begun = monotonic()
            work.run()
            taken = max(0.0, monotonic() - max(begun, self._opened()))  # the wait for the models is no work
            with self._changed:
                self._running -= 1
                self._mean += (taken - self._mean) * (RECENT if self._mean else 1)

    def _follow(self, work: _Work[T]) -> Generator[T, None, None]:
        try:
            self._wait(work)
            while not isinstance(piece := work.pieces.get(), _End):
                yield piece
            if piece.error is not None:
                raise piece.error
        finally:
            work.left = True

    def _wait(self, work: _Work[T]) -> None:
        while True:
            left = self.left(work.since)
            if work.begun.wait(max(0.0, min(left, POLL))):
                return
            if left > 0:
                continue
            with self._changed:
                if not work.begun.is_set():
                    self._waiting.remove(work)  # type: ignore[arg-type]
                    raise self._refusal()
