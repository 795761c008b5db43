"""What is too old leaves the journal: at the start and then once a day."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from index.errors import YakgwanError

if TYPE_CHECKING:
    from bot.journal.journal import Journal

log = logging.getLogger(__name__)

DAY = 24 * 60 * 60.0  # seconds


async def purge_daily(journal: Journal, pause: float = DAY) -> None:
    """Purge, wait ``pause`` seconds, and again, until cancelled; a failure is logged and tried again next time."""
    while True:
        try:
            removed = await asyncio.to_thread(journal.purge)
        except YakgwanError:
            log.exception("the journal could not be purged")
        else:
            if removed:
                log.info("%d old rows left the journal", removed)
        await asyncio.sleep(pause)
