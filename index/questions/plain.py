"""Plain lines: each 항 in a sentence or two of everyday Korean, ``data/plain/<terms>/<article>.md``.

Below "## 제3항" stand its lines and one in English that begins with "en:". They are written for the text of the
edition that the curated questions follow; in another edition only the lines of unchanged paragraphs hold.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.clause import Clause
from index.data_files import list_files, read_text
from index.errors import QuestionsError
from index.questions.files import PARAGRAPH

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.editions.edition import Edition

ENGLISH = "en:"


@dataclass(frozen=True, slots=True)
class PlainLine:
    """What a paragraph says, plainly. ``english``: "" if nobody wrote it."""

    korean: str
    english: str = ""


def load_plain(data: Path, terms: str) -> dict[Clause, PlainLine]:
    """The plain lines of one document by clause; {} if there are none.

    Raises:
        QuestionsError: words before the first paragraph's heading.
    """
    found: dict[Clause, PlainLine] = {}
    for path in list_files(data / "plain" / terms, ".md", QuestionsError):
        article = unicodedata.normalize("NFC", path.stem)
        for paragraph, lines in _paragraphs(path).items():
            korean = " ".join(line for line in lines if not line.startswith(ENGLISH))
            english = " ".join(line.removeprefix(ENGLISH).strip() for line in lines if line.startswith(ENGLISH))
            if korean:
                found[Clause(terms, article, paragraph)] = PlainLine(korean, english)
    return found


def read_plain(data: Path, editions: Sequence[Edition]) -> dict[tuple[str, str], PlainLine]:
    """The plain lines of the documents by name and by the paragraph's exact text, of whatever edition.

    A line belongs to the words that it was written for: a paragraph that was changed has none.

    Raises:
        QuestionsError: as `load_plain`.
        TermsError: the edition that the lines are anchored to is not there.
    """
    from index.questions.following import Anchors  # imported here: it aligns editions, and needs what is above for that

    anchors = Anchors(data)
    found: dict[tuple[str, str], PlainLine] = {}
    for edition in editions:
        anchor = anchors.edition(edition)
        for clause, line in load_plain(data, edition.name).items():
            if paragraph := anchor.paragraph(clause):
                found[edition.name, paragraph.text] = line
    return found


def _paragraphs(path: Path) -> dict[str, list[str]]:
    paragraphs: dict[str, list[str]] = {}
    lines: list[str] | None = None
    for number, raw in enumerate(read_text(path, QuestionsError).splitlines(), 1):
        line = unicodedata.normalize("NFC", raw).strip()
        if heading := PARAGRAPH.match(line):
            lines = paragraphs.setdefault(heading["number"], [])
        elif line and not line.startswith("# "):
            if lines is None:
                raise QuestionsError(f"{path}:{number}: 항의 제목이 없는 줄입니다: {line[:40]}")
            lines.append(line)
    return paragraphs
