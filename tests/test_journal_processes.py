"""Threads and processes that use one journal at the same time lose nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING

from support.entries import DAYS, DELIVERY, ONE, REFUND, TWO, asked

from bot.journal.entries import Filter
from bot.journal.journal import Journal
from bot.journal.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator


pytest_plugins = ["support.databases"]

THREADS, EACH, ASIDE = 4, 125, 50


@contextmanager
def second_process(*arguments: object) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "support.journal_process", *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path.cwd()), "tests"])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def test_every_entry_of_threads_and_of_another_process_is_there(journal: Journal, database_url: str) -> None:
    def write(thread: int) -> list[int]:
        entry = asked(channel=f"thread {thread}", citations=(REFUND, DELIVERY))
        return [journal.record(entry) for _ in range(EACH)]

    everything = THREADS * EACH + ASIDE
    with second_process(database_url, ASIDE, everything) as process, ThreadPoolExecutor(THREADS) as pool:
        assert said(process) == "ready"
        numbers = [number for written in pool.map(write, range(THREADS)) for number in written]
        states = int(said(process))
        assert process.wait() == 0
    assert states > 10  # it did read while entries came
    reader = Reader(journal)
    assert len(set(numbers)) == THREADS * EACH
    assert reader.entries(Filter(), 1, 1)[1] == everything
    for thread in range(THREADS):
        assert reader.entries(Filter(channel=f"thread {thread}"), 1, 1)[1] == EACH
    assert {row.id for row in reader.conversation(ONE)} == set(numbers)
    assert len(reader.conversation(TWO)) == ASIDE
    if database_url.startswith("sqlite"):
        with journal.database.reading() as session:
            assert session.connection().exec_driver_sql("PRAGMA integrity_check").all() == [("ok",)]


def test_those_that_open_an_empty_database_at_once_share_one_journal(database_url: str) -> None:
    together = Barrier(THREADS)

    def start(number: int) -> None:
        together.wait()
        journal = Journal.open(database_url, DAYS)
        journal.record(asked(channel=f"thread {number}"))
        journal.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(start, range(THREADS)))
    journal = Journal.open(database_url, DAYS)
    assert Reader(journal).entries(Filter(), 1, 1)[1] == THREADS
    journal.close()


def test_threads_that_hand_over_a_conversation_at_once_get_one_code(journal: Journal) -> None:
    with ThreadPoolExecutor(THREADS) as pool:
        assert len(set(pool.map(journal.hand_over, [ONE] * 40))) == 1


def test_a_purge_while_entries_come_deletes_none_of_them(journal: Journal) -> None:
    with ThreadPoolExecutor(THREADS) as pool:
        written = [pool.submit(journal.record, asked()) for _ in range(60)]
        for _ in range(5):
            assert journal.purge() == 0
        numbers = {future.result() for future in written}
    assert len(numbers) == Reader(journal).entries(Filter(), 1, 1)[1] == 60
