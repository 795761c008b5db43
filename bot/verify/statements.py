"""What is said: the mood of each predicate, its conditions, and the nouns that it is said of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.verify.coverage import says
from bot.verify.predicates import Predicate, find_predicates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.verify.morphemes import Morpheme

_CASES = {"JKO", "JKS", "JKB", "JKC", "JX"}
_ENDS_PHRASE = _CASES | {"EC", "EF", "ETM"}


@dataclass(frozen=True, slots=True)
class Statement:
    """A predicate with what it stands under and what it is said of.

    ``conditions``: alternatives (…하지 않거나 …하면) together. ``numbers``: all since the last full statement.
    ``marked``: the nouns with a particle and the one right before it (사전 공지). ``nouns``: all since the last full
    statement, and the topics before it. ``described``: of an adnominal predicate the nouns of the phrase behind it.
    """

    predicate: Predicate
    conditions: tuple[frozenset[str], ...]
    numbers: frozenset[str]
    marked: frozenset[str]
    nouns: frozenset[str]
    described: frozenset[str]


def find_statements(tokens: Sequence[Morpheme]) -> list[Statement]:
    """One a predicate, in order."""
    found: list[Statement] = []
    conditions: list[frozenset[str]] = []
    alternatives = frozenset[str]()
    opened, start = 0, 0
    for predicate in find_predicates(tokens):
        begun = tokens[opened : predicate.start]
        found.append(
            Statement(
                predicate,
                tuple(conditions),
                frozenset(t.form for t in begun if t.tag == "SN"),
                _marked(tokens[start : predicate.start]),
                frozenset(t.form for t in begun if t.is_noun) | _topics(tokens[:opened]),
                _phrase(tokens[predicate.end :]) if predicate.adnominal else frozenset(),
            )
        )
        if predicate.ending == "거나" and not predicate.main:
            alternatives |= predicate.stems
        elif predicate.condition:
            conditions.append(predicate.stems | alternatives)
        if predicate.closes:
            conditions, alternatives, opened = [], frozenset(), predicate.end
        start = predicate.end
    return found


def same_mood(statement: Statement, clause: Sequence[Statement]) -> bool:
    """Whether ``clause`` says this of the same predicate, as a statement of its own if ``statement`` is one."""
    return any(
        known.predicate.mood == statement.predicate.mood and (known.predicate.main or not statement.predicate.main)
        for known in _alike(statement, clause)
    )


def keeps_conditions(statement: Statement, clause: Sequence[Statement], words: set[str], numbers: set[str]) -> bool:
    """Whether the conditions and numbers of the clause are among the ``words`` and ``numbers`` of the sentence."""
    alike = [known for known in _alike(statement, clause) if known.predicate.main]
    return not alike or any(
        all(any(_told(stem, words) for stem in stems) for stems in known.conditions) and known.numbers <= numbers
        for known in alike
    )


def same_nouns(statement: Statement, clause: Sequence[Statement]) -> bool:
    """Whether the nouns of a statement are those that ``clause`` says it of."""
    alike = _alike(statement, clause)
    return not alike or any(
        all(says(noun, known.nouns | known.described) for noun in statement.marked)
        and all(says(noun, known.described | known.nouns) for noun in statement.described)
        for known in alike
    )


def _alike(statement: Statement, clause: Sequence[Statement]) -> list[Statement]:
    stems = statement.predicate.stems
    return [known for known in clause if all(says(stem, known.predicate.stems) for stem in stems)]


def _told(stem: str, words: set[str]) -> bool:
    return any(says(word, {stem}) for word in words)


def _marked(span: Sequence[Morpheme]) -> frozenset[str]:
    """Topics are left out: they may belong to any later predicate; `bot.verify.roles` sees to the parties."""
    before = {span[i - 1].form for i, t in enumerate(span) if i and t.tag in _CASES and span[i - 1].is_noun}
    topics = _topics(span)
    return frozenset(before - topics) | frozenset(t.form for t in span[-1:] if t.is_noun)


def _topics(span: Sequence[Morpheme]) -> frozenset[str]:
    return frozenset(
        span[i - 1].form for i, t in enumerate(span) if i and (t.form, t.tag) in {("은", "JX"), ("는", "JX")}
    )


def _phrase(tokens: Sequence[Morpheme]) -> frozenset[str]:
    found = set()
    for token in tokens:
        if token.tag in _ENDS_PHRASE:
            break
        if token.is_noun:
            found.add(token.form)
    return frozenset(found)
