"""Each action with its n-th call failing, for each call that it makes when nothing fails: `make faults`."""

from __future__ import annotations

import logging
import shutil
import sys
import tempfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING
from unittest.mock import patch

from bot.settings import Settings
from index.errors import YakgwanError
from index.questions.corpus import read_corpus
from index.search.build import build
from index.settings import IndexSettings
from support.fakes import FakeEmbedder
from support.fault_actions import is_clean, shape
from support.fault_index import Build, FirstBuild, Reload, Respond, TakeOver
from support.fault_writing import Add, Follow, OpenJournal, Undo, WriteJournal
from support.faults import ANY, KINDS, Faults, injected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.editions.edition import Edition
    from support.fault_actions import Action

MEMORY = Path("/dev/shm")  # noqa: S108  # folders of this process alone are made there
ACTIONS: tuple[type[Action], ...] = (
    FirstBuild,
    Build,
    Reload,
    TakeOver,
    Respond,
    WriteJournal,
    OpenJournal,
    Add,
    Undo,
    Follow,
)
LEFT = {"unlink", "list", "read"}  # when these fail, what was begun cannot be cleared away at once


@dataclass
class Runs:
    """``injected``: how many calls failed, by kind; ``done``: how often the action was done all the same."""

    injected: Counter[str] = field(default_factory=Counter)
    done: int = 0
    broken: list[str] = field(default_factory=list)


@contextmanager
def at_home() -> Iterator[None]:
    """The embedder that can be computed by hand, an index made in this process, no settings of a developer's own."""

    def build_here(settings: IndexSettings, editions: Sequence[Edition], embedder: FakeEmbedder | None) -> None:
        build(settings, read_corpus(settings.data, editions), embedder or FakeEmbedder())

    for kind in (IndexSettings, Settings):
        kind.model_config["env_file"] = None
    with (
        patch("index.search.aside.build_aside", build_here),
        patch("index.search.build.load_embedder", lambda *_: FakeEmbedder()),
        patch("index.commands.search.give_back_memory"),  # a tenth of a second each time
    ):
        yield


def try_action(action: Action, folder: Path, *, step: int = 1, kinds: Sequence[str] = KINDS) -> Runs:
    """Fail every ``step``-th call of each kind once, and then, with `ANY`, it and all that follow."""
    runs = Runs()
    template = folder / "before"
    template.mkdir(parents=True)
    action.prepare(template)
    clean = folder / "clean"
    shutil.copytree(template, clean)
    action.begin(clean)
    with injected(Faults(clean, ANY, 0)) as counted:  # the run in which nothing fails
        action.again(clean)
    action.check(clean, done=True)
    action.end()
    wanted = shape(clean)
    for kind in (*kinds, ANY):
        for n in range(step, counted.of(kind) + 1, step):
            place = folder / f"{kind}-{n}"
            shutil.copytree(template, place)
            faults = Faults(place, kind, n, lasting=kind == ANY)
            fault = _try_once(action, place, faults, (shape(template), wanted), runs)
            if fault:
                runs.broken.append(f"{action.name}: {kind} {n}: {fault}")
            shutil.rmtree(place)
    return runs


def _try_once(action: Action, place: Path, faults: Faults, shapes: tuple[set[str], set[str]], runs: Runs) -> str:
    """What is broken, "" if nothing is."""
    action.begin(place)
    done, stage = False, "during"
    try:
        with injected(faults):
            try:
                action.act(place)
                done = True
            except YakgwanError as error:
                if not is_clean(error):
                    return f"not one Korean line: {error}"
        runs.done += done
        runs.injected[faults.kind] += min(faults.injected, 1)
        stage = "after"
        action.check(place, done=done and not faults.lasting)
        if not faults.lasting and faults.kind not in LEFT and (left := shape(place) - shapes[0] - shapes[1]):
            return f"left over: {sorted(left)}"
        stage = "again"
        action.again(place)
        action.check(place, done=True)
        if shape(place) != shapes[1]:
            return f"left over in the end: {sorted(shape(place) ^ shapes[1])}"
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what is broken
        return f"{stage}: {type(error).__name__}: {error}"
    finally:
        action.end()
    return ""


def main() -> None:
    """``python tests/support/fault_runs.py [STEP] [ACTION …]``: the table, in which 0 must stand under "어긋남"."""
    step, *names = sys.argv[1:] or ["1"]
    logging.disable()
    broken = 0
    sys.stdout.write("| 하는 일 | 실패시킨 호출 | 그래도 끝남 | 어긋남 | 초 |\n|---|---|---|---|---|\n")
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder, at_home():
        for action in ACTIONS:
            if names and action.__name__ not in names:
                continue
            started = perf_counter()
            runs = try_action(action(), Path(folder) / action.__name__, step=int(step))
            figures = f"{runs.injected.total()} | {runs.done} | {len(runs.broken)} | {perf_counter() - started:.0f}"
            sys.stdout.write(f"| {action.name} | {figures} |\n")
            sys.stdout.flush()
            for line in runs.broken:
                sys.stderr.write(f"{line}\n")
            broken += len(runs.broken)
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
