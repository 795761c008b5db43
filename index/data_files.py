"""Files that a person keeps below the data: what cannot be read is named in one line, never taken for missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from index.errors import YakgwanError


def read_text(path: Path, kind: type[YakgwanError]) -> str:
    """Its text. Raises ``kind`` if it cannot be read, or is no UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise kind(f"{path}:1: 읽을 수 없습니다: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise kind(f"{path}:1: UTF-8로 저장된 글이 아닙니다.") from error


def list_files(folder: Path, ending: str, kind: type[YakgwanError]) -> list[Path]:
    """The files in ``folder`` whose names end so, by name; [] if there is no such folder.

    `Path.glob` takes a folder that may not be read for an empty one: then all that it holds would be forgotten.

    Raises:
        YakgwanError: of this ``kind``, if it cannot be listed.
    """
    try:
        return sorted(path for path in folder.iterdir() if path.name.endswith(ending))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise kind(f"{folder}:1: 읽을 수 없습니다: {error.strerror}") from error
