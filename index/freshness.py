"""When a folder's files changed last."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def newest_change(folder: Path) -> float:
    """Seconds since 1970 of the last change to a file or folder in ``folder``, 0 if there is nothing.

    What is hidden (a name that begins with a dot) is written aside and does not count, nor does what is just going.
    """
    newest, folders = 0.0, [os.fspath(folder)]
    while folders:
        try:
            with os.scandir(folders.pop()) as found:
                entries = [entry for entry in found if not entry.name.startswith(".")]
            newest = max(newest, *(entry.stat().st_mtime for entry in entries), 0.0)
            folders += [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
        except OSError:
            continue
    return newest
