"""All editions of all documents of a data folder: which was in force on a day, and which comes next."""

from __future__ import annotations

import logging
import re
import threading
from contextlib import contextmanager
from dataclasses import replace
from time import time_ns
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from index.data_files import list_files
from index.editions.counterparts import counterparts
from index.editions.edition import METADATA, Edition, list_editions, read_edition, read_metadata, today
from index.errors import TermsError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping
    from pathlib import Path

log = logging.getLogger(__name__)
_CONTACT = re.compile(r"\d{2,4}-\d{3,4}|@|전화|메일|팩스|주소|홈페이지|연락처", re.IGNORECASE)
RACY = 2 * 10**9  # nanoseconds; the clocks of file systems tick less finely than they count
ANCHOR = "questions"  # the key of terms.toml that names the edition whose numbers data and metadata use


class Library:
    """The documents below ``data/terms`` by their names.

    An edition is read when it is asked for and kept until its file changes; a new file is there at once. A file with
    a wrong name that comes in later is logged, and its folder is seen as it was before.

    Raises:
        TermsError: on construction, if the name of a file is no day.
    """

    def __init__(self, data: Path) -> None:
        self.root = data / "terms"
        self._lock = threading.RLock()
        self._kept: dict[Path, tuple[tuple[int, int], Edition | TermsError]] = {}
        self._seen: dict[Path, int] = {}
        self._found: Mapping[str, Path] = {}
        self._listed = {folder: list_editions(folder) for folder in self._folders().values()}
        self._told: set[str] = set()

    def names(self) -> list[str]:
        """The documents, in the order in which they are shown."""
        return list(self._folders())

    def folder(self, name: str) -> Path:
        """Where the editions of a document are."""
        return self._folders().get(normalize("NFC", name), self.root / name)

    def dates(self, name: str) -> tuple[str, ...]:
        """The days of effect (ISO) of a document's editions, the oldest first; () if there is no such document."""
        return tuple(self._files(name))

    def edition(self, name: str, date: str) -> Edition | None:
        """The edition of a document that took effect on ``date``; None if there is none.

        Raises:
            TermsError: it cannot be read, or a contact clause is in none of the document's editions.
        """
        path = self._files(name).get(date)
        return self._read(path) if path else None

    def in_force(self, day: dt.date) -> tuple[Edition, ...]:
        """For each document the edition in force on ``day``; one that had not taken effect yet is left out.

        Raises:
            TermsError: one of them cannot be read.
        """
        found = []
        for name in self.names():
            files = self._files(name)
            started = [date for date in files if date <= day.isoformat()]
            if started:
                found.append(self._read(files[started[-1]]))
        return tuple(found)

    def announced(self, name: str, day: dt.date) -> Edition | None:
        """The document's edition that takes effect next after ``day``; None if there is none. Raises as `edition`."""
        later = [date for date in self._files(name) if date > day.isoformat()]
        return self.edition(name, later[0]) if later else None

    def anchor_date(self, name: str) -> str:
        """The edition (ISO) whose numbers a document's curated questions and contact clauses have, "" if none is named.

        ``terms.toml`` names it: ``questions = "2025-12-15"``.

        Raises:
            TermsError: there is no such edition.
        """
        folder = self._folders().get(normalize("NFC", name))
        return _anchor_date(folder, read_metadata(folder)) if folder else ""

    def first_day(self) -> str:
        """The first day of effect (ISO) of any document, "" if there is none."""
        return min((date for name in self.names() for date in self.dates(name)), default="")

    def _folders(self) -> Mapping[str, Path]:
        if not self._same(self.root):
            with self._seen_if_read(self.root):
                found = list_files(self.root, "", TermsError)
                # file systems differ in how they compose Hangul; names of documents do not
                self._found = {normalize("NFC", p.name): p for p in found if p.is_dir()}
        return self._found

    def _same(self, folder: Path) -> bool:
        """Whether a folder was seen as it is: what is asked for each question is not to list it each time.

        Not one that changed a moment ago, which may change again within the same tick of its clock.
        """
        changed = _changed(folder)
        same = self._seen.get(folder) == changed
        if time_ns() - changed > RACY:
            self._seen[folder] = changed
        else:
            self._seen.pop(folder, None)
        return same

    @contextmanager
    def _seen_if_read(self, folder: Path) -> Iterator[None]:
        """What could not be read now is not taken for seen: another time it may be."""
        try:
            yield
        except TermsError as error:
            if isinstance(error.__cause__, OSError):
                self._seen.pop(folder, None)
            raise

    def _files(self, name: str) -> Mapping[str, Path]:
        folder = self._folders().get(normalize("NFC", name))
        if folder is None:
            return {}
        if self._same(folder):
            return self._listed.get(folder, {})
        try:
            with self._seen_if_read(folder):
                self._listed[folder] = list_editions(folder)
        except TermsError as error:
            if str(error) not in self._told:
                log.error("%s", error)  # noqa: TRY400  # the message says what is wrong
            self._told.add(str(error))
        return self._listed.get(folder, {})

    def _read(self, path: Path) -> Edition:
        metadata = path.parent / METADATA
        stamp = _changed(path), _changed(metadata)
        with self._lock:
            known = self._kept.get(path)
            if known is None or known[0] != stamp:
                known = stamp, _read(path)
                if not (isinstance(known[1], TermsError) and isinstance(known[1].__cause__, OSError)):
                    self._kept[path] = known
        if isinstance(known[1], TermsError):
            raise TermsError(str(known[1]))  # a new one: an exception that is raised again keeps where it was before
        return known[1]


