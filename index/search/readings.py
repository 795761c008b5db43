"""What a text is, by the heads beside the clauses: which thing is asked, yes or no, an act of a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from index.kinds import is_yes_no
from index.questions.heads import STANDINGS
from index.search.gates import (
    ANSWERED,
    POLARITIES,
    TALK,
    VAGUE,
    VAGUE_ACT,
    Signals,
    best_by_standing,
    near_clauses,
    probabilities,
)
from index.search.hits import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from index.aspects import Aspect
    from index.facts.known import KnownKinds
    from index.questions.corpus import Corpus
    from index.search.ranker import Ranker

MOST = 12  # aspects that are handed on


class Searched(Protocol):
    """What is read of a search (`index.search.clause_search`)."""

    @property
    def corpus(self) -> Corpus: ...
    @property
    def ranker(self) -> Ranker: ...
    @property
    def known_kinds(self) -> KnownKinds: ...
    def of_clauses(self, scores: np.ndarray) -> np.ndarray: ...
    def as_it_stands(self, aspect: Aspect) -> Aspect | None: ...


def read_texts(
    search: Searched, texts: Sequence[str], kernel: np.ndarray, learnt: np.ndarray
) -> tuple[np.ndarray, list[Reading | None]]:
    """The probability that the best clause answers each text, and what else each is; None without aspects and acts.

    ``kernel``: likeness of shape (texts, rows); ``learnt``: the scores of all heads but the aspects.
    """
    ranker, heads = search.ranker, search.corpus.heads
    gates = ranker.gates
    if gates is None or ranker.aspects is None:
        return ranker.answerable(learnt[:, : ranker.width]), [None] * len(texts)
    near = near_clauses(heads, learnt)
    aspects = ranker.aspects.scores(heads, kernel, near)
    by_standing, _ = best_by_standing(heads, aspects, near)
    signals = Signals(heads, search.known_kinds, search.corpus.quotes, texts, learnt, aspects)
    what = probabilities(gates.what, signals.what(near, by_standing))
    polarities = probabilities(gates.polarity, signals.polarity(near, by_standing))
    readings: list[Reading | None] = []
    for row, text in enumerate(texts):
        act = heads.acts[int(learnt[row, heads.talk][2:].argmax())] if heads.acts else ""
        if VAGUE_ACT in heads.acts and what[row, VAGUE] > what[row, TALK]:
            act = VAGUE_ACT  # which of the other acts it resembles most says nothing then
        polar = is_yes_no(text) and bool(by_standing[row, POLARITIES].any())
        readings.append(
            Reading(
                near=search.of_clauses(learnt[row, heads.subjects]),
                aspects=_best_aspects(search, aspects[row]),
                act=act,
                talk=float(what[row, [TALK, VAGUE]].max()) if act else 0.0,
                vague=float(what[row, VAGUE]),
                polarity=STANDINGS[POLARITIES[int(polarities[row].argmax())]] if polar else None,
                certain=float(polarities[row].max()) if polar else 0.0,
            )
        )
    return what[:, ANSWERED] if heads.aspects else ranker.answerable(learnt[:, : ranker.width]), readings


def _best_aspects(search: Searched, scores: np.ndarray) -> tuple[tuple[Aspect, float], ...]:
    """The best of them whose clause says in the editions of this search what it said when they were written."""
    heads = search.corpus.heads
    order = scores.argsort()[::-1][:MOST]
    found = ((heads.aspects[place], float(scores[place])) for place in order if scores[place] > 0)
    return tuple((standing, score) for aspect, score in found if (standing := search.as_it_stands(aspect)))
