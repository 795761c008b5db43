"""Drafts below ``data/drafts/<document>/``, where nothing that answers or is public looks: one for each document.

Beside the file of the edition, whose name is its day of effect, stand what a person has gone through (``review.json``)
and what answers would change (``answers.json``).
"""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from index.documents import suffix_of
from index.editions.counterparts import counterparts
from index.editions.edition import SUFFIXES, list_editions, read_edition, read_metadata
from index.editions.library import Library
from index.errors import TermsError, YakgwanError
from index.files import remove, replace_file
from index.trial import try_reading

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from index.editions.edition import Edition

ONE_AT_A_TIME = "다른 파일을 읽고 있습니다. 잠시 뒤 다시 올려 주세요."
GONE = "그런 초안이 없습니다. 다른 사람이 게시했거나 버렸을 수 있습니다."


class DraftError(YakgwanError):
    """What a person asked for a draft cannot be done; the message says why."""


@dataclass(frozen=True, slots=True)
class Draft:
    """``edition``: as it will be, with the contact clauses in its own numbers; ``before``: the edition it follows."""

    file: Path
    edition: Edition
    before: Edition

    @property
    def folder(self) -> Path:
        return self.file.parent


class Drafts:
    """The drafts of a data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.library = Library(data)
        self._root = data / "drafts"
        self._reading = threading.Lock()
        self._read: dict[tuple[Path, int], Draft] = {}

    def file(self, name: str) -> Path | None:
        """The file of a document's draft, None if there is none; it is not read.

        One that is published already is none: it was left by a process that ended right behind that.
        """
        folder = self._root / normalize("NFC", name)
        if name not in self.library.names() or not folder.is_dir():
            return None
        published = self.library.dates(name)
        files = (path for path in sorted(folder.iterdir()) if path.suffix in SUFFIXES)
        return next((path for path in files if path.stem not in published), None)

    def find(self, name: str) -> Draft:
        """A document's draft.

        Raises:
            DraftError: there is none.
            TermsError: it, or the edition before it, cannot be read.
        """
        file = self.file(name)
        if file is None:
            raise DraftError(GONE)
        before = self._newest(name)
        key = file, file.stat().st_mtime_ns
        known = self._read.get(key)
        if known is None or known.before != before:
            known = Draft(file, _as_it_will_be(file, before, self.library.folder(name)), before)
            self._read = {key: known}
        return known

    def take(self, name: str, date: dt.date, content: bytes, today: dt.date) -> Draft:
        """Make a draft of what somebody sent.

        It is read aside first, bounded in time, memory and length (`index.trial`).

        Raises:
            DraftError: no such document, a draft is there, the day does not follow, another file is being read, or
                this one cannot be used.
        """
        self._check(name, date, today)
        if not self._reading.acquire(blocking=False):
            raise DraftError(ONE_AT_A_TIME)
        try:
            suffix = suffix_of(content)
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / f"{date}{suffix}"
                file.write_bytes(content)
                try_reading(file, list_editions(self.library.folder(name))[self.library.dates(name)[-1]])
            self._check(name, date, today)
            self._put(name, f"{date}{suffix}", content)
        except TermsError as error:
            raise DraftError(str(error)) from error
        except OSError as error:
            raise DraftError(f"초안을 저장할 수 없습니다: {error.strerror}") from error
        finally:
            self._reading.release()
        return self.find(name)

    def discard(self, name: str) -> None:
        """Throw a draft away, with all that was noted on it. Raises DraftError: there is none, or it cannot be."""
        file = self.file(name)
        if file is None:
            raise DraftError(GONE)
        remove(file.parent)
        if file.exists():
            raise DraftError("초안을 지울 수 없습니다. data/drafts에 쓸 수 있는지 서버 관리자에게 물어보세요.")

    def _check(self, name: str, date: dt.date, today: dt.date) -> None:
        dates = self.library.dates(name)
        if not dates:
            raise DraftError("그런 약관이 없습니다.")
        if self.file(name):
            raise DraftError("이 약관의 초안이 이미 있습니다. 게시하거나 버린 뒤에 올려 주세요.")
        if date.isoformat() <= dates[-1]:
            raise DraftError(f"시행일은 지금까지의 마지막 판({dates[-1]})보다 뒤여야 합니다.")
        if date < today:
            raise DraftError("시행일이 이미 지났습니다. 오늘이나 그 뒤의 날을 고르세요.")

    def _put(self, name: str, file: str, content: bytes) -> None:
        folder = self._root / normalize("NFC", name)
        aside = folder.with_name(f".{folder.name}.new")
        remove(aside)
        aside.mkdir(parents=True)
        try:
            (aside / file).write_bytes(content)
            remove(folder)  # without a file: what was left of an earlier draft
            aside.rename(folder)
        except OSError:
            remove(aside)
            raise

    def _newest(self, name: str) -> Edition:
        found = self.library.edition(name, self.library.dates(name)[-1])
        if found is None:
            raise DraftError(GONE)
        return found


def _as_it_will_be(file: Path, before: Edition, folder: Path) -> Edition:
    edition = read_edition(file, read_metadata(folder))
    known = counterparts(before, edition)
    return replace(edition, contact=tuple(known[clause] for clause in before.contact if clause in known))


@contextmanager
def libraries(drafts: Drafts, draft: Draft) -> Iterator[tuple[Library, Library]]:
    """All editions without the draft and with it, each as a library over a copy that goes on leaving."""
    with tempfile.TemporaryDirectory() as folder:
        without, beside = Path(folder) / "without", Path(folder) / "with"
        for copy in (without, beside):
            shutil.copytree(drafts.library.root, copy / "terms", ignore=shutil.ignore_patterns(".*"))
        shutil.copy(draft.file, beside / "terms" / drafts.library.folder(draft.edition.name).name)
        yield Library(without), Library(beside)


def read_notes(draft: Draft, name: str) -> dict[str, Any]:
    """What was noted on a draft under this name; {} if nothing was, or it cannot be read."""
    try:
        found = json.loads((draft.folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_notes(draft: Draft, name: str, notes: dict[str, Any]) -> None:
    """Note something on a draft. Raises DraftError: it cannot be written, or the draft is gone."""
    try:
        replace_file(draft.folder / name, json.dumps(notes, ensure_ascii=False).encode())
    except OSError as error:
        raise DraftError(GONE if not draft.file.exists() else f"적을 수 없습니다: {error.strerror}") from error