def _changed(path: Path) -> int:
    """When a file or folder was changed, in nanoseconds; 0 if it is not there. Raises TermsError if it is shut."""
    try:
        return path.stat().st_mtime_ns
    except (FileNotFoundError, NotADirectoryError):
        return 0
    except OSError as error:
        raise TermsError(f"{path}:1: 읽을 수 없습니다: {error.strerror}") from error


def _read(path: Path) -> Edition | TermsError:
    """The edition, or why it cannot be read: a fault costs as much to find as a text to read."""
    try:
        return _with_contact(read_edition(path, read_metadata(path.parent)), path)
    except TermsError as error:
        return error


def _with_contact(edition: Edition, path: Path) -> Edition:
    """``edition`` with the contact clauses as it numbers them."""
    if not edition.contact:
        return edition
    source = _source_of_contact(edition, path)
    if source.date == edition.date:
        return edition
    known = counterparts(source, edition)
    return replace(edition, contact=tuple(known[clause] for clause in edition.contact if clause in known))


def _source_of_contact(edition: Edition, path: Path) -> Edition:
    """The edition whose numbers the contact clauses have: the one that ``terms.toml`` names.

    If it names none, one that has all these clauses: rather one in which each of them reads like a contact, then the
    one in force, then the one before it.
    """
    folder, metadata, files = path.parent, read_metadata(path.parent), list_editions(path.parent)
    started = [date for date in files if date <= today().isoformat()]
    dates = [*reversed(started), *(date for date in files if date not in started)]
    named = _anchor_date(folder, metadata)
    candidates = [
        edition if date == edition.date else read_edition(files[date], metadata)
        for date in ([named] if named else dates)
    ]
    fitting = [(one, texts) for one in candidates if (texts := _contacts(one))]
    if not fitting:
        absent = next(clause for clause in edition.contact if candidates[0].paragraph(clause) is None)
        address = f"{absent.article}.{absent.paragraph}"
        raise TermsError(f"{folder / METADATA}:1: 약관에 없는 연락처 조항입니다: {address}")
    return max(fitting, key=lambda pair: all(map(_CONTACT.search, pair[1])))[0]


def _contacts(edition: Edition) -> list[str]:
    """The texts of the contact clauses; [] if one of them is not there."""
    found = [paragraph.text for clause in edition.contact if (paragraph := edition.paragraph(clause))]
    return found if len(found) == len(edition.contact) else []


def _anchor_date(folder: Path, metadata: Mapping[str, Any]) -> str:
    """ "" if none is named. Raises TermsError if there is no such edition."""
    named = str(metadata.get(ANCHOR, ""))
    if named and named not in list_editions(folder):
        raise TermsError(f'{folder / METADATA}:1: {ANCHOR} = "{named}": 그런 시행일의 약관이 없습니다.')
    return named


def load_editions(data: Path, day: dt.date | None = None) -> tuple[Edition, ...]:
    """For each document below ``data/terms``, its edition in force on ``day`` (default: today).

    A document of which no edition is in force yet is left out.

    Raises:
        TermsError: no document, a file name that is no date, faulty metadata, or a text that cannot be parsed.
    """
    day = day or today()
    editions = Library(data).in_force(day)
    if not editions:
        raise TermsError(f"{data / 'terms'}:1: {day}에 시행 중인 약관이 없습니다.")
    return editions
