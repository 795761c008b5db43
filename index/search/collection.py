"""The rows that are searched (curated questions, then passages), their vectors and n-grams, what was learnt of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from index import words
from index.errors import StoreError
from index.facts.known import known_kinds
from index.search.embedding import embed_in_blocks
from index.search.gates import Gates, LeftOut, learn
from index.search.ranker import Ranker, combine, fit_gate, meaning_kernel, solve
from index.search.vector_store import VectorStore

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from index.questions.corpus import Corpus
    from index.search.embedding import Embedder

    Progress = Callable[[int, int], None]

BLOCK = 512  # rows of the kernel that are made at a time
FREQUENT = 1024  # n-grams that are multiplied densely


@dataclass(frozen=True, slots=True)
class Collection:
    """``rankers``: with embeddings (None if built without a model) and by words alone. ``vectors``: of all rows."""

    vectors: VectorStore | None
    ngrams: sparse.csc_matrix  # by columns: its transpose, by which each question is multiplied, is by rows then
    idf: np.ndarray
    by_meaning: Ranker | None
    by_words: Ranker

    @classmethod
    def of(
        cls,
        corpus: Corpus,
        embedder: Embedder | None,
        progress: Progress,
        known: Mapping[str, np.ndarray] | None = None,
    ) -> Collection:
        """Embed and learn.

        ``progress`` gets the number of texts embedded and of all to embed. ``known``: vectors of an earlier index of
        the same model by row key; they are not embedded again.
        """
        texts = [q.text for q in corpus.questions] + [p.text for p in corpus.passages]
        counts = words.count_spellings(texts)
        idf = words.inverse_document_frequency(counts)
        ngrams = words.spelling_rows(counts, idf)
        vectors, by_meaning = None, None
        if embedder is not None:
            rows = _embed(corpus, embedder, progress, known or {})
            vectors = VectorStore.of(rows)
            by_meaning = learn_ranker(_all_likeness(ngrams, rows), corpus)
        by_words = learn_ranker(_all_likeness(ngrams), corpus)
        return cls(vectors, ngrams.tocsc(), idf, by_meaning, by_words)

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

    def write(self, folder: Path) -> None:
        """Files in the formats of FAISS, SciPy and NumPy; none is a pickle."""
        if self.vectors is not None and self.by_meaning is not None:
            self.vectors.write(folder / "vectors.faiss")
            _write_ranker(folder / "meaning.npz", self.by_meaning)
        sparse.save_npz(folder / "ngrams.npz", self.ngrams)
        np.savez(folder / "idf.npz", idf=self.idf)
        _write_ranker(folder / "words.npz", self.by_words)

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
            )
        except (OSError, ValueError, KeyError) as error:
            raise StoreError(f"{folder}: 색인을 읽을 수 없습니다.") from error


def _embed(corpus: Corpus, embedder: Embedder, progress: Progress, known: Mapping[str, np.ndarray]) -> np.ndarray:
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
        rows[questions] = embed_in_blocks([corpus.questions[p].text for p in questions], embedder.queries, add)
    if passages:
        rows[passages] = embed_in_blocks([corpus.passages[p - count].text for p in passages], embedder.passages, add)
    return rows


def _all_likeness(ngrams: sparse.csr_matrix, vectors: np.ndarray | None = None) -> np.ndarray:
    """Of each row to itself and those after it, float32 of shape (rows, rows): the lower triangle, all that is needed.

    Besides it only `BLOCK` rows are held at a time. The `FREQUENT` n-grams, which most rows share, are multiplied
    densely: with sparse rows alone their product takes five times as long.
    """
    count = ngrams.shape[0]
    often = np.argsort(np.asarray((ngrams != 0).sum(axis=0)).ravel())[::-1][:FREQUENT]
    seldom = np.ones(ngrams.shape[1], bool)
    seldom[often] = False
    dense, rest = ngrams[:, often].toarray(), ngrams[:, np.flatnonzero(seldom)]
    turned = rest.T.tocsr()
    likeness = np.zeros((count, count), np.float32, order="F")
    for start in range(0, count, BLOCK):  # by columns, which are contiguous
        part = slice(start, min(start + BLOCK, count))
        words = (rest[part] @ turned).toarray()[:, start:] + dense[part] @ dense[start:].T
        meaning = None if vectors is None else meaning_kernel(vectors[part] @ vectors[start:].T)
        likeness[start:, part] = combine(meaning, words).T
    return likeness


def learn_ranker(kernel: np.ndarray, corpus: Corpus) -> Ranker:
    """All heads from one factorization of ``kernel`` (as `solve` takes it), and the gates on what was left out."""
    heads, questions = corpus.heads, len(corpus.questions)
    narrow, aspects = heads.labels(corpus.questions)
    fitted = solve(kernel, np.hstack([narrow, aspects]), corpus.groups)
    del kernel
    width, columns = heads.answering.stop, narrow.shape[1]
    gate = fit_gate(fitted.left_out[:questions, :width], narrow[:questions, :width])
    gates = None
    if heads.aspects or heads.acts:
        views = [
            LeftOut(scores[:questions, :columns], scores[:questions, columns:])
            for scores in (fitted.left_out, fitted.group_left_out)
        ]
        kinds = known_kinds(corpus.passages, heads.aspects)
        gates = learn(heads, kinds, corpus.quotes, corpus.questions, views)
    coefficients = np.asfortranarray(fitted.coefficients[:, :columns])
    return Ranker(coefficients, gate, width, np.asfortranarray(fitted.coefficients[:, columns:]), gates)


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
