"""Processes that are killed at random moments leave all whole; `make kill` does so 60 times with each action."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.fault_actions import Action, Plain
from support.fault_drafts import Publish, TakeIn, Upgrade
from support.fault_writing import Add


class Slow(Plain):
    """Writes a file in two pieces, and what is left of a killed one is not seen by it: what must be found."""

    name = "slow"
    pieces: tuple[bytes, ...] = (b"one", b"two")

    def prepare(self, folder: Path) -> None:
        """Nothing is there before."""

    def act(self, folder: Path) -> None:
        with (folder / "file").open("wb", buffering=0) as file:
            for piece in self.pieces:
                time.sleep(0.05)
                file.write(piece)
                time.sleep(0.05)

    def check(self, folder: Path, *, done: bool) -> None:
        del done
        if (folder / "file").exists():
            assert (folder / "file").read_bytes() == b"".join(self.pieces), "half a file"


class Leaving(Slow):
    """Leaves a file beside what it writes when it is killed, and does not take it away the next time."""

    pieces = ()

    def act(self, folder: Path) -> None:
        beside = folder / f".{os.getpid()}"
        beside.touch()
        time.sleep(0.1)
        beside.unlink()


class Raising(Slow):
    """Fails by itself at some times."""

    pieces = ()

    def act(self, folder: Path) -> None:
        assert not folder.name.isdecimal(), "by itself"


WHOLE: tuple[type[Action], ...] = (Add, Upgrade, TakeIn, Publish)
FAULTY: tuple[type[Action], ...] = (Slow, Leaving, Raising)


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, list[str]]]:
    """By the name of the action: how often it was killed amid it, and what was broken.

    In a process of its own: this one has threads and must not be forked.
    """
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([".", "tests"]), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-W", "ignore", __file__, str(tmp_path_factory.mktemp("kills"))]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    found: dict[str, tuple[int, list[str]]] = json.loads(ended.stdout)
    return found


@pytest.mark.slow
def test_what_a_killed_process_leaves_is_whole(killed: dict[str, tuple[int, list[str]]]) -> None:
    assert [killed[kind.__name__][1] for kind in WHOLE] == [[], [], [], []]
    assert sum(killed[kind.__name__][0] for kind in WHOLE) > 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("action", "fault"), [("Slow", "half a file"), ("Leaving", "left over in the end"), ("Raising", "by itself")]
)
def test_what_is_not_whole_is_found(action: str, fault: str, killed: dict[str, tuple[int, list[str]]]) -> None:
    assert fault in "\n".join(killed[action][1])


def main(folder: Path) -> None:
    from support.kill_runs import kill_often  # not by the tests: it holds fixtures that pytest is to import itself

    runs = {kind.__name__: kill_often(kind(), folder / kind.__name__, 4) for kind in (*WHOLE, *FAULTY)}
    sys.stdout.write(json.dumps({name: (kills.amid, kills.broken) for name, kills in runs.items()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
