"""All work beside the answers: loading, changed data, a new day in Seoul, the journal's old rows, the webhook."""

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
    from bot.webhook import Webhook

log = logging.getLogger(__name__)
HOUR = 60 * 60.0  # seconds; never sleep longer: a clock may be set, a machine may sleep
AFTER = 1.0  # seconds after midnight
DAY = 24 * 60 * 60.0  # seconds
GAP = timedelta(days=7)
SURE = 3  # days
REST = 300.0  # seconds between two runs that nobody asked for
FAILED = "색인을 다시 만들지 못했습니다. 이전 색인으로 계속 답합니다."


class Background:
    """Where threads start. ``reload`` takes over changed data, ``take_over`` changed questions, at once.

    Runs of one never overlap; changes that come while it runs are taken over by one more run.
    """

    def __init__(self, reload: Callable[[], None], take_over: Callable[[], None] = lambda: None) -> None:
        self._take_over = take_over
        self._reload = Runs("rebuild", reload)
        self._at_once = Runs("take over", self._taken_over)
        self._effective = False

    @asynccontextmanager
    async def running(
        self, load: Callable[[], None], new_day: Callable[[], None], journal: Journal, webhook: Webhook | None = None
    ) -> AsyncIterator[None]:
        """``load`` in a thread now, ``new_day`` each midnight, old entries out of ``journal`` each day, ``webhook``."""
        threading.Thread(target=load, name="load", daemon=True).start()
        beside = [asyncio.create_task(purge_daily(journal)), asyncio.create_task(at_midnight(new_day))]
        if webhook is not None:
            beside.append(asyncio.create_task(webhook.run()))
        try:
            yield
        finally:
            for task in beside:
                task.cancel()
            await asyncio.wait(beside)  # its connections are closed before the loop is

    def rebuild(self) -> None:
        """Ask for a run of ``reload``; returns at once."""
        self._effective = False
        self._reload.ask()

    def questions_changed(self) -> None:
        """Ask for a run of ``take_over``, and for one of ``reload`` behind it; returns at once."""
        self._effective = False
        self._at_once.ask()

    @property
    def rests(self) -> bool:
        """Whether a run of ``reload`` is under way or ended less than `REST` seconds ago."""
        return self._reload.rests

    def report(self) -> dict[str, str]:
        """``state``: running, until what changed is answered from; ready, or failed; ``message`` says what failed."""
        behind, error = self._reload.running, self._reload.error
        if self._at_once.running or (behind and not self._effective):
            return {"state": "running", "message": error}
        return {"state": "failed" if error and not behind else "ready", "message": error}

    def _taken_over(self) -> None:
        try:
            self._take_over()
            self._effective = True
        except YakgwanError as error:
            log.info("what changed needs more than an update: %s", error)
        finally:
            self._reload.ask()  # which reports what is faulty


class Runs:
    """Runs of ``act`` in a thread of this ``name``, one at a time; asked for during one, there is one more."""

    def __init__(self, name: str, act: Callable[[], None]) -> None:
        self._name = name
        self._act = act
        self._lock = threading.Lock()
        self._wanted = False
        self._running = False
        self._error = ""
        self._ended = -REST  # by `monotonic`

    def ask(self) -> None:
        """Returns at once."""
        with self._lock:
            self._wanted = True
            if self._running:
                return
            self._running = True
        threading.Thread(target=self._run, name=self._name, daemon=True).start()

    @property
    def running(self) -> bool:
        """Whether a run is wanted or under way."""
        with self._lock:
            return self._running

    @property
    def rests(self) -> bool:
        """Whether a run is under way or ended less than `REST` seconds ago."""
        with self._lock:
            return self._running or monotonic() - self._ended < REST

    @property
    def error(self) -> str:
        """Why the last run failed; "" if it did not."""
        with self._lock:
            return self._error

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
                self._act()
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
