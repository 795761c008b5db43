"""`python -m index build|search|show|check|compare|subjects|zero-shot`: the index from the command line."""

from __future__ import annotations

import os
import sys

from index.cli import run
from index.commands.program import app

NICE = 10  # of 19: how much a build yields to whatever answers questions on this machine

if __name__ == "__main__":
    if sys.argv[1:2] == ["build"] and hasattr(os, "nice"):  # not on every platform
        os.nice(NICE)
    sys.exit(run(app, sys.argv[1:]))
