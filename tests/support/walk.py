"""One question's walk: the files of the project that it enters, in the order in which it first does.

`python tests/support/walk.py "해지하면 돈 돌려주나요?"`, in the root of the project, with an index (`make walk`).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path.cwd()))

from bot.service import Service
from bot.settings import load_settings
from bot.understand.question import Ask

if TYPE_CHECKING:
    from types import FrameType

ROOTS = ("bot", "index")


def walk(service: Service, question: str) -> list[str]:
    """The files entered by the answer to ``question``, without what importing them runs."""
    here = str(Path.cwd())
    entered: dict[str, None] = {}

    def look(frame: FrameType, event: str, _: object) -> None:
        name = frame.f_code.co_filename
        if event == "call" and name.startswith(here) and frame.f_code.co_name != "<module>":
            path = name[len(here) + 1 :]
            if path.startswith(ROOTS):
                entered[path] = None

    sys.setprofile(look)
    try:
        service.ask(Ask(question))
    finally:
        sys.setprofile(None)
    return list(entered)


if __name__ == "__main__":
    opened = Service(load_settings())
    opened.load()
    files = walk(opened, sys.argv[1] if len(sys.argv) > 1 else "해지하면 돈 돌려주나요?")
    print(*files, f"{len(files)} files", sep="\n")  # noqa: T201
