"""Processes that are killed at random moments leave all whole; `make kill` does so 60 times with each action."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.slow
def test_what_a_killed_process_leaves_is_whole() -> None:
    # a process of its own: one with threads, as this one has, must not be forked
    command = [sys.executable, "-W", "ignore", "tests/support/kill_runs.py", "6", "Add", "Upgrade", "TakeIn", "Publish"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([".", "tests"]), "OMP_NUM_THREADS": "1"}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.count("| 6 |") == 4
