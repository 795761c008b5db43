"""What has to be done when a day begins in Seoul, when editions of the terms come into force."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from typing import TYPE_CHECKING

from index.editions import SEOUL

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

HOUR = 60 * 60.0  # seconds; never sleep longer: a clock may be set, a machine may sleep
AFTER = 1.0  # seconds after midnight


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
