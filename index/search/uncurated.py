"""Passages for which nobody curated questions: how likely each of them answers a question.

Fusion is the sum of z-scores over all passages (Fox & Shaw 1994, "Combination of Multiple Searches", CombSUM, with
z-scores for their min-max), the words' at `WORDS_SHARE` times the share of the question's rare n-grams that the best
passage holds: the words of an everyday question are mostly not the document's and do harm, those of a question written
from the text find it. The right passage first, of 700 held-back curated questions with our own terms taken as if
nobody had curated them, of questions on halves of the subjects that the encoder was not trained on (55 provisions
each), and of a part of KorQuAD 1.0 dev: 0.700, 0.442, 0.930; with a share of 0.15 for all 0.696, 0.441, 0.892, with 1
for all 0.603, 0.347, 0.930 (2026-12-01).

Ranked by that sum; the probability comes from three signals of the best passage that mean the same in every document:
its cosine, the share of the question's rare n-grams that it holds, and whether it lacks what is asked for, where that
is an amount, a day or another measured kind. The first two: logistic regression of "the best passage is the right one"
on those 1,900 questions and 1,400 that these documents do not answer. The third and the bias: so that as many of 3,115
seen evaluation questions are refused that our own terms, taken so, do not answer (0.925), as without it; of those that
they answer 0.465 are answered instead of 0.385, 0.957 of them from the right article (2026-12-01).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from index import words
from index.facts.tagger import find_facts
from index.kinds import ANSWERED_BY, measured_kind
from index.search.embedding import embed_in_blocks
from index.search.vector_store import VectorStore

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scipy.sparse import csr_matrix

    from index.search.embedding import Embedder

WORDS_SHARE = 3.0
BIAS, COSINE, COVERAGE, LACKING = -11.0, 14.9, 8.4, -2.0
NEAREST = 256  # passages, by meaning and by words, that are looked at for a question
EVEN = 1e-6  # spread of cosines, below which all are equal
WORDS_BIAS, WORDS_COVERAGE = -6.0, 40.0  # without embeddings, on the same questions


@dataclass(frozen=True, slots=True)
class PassageScores:
    """Scores of shape (questions, passages); larger is better, and the parts are on scales of their own.

    ``coverage``: the share of a question's rare n-grams that a passage holds, 0..1.
    """

    dense: np.ndarray
    words: np.ndarray
    coverage: np.ndarray

    @property
    def fused(self) -> np.ndarray:
        """The sum of both parts' z-scores, the words' by how much they cover."""
        return fuse(standardize(self.dense), self.words, self.coverage)


@dataclass(frozen=True, slots=True)
class PassageSearch:
    """``vectors``: float32 of shape (passages, dimension). ``weights``: BM25, sparse, of shape (passages, n-grams)."""

    embedder: Embedder
    vectors: np.ndarray
    weights: csr_matrix
    rarity: np.ndarray

    @classmethod
    def over(cls, passages: Sequence[str], embedder: Embedder, progress: Callable[[int], object]) -> PassageSearch:
        """Embed and weigh ``passages``; ``progress`` gets the number of those done since its last call."""
        vectors = embed_in_blocks(passages, embedder.passages, progress)
        counts = words.count_ngrams(passages)
        return cls(embedder, vectors, words.bm25(counts), words.bm25_idf(counts))

    def scores(self, questions: Sequence[str]) -> PassageScores:
        """Each question against all passages."""
        by_words, coverage = score_words(questions, self.weights, self.rarity)
        return PassageScores(self.embedder.queries(questions) @ self.vectors.T, by_words, coverage)


def score_words(questions: Sequence[str], weights: csr_matrix, rarity: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """BM25 of each question and passage, and the share of the question's rare n-grams in it, 0..1; both of that shape.

    ``weights``: BM25 of shape (passages, n-grams); ``rarity``: idf of shape (n-grams,).
    """
    asked = (words.count_ngrams(questions) > 0).astype(np.float32)
    by_words = np.asarray((asked @ weights.T).toarray())
    return by_words, by_words / np.maximum(asked @ rarity * (words.K1 + 1), 1e-6)[:, np.newaxis]


def fuse(meaning: np.ndarray, by_words: np.ndarray, coverage: np.ndarray) -> np.ndarray:
    """Ranking scores out of the z-scores of ``meaning`` and the BM25 scores, all of shape (questions, passages)."""
    share = WORDS_SHARE * coverage.max(axis=1, initial=0.0, keepdims=True)
    return np.asarray(meaning + share * standardize(by_words))


def standardize(scores: np.ndarray) -> np.ndarray:
    """Each row with mean 0 and standard deviation 1; a row of equal scores becomes zeros."""
    spread = scores.std(axis=1, keepdims=True)
    return np.asarray((scores - scores.mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1))


@dataclass(frozen=True)
class Uncurated:
    """``weights``: BM25 of shape (passages, n-grams); ``rarity``: its idf of shape (n-grams,).

    ``texts`` as they were embedded; ``vectors``: of the passages, None without a model. Of many passages only the
    `NEAREST` by meaning and by words are looked at; mean and spread are those of all.
    """

    texts: tuple[str, ...]
    weights: csr_matrix
    rarity: np.ndarray
    vectors: VectorStore | None

    @classmethod
    def over(cls, texts: Sequence[str], known: Mapping[str, np.ndarray], embedder: Embedder | None) -> Uncurated:
        """Of passages as they are embedded; those whose vectors are not ``known`` are embedded now."""
        counts, vectors = words.count_ngrams(texts), None
        if embedder is not None:
            new = [text for text in dict.fromkeys(texts) if text not in known]
            made = dict(zip(new, embedder.passages(new), strict=True)) if new else {}
            vectors = VectorStore.of(np.stack([made[text] if text in made else known[text] for text in texts]))
        return cls(tuple(texts), words.bm25(counts), words.bm25_idf(counts), vectors)

    @property
    def known(self) -> dict[str, np.ndarray]:
        """The vectors by text."""
        return {} if self.vectors is None else dict(zip(self.texts, self.vectors.vectors(), strict=True))

    def probabilities(self, questions: Sequence[str], vectors: np.ndarray | None) -> np.ndarray:
        """That a passage answers a question, shape (questions, passages): the best one's, and shares of it.

        ``vectors``: of the questions, None without a model.
        """
        by_words, coverage = score_words(questions, self.weights, self.rarity)
        if vectors is None or self.vectors is None:
            ranking, logits = standardize(by_words), WORDS_BIAS + WORDS_COVERAGE * coverage
        else:
            cosines = self._near(vectors, by_words)
            ranking = fuse(self._standardized(vectors, cosines), by_words, coverage)
            logits = BIAS + COSINE * cosines + COVERAGE * coverage
        best = ranking.argmax(axis=1)[:, np.newaxis]
        lacking = [self._lacks(place, asked) for place, asked in zip(best[:, 0].tolist(), questions, strict=True)]
        logits = np.take_along_axis(logits, best, axis=1) + LACKING * np.array(lacking).reshape(-1, 1)
        sure = 1 / (1 + np.exp(-logits))
        return np.asarray(sure * np.exp(ranking - np.take_along_axis(ranking, best, axis=1)))

    def _lacks(self, place: int, question: str) -> bool:
        """Whether the passage states nothing of the measured kind (an amount, a day …) that is asked for."""
        asked = measured_kind(question)
        return bool(asked) and not ANSWERED_BY[asked] & self._stated[place]

    @cached_property
    def _stated(self) -> tuple[frozenset[str], ...]:
        """The kinds of values that each passage states."""
        return tuple(frozenset(fact.kind for fact in find_facts(text)) for text in self.texts)

    def _near(self, asked: np.ndarray, by_words: np.ndarray) -> np.ndarray:
        """Cosines of shape (questions, passages): of the nearest by meaning and by words, -inf of the others."""
        assert self.vectors is not None  # noqa: S101  # the caller looks
        cosines = np.full(by_words.shape, -np.inf)
        nearest, places = self.vectors.search(asked, NEAREST)
        np.put_along_axis(cosines, places, nearest, axis=1)
        if len(self.texts) > NEAREST:
            also = np.argpartition(-by_words, NEAREST, axis=1)[:, :NEAREST]
            rows = self.vectors.at(also)
            np.put_along_axis(cosines, also, np.einsum("qpd,qd->qp", rows, asked), axis=1)
        return cosines

    def _standardized(self, asked: np.ndarray, cosines: np.ndarray) -> np.ndarray:
        """z-scores of the cosines among those of all passages, whose mean and spread need no cosine of each."""
        centre, moments = self._moments
        asked = asked.astype(np.float64)
        mean = asked @ centre
        spread = np.sqrt(np.maximum(np.einsum("qd,de,qe->q", asked, moments, asked) - mean**2, 0))
        return np.asarray((cosines - mean[:, np.newaxis]) / np.where(spread > EVEN, spread, 1)[:, np.newaxis])

    @cached_property
    def _moments(self) -> tuple[np.ndarray, np.ndarray]:
        """The mean of all vectors, and of their products with themselves."""
        assert self.vectors is not None  # noqa: S101  # the caller looks
        rows = self.vectors.vectors().astype(np.float64)
        return rows.mean(axis=0), rows.T @ rows / len(rows)


def join(
    scores: np.ndarray, part: np.ndarray, answerable: np.ndarray, unlearnt: np.ndarray, learnt: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Scores, meaning's part of them, and probabilities, of learnt and unlearnt passages together.

    All are probabilities then: of the best learnt passage the gate's, of the others shares of it. What is out of scope
    of the learnt documents says nothing about the others. ``learnt``: which passages are, shape (passages,).
    """
    sure = answerable * learnt.any()
    scale = (sure / scores[:, :-1].max(axis=1, initial=1e-6))[:, np.newaxis]
    outside = scores[:, -1:]
    scores, part = np.hstack([scores[:, :-1] * scale, outside]), part * scale
    places = np.flatnonzero(~learnt)
    scores[:, places], part[:, places] = unlearnt, unlearnt / 2  # both meaning and words found them
    return scores, part, np.maximum(sure, unlearnt.max(axis=1))
