"""Text + evidence → only what the cited clauses support; the last step before anything is shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.answer import Sentence
    from index.editions import Clause
    from index.passages import Passage

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def verify(sentences: Iterable[Sentence], evidence: Iterable[Passage]) -> Iterator[Sentence]:
    """Pass on the sentences that stand; drop the others.

    A sentence stands if each clause that it names was given as evidence and each number in it occurs in one of
    them. A sentence that names no clause makes no claim of the terms (a lead, an address to turn to): it is the
    bot's own fixed wording and passes.
    """
    quotes = {passage.clause: passage.quote for passage in evidence}
    for sentence in sentences:
        if not sentence.clauses or _supported(sentence, quotes):
            yield sentence


def _supported(sentence: Sentence, quotes: dict[Clause, str]) -> bool:
    if not all(clause in quotes for clause in sentence.clauses):
        return False
    known = {n for clause in sentence.clauses for n in _NUMBER.findall(quotes[clause])}
    return set(_NUMBER.findall(sentence.text)) <= known
