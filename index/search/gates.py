"""What is decided on the scores of a text, learnt on the left-out scores of the collection's own rows.

Two multinomial logistic regressions (Platt 1999): what a text is (the best clause answers it, the terms do not state
what it asks, conversation, too vague), and whether the answer to it is yes, no or "it depends". Each row is an example
twice: with its own section's other questions known to the ranker, and with the whole section left out, as a question is
that asks for something nobody thought of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.aspects import POLAR, Standing
from index.kinds import ANSWERED_BY, MEASURED, asked_kinds
from index.questions.heads import STANDINGS
from index.search.logistic import regress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.facts.known import KnownKinds
    from index.questions.files import Question
    from index.questions.heads import Heads

NEAREST = 3  # clauses by each of both heads, whose aspects are looked at
LEAST = 0.02  # score, below which nothing resembles the text
LONGEST = 300  # characters, beyond which a longer text tells nothing
ABSENT = STANDINGS.index(Standing.ABSENT)
POLARITIES = tuple(STANDINGS.index(standing) for standing in (Standing.YES, Standing.NO, Standing.DEPENDS))
ANSWERED, UNSTATED, TALK, VAGUE = range(4)  # what a text is
VAGUE_ACT = "vague"
# what the words of a yes/no question and of a clause say about yes and no, whatever their subject
_QUESTION_CUES = tuple(
    re.compile(pattern)
    for pattern in (
        # asked in the negative; no exception left; past a condition; may it be done; must it; a belief to be confirmed
        r"안\s|안되|안돼|못|없|아니|아닌|않|\bnot\b|n't",
        r"만\s|만요|만이|만으로|무조건|항상|늘\s|언제나|반드시|절대|전부|다\s|모두|당연|바로|평생|영원",
        r"마음대로|맘대로|일방|혼자|알아서|그냥|대신|말로|구두|먼저|나중|아무",
        r"수\s?있|수도\s?있|되나|돼|가능|해도|써도|되죠",
        r"해야|야\s?하|야\s?돼|야\s?되|필요|의무",
        r"죠|맞|지\?|거지|잖",
    )
)
_CLAUSE_CUES = tuple(
    re.compile(pattern)
    for pattern in (
        r"할 수 있|될 수 있",
        r"금지|안 되|안 됩|수 없|않|제외|면제",
        r"해야|하여야|의무|부담|책임",
        r"다만|단,|경우|시\s|한\s",
    )
)
_NUMBER = re.compile(r"\d{1,18}")
CUES = len(_QUESTION_CUES) + len(_CLAUSE_CUES) + 2


@dataclass(frozen=True, slots=True)
class Gates:
    """Bias and weights by class, float64 of shape (classes, signals + 1).

    ``what``: `ANSWERED`, `UNSTATED`, `TALK`, `VAGUE`, of `what_signals`; ``polarity``: in the order of `POLARITIES`, of
    `polarity_signals`.
    """

    what: np.ndarray
    polarity: np.ndarray


def probabilities(weights: np.ndarray, signals: np.ndarray) -> np.ndarray:
    """Of each class, shape (texts, classes), from signals of shape (texts, weights - 1)."""
    logits = weights[:, 0] + signals @ weights[:, 1:].T
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def near_clauses(heads: Heads, narrow: np.ndarray) -> np.ndarray:
    """The places of the clauses whose aspects are looked at, shape (texts, 2 x `NEAREST`), by each head best first."""
    by_answer = narrow[:, : heads.answering.stop - 1].argsort(axis=1)[:, : -NEAREST - 1 : -1]
    by_subject = narrow[:, heads.subjects].argsort(axis=1)[:, : -NEAREST - 1 : -1]
    return np.hstack([by_answer, by_subject])


@dataclass(frozen=True, slots=True)
class Signals:
    """What texts are judged by. ``narrow``: the scores of all heads but the aspects, shape (texts, narrow columns).

    ``aspects``: of shape (texts, aspects), of which only those of near clauses are read. ``quotes``: the words of the
    clauses, in their order.
    """

    heads: Heads
    kinds: KnownKinds
    quotes: Sequence[str]
    texts: Sequence[str]
    narrow: np.ndarray
    aspects: np.ndarray

    def what(self, near: np.ndarray, by_standing: np.ndarray) -> np.ndarray:
        """What tells what a text is. ``by_standing``: as `best_by_standing` gives it."""
        heads, narrow = self.heads, self.narrow
        scores = narrow[:, heads.answering]
        ordered = np.sort(scores[:, :-1], axis=1)[:, ::-1]
        acts = np.sort(narrow[:, heads.talk][:, 2:], axis=1)[:, ::-1]
        texts = len(self.texts)
        matches = [self._kind_match(text, row) for text, row in zip(self.texts, near, strict=True)]
        present = np.delete(by_standing, ABSENT, axis=1).max(axis=1, initial=0).clip(0)
        return np.column_stack(
            [
                np.log(ordered[:, 0].clip(LEAST)),
                ordered[:, 0] - (ordered[:, 1] if ordered.shape[1] > 1 else 0),
                ordered[:, 0] / ordered[:, :5].sum(axis=1).clip(LEAST),
                scores[:, -1].clip(0),
                present,
                by_standing.clip(0),
                narrow[:, heads.standings].clip(0),
                narrow[:, heads.subjects].max(axis=1).clip(0),
                narrow[:, heads.kinds].max(axis=1).clip(0),
                narrow[:, heads.talk][:, :2].clip(0),
                np.log(narrow[:, heads.talk.start].clip(LEAST)),
                acts[:, 0].clip(0) if acts.shape[1] else np.zeros(texts),
                acts[:, 0] - acts[:, 1] if acts.shape[1] > 1 else np.zeros(texts),
                np.array(matches).reshape(texts, 6),
                [np.log(min(len(text), LONGEST) + 1) for text in self.texts],
            ]
        )

    def polarity(self, near: np.ndarray, by_standing: np.ndarray) -> np.ndarray:
        """What tells yes from no: the propositions near by, those of the best clause, and the words."""
        heads, narrow = self.heads, self.narrow
        ordered = np.sort(narrow[:, : heads.answering.stop - 1], axis=1)[:, ::-1]
        cues = [polarity_cues(t, self.quotes[row[0]]) for t, row in zip(self.texts, near, strict=True)]
        return np.column_stack(
            [
                by_standing[:, POLARITIES].clip(0),
                narrow[:, heads.standings][:, POLARITIES],
                np.delete(by_standing, POLARITIES, axis=1).clip(0),
                np.log(ordered[:, 0].clip(LEAST)),
                ordered[:, 0] - (ordered[:, 1] if ordered.shape[1] > 1 else 0),
                [self._own_propositions(row, place) for row, place in enumerate(near[:, 0].tolist())],
                cues,
            ]
        )

    def _own_propositions(self, row: int, place: int) -> list[float]:
        """Of the best clause the best score of a proposition of each polarity, then the share of each among them."""
        best, count = [0.0, 0.0, 0.0], [1 / 3, 1 / 3, 1 / 3]
        block = self.heads.blocks.get(place)
        for column in range(block.start, block.stop) if block else ():
            standing = int(self.heads.aspect_standings[column])
            if standing in POLARITIES:
                kind = POLARITIES.index(standing)
                best[kind] = max(best[kind], float(self.aspects[row, column]))
                count[kind] += 1
        return [*best, *(one / sum(count) for one in count)]

    def _kind_match(self, text: str, near: np.ndarray) -> list[float]:
        """Whether the best clause states the kind of thing asked for, leaves it, or has nothing of it.

        Three flags for a measured kind, then three for another (누구, 어디, 문서 …); all 0 if none is asked for.
        """
        asked = asked_kinds(text)[:1]
        flags = [0.0] * 6
        if asked:
            clause, wanted = self.heads.clauses[near[0]], ANSWERED_BY.get(asked[0], {asked[0]})
            stated = bool(wanted & self.kinds.stated.get(clause, frozenset()))
            left = bool(wanted & self.kinds.left.get(clause, frozenset()))
            flags[(0 if asked[0] in MEASURED else 3) + (0 if stated else 1 if left else 2)] = 1.0
        return flags


def polarity_cues(text: str, clause: str) -> list[float]:
    """`CUES` flags: of the question, of the clause, and whether it lacks or has a number of the question."""
    numbers, stated = set(_NUMBER.findall(text)), set(_NUMBER.findall(clause))
    own = [*(p.search(text) for p in _QUESTION_CUES), *(p.search(clause) for p in _CLAUSE_CUES)]
    return [float(bool(found)) for found in [*own, numbers - stated, numbers & stated]]


def best_by_standing(heads: Heads, aspects: np.ndarray, near: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of the aspects of the near clauses the best score of each standing, and which aspect has it.

    ``aspects``: scores of shape (texts, aspects), of which only those of near clauses are read. Both results are of
    shape (texts, standings); where there is no such aspect, 0 and -1.
    """
    best = np.zeros((len(near), len(STANDINGS)), np.float32)
    which = np.full((len(near), len(STANDINGS)), -1)
    for row, places in enumerate(near):
        for place in dict.fromkeys(places.tolist()):
            block = heads.blocks.get(place)
            for column in range(block.start, block.stop) if block else ():
                kind = heads.aspect_standings[column]
                if aspects[row, column] > best[row, kind]:
                    best[row, kind], which[row, kind] = aspects[row, column], column
    return best, which


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The scores of the rows of questions by what other rows teach."""

    narrow: np.ndarray
    aspects: np.ndarray


def learn(
    heads: Heads, kinds: KnownKinds, quotes: Sequence[str], questions: Sequence[Question], views: Sequence[LeftOut]
) -> Gates:
    """The gates, each row of ``questions`` an example in each of ``views``."""
    texts = [question.text for question in questions]
    polar = [row for row, q in enumerate(questions) if q.aspect and q.aspect.standing in POLAR]
    wanted = [POLARITIES.index(STANDINGS.index(a.standing)) for row in polar if (a := questions[row].aspect)]
    what, classes, polarity = [], [], []
    for view in views:
        signals = Signals(heads, kinds, quotes, texts, view.narrow, view.aspects)
        near = near_clauses(heads, view.narrow)
        by_standing, _ = best_by_standing(heads, view.aspects, near)
        what.append(signals.what(near, by_standing))
        classes.append(_what(heads, questions, near[:, 0]))
        polarity.append(signals.polarity(near, by_standing)[polar])
    return Gates(
        _fit(np.vstack(what), np.concatenate(classes), 4),
        _fit(np.vstack(polarity), np.array(wanted * len(views), dtype=int), len(POLARITIES)),
    )


def _what(heads: Heads, questions: Sequence[Question], best: np.ndarray) -> np.ndarray:
    """What each question is, if the clause at the place ``best`` is what is found for it."""

    def one(question: Question, place: int) -> int:
        if question.vague:
            return TALK if question.act and question.act != VAGUE_ACT else VAGUE
        return ANSWERED if heads.clauses[place] in question.clauses else UNSTATED

    return np.array([one(q, place) for q, place in zip(questions, best.tolist(), strict=True)], dtype=int)


def _fit(signals: np.ndarray, classes: np.ndarray, count: int) -> np.ndarray:
    """Bias and weights by class; a class without an example is never likely, and one class alone always."""
    weights = np.zeros((count, signals.shape[1] + 1))
    weights[:, 0] = -50.0
    known, numbers = np.unique(classes, return_inverse=True)
    weights[known, 0] = 0.0
    if len(known) < 2:
        return weights
    middle, spread = signals.mean(axis=0), signals.std(axis=0)
    spread[spread < 1e-9] = 1.0
    bias, found = regress((signals - middle) / spread, numbers)
    weights[known, 1:] = found / spread
    weights[known, 0] = bias - weights[known, 1:] @ middle
    return weights
