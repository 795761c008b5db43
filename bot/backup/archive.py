"""A .tar.gz whose manifest names every file in it with size and SHA-256: the only home of ``tarfile``."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import tarfile
import zlib
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any

from index.errors import YakgwanError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MANIFEST = "manifest.json"
FORMAT = 1  # of the archive; raise it when what is in it changes
BROKEN = "백업 파일이 손상되었거나 끝까지 있지 않습니다"


class BackupError(YakgwanError):
    """A backup cannot be made, or is not taken back; everything is as it was."""


class Packing:
    """An archive that is being written. ``description``: what its manifest says beside the files."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.description: dict[str, Any] = {}
        self.files: dict[str, dict[str, Any]] = {}
        self._tar = tar

    def add(self, name: str, source: Path) -> None:
        """Put a file in as ``name``. Raises OSError; also if it is cut short meanwhile."""
        with source.open("rb") as file:
            info = _describe(name, os.fstat(file.fileno()))
            reading = _Hashing(file)
            self._tar.addfile(info, reading)  # of a file it wants but `read`
        self.files[name] = {"bytes": info.size, "sha256": reading.sum.hexdigest()}


@contextmanager
def packing(file: Path) -> Iterator[Packing]:
    """A new archive, complete or not there; its owner alone may read it.

    Raises:
        BackupError: ``file`` is there already, or it or something that goes into it cannot be read or written.
    """
    if file.exists():
        raise BackupError(f"{file}: 이미 있습니다. 백업은 새 파일에만 씁니다.")
    aside = file.with_name(f".{file.name}.new")
    try:
        with _private(aside) as written:
            with tarfile.open(fileobj=written, mode="w:gz") as tar:
                made = Packing(tar)
                yield made
                _add_manifest(tar, made)
            written.flush()
            os.fsync(written.fileno())
        aside.replace(file)
    except OSError as error:
        raise BackupError(f"{error.filename or file}: 백업을 쓸 수 없습니다: {error.strerror or error}") from error
    finally:
        aside.unlink(missing_ok=True)


def unpack(file: Path, into: Path) -> dict[str, Any]:
    """Put all files into the empty folder ``into`` and check them; returns the manifest.

    Raises:
        BackupError: it is no backup or a later one's, cut short or changed, or would write outside of ``into``.
    """
    try:
        _read_to_the_end(file)
        with tarfile.open(file, "r:gz") as tar:
            members = tar.getmembers()
            manifest = _read_manifest(tar, members, file)
            tar.extractall(into, filter="data")  # refuses what points outside
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise BackupError(f"{file}: {BROKEN}.") from error
    except OSError as error:  # a broken gzip stream is one too
        raise BackupError(f"{file}: 백업을 읽을 수 없습니다: {error.strerror or BROKEN}.") from error
    for name, known in manifest["files"].items():
        if _digest(into / name) != known:
            raise BackupError(f"{file}: {BROKEN}({name}).")
    (into / MANIFEST).unlink()
    return manifest


def _read_to_the_end(file: Path) -> None:
    """Raises EOFError or OSError for a stream that is cut short, be it by its last byte, or whose sum is wrong."""
    with gzip.open(file) as stream:
        while stream.read(1 << 20):
            pass


def _read_manifest(tar: tarfile.TarFile, members: list[tarfile.TarInfo], file: Path) -> dict[str, Any]:
    """The manifest, if it names exactly what there is."""
    names = [member.name for member in members]
    found = tar.extractfile(MANIFEST) if names.count(MANIFEST) == 1 else None
    try:
        manifest = json.loads(found.read() if found else "")
        listed, version = manifest["files"].keys(), manifest["format"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError(f"{file}: {BROKEN}.") from error
    if version != FORMAT:
        raise BackupError(f"{file}: 백업의 판이 {str(version)[:20]}입니다. 판 {FORMAT}만 풀 수 있습니다.")
    outside = any(name.startswith("/") or ".." in name.split("/") for name in names)
    if outside or sorted(names) != sorted([*listed, MANIFEST]) or not all(member.isreg() for member in members):
        raise BackupError(f"{file}: {BROKEN}.")
    return dict(manifest)


def _add_manifest(tar: tarfile.TarFile, made: Packing) -> None:
    created = datetime.now(UTC).isoformat(timespec="seconds")
    manifest = {"format": FORMAT, "created": created, **made.description, "files": made.files}
    content = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size, info.mode = len(content), 0o600
    tar.addfile(info, BytesIO(content))


def _describe(name: str, status: os.stat_result) -> tarfile.TarInfo:
    """Without the owner's name, and readable by nobody else."""
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = status.st_size, int(status.st_mtime), 0o600
    return info


def _digest(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "sha256": digest}


def _private(path: Path) -> IO[bytes]:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    return path.open("wb")


class _Hashing:
    """A file of which the sum of all that was read is known."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        content = self._file.read(size)
        self.sum.update(content)
        return content
