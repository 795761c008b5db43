"""The journal's entries: as they are written, and as they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.journal.names import Rating
    from index.clause import Clause


@dataclass(frozen=True, slots=True)
class Cited:
    """A clause in an edition of its document."""

    clause: Clause
    edition: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence of a language model, and whether it was kept, replaced or dropped; as `bot.answer.Check` has it."""

    text: str
    outcome: str
    clauses: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One question with how it ended; the texts may be raw.

    ``conversation``: 32 hex digits. ``answer``: Markdown as shown. ``status``: as `bot.answer.Status`.
    ``confidence``: 0..1. ``channel``: chat, api, mcp, desk.
    """

    conversation: str
    question: str
    answer: str
    interpreted: str
    status: str
    confidence: float
    citations: tuple[Cited, ...]
    related: tuple[Cited, ...]
    elapsed_ms: float
    channel: str
    checks: tuple[Checked, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged(Entry):
    """An entry as it was written, its texts masked. ``at`` is in UTC; ``good`` is None without a rating."""

    id: int
    at: datetime
    good: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries; all that is given must hold. Days are those of Asia/Seoul, ``until`` is included.

    ``text`` is looked for in question, interpreted question, answer and reason; ``article`` among what is cited.
    """

    since: date | None = None
    until: date | None = None
    status: str | None = None
    rating: Rating | None = None
    text: str = ""
    article: str | None = None
    channel: str | None = None
