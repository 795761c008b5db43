"""What each part of the search is worth: the same search learnt again without it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from sklearn.metrics import roc_auc_score

from index.search.clause_search import ClauseSearch
from index.search.likeness import combine, meaning_kernel
from index.search.ranker import Ranker, fit

PARTS = ("의미", "낱말", "약관 문장", "대표 질문", "범위 밖 질문", "막연한 물음")


@dataclass(frozen=True, slots=True)
class Ablated:
    """The search without a part, and how its left-out curated questions fare.

    ``recall``: share of the in-scope ones whose paragraph comes first. ``auc``: area under the ROC curve of the
    probability that the terms answer, in scope against out of scope. Both 0..1; NaN if there are none to measure.
    """

    search: ClauseSearch
    recall: float
    auc: float


def remove(search: ClauseSearch, part: str = "") -> Ablated:
    """Learn again without ``part``, one of `PARTS`; with all of them if it is empty.

    Raises:
        ValueError: there is no such part, or the index was made without embeddings.
    """
    vectors = search.collection.vectors
    if vectors is None or part not in ("", *PARTS):
        raise ValueError(part)
    ngrams = search.collection.ngrams
    if part == "낱말":
        ngrams = sparse.csc_matrix(ngrams.shape, dtype=ngrams.dtype)
    rows = vectors.vectors()
    likeness = (ngrams @ ngrams.T).toarray()
    kernel = likeness if part == "의미" else combine(meaning_kernel(rows @ rows.T), likeness)
    kept = _kept_rows(search, part)
    questions = int(kept[: len(search.corpus.questions)].sum())
    labels = search.corpus.labels
    learnt, left_out = fit(kernel[np.ix_(kept, kept)], labels[kept], questions)
    coefficients = np.zeros((len(kept), labels.shape[1]), np.float32)
    coefficients[kept] = learnt.coefficients
    ranker = Ranker(coefficients, learnt.gate, labels.shape[1])
    collection = replace(search.collection, ngrams=ngrams, by_meaning=ranker, by_words=ranker)
    embedder = None if part == "의미" else search.embedder
    ablated = ClauseSearch.over(search.corpus, collection, embedder, search.description)
    return Ablated(ablated, *_left_out_figures(ranker, left_out, labels[kept][:questions]))


def _kept_rows(search: ClauseSearch, part: str) -> np.ndarray:
    labels, questions = search.corpus.labels, len(search.corpus.questions)
    kept = np.ones(len(labels), dtype=bool)
    if part == "약관 문장":
        kept[questions:] = False
    elif part == "대표 질문":
        kept[:questions] = ~labels[:questions, :-1].any(axis=1)
    elif part == "범위 밖 질문":
        kept = labels[:, -1] == 0
    elif part == "막연한 물음":
        kept = labels.max(axis=1) > 0
    return kept


def _left_out_figures(ranker: Ranker, left_out: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    inside = labels[:, :-1].any(axis=1)
    first = left_out[inside, :-1].argmax(axis=1) if inside.any() else np.array([], int)
    recall = float(labels[inside][np.arange(len(first)), first].mean()) if inside.any() else float("nan")
    if inside.all() or not inside.any():
        return recall, float("nan")
    return recall, float(roc_auc_score(inside, ranker.answerable(left_out)))
