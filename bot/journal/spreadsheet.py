"""Tables as CSV that Excel opens: UTF-8 with a byte order mark, Korean headings, no cell that is a formula."""

from __future__ import annotations

import csv
import unicodedata
from io import StringIO
from typing import TYPE_CHECKING

from bot.journal.names import RATINGS, status_name
from index.editions.edition import SEOUL

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.journal.entries import Cited, Logged

HEADINGS = (
    "번호",
    "대화",
    "시각",
    "창구",
    "상태",
    "질문",
    "이해한 질문",
    "답변",
    "인용",
    "관련 조항",
    "확신도",
    "걸린 시간(ms)",
    "평가",
    "평가 이유",
)
_FORMULA = frozenset("=+-@")
_MARK = "\ufeff"


def heading(names: Iterable[str] = HEADINGS) -> str:
    """The first line, after the byte order mark."""
    return _MARK + written([names])


def lines(entries: Iterable[Logged]) -> str:
    """A line for each entry."""
    return written(_cells(entry) for entry in entries)


def written(rows: Iterable[Iterable[str]]) -> str:
    """A line for each row of cells, each harmless."""
    text = StringIO(newline="")
    csv.writer(text).writerows(map(_harmless, row) for row in rows)
    return text.getvalue()


def seoul_time(at: datetime) -> str:
    """ "2026-03-02 09:00:00", in Seoul."""
    return f"{at.astimezone(SEOUL):%Y-%m-%d %H:%M:%S}"


def _cells(entry: Logged) -> tuple[str, ...]:
    return (
        str(entry.id),
        entry.conversation,
        seoul_time(entry.at),
        entry.channel,
        status_name(entry.status),
        entry.question,
        entry.interpreted,
        entry.answer,
        _clauses(entry.citations),
        _clauses(entry.related),
        f"{entry.confidence:.4f}",
        f"{entry.elapsed_ms:.1f}",
        RATINGS[entry.good],
        entry.reason,
    )


def _clauses(clauses: tuple[Cited, ...]) -> str:
    return ", ".join(f"{c.clause.document}({c.edition}) {c.clause.name}" for c in clauses)


def _harmless(cell: str) -> str:
    """``cell`` with an apostrophe before it if a spreadsheet would run it as a formula."""
    first = unicodedata.normalize("NFKC", cell.lstrip()[:1])  # the full-width forms count too
    return f"'{cell}" if first in _FORMULA or cell[:1] in {"\t", "\r", "\n"} else cell
