"""One document in one edition: ``data/terms/<name>/<effective date>.<ext>`` and ``terms.toml`` beside it."""

from __future__ import annotations

import datetime as dt
import tomllib
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.clause import Clause  # handed on
from index.data_files import list_files, read_text
from index.errors import TermsError
from index.terms import Article, Paragraph, Terms, read

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

# Korea has had no summer time since 1988: a fixed offset needs no time zone data on the machine
SEOUL = dt.timezone(dt.timedelta(hours=9), "Asia/Seoul")
METADATA = "terms.toml"
SUFFIXES = {".txt", ".md", ".html", ".htm", ".docx", ".hwpx", ".pdf"}


@dataclass(frozen=True, slots=True)
class Edition:
    """One document in one edition.

    ``date``: the effective date, ISO. ``contact``: clauses. ``examples``: subject and questions on it.
    """

    name: str
    date: str
    title: str
    company: str
    source: str
    contact: tuple[Clause, ...]
    examples: tuple[tuple[str, tuple[str, ...]], ...]
    terms: Terms

    def __hash__(self) -> int:
        return hash((self.name, self.date))  # a key of caches: its text is only compared

    def article(self, number: str) -> Article | None:
        """The article at this address (its number; "부칙-1" in a 부칙), or None."""
        return next((a for a in self.terms.articles if a.address == number), None)

    def paragraph(self, clause: Clause) -> Paragraph | None:
        """The paragraph at this address, or None."""
        article = self.article(clause.article) if clause.document == self.name else None
        if article is None:
            return None
        return next((p for p in article.paragraphs if p.number == clause.paragraph), None)


def principal(editions: Sequence[Edition]) -> Edition:
    """The document that speaks for the company: the first with contact clauses, or the first. Raises IndexError."""
    return next((edition for edition in editions if edition.contact), editions[0])


def dated(edition: Edition, in_force: Collection[Edition]) -> str:
    """The day that links to an edition name: "" for one in force, else its day of effect."""
    return "" if edition in in_force else edition.date


def today() -> dt.date:
    """Today in Seoul, where the terms take effect."""
    return dt.datetime.now(SEOUL).date()


def list_editions(folder: Path) -> dict[str, Path]:
    """The files of a document by their days of effect (ISO), the oldest first.

    Raises:
        TermsError: the name of a file is no day, or the folder cannot be listed.
    """
    dated = sorted(
        (_date(path), path) for path in list_files(folder, "", TermsError) if path.suffix.lower() in SUFFIXES
    )
    return {day.isoformat(): path for day, path in dated}


def read_metadata(folder: Path) -> dict[str, Any]:
    """What ``terms.toml`` says, {} without one. Raises TermsError if it cannot be read."""
    path = folder / METADATA
    if not path.exists():
        return {}
    try:
        return tomllib.loads(read_text(path, TermsError))
    except tomllib.TOMLDecodeError as error:
        raise TermsError(f"{path}:1: 약관 정보를 읽을 수 없습니다: {error}") from error


def read_edition(path: Path, metadata: dict[str, Any]) -> Edition:
    """The edition in a file; its ``contact`` is as the metadata have it, whether this edition has such clauses or not.

    Raises:
        TermsError: the file cannot be read, its text cannot be parsed, or the metadata are faulty.
    """
    try:
        terms = read(path)
    except OSError as error:
        raise TermsError(f"{path}:1: 읽을 수 없습니다: {error.strerror}") from error
    # file systems differ in how they compose Hangul; addresses must not
    name = unicodedata.normalize("NFC", path.parent.name)
    return Edition(
        name=name,
        date=path.stem,
        title=str(metadata.get("title", terms.title or name)),
        company=str(metadata.get("company", "")),
        source=str(metadata.get("source", "")),
        contact=tuple(Clause.at(name, c) for c in metadata.get("contact", ())),
        examples=_examples(path.parent / METADATA, metadata.get("examples", {})),
        terms=terms,
    )


def _date(path: Path) -> dt.date:
    try:
        date = dt.date.fromisoformat(path.stem)
    except ValueError:
        date = None
    if date is None or date.isoformat() != path.stem:  # 20251215 and 2025-W51-1 are ISO dates too
        raise TermsError(f"{path}:1: 파일 이름은 시행일이어야 합니다(예: 2025-12-15.txt).")
    return date


def _examples(path: Path, table: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(table, dict) or not all(isinstance(questions, list) for questions in table.values()):
        raise TermsError(f'{path}:1: 예시 질문은 [examples] 아래 "갈래" = ["질문", …] 으로 적습니다.')
    return tuple((str(subject), tuple(map(str, questions))) for subject, questions in table.items())
