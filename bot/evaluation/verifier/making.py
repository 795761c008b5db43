"""Documents → cases, the same ones each time: at most so many of a sentence and of a kind."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import TYPE_CHECKING

from bot.evaluation.verifier.cases import Case, Kind, Source
from bot.evaluation.verifier.conditions import (
    change_conditions,
    change_exceptions,
    find_conditions,
    without_proviso,
)
from bot.evaluation.verifier.faithful import tell_faithfully
from bot.evaluation.verifier.figures import change_figures, change_party, change_scope, find_named_parties
from bot.evaluation.verifier.moods import change_moods
from bot.verify.support import sentences_of
from index.sentences import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.evaluation.verifier.figures import Change

SEED = 20261201
_OF_A_SENTENCE = 4  # of one kind


def make_cases(documents: Iterable[Sequence[Source]], most: int) -> list[Case]:
    """Up to ``most`` cases out of the sentences of ``documents``, as many of each kind as there are to be had.

    They stand clause by clause, in the order of the documents.
    """
    chance = random.Random(SEED)  # noqa: S311  # no secret
    by_kind: dict[Kind, list[Case]] = defaultdict(list)
    place: dict[Source, int] = {}
    for sources in documents:
        for source, found in _of_document(list(sources), chance):
            place.setdefault(source, len(place))
            for case in found:
                by_kind[case.kind].append(case)
    kept = _share_out(by_kind, most, chance)
    return sorted(kept, key=lambda case: (place[case.source], case.kind, case.text))


def _of_document(sources: list[Source], chance: random.Random) -> Iterator[tuple[Source, list[Case]]]:
    parties = find_named_parties([source.text for source in sources])
    conditions = [c.wording(s.text) for s in sources for c in find_conditions(s.text) if not c.exception]
    for source in sources:
        chance.shuffle(conditions)
        yield source, list(_of_sentence(source, parties, conditions[:6], chance))


def _of_sentence(source: Source, parties: set[str], conditions: Sequence[str], chance: random.Random) -> Iterator[Case]:
    sentences = sentences_of(source.passage.quote)
    changes: dict[Kind, list[Change]] = defaultdict(list)
    for change in (
        *change_figures(source),
        *change_party(source, parties),
        *change_moods(source),
        *change_conditions(source, conditions),
        *change_exceptions(source),
        *change_scope(source),
        *tell_faithfully(source),
    ):
        if squeeze(change[2]) != squeeze(source.text) and not _is_said(change[2], sentences):
            changes[change[0]].append(change)
    for change in without_proviso(source, sentences):
        changes[change[0]].append(change)
    for kind, found in changes.items():
        chosen = found if len(found) <= _OF_A_SENTENCE else chance.sample(found, _OF_A_SENTENCE)
        yield from (Case(kind, how, source, text) for kind_, how, text in chosen if kind_ is kind)


def _is_said(text: str, sentences: Sequence[str]) -> bool:
    """Whether the clause has the changed sentence too."""
    return any(squeeze(text).rstrip(".") == squeeze(sentence).rstrip(".") for sentence in sentences)


def _share_out(by_kind: dict[Kind, list[Case]], most: int, chance: random.Random) -> list[Case]:
    """All of the rare kinds, and of the others as many as fit."""
    kept: list[Case] = []
    left = sorted(by_kind.values(), key=len)
    for place, found in enumerate(left):
        share = (most - len(kept)) // (len(left) - place)
        kept += found if len(found) <= share else chance.sample(found, share)
    return kept
