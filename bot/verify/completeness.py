"""What a statement is said of and what bounds it: a sentence must not leave it out.

"이미 제공된 서비스나 착수비는 환불되지 않습니다" is no longer true as "환불되지 않습니다". So all words that the clause
has before a predicate are needed with it; of what is listed (X·Y, X 또는 Y, …하거나 …하면) one item is enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.verify.coverage import NEUTRAL, matters, says
from bot.verify.phrases import items_of, runs_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.verify.morphemes import Morpheme
    from bot.verify.predicates import Predicate

Need = tuple[frozenset[str], ...]  # items, one of which has to be told whole
Choice = tuple[tuple[Need, ...], ...]  # alternatives, of one of which all needs have to be told


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


def keeps_bounds(stems: frozenset[str], clause: Sequence[Bounds], told: set[str], wording: str) -> bool:
    """Whether what ``clause`` needs with a predicate is among the words ``told``; ``wording``: the sentence's text."""
    alike = [known for known in clause if all(says(stem, known.stems) for stem in stems)]
    held = "".join(wording.split())
    return not alike or any(
        all(any(all(_is_told(n, told, held) for n in needs) for needs in choice) for choice in known.needed)
        for known in alike
    )


def _is_told(need: Need, told: set[str], held: str) -> bool:
    return any(all(_word_told(word, told, held) for word in item) for item in need)


def _word_told(word: str, told: set[str], held: str) -> bool:
    return any(says(other, {word}) for other in told) or (len(word) > 1 and word in held)


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
            yield (tuple(_needs(_topics(span))),)
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


def _topics(span: Sequence[Morpheme]) -> list[Morpheme]:
    """The noun phrases that 은/는 follows: they are said of all that comes behind."""
    found: list[Morpheme] = []
    run: list[Morpheme] = []
    for token in span:
        if (token.form, token.tag) in {("은", "JX"), ("는", "JX")}:
            found += run
        run = [] if token.tag[0] in "JE" and token.tag not in {"JC", "JKG"} else [*run, token]
    return found
