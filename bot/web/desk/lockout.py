"""Against guessing: an address that fails five times waits, and many failures slow every login down."""

from __future__ import annotations

import math
import time
from collections import deque
from threading import Lock
from typing import TYPE_CHECKING

from bot.web.limits import network

if TYPE_CHECKING:
    from collections.abc import Callable

FAILURES, SECONDS = 5, 15 * 60
BUSY = 20  # failures of all addresses within SECONDS, from which each login is slowed down
SLOW = 2.0  # seconds
REMEMBERED = 10_000  # addresses; beyond that the oldest is forgotten


class Lockout:
    """Counts tries by address, in memory. ``clock`` gives seconds and never goes back.

    (The package limits counts too, but by a clock of its own, and would count tries that succeed.)
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tries: dict[str, deque[float]] = {}
        self._all: deque[float] = deque(maxlen=BUSY)
        self._lock = Lock()

    def begin(self, address: str) -> int:
        """Count a try as failed until `succeeded`; 0 if it may go on, else the whole seconds to wait."""
        now = self._clock()
        with self._lock:
            tries = self._tries.setdefault(network(address), deque(maxlen=FAILURES))
            if len(tries) == FAILURES and now - tries[-1] < SECONDS:
                return math.ceil(SECONDS - (now - tries[-1]))
            while tries and now - tries[0] >= SECONDS:
                tries.popleft()
            tries.append(now)
            self._all.append(now)
            if len(self._tries) > REMEMBERED:
                self._tries.pop(next(iter(self._tries)))
        return 0

    def succeeded(self, address: str) -> None:
        """The last try had the right password: the address begins anew."""
        with self._lock:
            if self._tries.pop(network(address), None) and self._all:
                self._all.pop()

    @property
    def delay(self) -> float:
        """Seconds that each login waits now."""
        with self._lock:
            busy = len(self._all) == BUSY and self._clock() - self._all[0] < SECONDS
        return SLOW if busy else 0.0
