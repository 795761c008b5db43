"""The journal is written by one thread behind a queue, so that no answer waits for the database.

What holds when: an entry whose row was told is in the database, whatever happens then. One whose row was not told in
time stays in the queue and is written when the database lets it be; it is lost only if the queue is full when it comes,
if the process is killed, or if the database is still away when the time for the last entries is over at the end. The
same holds for errands: ratings, and codes for the way to a person.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from bot.journal.database import JournalAwayError, JournalError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.journal.entries import Entry
    from bot.journal.journal import Journal

log = logging.getLogger(__name__)
T = TypeVar("T")

ROOM = 1000  # entries that wait at most; one has some kilobytes
BATCH = 50  # entries of one transaction
TELL_SECONDS = 1.0  # that a row is waited for
PAUSES = (0.2, 5.0)  # seconds between two attempts: at first, at most
ERRAND_SECONDS = 3600.0  # after which an errand that fails is given up
QUIET = 60.0  # seconds between two lines of the log about the same trouble


class Losses(Protocol):
    """Who counts what goes wrong."""

    def journal_failed(self) -> None: ...
    def journal_lost(self, entries: int) -> None: ...


class Receipt:
    """An entry in the queue; ``row`` is its number once it is in the database, None if it never will be."""

    def __init__(self, entry: Entry, at: datetime) -> None:
        self.entry = entry
        self.at = at
        self.row: int | None = None
        self.settled = threading.Event()

    def settle(self, row: int | None) -> None:
        self.row = row
        self.settled.set()


class Errand(Generic[T]):
    """Work on the journal that is no new entry; once it is ``settled`` it has a ``result`` or an ``error``."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self.since = monotonic()
        self.result: T | None = None
        self.error: JournalError | ValueError | None = None
        self.settled = threading.Event()

    def run(self) -> None:
        """Raises JournalAwayError if it may be tried again."""
        try:
            self.result = self._work()
        except JournalAwayError:
            raise
        except (JournalError, ValueError) as error:
            self.error = error
        self.settled.set()

    def fail(self, error: JournalError) -> None:
        self.error = error
        self.settled.set()


