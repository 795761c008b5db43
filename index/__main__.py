"""`python -m index build|search|show|check|compare|zero-shot`: the index from the command line."""

from __future__ import annotations

import sys

from index.cli import run
from index.commands.program import app

if __name__ == "__main__":
    sys.exit(run(app, sys.argv[1:]))
