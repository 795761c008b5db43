"""Some questions taken in or out of what was learnt in full: at once, and with the same result.

The system of the rows is bordered: with A = kernel + ridge of the rows as they were learnt, and columns D = (unit
columns of the rows taken out | likeness of all rows to those taken in), everything follows from A⁻¹ D by small matrices
(Schur complements; Rasmussen & Williams 2006, appendix A.3). What is held until all is learnt again: the idf of the
n-grams, the gates, and the words-only ranker of an index with embeddings, to which what was taken in is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from index import words
from index.errors import StoreError
from index.search.aspect_rankers import AspectLearning, AspectRankers
from index.search.collection import Collection
from index.search.likeness import Likeness, combine, meaning_kernel
from index.search.ridge import RIDGE
from index.search.vector_store import VectorStore

if TYPE_CHECKING:
    from index.questions.corpus import Corpus
    from index.search.collection import Learning
    from index.search.embedding import Embedder
    from index.search.ranker import Ranker

MOST = 300  # rows in and out; what is done for each is small, but the idf that is held grows old
WHOLE = 1e-3  # share by which the factor may give another probe than when it was made


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
    vectors = embedder.queries(asked) if asked and embedder and base.vectors is not None else None
    ngrams = words.spelling_rows(words.count_spellings(asked), base.idf) if asked else base.ngrams[:0].tocsr()
    alike = _alike(base, ngrams, vectors)
    own = combine(meaning_kernel(vectors @ vectors.T) if vectors is not None else None, (ngrams @ ngrams.T).toarray())
    labels = corpus.heads.taught([corpus.questions[row] for row in moves.new.tolist()]).toarray()
    inverse = _applied(learning, moves.gone, alike)
    coefficients = _bordered(
        base.serving, moves, inverse, alike, own + RIDGE * np.eye(len(own)), labels[:, : corpus.heads.narrow.stop]
    )
    store = None
    if base.vectors is not None:
        rows = base.vectors.vectors()[moves.rows]
        if vectors is not None:
            rows[moves.new] = vectors
        store = VectorStore.of(rows)
    order = np.where(moves.rows < 0, base.ngrams.shape[0] + np.cumsum(moves.rows < 0) - 1, moves.rows)
    moved = sparse.vstack([base.ngrams.tocsr(), ngrams], format="csr")[order]
    serving = replace(base.serving, coefficients=coefficients, aspects=_within(base, corpus, moves, moved, store))
    by_words = _blind(base.by_words, moves) if store is not None else serving
    return Collection(store, moved.tocsc(), base.idf, serving if store is not None else None, by_words, base=base)


def _within(
    base: Collection, corpus: Corpus, moves: Moves, ngrams: sparse.csr_matrix, store: VectorStore | None
) -> AspectRankers | None:
    """The rankers of aspects; learnt again are those of the clauses whose rows are others now."""
    if base.serving.aspects is None:
        return None
    known = base.serving.aspects.moved(moves.rows).clauses
    likeness = Likeness(ngrams, None if store is None else store.vectors())
    learning = AspectLearning(
        corpus.heads, likeness, corpus.heads.labels(corpus.questions), corpus.groups, corpus.taught_keys
    )
    wanted = learning.rows(corpus.heads.blocks)
    before = base.serving.aspects.clauses
    changed = [
        place
        for place, rows in wanted.items()
        if not np.array_equal(rows, known[place].rows) or len(rows) != len(before[place].rows)
    ]
    return AspectRankers({**known, **learning.rankers(changed).clauses})


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


def _alike(base: Collection, ngrams: sparse.csr_matrix, vectors: np.ndarray | None) -> np.ndarray:
    """What is taken in to all rows as they were learnt, shape (new, rows); exact, unlike for a question."""
    meaning = None
    if vectors is not None and base.vectors is not None:
        meaning = meaning_kernel(vectors @ base.vectors.vectors().T)
    return combine(meaning, np.asarray((ngrams @ base.ngrams.T).toarray()))


def _bordered(
    ranker: Ranker, moves: Moves, inverse: np.ndarray, alike: np.ndarray, own: np.ndarray, labels: np.ndarray
) -> np.ndarray:
    """The coefficients of the ranker that serves, with the rows in and out.

    ``inverse``: A⁻¹ D; ``own``: kernel and ridge of the new rows.

    ``alike``: of the new rows to those learnt; ``labels``: of the new rows, shape (new, columns).
    """
    gone = moves.gone
    out, into = inverse[:, : len(gone)], inverse[:, len(gone) :]
    alike[:, gone] = 0
    forgotten = np.linalg.solve(out[gone], into[gone])
    border = own - alike @ (into - out @ forgotten)
    columns = inverse.astype(np.float32)
    known = ranker.coefficients
    lost = np.linalg.solve(out[gone], known[gone])
    new = np.linalg.solve(border, labels - alike @ known + alike @ out @ lost)
    shares = np.vstack([lost - forgotten @ new, new]).astype(np.float32)
    return _moved(known - (shares.T @ columns.T).T, moves, new.astype(np.float32))


def _applied(learning: Learning, gone: np.ndarray, alike: np.ndarray) -> np.ndarray:
    """A⁻¹ D, float64 of shape (rows, gone + new). Raises StoreError if the factor is not what it was."""
    count = learning.factor.rows
    columns = np.zeros((count, len(gone) + len(alike) + 1), np.float32)
    columns[gone, np.arange(len(gone))] = 1
    columns[:, len(gone) : -1] = alike.T
    columns[gone, len(gone) : -1] = 0
    columns[:, -1] = 1
    try:
        applied = learning.solve(columns)
    except (OSError, ValueError) as error:
        raise StoreError("색인 파일을 읽을 수 없습니다.") from error
    off = np.abs(applied[:, -1:] - learning.probe).max()
    if not off <= WHOLE * np.abs(learning.probe).max():
        raise StoreError("색인 파일이 손상되었습니다.")
    return applied[:, :-1].astype(np.float64)


def _blind(ranker: Ranker, moves: Moves) -> Ranker:
    """A ranker to which the new rows are unknown, and without those that are gone."""
    new = np.zeros((len(moves.new), ranker.coefficients.shape[1]), np.float32)
    aspects = ranker.aspects.moved(moves.rows) if ranker.aspects else None
    return replace(ranker, coefficients=_moved(ranker.coefficients, moves, new), aspects=aspects)


def _moved(known: np.ndarray, moves: Moves, new: np.ndarray) -> np.ndarray:
    """The rows of the learnt collection and the new ones in the order of the corpus, stored by columns as they were."""
    columns: np.ndarray = np.take(known.T, moves.rows, axis=1)
    columns[:, moves.new] = new.T
    return columns.T
