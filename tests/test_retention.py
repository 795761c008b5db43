"""What is too old leaves the journal, at once and again, whatever happens."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from support.entries import DAYS, ONE, Clock, asked

from bot.background import DAY, purge_daily
from bot.journal.journal import Journal
from bot.journal.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

WAIT = 10.0  # seconds; far longer than a purge takes


@pytest.fixture(autouse=True)
def _believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of these tests leaps; whether that is believed is a matter of its own (`test_load_edges`)."""
    monkeypatch.setattr("bot.background.GAP", timedelta(days=2 * DAYS))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(tmp_path: Path, clock: Clock) -> Iterator[Journal]:
    opened = Journal.open(f"sqlite:///{tmp_path}/journal.db", DAYS, clock)
    yield opened
    opened.close()


def purge_until(journal: Journal, work: Callable[[], Awaitable[None]], pause: float) -> None:
    async def run() -> None:
        purging = asyncio.create_task(purge_daily(journal, pause))
        await asyncio.wait_for(work(), WAIT)
        purging.cancel()
        with pytest.raises(asyncio.CancelledError):
            await purging

    asyncio.run(run())


async def wait_for_entries(reader: Reader, count: int) -> None:
    while len(await asyncio.to_thread(reader.conversation, ONE)) != count:
        await asyncio.sleep(0.01)


def test_the_journal_is_purged_at_the_start_and_what_is_young_stays(
    journal: Journal, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    journal.record(asked("오래된 질문"))
    clock.forward(days=DAYS, seconds=1)
    journal.record(asked("새 질문"))

    async def hear() -> None:
        while "old rows left the journal" not in caplog.text:
            await asyncio.sleep(0.01)

    purge_until(journal, hear, DAY)
    assert [row.question for row in Reader(journal).conversation(ONE)] == ["새 질문"]
    assert "1 old rows left the journal" in caplog.text


def test_it_is_purged_again_after_the_pause(journal: Journal, clock: Clock) -> None:
    reader = Reader(journal)

    async def grow_old_twice() -> None:
        for _ in range(2):
            await asyncio.to_thread(journal.record, asked())
            await wait_for_entries(reader, 1)
            clock.forward(days=DAYS, seconds=1)
            await wait_for_entries(reader, 0)

    purge_until(journal, grow_old_twice, 0.01)


def test_a_failure_is_logged_and_the_next_purge_comes(
    journal: Journal, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    reader = Reader(journal)
    journal.record(asked())
    clock.forward(days=DAYS, seconds=1)
    with journal.database.writing() as session:
        session.connection().exec_driver_sql("ALTER TABLE journal_handovers RENAME TO aside")

    async def mend() -> None:
        while "the journal could not be purged" not in caplog.text:
            await asyncio.sleep(0.01)
        with journal.database.writing() as session:
            session.connection().exec_driver_sql("ALTER TABLE aside RENAME TO journal_handovers")
        await wait_for_entries(reader, 0)

    purge_until(journal, mend, 0.01)