class Writer:
    """Writes entries in the order in which they came. All threads share it; the thread begins with the first entry."""

    def __init__(self, journal: Journal, losses: Losses, room: int = ROOM) -> None:
        self._journal = journal
        self._losses = losses
        self._room = room
        self._queue = deque[Receipt]()
        self._errands = deque[Errand[object]]()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closing = False
        self._trying_since: float | None = None  # None: nothing is being written
        self._pause = 0.0
        self._told = -QUIET

    @property
    def depth(self) -> int:
        """How many entries wait."""
        return len(self._queue)

    @property
    def state(self) -> str:
        """Of the journal: ok, failing (entries wait for it), or off (it could not be opened yet)."""
        if not self._journal.database.opened:
            return "off"
        return "failing" if self._pause or self._stalled() > TELL_SECONDS else "ok"

    def submit(self, entry: Entry) -> Receipt:
        """Put an entry into the queue; without room for it, it is lost, counted and logged."""
        receipt = Receipt(entry, self._journal.clock())
        with self._changed:
            if self._closing or len(self._queue) >= self._room:
                self._lose([receipt], "the queue of the journal is full")
                return receipt
            self._queue.append(receipt)
            self._wake()
        return receipt

    def perform(self, work: Callable[[], T], seconds: float | None = None) -> T | None:
        """The result of ``work`` on the journal; None if it is not done in time: it is done later.

        ``seconds`` to wait: `TELL_SECONDS` if None.

        Raises:
            JournalError: it will not be done: there is no room for it, or the journal refuses it. ValueError as well.
        """
        errand = Errand(work)
        with self._changed:
            if self._closing or len(self._errands) >= self._room:
                raise JournalError("대화 기록에 쓸 것이 너무 많이 밀려 있습니다.")
            self._errands.append(errand)  # type: ignore[arg-type]  # what it results in is its sender's affair
            self._wake()
        errand.settled.wait(self._left(seconds))
        if errand.error is not None:
            raise errand.error
        return errand.result

    def wait(self, receipt: Receipt, seconds: float | None = None) -> int | None:
        """The row of an entry; None if it is not in the database within ``seconds`` (`TELL_SECONDS`).

        A database that has not answered for so long already is not waited for.
        """
        receipt.settled.wait(self._left(seconds))
        return receipt.row

    def close(self, seconds: float) -> None:
        """Write what waits, for at most ``seconds``; the rest is lost, counted and logged. It can be used again."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(seconds)
        with self._changed:
            left, undone = list(self._queue), list(self._errands)
            self._queue.clear()
            self._errands.clear()
            if self._thread is None or not self._thread.is_alive():
                self._thread, self._closing = None, False
            for errand in undone:
                errand.fail(JournalError("대화 기록을 닫았습니다."))
            if left or undone:
                self._lose(left, "the journal was closed", len(undone))

    def _wake(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="journal", daemon=True)
            self._thread.start()
        self._changed.notify()

    def _stalled(self) -> float:
        since = self._trying_since
        return 0.0 if since is None else monotonic() - since

    def _left(self, seconds: float | None) -> float:
        return max(0.0, (TELL_SECONDS if seconds is None else seconds) - self._stalled())

    def _work(self) -> None:
        while True:
            with self._changed:
                if self._pause and not self._closing:
                    self._changed.wait_for(lambda: self._closing, self._pause)
                self._changed.wait_for(lambda: self._queue or self._errands or self._closing)
                batch = list(islice(self._queue, BATCH))
                errand = self._errands[0] if self._errands else None
            if not batch and errand is None:
                return
            if self._trying_since is None:
                self._trying_since = monotonic()
            if (not batch or self._attempt(batch)) and errand is not None:
                self._run(errand)

    def _run(self, errand: Errand[object]) -> None:
        try:
            errand.run()
        except JournalAwayError as error:
            self._failed(error)
            if monotonic() - errand.since > ERRAND_SECONDS:
                errand.fail(error)
                self._lose([], "an errand of the journal fails for too long", 1)
        else:
            self._trying_since, self._pause = None, 0.0
        with self._changed:
            if self._errands:  # else it was closed meanwhile
                self._errands.popleft()
                if not errand.settled.is_set():  # behind the others: it may be this one alone that fails
                    self._errands.append(errand)

    def _attempt(self, batch: Sequence[Receipt]) -> bool:
        """Whether the database takes entries now."""
        try:
            self._write(batch)
        except (JournalError, ValueError) as error:
            if self._write_after_first(batch):
                return True
            self._failed(error)
            return False
        return True

    def _failed(self, error: JournalError | ValueError) -> None:
        self._losses.journal_failed()
        self._pause = min(max(2 * self._pause, PAUSES[0]), PAUSES[1])
        self._tell(f"the journal cannot be written, {self.depth} entries wait: {error}")

    def _write(self, batch: Sequence[Receipt]) -> None:
        rows = self._journal.record_all([(receipt.entry, receipt.at) for receipt in batch])
        self._done(batch, rows)

    def _write_after_first(self, batch: Sequence[Receipt]) -> bool:
        """Whether it is one entry that cannot be written and not the database: then it is given up."""
        for place, receipt in enumerate(batch[:2]):
            try:
                rows = self._journal.record_all([(receipt.entry, receipt.at)])
            except (JournalError, ValueError):
                continue
            if place:
                with self._changed:
                    if self._queue:  # else it was closed meanwhile, and is counted
                        self._queue.popleft()
                        self._lose(batch[:1], "the journal does not take an entry")
            self._done([receipt], rows)
            return True
        return False

    def _done(self, batch: Sequence[Receipt], rows: Sequence[int]) -> None:
        with self._changed:
            for _ in batch:
                if self._queue:  # else it was closed meanwhile
                    self._queue.popleft()
        self._trying_since, self._pause = None, 0.0
        for receipt, row in zip(batch, rows, strict=True):
            receipt.settle(row)

    def _lose(self, receipts: Sequence[Receipt], why: str, errands: int = 0) -> None:
        for receipt in receipts:
            receipt.settle(None)
        lost = len(receipts) + errands
        self._losses.journal_lost(lost)
        self._tell(f"{why}: {lost} lost")

    def _tell(self, line: str) -> None:
        """One line a minute: what was asked is in none."""
        now = monotonic()
        if now - self._told >= QUIET:
            self._told = now
            log.error(line)
