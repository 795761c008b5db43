"""`make kill`: each action killed (kill -9) at random moments; a process that comes after finds all whole."""

from __future__ import annotations

import logging
import os
import random
import shutil
import signal
import sys
import tempfile
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter, sleep
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.journal.journal import Journal
from bot.journal.tables import EntryRow
from support.databases import running_postgres
from support.entries import DAYS, asked
from support.fault_drafts import Publish, TakeIn, Upgrade, Withdraw
from support.fault_index import Build, FirstBuild, Reload, TakeOver
from support.fault_runs import MEMORY, at_home
from support.fault_writing import Add, Follow, OpenJournal, Undo
from support.writer_process import main as write

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.fault_actions import Action

ACTIONS: tuple[type[Action], ...] = (
    *(FirstBuild, Build, Reload, TakeOver, OpenJournal, Upgrade),
    *(Add, Undo, Follow, TakeIn, Publish, Withdraw),
)
TIMES, SEED = 60, 3
WRITES = 0.3  # seconds of a journal being written
LONGEST = 60.0  # seconds of an action that nothing ends
BEYOND = 1.1  # of the length of the action undisturbed: some are killed behind it


@dataclass
class Kills:
    """``amid``: how many were killed before the action was done."""

    times: int = 0
    amid: int = 0
    broken: list[str] = field(default_factory=list)


def kill_often(action: Action, folder: Path, times: int) -> Kills:
    """Kill a process that does ``action``, ``times`` times, each in a folder of its own."""
    kills, drawn = Kills(), random.Random(SEED)  # noqa: S311  # no secret
    template = folder / "before"
    template.mkdir(parents=True)
    action.prepare(template)
    length = _length(action, template, folder / "clean")
    for n in range(times):
        place = folder / str(n)
        shutil.copytree(template, place)
        done = _begin_and_kill(action, place, drawn.uniform(0, length * BEYOND))
        kills.times += 1
        kills.amid += not done
        fault = _look_after(action, place, done=done)
        if fault:
            kills.broken.append(f"{action.name}: {n}: {fault}")
        shutil.rmtree(place)
    return kills


def kill_writer(address: str, times: int) -> Kills:
    """Kill a process that writes a journal without end; what it said is written must be there."""
    kills, drawn, told = Kills(), random.Random(SEED), set[int]()  # noqa: S311  # no secret
    Journal.open(address, DAYS).close()
    for n in range(times):
        ready, writing = os.pipe()
        child = os.fork()
        if not child:
            os.dup2(writing, 1)
            with os.fdopen(writing, "w", closefd=False) as sys.stdout:
                write(address)
        os.close(writing)
        with os.fdopen(ready) as said:
            told.add(int(said.readline()))
            sleep(drawn.uniform(0, WRITES))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            told |= {int(line) for line in said if line.endswith("\n")}
        kills.times += 1
        kills.amid += 1
        journal = Journal.open(address, DAYS)
        with journal.database.reading() as session:
            lost = told - set(session.scalars(select(EntryRow.id)))
        journal.record(asked())
        journal.close()
        if lost:
            kills.broken.append(f"{address.partition(':')[0]}: {n}: lost {sorted(lost)[:5]}")
    return kills


def _length(action: Action, template: Path, place: Path) -> float:
    """Seconds that the action takes in a process of its own that nothing kills."""
    shutil.copytree(template, place)
    ready, writing = os.pipe()
    child = _start(action, place, writing)
    os.close(writing)
    os.read(ready, 1)
    started = perf_counter()
    os.waitpid(child, 0)
    os.close(ready)
    return perf_counter() - started


def _start(action: Action, place: Path, writing: int) -> int:
    """A process that begins, says so, acts, and says that it has acted."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        action.begin(place)
        os.write(writing, b"b")
        action.act(place)
        os.write(writing, b"d")
        code = 0
    finally:
        os._exit(code)


def _begin_and_kill(action: Action, place: Path, after: float) -> bool:
    """Whether it was done before it was killed, ``after`` seconds behind its beginning."""
    ready, writing = os.pipe()
    child = _start(action, place, writing)
    os.close(writing)
    begun = os.read(ready, 1)
    sleep(min(after, LONGEST))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    said = os.read(ready, 1)
    os.close(ready)
    assert begun == b"b", "it did not begin"
    return said == b"d"


def _look_after(action: Action, place: Path, *, done: bool) -> str:
    """What is broken for the next process, "" if nothing is."""
    stage = "after"
    try:
        action.begin(place)
        action.check(place, done=done)
        stage = "again"
        action.again(place)
        action.check(place, done=True)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what is broken
        return f"{stage}: {type(error).__name__}: {error}"
    finally:
        action.end()
    return ""


def main() -> None:
    """``python tests/support/kill_runs.py [TIMES] [ACTION …]``: the table, in which 0 must stand under "어긋남"."""
    times, *names = sys.argv[1:] or [str(TIMES)]
    logging.disable()
    broken = 0
    sys.stdout.write("| 하는 일 | 죽임 | 그 가운데 하는 도중 | 어긋남 | 초 |\n|---|---|---|---|---|\n")
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder, at_home():
        for action in ACTIONS:
            if not names or action.__name__ in names:
                place = Path(folder) / action.__name__
                broken += _tell(action.name, partial(kill_often, action(), place, int(times)))
        if not names or "Journal" in names:
            broken += _tell("대화 기록에 쓰기(SQLite)", partial(kill_writer, f"sqlite:///{folder}/j.db", int(times)))
            with running_postgres() as server:
                broken += _tell("대화 기록에 쓰기(PostgreSQL)", partial(kill_writer, server.url, int(times)))
    sys.exit(bool(broken))


def _tell(name: str, kill: Callable[[], Kills]) -> int:
    """A row of the table; how many were broken."""
    started = perf_counter()
    kills = kill()
    seconds = perf_counter() - started
    sys.stdout.write(f"| {name} | {kills.times} | {kills.amid} | {len(kills.broken)} | {seconds:.0f} |\n")
    sys.stdout.flush()
    for line in kills.broken:
        sys.stderr.write(f"{line}\n")
    return len(kills.broken)


if __name__ == "__main__":
    main()
