"""The lead: what the cited clauses say in plain words, above their quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.facts.files import Facts, read_facts
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
_SENTENCE_END = re.compile(r"(?<=[가-힣A-Za-z)]\.)\s{1,9}")
WORDS = {"yes": "네,", "no": "아니요,", "depends": "경우에 따라 달라요."}
ENGLISH = {"yes": "Yes.", "no": "No.", "depends": "It depends."}


@dataclass(frozen=True, slots=True)
class Wording:
    """What people wrote to be said: plain lines by document and paragraph's text, replies by act, rules of clauses."""

    plain: Mapping[tuple[str, str], PlainLine] = field(default_factory=dict)
    acts: Mapping[str, Act] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)

    def line(self, passage: Passage, *, english: bool = False) -> str:
        """The plain line of a passage, "" if nobody wrote one for what it says."""
        line = self.plain.get((passage.clause.document, passage.quote))
        return "" if line is None else line.english if english else line.korean


def open_wording(data: Path, editions: Sequence[Edition]) -> Wording:
    """What is written below ``data`` for the documents of ``editions``. Raises QuestionsError or FactsError."""
    facts = read_facts(data, dict.fromkeys(edition.name for edition in editions))
    return Wording(read_plain(data, editions), {act.name: act for act in load_acts(data)}, facts)


def make_lead(wording: Wording, cited: Sequence[Passage], stand: Stand, *, english: bool) -> str:
    """The polarity's word, the customer's figures computed, what is left to another document, and plain lines.

    "" where nobody wrote plain lines, but for what is left.
    """
    lines = [line for passage in cited[:MOST] if (line := wording.line(passage, english=english))]
    word = (ENGLISH if english else WORDS).get(stand.polarity or "", "") if lines else ""
    left = () if english else stand.left
    # the line of an exception begins with its rule, which may have been told just before
    told = dict.fromkeys(sentence for line in lines for sentence in _SENTENCE_END.split(line))
    return " ".join(filter(None, [word, stand.computed, *left, *told]))
