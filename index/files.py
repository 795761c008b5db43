"""Files written whole or left as they were; a folder and a file beside it that change together, or neither."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

HELD = ".held"  # in the old folder: the file as it was


def replace_file(path: Path, content: bytes) -> None:
    """Write the whole file or leave it as it was; nothing is left beside it. Raises OSError."""
    aside = path.with_name(f".{path.name}.new")
    try:
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except BaseException:
        remove(aside)
        raise


def remove(path: Path) -> None:
    """Take away a file or a folder that nobody needs; one that cannot be removed now is left."""
    with suppress(OSError):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def exchange(folder: Path, aside: Path, file: Path, content: bytes) -> None:
    """Put ``aside`` in the place of ``folder`` and ``content`` into ``file``. Raises OSError; then all is as it was."""
    before, done = _before(folder), _done(folder)
    try:
        (folder / HELD).unlink(missing_ok=True)  # of an exchange that was broken off: not what the file is now
        if file.exists():
            shutil.copyfile(file, folder / HELD)
        folder.rename(before)
    except OSError:
        remove(folder / HELD)
        raise
    try:
        aside.rename(folder)
        replace_file(file, content)
        before.rename(done)  # from here on it is done
    except OSError:
        put_back(folder, file)
        raise
    remove(done)


def is_interrupted(folder: Path) -> bool:
    """Whether an exchange was broken off: folder and file may not belong together."""
    return _before(folder).exists()


def put_back(folder: Path, file: Path) -> None:
    """Undo an exchange that was broken off, if one was; may be broken off itself. Raises OSError."""
    before = _before(folder)
    remove(_done(folder))
    if not before.exists():
        return
    if folder.exists():
        shutil.rmtree(folder)
    held = before / HELD
    content = held.read_bytes() if held.exists() else None
    if content is None:
        file.unlink(missing_ok=True)
    elif not file.exists() or file.read_bytes() != content:
        replace_file(file, content)
    before.rename(folder)
    remove(folder / HELD)


def _before(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.old")


def _done(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.done")
