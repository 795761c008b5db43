"""The rows that are searched (curated questions, then passages), their vectors and n-grams, what was learnt of them."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from index import snapshot, words
from index.errors import StoreError
from index.search.embedding import embed_in_blocks
from index.search.gates import Gates, LeftOut, learn
from index.search.landmarks import Landmarks, choose_landmarks, fit
from index.search.likeness import Likeness
from index.search.ranker import Ranker, combine, fit_gate, meaning_kernel
from index.search.vector_store import VectorStore

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from index.questions.corpus import Corpus
    from index.search.embedding import Embedder

    Progress = Callable[[int, int], None]

LEARNING, LABELS = "learning.npz", "labels.npz"
SYSTEM = ("triangle", "gram")  # of the landmarks, in a file each
CORES = os.cpu_count() or 1
FEWEST = 500  # questions that the encoder has never seen, below which all are taken for examples


@dataclass(frozen=True, slots=True)
class Learning:
    """What it takes to take some questions in or out without learning all again, of the ranker that serves.

    ``rows``: for each row a digest of what it is and of what it teaches, and ``heads`` one of the columns. ``labels``:
    what the rows teach. ``probe``: the system solved for ones, shape (landmarks,): files as large are not read at each
    start to see whether they are whole, but when they are used.
    """

    rows: tuple[str, ...]
    heads: str
    labels: sparse.csr_matrix
    landmarks: Landmarks
    probe: np.ndarray


@dataclass(frozen=True, slots=True)
class Compared:
    """The rows with which a question is compared: the landmarks, and what was taken in since."""

    ngrams: sparse.csc_matrix  # by columns: its transpose, by which each question is multiplied, is by rows then
    vectors: VectorStore | None

    @classmethod
    def of(cls, ngrams: sparse.csc_matrix, vectors: VectorStore | None, places: np.ndarray) -> Compared:
        """Those at ``places`` of all rows."""
        if len(places) == ngrams.shape[0]:
            return cls(ngrams, vectors)
        own = None if vectors is None else VectorStore.of(vectors.vectors()[places])
        return cls(ngrams.tocsr()[places].tocsc(), own)


@dataclass(frozen=True, slots=True)
class Collection:
    """``rankers``: with embeddings (None if built without a model) and by words alone. ``vectors``: of all rows.

    ``compared``: the rows to which the coefficients of both belong. ``learning``: None of an updated one. ``base``:
    what was learnt in full, of a collection that was updated since.
    """

    vectors: VectorStore | None
    ngrams: sparse.csc_matrix
    idf: np.ndarray
    by_meaning: Ranker | None
    by_words: Ranker
    compared: Compared
    learning: Learning | None = None
    base: Collection | None = None

    @classmethod
    def of(cls, corpus: Corpus, vectors: np.ndarray | None, untrained: np.ndarray | None = None) -> Collection:
        """Learn. ``vectors``: of all rows (`embed_rows`); None: by words alone.

        ``untrained``: which questions the encoder has never seen, bool of shape (questions,): what is found for the
        others is no test; None: all of them.
        """
        counts = words.count_spellings([q.text for q in corpus.questions] + [p.text for p in corpus.passages])
        idf = words.inverse_document_frequency(counts)
        ngrams = words.spelling_rows(counts, idf)
        del counts
        ranker, landmarks = learn_ranker(Likeness(ngrams, vectors), corpus, untrained)
        by_meaning = None if vectors is None else ranker
        by_words = ranker if vectors is None else learn_ranker(Likeness(ngrams), corpus)[0]
        probe = landmarks.solve(np.ones((len(landmarks.places), 1)))[:, 0]
        labels = corpus.heads.labels(corpus.questions)
        learning = Learning(tuple(corpus.taught_keys), corpus.heads.digest, labels, landmarks, probe)
        store, columns = None if vectors is None else VectorStore.of(vectors), ngrams.tocsc()
        compared = Compared.of(columns, store, landmarks.places)
        return cls(store, columns, idf, by_meaning, by_words, compared, learning)

    def words_likeness(self, texts: Sequence[str], *, every: bool = False) -> np.ndarray:
        """Of texts to the rows compared, or to ``every`` row, by their n-grams, 0..1, shape (texts, rows)."""
        rows = words.spelling_rows(words.count_spellings(texts), self.idf)
        ngrams = self.ngrams if every else self.compared.ngrams
        likeness = np.zeros((len(texts), ngrams.shape[0]), np.float32)
        for place in range(len(texts)):  # the few columns of its own n-grams: a fifth of the time of `rows @ ngrams.T`
            own = slice(rows.indptr[place], rows.indptr[place + 1])
            likeness[place] = ngrams[:, rows.indices[own]] @ rows.data[own]
        return likeness

    def meaning_likeness(self, asked: np.ndarray | None) -> np.ndarray | None:
        """Of texts to the rows compared by their vectors ``asked``, 0..1, shape (texts, rows); None without them."""
        if asked is None or self.compared.vectors is None:
            return None
        return meaning_kernel(self.compared.vectors.cosines(asked))

    def likeness_of(self, rows: Sequence[int], *, embedded: bool) -> np.ndarray:
        """Of some of the rows to the rows compared, shape (rows, rows compared), from what is stored."""
        by_words = (self.ngrams.tocsr()[rows] @ self.compared.ngrams.T).toarray()
        if not embedded or self.vectors is None or self.compared.vectors is None:
            return combine(None, by_words)
        return combine(meaning_kernel(self.vectors.vectors()[rows] @ self.compared.vectors.vectors().T), by_words)

    @property
    def serving(self) -> Ranker:
        """The ranker with embeddings, if there are any."""
        return self.by_meaning or self.by_words

    def write(self, folder: Path) -> None:
        """Files in the formats of FAISS, SciPy and NumPy; none is a pickle. Raises ValueError of an updated one."""
        if self.learning is None:
            raise ValueError("an updated collection is not written")
        if self.vectors is not None and self.by_meaning is not None:
            self.vectors.write(folder / "vectors.faiss")
            _write_ranker(folder / "meaning.npz", self.by_meaning)
        sparse.save_npz(folder / "ngrams.npz", self.ngrams)
        np.savez(folder / "idf.npz", idf=self.idf)
        _write_ranker(folder / "words.npz", self.by_words)
        _write_learning(folder, self.learning)

    @classmethod
    def read(cls, folder: Path) -> Collection:
        """Read what `write` wrote. Raises StoreError on anything else."""
        try:
            embedded = (folder / "vectors.faiss").exists()
            with np.load(folder / "idf.npz", allow_pickle=False) as file:
                idf = file["idf"]
            vectors = VectorStore.read(folder / "vectors.faiss") if embedded else None
            ngrams = sparse.load_npz(folder / "ngrams.npz").tocsc()
            learning = _read_learning(folder)
            return cls(
                vectors=vectors,
                ngrams=ngrams,
                idf=idf,
                by_meaning=_read_ranker(folder / "meaning.npz") if embedded else None,
                by_words=_read_ranker(folder / "words.npz"),
                compared=Compared.of(ngrams, vectors, learning.landmarks.places),
                learning=learning,
            )
        except (OSError, ValueError, KeyError) as error:
            raise StoreError(f"{folder}: 색인을 읽을 수 없습니다.") from error


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


def learn_ranker(likeness: Likeness, corpus: Corpus, untrained: np.ndarray | None = None) -> tuple[Ranker, Landmarks]:
    """All heads, and the gates on what was left out. ``untrained``: as `Collection.of` takes it."""
    heads, questions, labels = corpus.heads, len(corpus.questions), corpus.heads.labels(corpus.questions)
    fitted, landmarks = fit(likeness.between, labels, choose_landmarks(labels.shape[0]), corpus.groups)
    width, narrow = heads.answering.stop, heads.narrow.stop
    alone, together = examples(corpus.groups[:questions], untrained)
    gate = fit_gate(fitted.left_out[alone, :width], labels[alone, :width].toarray())
    gates = None
    if heads.aspects or heads.acts:
        views = [
            LeftOut(rows, scores[rows, :narrow], scores[rows, narrow:])
            for rows, scores in ((alone, fitted.left_out), (together, fitted.group_left_out))
        ]
        gates = learn(heads, corpus.known_kinds, corpus.quotes, corpus.questions, views)
        del views
    coefficients = fitted.coefficients
    del fitted
    aspects = np.asfortranarray(coefficients[:, narrow:])
    return Ranker(np.asfortranarray(coefficients[:, :narrow]), gate, width, aspects, gates), landmarks


def examples(groups: np.ndarray, untrained: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    """The questions that are a test alone, and those that are one when their group is left out, as places.

    Those that the encoder has never seen, and those of whose group it has seen none; all, where they would be too few.
    """
    every = np.arange(len(groups))
    if untrained is None or untrained.sum() < FEWEST:
        return every, every
    seen = np.unique(groups[~untrained & (groups >= 0)])
    return every[untrained], every[untrained & ~np.isin(groups, seen)]


def _write_ranker(path: Path, ranker: Ranker) -> None:
    gates = asdict(ranker.gates) if ranker.gates else {}
    named: dict[str, Any] = {f"gate_{name}": weights for name, weights in gates.items()}
    named |= {"width": np.array(ranker.width), "aspects": ranker.aspects}
    np.savez(path, coefficients=ranker.coefficients, gate=ranker.gate, **named)


def _read_ranker(path: Path) -> Ranker:
    with np.load(path, allow_pickle=False) as file:
        names = [field.name for field in fields(Gates)]
        gates = Gates(*(file[f"gate_{name}"] for name in names)) if f"gate_{names[0]}" in file else None
        by_columns = np.asfortranarray(file["coefficients"]), np.asfortranarray(file["aspects"])
        return Ranker(by_columns[0], file["gate"], int(file["width"]), by_columns[1], gates)


def _write_learning(folder: Path, learning: Learning) -> None:
    landmarks = learning.landmarks
    small: dict[str, Any] = {
        "rows": np.array(learning.rows),
        "heads": np.array(learning.heads),
        "probe": learning.probe,
    }
    np.savez(folder / LEARNING, places=landmarks.places, **small)
    sparse.save_npz(folder / LABELS, learning.labels)
    for name in SYSTEM:
        with (folder / f"{name}{snapshot.MAPPED}").open("wb") as file:
            np.save(file, getattr(landmarks, name))


def _read_learning(folder: Path) -> Learning:
    with np.load(folder / LEARNING, allow_pickle=False) as file:
        rows, heads = tuple(file["rows"].tolist()), str(file["heads"])
        places, probe = file["places"], file["probe"]
    # mapped: read when questions are taken in, and then also if a newer build has deleted the files
    system = {name: np.load(folder / f"{name}{snapshot.MAPPED}", mmap_mode="r") for name in SYSTEM}
    return Learning(rows, heads, sparse.load_npz(folder / LABELS).tocsr(), Landmarks(places, **system), probe)
