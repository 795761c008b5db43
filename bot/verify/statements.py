"""Statements: the mood of each predicate, its conditions and nouns, and what bounds it and must not be left out.

"이미 제공된 서비스나 착수비는 환불되지 않습니다" is no longer true as "환불되지 않습니다". So all words that the clause
has before a predicate are needed with it; of what is listed (X·Y, X 또는 Y, …하거나 …하면) one item is enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.verify.phrases import items_of, runs_of
from bot.verify.predicates import Predicate, find_predicates
from bot.verify.vocabulary import NEUTRAL, matters, says
from index.sentences import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.verify.morphemes import Morpheme

_CASES = {"JKO", "JKS", "JKB", "JKC", "JX"}
_ENDS_PHRASE = _CASES | {"EC", "EF", "ETM"}
Need = tuple[frozenset[str], ...]  # items, one of which has to be told whole
Choice = tuple[tuple[Need, ...], ...]  # alternatives, of one of which all needs have to be told


@dataclass(frozen=True, slots=True)
class Statement:
    """A predicate with what it stands under and what it is said of.

    ``conditions``: alternatives (…하지 않거나 …하면) together. ``under``: the stems of all since the sentence began.
    ``numbers``: all since the last full statement. ``marked``: the nouns with a particle and the one right before it
    (사전 공지). ``nouns``: all since the last full statement, and the topics before it. ``described``: of an adnominal
    predicate the nouns of the phrase behind it.
    """

    predicate: Predicate
    conditions: tuple[frozenset[str], ...]
    under: frozenset[str]
    numbers: frozenset[str]
    marked: frozenset[str]
    nouns: frozenset[str]
    described: frozenset[str]


def find_statements(tokens: Sequence[Morpheme]) -> list[Statement]:
    """One a predicate, in order."""
    found: list[Statement] = []
    conditions: list[frozenset[str]] = []
    alternatives = frozenset[str]()
    under = frozenset[str]()
    opened, start = 0, 0
    for predicate in find_predicates(tokens):
        begun = tokens[opened : predicate.start]
        found.append(
            Statement(
                predicate,
                tuple(conditions),
                under,
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
            under |= predicate.stems | alternatives
        if predicate.closes:
            conditions, alternatives, opened = [], frozenset(), predicate.end
            under = frozenset() if tokens[predicate.end - 1].tag == "EF" else under
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


def adds_condition(statement: Statement, clause: Sequence[Statement]) -> bool:
    """Whether a statement stands under a condition that its sentence in the clause does not have."""
    alike = [known for known in _alike(statement, clause) if known.predicate.main]
    return bool(alike) and not any(
        all(any(says(stem, known.under | known.nouns) for stem in stems) for stems in statement.conditions)
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
    """Topics are left out: they may belong to any later predicate; `bot.verify.parties` sees to the parties."""
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


@dataclass(frozen=True, slots=True)
class Bounds:
    """A main predicate by its ``stems``, and what is needed with it."""

    stems: frozenset[str]
    needed: tuple[Choice, ...]


def find_bounds(tokens: Sequence[Morpheme], predicates: Sequence[Predicate]) -> list[Bounds]:
    """One a main predicate, in order."""
    found, opened = [], 0
    for place, predicate in enumerate(predicates):
        if predicate.main:
            before = [p for p in predicates[:place] if p.start >= opened]
            found.append(Bounds(predicate.stems, tuple(_needed(tokens, opened, before, predicate))))
        if predicate.closes:
            opened = predicate.end
    return found


def keeps_bounds(stems: frozenset[str], clause: Sequence[Bounds], sentence_words: set[str], wording: str) -> bool:
    """Whether what ``clause`` needs with a predicate is among ``sentence_words``; ``wording``: the sentence's text."""
    alike = [known for known in clause if all(says(stem, known.stems) for stem in stems)]
    held = squeeze(wording)
    return not alike or any(
        all(any(all(_is_told(n, sentence_words, held) for n in needs) for needs in choice) for choice in known.needed)
        for known in alike
    )


def _is_told(need: Need, sentence_words: set[str], held: str) -> bool:
    return any(all(_word_told(word, sentence_words, held) for word in item) for item in need)


def _word_told(word: str, sentence_words: set[str], held: str) -> bool:
    return any(says(other, {word}) for other in sentence_words) or (len(word) > 1 and word in held)


def _needed(
    tokens: Sequence[Morpheme], opened: int, before: Sequence[Predicate], predicate: Predicate
) -> Iterator[Choice]:
    """What stands before ``predicate``, part by part."""
    begun, choice = opened, list[tuple[Need, ...]]()
    for part in before:
        if part.adnominal:
            continue  # it belongs to the part of what it describes
        span = tokens[begun : part.end]
        begun = part.end
        if part.main or part.concession:
            yield (tuple(_needs(_topic_phrases(span))),)
            continue
        choice.append(tuple(_needs(span)))
        if part.ending != "거나":
            yield tuple(choice)
            choice = []
    yield (tuple(_needs(tokens[begun : predicate.start])),)


def _needs(span: Sequence[Morpheme]) -> Iterator[Need]:
    for run in runs_of(span):
        yield tuple(frozenset(w for w in item if w not in NEUTRAL) for item in items_of(run, owned=False))
    yield from ((frozenset({token.form}),) for token in span if matters(token) and not token.is_noun)


def _topic_phrases(span: Sequence[Morpheme]) -> list[Morpheme]:
    """The noun phrases that 은/는 follows: they are said of all that comes behind."""
    found: list[Morpheme] = []
    run: list[Morpheme] = []
    for token in span:
        if (token.form, token.tag) in {("은", "JX"), ("는", "JX")}:
            found += run
        run = [] if token.tag[0] in "JE" and token.tag not in {"JC", "JKG"} else [*run, token]
    return found
