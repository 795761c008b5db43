"""The lead: what the cited clauses say in plain words, above their quotes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.questions.acts import load_acts
from index.questions.plain import read_plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bot.standing import Stand
    from index.editions.edition import Edition
    from index.passages import Passage
    from index.questions.acts import Act
    from index.questions.plain import PlainLine

MOST = 2  # plain lines; more would bury the point
WORDS = {"yes": "네,", "no": "아니요,", "depends": "경우에 따라 달라요."}
ENGLISH = {"yes": "Yes.", "no": "No.", "depends": "It depends."}


@dataclass(frozen=True, slots=True)
class Wording:
    """What people wrote to be said: plain lines by document and paragraph's text, and replies by act."""

    plain: Mapping[tuple[str, str], PlainLine] = field(default_factory=dict)
    acts: Mapping[str, Act] = field(default_factory=dict)

    def line(self, passage: Passage, *, english: bool = False) -> str:
        """The plain line of a passage, "" if nobody wrote one for what it says."""
        line = self.plain.get((passage.clause.document, passage.quote))
        return "" if line is None else line.english if english else line.korean


def open_wording(data: Path, editions: Sequence[Edition]) -> Wording:
    """What is written below ``data`` for the documents of ``editions``. Raises QuestionsError for a malformed file."""
    return Wording(read_plain(data, editions), {act.name: act for act in load_acts(data)})


def make_lead(wording: Wording, cited: Sequence[Passage], stand: Stand, *, english: bool) -> str:
    """The polarity's word, what is left to another document, and the plain lines of the first cited clauses.

    "" where nobody wrote plain lines, but for what is left.
    """
    told = [line for passage in cited[:MOST] if (line := wording.line(passage, english=english))]
    lines = [line for line in told if not any(line in other and line != other for other in told)]
    word = (ENGLISH if english else WORDS).get(stand.polarity or "", "") if lines else ""
    left = () if english else stand.left
    return " ".join(filter(None, [word, *left, *lines]))
