"""A folder of files that appears whole or not at all, and says what it is.

Builds live beside one another in ``<root>/<id>/``; ``<root>/CURRENT`` holds the id that serves. A build is written
under another name, renamed, and only then named in CURRENT: the old state serves until the new one is complete.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import uuid
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from filelock import FileLock

from index.errors import StoreError
from index.files import remove, replace_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MANIFEST = "manifest.json"
CURRENT = "CURRENT"
MAPPED = ".map"  # how the name of a file ends that is too large to be read at each start


@contextmanager
def writing(root: Path, description: dict[str, Any]) -> Iterator[Path]:
    """Give an empty folder to write into; on leaving without an exception it becomes the current build.

    ``description`` goes into the manifest, beside size and SHA-256 of each file; of a `MAPPED` one the size alone: who
    uses it checks what it holds. One writer at a time: a second one waits. An earlier build is deleted only after the
    new one serves.
    """
    root.mkdir(parents=True, exist_ok=True)
    with FileLock(root / "lock"):
        _keep_only(root, _named(root))  # what a build that was killed left takes the room that this one needs
        name = uuid.uuid4().hex[:12]
        aside = root / f".{name}"
        aside.mkdir()
        try:
            yield aside
            manifest = description | {"files": _digests(aside)}
            (aside / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
            aside.rename(root / name)
            _point_to(root, name)
        except BaseException:
            remove(aside)
            with suppress(OSError):  # which build serves cannot be read: none is taken away
                _keep_only(root, _named(root))
            raise
        _keep_only(root, name)


def is_there(root: Path) -> bool:
    """Whether there is a current build, of whatever it may be."""
    return (root / CURRENT).is_file()


def read_manifest(root: Path) -> tuple[Path, dict[str, Any]]:
    """The folder of the current build and its manifest. Raises StoreError if there is none."""
    try:
        folder = root / (root / CURRENT).read_text(encoding="utf-8").strip()
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{root}: 색인이 없습니다.") from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        raise StoreError(f"{folder / MANIFEST}: 색인 설명이 손상되었습니다.")
    return folder, manifest


def check_files(folder: Path, manifest: dict[str, Any]) -> None:
    """Raises StoreError if a file is missing, truncated or changed since the build, or cannot be read."""
    try:
        found = _digests(folder)
    except OSError as error:  # another process may have published a newer build and deleted this one
        raise StoreError(f"{folder}: 색인 파일을 읽을 수 없습니다: {error.strerror}") from error
    for name, digest in manifest["files"].items():
        if found.get(name) != digest:
            raise StoreError(f"{folder / name}: 색인 파일이 없거나 손상되었습니다.")


def _digests(folder: Path) -> dict[str, dict[str, Any]]:
    return {path.name: _digest(path) for path in sorted(folder.iterdir()) if path.name != MANIFEST}


def _digest(path: Path) -> dict[str, Any]:
    size = {"bytes": path.stat().st_size}
    if path.suffix == MAPPED:
        return size
    with path.open("rb") as file:
        return size | {"sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def _point_to(root: Path, name: str) -> None:
    if (root / CURRENT).is_dir():  # nothing of ours, and in the way of the file
        shutil.rmtree(root / CURRENT)
    replace_file(root / CURRENT, name.encode())


def _named(root: Path) -> str:
    """The build that CURRENT names; "" without one. Raises OSError if that cannot be read."""
    try:
        return (root / CURRENT).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, IsADirectoryError, UnicodeDecodeError):
        return ""


def _keep_only(root: Path, name: str) -> None:
    """Take away all builds but this one; what cannot be removed now is left to the next time."""
    with suppress(OSError):
        for path in root.iterdir():
            if path.is_dir() and path.name not in (name, CURRENT):
                remove(path)
