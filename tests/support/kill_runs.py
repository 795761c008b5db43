"""`make kill`: each action killed (kill -9) at random moments; a process that comes after finds all whole."""

from __future__ import annotations

import logging
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import traceback
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter, sleep
from typing import TYPE_CHECKING, BinaryIO

from sqlalchemy import func, select

from bot.journal.journal import Journal
from bot.journal.tables import ClauseRow, EntryRow
from support.databases import running_postgres
from support.entries import DAYS, DELIVERY, REFUND, asked
from support.fault_actions import shape
from support.fault_drafts import Publish, TakeIn, Upgrade, Withdraw
from support.fault_index import Build, FirstBuild, Reload, TakeOver
from support.fault_runs import MEMORY, at_home
from support.fault_server import OpenServer, UpgradeServer
from support.fault_writing import Add, Follow, OpenJournal, Undo
from support.writer_process import main as write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support.fault_actions import Action

ACTIONS: tuple[type[Action], ...] = (
    *(FirstBuild, Build, Reload, TakeOver, OpenJournal, Upgrade),
    *(Add, Undo, Follow, TakeIn, Publish, Withdraw),
)
ON_A_SERVER = (OpenServer, UpgradeServer)
TIMES, SEED = 60, 3
MEASURED = 3  # how often the length of an action is measured; the shortest counts, so that most are killed amid it
TEMPORARY = "temporary"  # instead of the system's /tmp, which the system clears
_RANDOM = re.compile(r"(?<=/tmp)\w{8}$")  # of a name that `tempfile` makes
WRITES = 0.3  # seconds of a journal being written
LONGEST = 60.0  # seconds of an action that nothing ends
BEYOND = 1.1  # of the length of the action undisturbed: some are killed behind it


@dataclass
class Kills:
    """``amid``: how many were killed before the action was done.

    ``left``: how often which file or folder was there that no undisturbed run leaves, before the action was done again.
    """

    times: int = 0
    amid: int = 0
    broken: list[str] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)


def kill_often(action: Action, folder: Path, times: int) -> Kills:
    """Kill a process that does ``action``, ``times`` times, each in a folder of its own."""
    kills, drawn = Kills(), random.Random(SEED)  # noqa: S311  # no secret
    template, clean = folder / "before", folder / "clean"
    template.mkdir(parents=True)
    action.prepare(template)
    length = min(_length(action, template, clean) for _ in range(MEASURED))
    fault = _look_after(action, clean, done=True)
    assert not fault, f"{action.name}, undisturbed: {fault}"
    wanted = shape(clean)
    for n in range(times):
        place = folder / str(n)
        shutil.copytree(template, place)
        done, fault = _begin_and_kill(action, place, drawn.uniform(0, length * BEYOND))
        kills.times += 1
        kills.amid += not done
        left = shape(place) - shape(template) - wanted - {TEMPORARY}
        kills.left.update(_RANDOM.sub("", name) for name in left if str(Path(name).parent) not in left)
        fault = fault or _look_after(action, place, done=done)
        if not fault and (left := {name for name in shape(place) ^ wanted if not name.startswith(TEMPORARY)}):
            fault = f"left over in the end: {sorted(left)}"
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
            whole = select(ClauseRow.entry_id).group_by(ClauseRow.entry_id).having(func.count() == 2)
            half = list(session.scalars(select(EntryRow.id).where(EntryRow.id.not_in(whole))))
        journal.record(asked(citations=(REFUND, DELIVERY)))
        journal.close()
        if lost or half:
            kills.broken.append(f"{address.partition(':')[0]}: {n}: lost {sorted(lost)[:5]}, half {half[:5]}")
    return kills


def _length(action: Action, template: Path, place: Path) -> float:
    """Seconds that the action takes in a process of its own that nothing kills; ``place`` is made anew."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(template, place)
    with _acting(action, place) as (child, said):
        assert said.read(1) == b"b", "it did not begin"
        started = perf_counter()
        assert said.read(1) == b"d", said.read().decode()
        length = perf_counter() - started
        os.waitpid(child, 0)
    return length


def _begin_and_kill(action: Action, place: Path, after: float) -> tuple[bool, str]:
    """Whether it was done before it was killed, ``after`` seconds behind its beginning; how it failed by itself."""
    with _acting(action, place) as (child, said):
        assert said.read(1) == b"b", "it did not begin"
        sleep(min(after, LONGEST))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        told = said.read()
    return told == b"d", told.removeprefix(b"d").decode()


@contextmanager
def _acting(action: Action, place: Path) -> Iterator[tuple[int, BinaryIO]]:
    """A process that begins and says "b", acts and says "d"; or says what was raised. Its number, and what it says."""

    def act(said: BinaryIO) -> None:
        action.begin(place)
        said.write(b"b")
        action.act(place)
        said.write(b"d")

    with _forked(act, place) as started:
        yield started


def _look_after(action: Action, place: Path, *, done: bool) -> str:
    """What is broken for the next process, "" if nothing is."""

    def look(said: BinaryIO) -> None:
        del said
        action.begin(place)
        action.check(place, done=done)
        action.again(place)
        action.check(place, done=True)

    with _forked(look, place) as (child, said):
        fault = said.read().decode()
        _, status = os.waitpid(child, 0)
    return fault or (f"it ended with {status}" if status else "")


@contextmanager
def _forked(work: Callable[[BinaryIO], None], place: Path) -> Iterator[tuple[int, BinaryIO]]:
    """A process that works and ends without tidying up, as one that is killed; it says what is raised.

    This one must have no thread beside its own, so that it can be forked: what has, is done in such a process.
    """
    ready, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(ready)
        temporary = place / TEMPORARY
        temporary.mkdir(exist_ok=True)
        tempfile.tempdir = str(temporary)
        with os.fdopen(writing, "wb", buffering=0) as said:
            try:
                work(said)
            except BaseException:  # noqa: BLE001  # whatever it is, it is what is broken
                said.write(" | ".join(traceback.format_exc().splitlines()[-3:]).encode())
            os._exit(0)
    os.close(writing)
    with os.fdopen(ready, "rb", buffering=0) as said:
        yield child, said


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
        if not names or "Server" in names:
            with running_postgres() as server:
                broken += _tell("대화 기록에 쓰기(PostgreSQL)", partial(kill_writer, server.url, int(times)))
                for kind in ON_A_SERVER:
                    opened, place = kind(server), Path(folder) / kind.__name__
                    broken += _tell(opened.name, partial(kill_often, opened, place, int(times)))
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
    for name, number in sorted(kills.left.items()):
        sys.stderr.write(f"  다시 하기 전에 남아 있던 것: {name} ({number}번)\n")
    return len(kills.broken)


if __name__ == "__main__":
    main()
