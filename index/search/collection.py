"""The rows that are searched (curated questions, then passages), their vectors and n-grams, what was learnt of them."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, fields
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import BadZipFile

import numpy as np
from scipy import sparse

from index import snapshot, words
from index.errors import StoreError
from index.search.aspect_rankers import AspectLearning, AspectRankers
from index.search.embedding import embed_in_blocks
from index.search.factor import Factor, factorize
from index.search.gates import Gates, LeftOut, learn, near_clauses
from index.search.landmarks import EXACT_ROWS, FEW, LANDMARKS, solve_by_landmarks
from index.search.likeness import Likeness, meaning_kernel
from index.search.order import LEFT_OUT, Order
from index.search.ranker import Ranker, fit_gate
from index.search.ridge import RIDGE, solve
from index.search.vector_store import VectorStore

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from index.questions.corpus import Corpus
    from index.search.embedding import Embedder

    Progress = Callable[[int, int], None]

FACTOR = f"factor{snapshot.MAPPED}"
LEARNING = "learning.npz"
CORES = os.cpu_count() or 1
QUICK_LANDMARKS, QUICK_LEFT_OUT = 600, 3000  # rows


@dataclass(frozen=True, slots=True)
class Learning:
    """What it takes to take some questions in or out without learning all again.

    ``rows``: for each row a digest of what it is and of what it teaches, and ``heads`` one of the columns. ``factor``:
    of the ranker that serves, with embeddings if there are any, and ``order``: the rows in the order of that.
    ``probe``: what `solve` gives of ones, shape (rows, 1): a file as large is not read at each start to see whether it
    is whole, but when it is used.
    """

    rows: tuple[str, ...]
    heads: str
    factor: Factor
    order: np.ndarray
    probe: np.ndarray

    @classmethod
    def of(cls, corpus: Corpus, factor: Factor, order: np.ndarray) -> Learning:
        """What was learnt of ``corpus``."""
        probe = np.empty((factor.rows, 1), factor.kind)
        probe[order] = factor.apply(np.ones((factor.rows, 1)))
        return cls(tuple(corpus.taught_keys), corpus.heads.digest, factor, order, probe)

    def solve(self, columns: np.ndarray) -> np.ndarray:
        """(Kernel + ridge)⁻¹ times ``columns``, both of shape (rows, columns) in the order of the collection."""
        solved = np.empty_like(columns)
        solved[self.order] = self.factor.apply(columns[self.order])
        return solved


@dataclass(frozen=True, slots=True)
class Collection:
    """``rankers``: with embeddings (None if built without a model) and by words alone. ``vectors``: of all rows.

    ``learning``: None if some were not compared with all others (`index.search.landmarks`), and of an updated one.
    ``base``: what was learnt in full, of a collection that was updated since.
    """

    vectors: VectorStore | None
    ngrams: sparse.csc_matrix  # by columns: its transpose, by which each question is multiplied, is by rows then
    idf: np.ndarray
    by_meaning: Ranker | None
    by_words: Ranker
    learning: Learning | None = None
    base: Collection | None = None

    @classmethod
    def of(
        cls,
        corpus: Corpus,
        vectors: np.ndarray | None,
        folder: Path | None = None,
    ) -> Collection:
        """Learn. ``vectors``: of all rows (`embed_rows`); None: by words alone.

        ``folder``: where the factor is kept; None: nowhere that has a name.
        """
        ngrams, idf = _ngrams(corpus)
        by_meaning = file = None
        if ngrams.shape[0] <= EXACT_ROWS:
            file = (folder / FACTOR).open("w+b") if folder else TemporaryFile()  # noqa: SIM115  # closed with the factor
        by_words, learning = learn_ranker(ngrams, vectors, corpus, file)
        if vectors is not None:
            by_meaning = by_words
            by_words, _ = learn_ranker(ngrams, None, corpus, None, FEW)
        store = None if vectors is None else VectorStore.of(vectors)
        return cls(store, ngrams.tocsc(), idf, by_meaning, by_words, learning)

    def words_likeness(self, texts: Sequence[str]) -> np.ndarray:
        """Of texts to all rows by their n-grams, 0..1, shape (texts, rows)."""
        rows = words.spelling_rows(words.count_spellings(texts), self.idf)
        likeness = np.zeros((len(texts), self.ngrams.shape[0]), np.float32)
        for place in range(len(texts)):  # the few columns of its own n-grams: a fifth of the time of `rows @ ngrams.T`
            own = slice(rows.indptr[place], rows.indptr[place + 1])
            likeness[place] = self.ngrams[:, rows.indices[own]] @ rows.data[own]
        return likeness

    def meaning_likeness(self, asked: np.ndarray | None) -> np.ndarray | None:
        """Of texts to all rows by their vectors ``asked``, 0..1, shape (texts, rows); None without embeddings."""
        if asked is None or self.vectors is None:
            return None
        return meaning_kernel(self.vectors.cosines(asked))

    @classmethod
    def quickly(cls, corpus: Corpus) -> Collection:
        """Learn by words alone and less of them, within seconds: what answers until an index is made."""
        ngrams, idf = _ngrams(corpus)
        by_words, _ = learn_ranker(ngrams, None, corpus, None, QUICK_LANDMARKS, QUICK_LEFT_OUT)
        return cls(None, ngrams.tocsc(), idf, None, by_words)

    @property
    def serving(self) -> Ranker:
        """The ranker with embeddings, if there are any."""
        return self.by_meaning or self.by_words

    def write(self, folder: Path) -> None:
        """Files in the formats of FAISS, SciPy and NumPy; none is a pickle. The factor is there already, see `of`."""
        if self.vectors is not None and self.by_meaning is not None:
            self.vectors.write(folder / "vectors.faiss")
            _write_ranker(folder / "meaning.npz", self.by_meaning)
        sparse.save_npz(folder / "ngrams.npz", self.ngrams)
        np.savez(folder / "idf.npz", idf=self.idf)
        _write_ranker(folder / "words.npz", self.by_words)
        if self.learning:
            named: dict[str, Any] = {
                name: np.array(getattr(self.learning, name)) for name in ("rows", "heads", "order", "probe")
            }
            np.savez(folder / LEARNING, block=np.array(self.learning.factor.block), **named)

    @classmethod
    def read(cls, folder: Path) -> Collection:
        """Read what `write` wrote. Raises StoreError on anything else."""
        try:
            embedded = (folder / "vectors.faiss").exists()
            with np.load(folder / "idf.npz", allow_pickle=False) as file:
                idf = file["idf"]
            return cls(
                vectors=VectorStore.read(folder / "vectors.faiss") if embedded else None,
                ngrams=sparse.load_npz(folder / "ngrams.npz").tocsc(),
                idf=idf,
                by_meaning=_read_ranker(folder / "meaning.npz") if embedded else None,
                by_words=_read_ranker(folder / "words.npz"),
                learning=_read_learning(folder) if (folder / LEARNING).exists() else None,
            )
        except (OSError, EOFError, BadZipFile, ValueError, KeyError) as error:  # of NumPy's archives
            raise StoreError(f"{folder}: 색인을 읽을 수 없습니다.") from error


def _ngrams(corpus: Corpus) -> tuple[sparse.csr_matrix, np.ndarray]:
    """Of all rows, weighed, of shape (rows, n-grams), and their idf."""
    counts = words.count_spellings([q.text for q in corpus.questions] + [p.text for p in corpus.passages])
    idf = words.inverse_document_frequency(counts)
    return words.spelling_rows(counts, idf), idf


def embed_rows(
    corpus: Corpus, embedder: Embedder, progress: Progress, known: Mapping[str, np.ndarray] | None = None
) -> np.ndarray:
    """The vectors of all rows, float32 of shape (rows, dimension), by all cores.

    ``progress`` gets the number of texts embedded and of all to embed. ``known``: vectors of an earlier index of the
    same model by row key; they are not embedded again.
    """
    known = known or {}
    keys, count = corpus.row_keys, len(corpus.questions)
    new = [place for place, key in enumerate(keys) if key not in known]
    rows = np.zeros((len(keys), embedder.dimension), np.float32)
    for place, key in enumerate(keys):
        if key in known:
            rows[place] = known[key]
    done = 0

    def add(embedded: int) -> None:
        nonlocal done
        done += embedded
        progress(done, len(new))

    questions, passages = [p for p in new if p < count], [p for p in new if p >= count]
    if questions:
        texts = [corpus.questions[p].text for p in questions]
        rows[questions] = embed_in_blocks(texts, embedder.queries, add, CORES)
    if passages:
        texts = [corpus.passages[p - count].text for p in passages]
        rows[passages] = embed_in_blocks(texts, embedder.passages, add, CORES)
    return rows


def learn_ranker(
    ngrams: sparse.csr_matrix,
    vectors: np.ndarray | None,
    corpus: Corpus,
    file: BinaryIO | None,
    landmarks: int = LANDMARKS,
    left_out: int = LEFT_OUT,
) -> tuple[Ranker, Learning | None]:
    """All heads, and the gates on what was ``left_out``, so many rows.

    ``file``: where the factor is made of all rows; None: by so many ``landmarks``, without what it takes to update.
    """
    heads, questions = corpus.heads, len(corpus.questions)
    labels, order = heads.labels(corpus.questions), Order.of(corpus.groups, left_out)
    ordered = labels[order.rows][:, heads.narrow]
    likeness = Likeness(ngrams[order.rows], None if vectors is None else vectors[order.rows])
    learning = None
    if file:
        factor = factorize(file, len(order.rows), likeness.between, RIDGE)
        fitted = solve(factor, ordered, order)
        learning = Learning.of(corpus, factor, order.rows)
    else:
        fitted = solve_by_landmarks(likeness.between, ordered, order, landmarks)
    del likeness
    coefficients = np.zeros(fitted.coefficients.shape, np.float32, order="F")
    coefficients[order.rows] = fitted.coefficients
    last = order.rows[order.first :]
    asked = np.flatnonzero(last < questions)
    rows, width = last[asked], heads.answering.stop
    gate = fit_gate(fitted.left_out[asked, :width], labels[rows][:, :width].toarray())
    if not heads.aspects and not heads.acts:
        return Ranker(coefficients, gate, width), learning
    within = AspectLearning(heads, Likeness(ngrams, vectors), labels, corpus.groups, corpus.taught_keys)
    narrow = [fitted.left_out[asked], fitted.group_left_out[asked]]
    aspects, things = within.with_left_out(rows, [near_clauses(heads, scores) for scores in narrow])
    views = [LeftOut(*view) for view in zip(narrow, things, strict=True)]
    known = [corpus.questions[row] for row in rows.tolist()]
    gates = learn(heads, corpus.known_kinds, corpus.quotes, known, views)
    return Ranker(coefficients, gate, width, aspects, gates), learning


def _write_ranker(path: Path, ranker: Ranker) -> None:
    gates = asdict(ranker.gates) if ranker.gates else {}
    named: dict[str, Any] = {f"gate_{name}": weights for name, weights in gates.items()}
    named |= {"width": np.array(ranker.width)} | (ranker.aspects.named() if ranker.aspects else {})
    np.savez(path, coefficients=ranker.coefficients, gate=ranker.gate, **named)


def _read_ranker(path: Path) -> Ranker:
    with np.load(path, allow_pickle=False) as file:
        names = [field.name for field in fields(Gates)]
        gates = Gates(*(file[f"gate_{name}"] for name in names)) if f"gate_{names[0]}" in file else None
        aspects = AspectRankers.of_named(file) if gates else None
        return Ranker(np.asfortranarray(file["coefficients"]), file["gate"], int(file["width"]), aspects, gates)


def _read_learning(folder: Path) -> Learning:
    with np.load(folder / LEARNING, allow_pickle=False) as file:
        rows, block = tuple(file["rows"].tolist()), int(file["block"])
        heads, order, probe = str(file["heads"]), file["order"], file["probe"]
    return Learning(rows, heads, Factor((folder / FACTOR).open("rb"), len(rows), block), order, probe)
