"""All work beside the answers: loading, taking over changed data, a new day in Seoul, the journal's old rows."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import threading
from contextlib import asynccontextmanager
from datetime import date, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from bot.journal.tables import seoul_day
from index.editions.edition import SEOUL
from index.errors import YakgwanError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection

    from bot.journal.journal import Journal

log = logging.getLogger(__name__)
HOUR = 60 * 60.0  # seconds; never sleep longer: a clock may be set, a machine may sleep
AFTER = 1.0  # seconds after midnight
DAY = 24 * 60 * 60.0  # seconds
GAP = timedelta(days=7)
SURE = 3  # days
REST = 300.0  # seconds between two runs that nobody asked for
FAILED = "색인을 다시 만들지 못했습니다. 이전 색인으로 계속 답합니다."


class Background:
    """Where threads start. ``reload`` takes over changed data; runs of it never overlap.

    Changes that come while it runs are taken over by one more run.
    """

    def __init__(self, reload: Callable[[], None]) -> None:
        self._reload = reload
        self._lock = threading.Lock()
        self._wanted = False
        self._running = False
        self._error = ""
        self._ended = -REST  # by `monotonic`

    @asynccontextmanager
    async def running(
        self, load: Callable[[], None], new_day: Callable[[], None], journal: Journal
    ) -> AsyncIterator[None]:
        """``load`` in a thread now, ``new_day`` each midnight, old entries out of ``journal`` each day."""
        threading.Thread(target=load, name="load", daemon=True).start()
        daily = [asyncio.create_task(purge_daily(journal)), asyncio.create_task(at_midnight(new_day))]
        try:
            yield
        finally:
            for task in daily:
                task.cancel()

    def rebuild(self) -> None:
        """Ask for a run; returns at once."""
        with self._lock:
            self._wanted = True
            if self._running:
                return
            self._running = True
        threading.Thread(target=self._run, name="rebuild", daemon=True).start()

    @property
    def rests(self) -> bool:
        """Whether a run is under way or ended less than `REST` seconds ago."""
        with self._lock:
            return self._running or monotonic() - self._ended < REST

    def report(self) -> dict[str, str]:
        """``state``: running, ready or failed; ``message`` says what failed."""
        with self._lock:
            state = "running" if self._running else "failed" if self._error else "ready"
            return {"state": state, "message": self._error}

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._wanted:
                    self._running = False
                    self._ended = monotonic()
                    return
                self._wanted = False
            error = ""
            try:
                self._reload()
            except YakgwanError as fault:
                error = f"{FAILED} {fault}"
                log.error("rebuilding failed: %s", fault)  # noqa: TRY400  # the message says what to do
            except Exception:
                error = FAILED
                log.exception("rebuilding failed")
            with self._lock:
                self._error = error


def _now() -> dt.datetime:
    return dt.datetime.now(SEOUL)


async def at_midnight(act: Callable[[], object], now: Callable[[], dt.datetime] = _now) -> None:
    """Call ``act`` in a thread now, then every hour and just after each midnight, until cancelled.

    ``act`` may be called more than once a day; its failure is logged, and it is called again next time.
    """
    while True:
        try:
            await asyncio.to_thread(act)
        except Exception:
            # the outermost layer of its task
            log.exception("the work of midnight failed")
        await asyncio.sleep(min(seconds_left(now()), HOUR))


def seconds_left(now: dt.datetime) -> float:
    """From ``now`` to just after the next midnight where ``now`` is."""
    tomorrow = dt.datetime.combine(now.date() + dt.timedelta(days=1), dt.time(), now.tzinfo)
    return (tomorrow - now).total_seconds() + AFTER


async def purge_daily(journal: Journal, pause: float = DAY) -> None:
    """Purge, wait ``pause`` seconds, and again, until cancelled; a failure is logged and tried again next time."""
    seen: set[date] = set()
    while True:
        try:
            removed = await asyncio.to_thread(_purge, journal, seen)
        except YakgwanError as error:
            log.error("the journal could not be purged: %s", error)  # noqa: TRY400  # the message says why
        else:
            if removed:
                log.info("%d old rows left the journal", removed)
        await asyncio.sleep(pause)


def believes(today: date, written: Collection[date], seen: Collection[date]) -> bool:
    """Whether the clock is believed that shows ``today``.

    ``written``: the days that have an entry; ``seen``: those on which the clock was looked at. A clock that is far
    ahead leaves a gap of more than `GAP` behind the true entries. What is older than the last such gap may go when the
    clock has shown `SURE` different days since.
    """
    days = sorted(day for day in {today, *written, *seen} if day <= today)
    since = next((place for place in range(len(days) - 1, 0, -1) if days[place] - days[place - 1] > GAP), 0)
    return since == 0 or len(days) - since >= SURE


def _purge(journal: Journal, seen: set[date]) -> int:
    today = seoul_day(journal.clock())
    seen.add(today)
    if believes(today, journal.days_written(), seen):
        return journal.purge()
    log.warning("nothing is purged: the clock is more than %d days ahead of the newest entry", GAP.days)
    return 0
