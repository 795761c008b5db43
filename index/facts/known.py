"""Which kinds of values a clause states and which it leaves to other documents: tagged, and as a person said so."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.aspects import Aspect, Standing
from index.facts.tagger import find_facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from index.clause import Clause
    from index.passages import Passage


@dataclass(frozen=True, slots=True)
class KnownKinds:
    """The kinds of values that each clause states, and those that it leaves to another document."""

    stated: Mapping[Clause, frozenset[str]]
    left: Mapping[Clause, frozenset[str]]


def known_kinds(passages: Iterable[Passage], aspects: Iterable[Aspect]) -> KnownKinds:
    """Of each passage what its text shows and what its aspects (``data/asked``) say."""
    stated: defaultdict[Clause, set[str]] = defaultdict(set)
    left: defaultdict[Clause, set[str]] = defaultdict(set)
    for passage in passages:
        stated[passage.clause] |= {fact.kind for fact in find_facts(passage.quote)}
    for aspect in aspects:
        if aspect.kind and aspect.standing is Standing.STATED:
            stated[aspect.clause].add(aspect.kind)
        if aspect.kind and aspect.standing is Standing.LEFT:
            left[aspect.clause].add(aspect.kind)
    return KnownKinds(
        {clause: frozenset(kinds) for clause, kinds in stated.items()},
        {clause: frozenset(kinds) for clause, kinds in left.items()},
    )
