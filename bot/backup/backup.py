"""`python -m bot backup`: the journal, the data and the settings that are no secrets, while the server goes on."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from bot.backup.archive import BackupError, packing
from bot.journal.copying import copy_file, dump_tables, file_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.backup.archive import Packing
    from bot.settings import Settings

JOURNAL_FILE, JOURNAL_ROWS, DATA, SETTINGS = "journal.db", "journal", "data", "settings.env"
SQLITE, POSTGRESQL = "sqlite", "postgresql"


def make_backup(settings: Settings, file: Path) -> int:
    """Write a backup into ``file``; returns how many files are in it.

    The index is not in it, which is made of the data; neither is the key file (``BOT_SECRET``), which belongs
    elsewhere: who had both could read what customers left.

    Raises:
        BackupError: ``file`` is there, or something cannot be read or written; nothing is left of it.
        JournalError: the journal cannot be read.
    """
    with tempfile.TemporaryDirectory() as folder, packing(file) as made:
        made.description["journal"] = _pack_journal(settings.journal.get_secret_value(), Path(folder), made)
        for path in _data_files(settings.data):
            made.add(f"{DATA}/{path.relative_to(settings.data).as_posix()}", path)
        written = Path(folder) / SETTINGS
        written.write_text(tell_settings(settings), encoding="utf-8")
        made.add(SETTINGS, written)
        return len(made.files)


def _pack_journal(url: str, folder: Path, made: Packing) -> dict[str, Any]:
    """What the manifest says of the journal: of which kind of database, and the version of its tables."""
    source = file_of(url)
    if source:
        version = copy_file(source, folder / JOURNAL_FILE)
        made.add(JOURNAL_FILE, folder / JOURNAL_FILE)
        return {"kind": SQLITE, "version": version}
    rows = folder / JOURNAL_ROWS
    rows.mkdir()
    version = dump_tables(url, rows)
    for path in sorted(rows.iterdir()):
        made.add(f"{JOURNAL_ROWS}/{path.name}", path)
    return {"kind": POSTGRESQL, "version": version}


def _data_files(data: Path) -> Iterator[Path]:
    """All files of the data but those that are just being written aside; no link is followed out of them."""
    if not data.is_dir():
        raise BackupError(f"{data}: 자료 폴더가 없습니다.")
    for path in sorted(data.rglob("*")):
        aside = path.name.startswith(".") and path.name.endswith(".new")
        if path.is_file() and not path.is_symlink() and not aside:
            yield path


def tell_settings(settings: Settings) -> str:
    """What differs from the defaults, as lines of an ``.env`` file; of a secret only that it is set."""
    lines = []
    for name, field in type(settings).model_fields.items():
        value = getattr(settings, name)
        if value == field.default:
            continue
        secret = isinstance(value, SecretStr) or "@" in str(value)  # an address may hold a password
        shown = "(비밀이라 담지 않음)" if secret else _quoted(value)
        lines.append(f"{'# ' if secret else ''}BOT_{name.upper()}={shown}")
    return "\n".join([*lines, ""])


def _quoted(value: object) -> str:
    told = json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else str(value)
    return "'" + told.replace("\\", "\\\\").replace("'", "\\'") + "'"
