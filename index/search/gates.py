"""What is decided on the scores of a text, learnt on the left-out scores of the collection's own rows.

Three probabilities by logistic regression (Platt 1999): that the best clause answers, that the text is the act of
conversation that it resembles most, and that the polarity of the nearest proposition is the right one. Each row is an
example twice: with its own section's other questions known to the ranker, and with the whole section left out, as a
question is that asks for something nobody thought of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression

from index.aspects import Standing
from index.kinds import ANSWERED_BY, MEASURED, asked_kinds, is_yes_no
from index.questions.heads import STANDINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.facts.known import KnownKinds
    from index.questions.files import Question
    from index.questions.heads import Heads

NEAREST = 3  # clauses by each of both heads, whose aspects are looked at
LEAST = 0.02  # score, below which nothing resembles the text
ABSENT = STANDINGS.index(Standing.ABSENT)
POLARITIES = tuple(STANDINGS.index(standing) for standing in (Standing.YES, Standing.NO, Standing.DEPENDS))


@dataclass(frozen=True, slots=True)
class Gates:
    """Bias and weights of each logistic regression, float64; `Learner` says what of."""

    answer: np.ndarray
    act: np.ndarray
    polarity: np.ndarray


def logistic(weights: np.ndarray, signals: np.ndarray) -> np.ndarray:
    """Probabilities, shape (texts,), from signals of shape (texts, weights - 1)."""
    return np.asarray(1 / (1 + np.exp(-(weights[0] + signals @ weights[1:]))))


def near_clauses(heads: Heads, narrow: np.ndarray) -> np.ndarray:
    """The places of the clauses whose aspects are looked at, shape (texts, 2 x `NEAREST`), by each head best first."""
    by_answer = narrow[:, : heads.answering.stop - 1].argsort(axis=1)[:, : -NEAREST - 1 : -1]
    by_subject = narrow[:, heads.subjects].argsort(axis=1)[:, : -NEAREST - 1 : -1]
    return np.hstack([by_answer, by_subject])


def answer_signals(
    heads: Heads, kinds: KnownKinds, texts: Sequence[str], narrow: np.ndarray, near: np.ndarray, by_standing: np.ndarray
) -> np.ndarray:
    """What tells whether the best clause answers, shape (texts, 14).

    ``by_standing``: the best aspect's score of each standing among the near clauses, shape (texts, standings).
    """
    scores = narrow[:, heads.answering]
    absent = by_standing[:, ABSENT].clip(0)
    present = np.delete(by_standing, ABSENT, axis=1).max(axis=1, initial=0).clip(0)
    matches = np.array([_kind_match(heads, kinds, text, row) for text, row in zip(texts, near, strict=True)])
    return np.column_stack(
        [
            np.log(scores[:, :-1].max(axis=1).clip(LEAST)),
            scores[:, -1].clip(0),
            absent,
            present,
            narrow[:, heads.standings][:, ABSENT].clip(0),
            narrow[:, heads.subjects].max(axis=1).clip(0),
            narrow[:, heads.talk.start].clip(0),
            narrow[:, heads.talk.start + 1].clip(0),
            matches.reshape(len(texts), 6),
        ]
    )


def _kind_match(heads: Heads, kinds: KnownKinds, text: str, near: np.ndarray) -> list[float]:
    """Whether the best clause states the kind of thing asked for, leaves it, or has nothing of it.

    Three flags for a measured kind, then three for another (누구, 어디, 문서 …); all 0 if none is asked for.
    """
    asked = asked_kinds(text)[:1]
    flags = [0.0] * 6
    if asked:
        clause, wanted = heads.clauses[near[0]], ANSWERED_BY.get(asked[0], {asked[0]})
        stated = bool(wanted & kinds.stated.get(clause, frozenset()))
        left = bool(wanted & kinds.left.get(clause, frozenset()))
        flags[(0 if asked[0] in MEASURED else 3) + (0 if stated else 1 if left else 2)] = 1.0
    return flags


def act_signals(heads: Heads, narrow: np.ndarray) -> np.ndarray:
    """What tells whether a text is the act that it resembles most, shape (texts, 5)."""
    talk = narrow[:, heads.talk]
    acts = np.sort(talk[:, 2:], axis=1)[:, ::-1]
    scores = narrow[:, heads.answering]
    return np.column_stack(
        [
            np.log(talk[:, 0].clip(LEAST)),
            acts[:, 0].clip(0),
            acts[:, 0] - acts[:, 1] if acts.shape[1] > 1 else acts[:, 0],
            np.log(scores[:, :-1].max(axis=1).clip(LEAST)),
            scores[:, -1].clip(0),
        ]
    )


def polarity_signals(
    heads: Heads, narrow: np.ndarray, near: np.ndarray, by_standing: np.ndarray, agrees: np.ndarray
) -> np.ndarray:
    """What tells whether the nearest proposition's polarity is the answer, shape (texts, 7).

    ``agrees``: whether that proposition is the best clause's, shape (texts,).
    """
    polar = by_standing[:, POLARITIES]
    ordered = np.sort(polar, axis=1)
    general = np.take_along_axis(
        narrow[:, heads.standings][:, POLARITIES], polar.argmax(axis=1)[:, np.newaxis], axis=1
    )[:, 0]
    general_best = np.sort(narrow[:, heads.standings][:, POLARITIES], axis=1)
    others = np.delete(by_standing, POLARITIES, axis=1).max(axis=1, initial=0)
    scores = narrow[:, heads.answering]
    return np.column_stack(
        [
            np.log(ordered[:, -1].clip(LEAST)),
            ordered[:, -1] - ordered[:, -2].clip(0),
            general - np.where(general == general_best[:, -1], general_best[:, -2], general_best[:, -1]),
            others.clip(0),
            np.log(scores[:, :-1].max(axis=1).clip(LEAST)),
            scores[:, -1].clip(0),
            agrees,
        ]
    )


def best_by_standing(heads: Heads, aspects: np.ndarray, near: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of the aspects of the near clauses the best score of each standing, and which aspect has it.

    ``aspects``: scores of shape (texts, aspects), of which only those of near clauses are read. Both results are of
    shape (texts, standings); where there is no such aspect, 0 and -1.
    """
    standing = np.array([STANDINGS.index(aspect.standing) for aspect in heads.aspects], dtype=int)
    best = np.zeros((len(near), len(STANDINGS)), np.float32)
    which = np.full((len(near), len(STANDINGS)), -1)
    for row, places in enumerate(near):
        for place in dict.fromkeys(places.tolist()):
            block = heads.blocks.get(place)
            for column in range(block.start, block.stop) if block else ():
                kind = standing[column]
                if aspects[row, column] > best[row, kind]:
                    best[row, kind], which[row, kind] = aspects[row, column], column
    return best, which


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The scores of the rows of questions by what other rows teach."""

    narrow: np.ndarray
    aspects: np.ndarray


def learn(heads: Heads, kinds: KnownKinds, questions: Sequence[Question], views: Sequence[LeftOut]) -> Gates:
    """The gates, each row of ``questions`` an example in each of ``views``."""
    texts = [question.text for question in questions]
    answer, act, polarity = [], [], []
    for view in views:
        near = near_clauses(heads, view.narrow)
        by_standing, which = best_by_standing(heads, view.aspects, near)
        answer.append(answer_signals(heads, kinds, texts, view.narrow, near, by_standing))
        act.append(act_signals(heads, view.narrow))
        agrees = agreeing(heads, near, by_standing, which)
        polarity.append(polarity_signals(heads, view.narrow, near, by_standing, agrees))
    return Gates(
        _fit(np.vstack(answer), np.hstack([_answered_right(heads, questions, v.narrow) for v in views])),
        _fit(np.vstack(act), np.hstack([_act_right(heads, questions, v.narrow) for v in views])),
        _fit(*_polar_examples(heads, questions, views, polarity)),
    )


def agreeing(heads: Heads, near: np.ndarray, by_standing: np.ndarray, which: np.ndarray) -> np.ndarray:
    """Whether the nearest proposition is one of the best clause, shape (texts,)."""
    polar = which[:, POLARITIES]
    best = np.take_along_axis(polar, by_standing[:, POLARITIES].argmax(axis=1)[:, np.newaxis], axis=1)[:, 0]
    pairs = zip(best, near, strict=True)
    own = [column >= 0 and heads.aspects[column].clause == heads.clauses[row[0]] for column, row in pairs]
    return np.array(own, dtype=float)


def _answered_right(heads: Heads, questions: Sequence[Question], narrow: np.ndarray) -> np.ndarray:
    best = narrow[:, : heads.answering.stop - 1].argmax(axis=1)
    return np.array([heads.clauses[place] in q.clauses for place, q in zip(best, questions, strict=True)])


def _act_right(heads: Heads, questions: Sequence[Question], narrow: np.ndarray) -> np.ndarray:
    if not heads.acts:
        return np.zeros(len(questions), dtype=bool)
    best = narrow[:, heads.talk][:, 2:].argmax(axis=1)
    return np.array([heads.acts[place] == q.act for place, q in zip(best, questions, strict=True)])


def _polar_examples(
    heads: Heads, questions: Sequence[Question], views: Sequence[LeftOut], signals: Sequence[np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Signals and whether the polarity is right, of the questions of which a person said what they ask."""
    rows = [row for row, q in enumerate(questions) if q.aspect and is_yes_no(q.text)]
    wanted = np.array([STANDINGS.index(a.standing) for row in rows if (a := questions[row].aspect)], dtype=int)
    right = []
    for view in views:
        by_standing, _ = best_by_standing(heads, view.aspects[rows], near_clauses(heads, view.narrow[rows]))
        right.append(np.array(POLARITIES)[by_standing[:, POLARITIES].argmax(axis=1)] == wanted)
    return np.vstack([found[rows] for found in signals]), np.hstack(right)


def _fit(signals: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Bias and weights; a gate that lets nothing through if there is nothing to learn from."""
    if not len(right) or right.all() or not right.any():
        return np.array([-20.0, *np.zeros(signals.shape[1])])
    model = LogisticRegression(max_iter=1000).fit(signals, right)
    return np.concatenate([model.intercept_, model.coef_[0]])
