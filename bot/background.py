"""Work in the background: what a new day in Seoul asks for, and what is too old leaving the journal."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.journal.tables import seoul_day
from index.editions.edition import SEOUL
from index.errors import YakgwanError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from bot.journal.journal import Journal

log = logging.getLogger(__name__)
HOUR = 60 * 60.0  # seconds; never sleep longer: a clock may be set, a machine may sleep
AFTER = 1.0  # seconds after midnight
DAY = 24 * 60 * 60.0  # seconds
GAP = timedelta(days=7)
SURE = 3  # days


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
