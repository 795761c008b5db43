"""Some questions taken in or out of what was learnt in full: at once, and with the same result.

With the system of the landmarks solved, a row more or less is a small system beside it (Sherman, Morrison, Woodbury;
Rasmussen & Williams 2006, appendix A.3). What a new question has that no landmark has is regressed on by itself: it
touches no row but the new ones, so that with all rows as landmarks the result is that of a full fit. What is held until
all is learnt again: the idf of the n-grams, the landmarks, the gates, and the words-only ranker of an index with
embeddings, to which what was taken in is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from index import words
from index.errors import StoreError
from index.search.collection import Collection, Compared
from index.search.ranker import RIDGE, Ranker, combine, meaning_kernel
from index.search.vector_store import VectorStore

if TYPE_CHECKING:
    from index.questions.corpus import Corpus
    from index.search.collection import Learning
    from index.search.embedding import Embedder

MOST = 300  # rows in and out; what is done for each is small, but the idf that is held grows old
WHOLE = 1e-3  # share by which the system may give another probe than when it was made


@dataclass(frozen=True, slots=True)
class Moves:
    """``rows``: for each row of the corpus its row of the learnt collection, -1 if it is ``new``.

    ``new``: rows of the corpus; ``gone``: rows of the learnt collection.
    """

    rows: np.ndarray
    new: np.ndarray
    gone: np.ndarray


def updated(collection: Collection, corpus: Corpus, embedder: Embedder | None) -> Collection:
    """The collection for ``corpus``, from one that was learnt of other questions on the same clauses, or updated since.

    Raises:
        StoreError: something else than questions changed, or too many of them, or it cannot be updated at all.
    """
    base = collection.base or collection
    learning = base.learning
    if learning is None or (base.vectors is not None and embedder is None):
        raise StoreError("이 색인에는 질문을 더하거나 뺄 수 없습니다.")
    moves = _moves(learning, corpus)
    asked = [corpus.questions[row].text for row in moves.new.tolist()]
    ngrams = words.spelling_rows(words.count_spellings(asked), base.idf) if asked else base.ngrams[:0].tocsr()
    known = None if base.vectors is None else base.vectors.vectors()
    vectors = None if known is None else (embedder.queries(asked) if asked and embedder else known[:0])
    compared = base.compared
    alike = _alike(ngrams, vectors, compared.ngrams, compared.vectors)
    taught = corpus.heads.taught([corpus.questions[row] for row in moves.new.tolist()]).toarray()
    own = _alike(ngrams, vectors, ngrams, None if vectors is None else VectorStore.of(vectors))
    serving = _changed(base, learning, moves, _New(alike, own, taught))
    store = here = None
    if known is not None and vectors is not None and compared.vectors is not None:
        moved = np.take(np.vstack([known, vectors]), _order(moves, len(known)), axis=0)
        store, here = VectorStore.of(moved), VectorStore.of(np.vstack([compared.vectors.vectors(), vectors]))
    rows = sparse.vstack([base.ngrams.tocsr(), ngrams], format="csr")[_order(moves, base.ngrams.shape[0])].tocsc()
    by_words = serving if store is None else _blind(base.by_words, len(asked))
    beside = Compared(sparse.vstack([compared.ngrams.tocsr(), ngrams], format="csr").tocsc(), here)
    return Collection(store, rows, base.idf, None if store is None else serving, by_words, beside, base=base)


@dataclass(frozen=True, slots=True)
class _New:
    """Of the rows taken in: likeness to the landmarks, to one another, and what they teach, one row each."""

    alike: np.ndarray
    own: np.ndarray
    taught: np.ndarray


def _moves(learning: Learning, corpus: Corpus) -> Moves:
    """Which rows stay, come and go."""
    if learning.heads != corpus.heads.digest:
        raise StoreError("대표 질문 말고 다른 것도 바뀌었습니다.")
    places: dict[str, list[int]] = {}
    for row, key in reversed(list(enumerate(learning.rows))):
        places.setdefault(key, []).append(row)
    rows = np.array([places[key].pop() if places.get(key) else -1 for key in corpus.taught_keys], dtype=int)
    new, gone = np.flatnonzero(rows < 0), np.setdiff1d(np.arange(len(learning.rows)), rows)
    passages = len(corpus.passages)
    if (new >= len(corpus.questions)).any() or (gone >= len(learning.rows) - passages).any():
        raise StoreError("대표 질문 말고 다른 것도 바뀌었습니다.")
    if len(new) + len(gone) > MOST:
        raise StoreError("한꺼번에 바뀐 질문이 많습니다.")
    return Moves(rows, new, gone)


def _order(moves: Moves, learnt: int) -> np.ndarray:
    """For each row of the corpus its place among those learnt, so many, and the new ones behind them."""
    return np.where(moves.rows < 0, learnt + np.cumsum(moves.rows < 0) - 1, moves.rows)


def _alike(
    ngrams: sparse.csr_matrix, vectors: np.ndarray | None, others: sparse.spmatrix, other_vectors: VectorStore | None
) -> np.ndarray:
    """Likeness of shape (rows, others); exact, unlike for a question."""
    by_words = np.asarray((ngrams @ others.T).toarray())
    if vectors is None or other_vectors is None:
        return combine(None, by_words)
    return combine(meaning_kernel(vectors @ other_vectors.vectors().T), by_words)


def _changed(base: Collection, learning: Learning, moves: Moves, new: _New) -> Ranker:
    """The ranker that serves, with the rows in and out; its last rows are those of the new questions."""
    ranker, landmarks = base.serving, learning.landmarks
    gone = base.likeness_of(moves.gone.tolist(), embedded=base.vectors is not None)
    likeness = np.vstack([new.alike, gone])
    described = landmarks.describe(likeness)
    solved = _solved(learning, described)
    count = len(new.alike)
    rest = new.own - described[:, :count].T @ described[:, :count]  # what no landmark has of the new rows
    noise = np.zeros((len(likeness), len(likeness)))
    noise[:count, :count] = (rest + RIDGE * np.eye(count)) / RIDGE
    noise[count:, count:] = -np.eye(len(gone))
    step = landmarks.coefficients(solved) @ np.linalg.inv(noise + described.T @ solved)
    labels = np.vstack([new.taught, learning.labels[moves.gone].toarray()])
    parts, start = [], 0
    for known in (ranker.coefficients, ranker.aspects):
        taught = labels[:, start : start + known.shape[1]]
        start += known.shape[1]
        moved = known + step @ (taught - likeness @ known)
        by_itself = np.linalg.solve(rest + RIDGE * np.eye(count), taught[:count] - new.alike @ moved)
        moved -= landmarks.coefficients(described[:, :count] @ by_itself)
        parts.append(np.asfortranarray(np.vstack([moved, by_itself]), np.float32))
    return replace(ranker, coefficients=parts[0], aspects=parts[1])


def _solved(learning: Learning, described: np.ndarray) -> np.ndarray:
    """The system solved for what is described. Raises StoreError if it is not what it was."""
    ones = np.ones((len(described), 1))
    try:
        solved = learning.landmarks.solve(np.hstack([described, ones]))
    except (OSError, ValueError) as error:
        raise StoreError("색인 파일을 읽을 수 없습니다.") from error
    off = np.abs(solved[:, -1] - learning.probe).max()
    if not off <= WHOLE * np.abs(learning.probe).max():
        raise StoreError("색인 파일이 손상되었습니다.")
    return solved[:, :-1]


def _blind(ranker: Ranker, count: int) -> Ranker:
    """A ranker to which so many new rows are unknown."""
    parts = [
        np.asfortranarray(np.vstack([known, np.zeros((count, known.shape[1]), known.dtype)]))
        for known in (ranker.coefficients, ranker.aspects)
    ]
    return replace(ranker, coefficients=parts[0], aspects=parts[1])
