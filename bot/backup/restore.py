"""`python -m bot restore`: a backup into an empty folder (and an empty database), whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.backup.archive import BROKEN, BackupError, unpack
from bot.backup.backup import JOURNAL_FILE, JOURNAL_ROWS, POSTGRESQL, SQLITE
from bot.journal.copying import check_file, check_version, load_tables

if TYPE_CHECKING:
    from bot.settings import Settings


def restore_backup(settings: Settings, file: Path, into: Path) -> str:
    """Put a backup into the folder ``into``: ``data``, ``settings.env`` and, of SQLite, ``journal.db``.

    A journal of PostgreSQL goes into the database of ``BOT_JOURNAL``. Everything is checked aside first; the folder
    appears in one step, and the rows with it.

    Returns:
        The kind of the journal's database, `SQLITE` or `POSTGRESQL`.

    Raises:
        BackupError: ``into`` is not empty, or the backup cannot be read, is damaged or points outside of it.
        JournalError: the journal in it is of a later version or damaged; the database is not empty or away.
    """
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise BackupError(f"{into}: 비어 있지 않습니다. 백업은 빈 폴더에만 풉니다.")
    try:
        into.absolute().parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=into.absolute().parent, prefix=f".{into.name}."))
    except OSError as error:
        raise BackupError(f"{into}: 폴더를 만들 수 없습니다: {error.strerror}") from error
    try:
        journal = _journal_of(unpack(file, aside), file)
        _put(settings, journal["kind"], aside, into)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return str(journal["kind"])


def _journal_of(manifest: dict[str, Any], file: Path) -> dict[str, Any]:
    """What the manifest says of the journal, with a version that can be read."""
    journal = manifest.get("journal")
    if not isinstance(journal, dict) or journal.get("kind") not in (SQLITE, POSTGRESQL):
        raise BackupError(f"{file}: {BROKEN}.")
    check_version(journal.get("version"))
    return journal


def _put(settings: Settings, kind: str, aside: Path, into: Path) -> None:
    if kind == SQLITE:
        check_file(aside / JOURNAL_FILE)
        _appear(aside, into)
        return
    if not (aside / JOURNAL_ROWS).is_dir():
        raise BackupError(f"{BROKEN}({JOURNAL_ROWS}).")
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(shutil.move(aside / JOURNAL_ROWS, folder))
        shown = False

        def appear() -> None:
            nonlocal shown
            _appear(aside, into)
            shown = True

        try:
            load_tables(settings.journal.get_secret_value(), rows, appear)
        except BaseException:
            if shown:  # the database did not keep the rows in the end
                shutil.rmtree(into, ignore_errors=True)
            raise


def _appear(aside: Path, into: Path) -> None:
    """In one step; over an empty folder at most."""
    try:
        aside.rename(into)
    except OSError as error:
        raise BackupError(f"{into}: 폴더를 놓을 수 없습니다: {error.strerror}") from error
