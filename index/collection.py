"""What is searched: rows (curated questions, then passages), their vectors and n-grams, what was learnt of them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from index import words
from index.acts import act_rows, load_acts
from index.anchoring import Anchors
from index.embedding import embed_in_blocks
from index.errors import StoreError
from index.facts.known import known_kinds
from index.gates import Gates, LeftOut, learn
from index.heads import Heads
from index.passages import Passage, make_passages
from index.questions import Question, fold_question
from index.ranker import Ranker, combine, fit_gate, meaning_kernel, solve
from index.store import VectorStore

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from index.editions import Edition
    from index.embedding import Embedder

    Progress = Callable[[int, int], None]


BLOCK = 512  # rows of the kernel that are made at a time


@dataclass(frozen=True)
class Corpus:
    """What an index is made from."""

    passages: tuple[Passage, ...]
    questions: tuple[Question, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of all of it: an index with another digest is stale."""
        plain = [[asdict(p) for p in self.passages], [asdict(q) for q in self.questions]]
        return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()

    @property
    def row_keys(self) -> list[str]:
        """For each row a digest of what is embedded: rows with equal keys have equal vectors."""
        rows = [f"question\n{q.text}" for q in self.questions] + [f"passage\n{p.text}" for p in self.passages]
        return [hashlib.sha256(row.encode()).hexdigest()[:32] for row in rows]

    @cached_property
    def heads(self) -> Heads:
        """What a question is ranked against."""
        return Heads.of(self.passages, self.questions)

    @property
    def labels(self) -> np.ndarray:
        """0/1 of shape (questions + passages, passages + 1); the last column is "out of scope"."""
        narrow, _ = self.heads.labels(self.questions)
        return narrow[:, self.heads.answering]

    @property
    def groups(self) -> np.ndarray:
        """For each row the number of the section that it stands in, shape (questions + passages,); -1 for none."""
        names = [q.aspect or q.section or None for q in self.questions]
        numbers = {name: number for number, name in enumerate(dict.fromkeys(filter(None, names)))}
        return np.array([*(numbers.get(name, -1) for name in names), *(-1 for _ in self.passages)])


def read_corpus(data: Path, editions: Sequence[Edition]) -> Corpus:
    """Passages of the editions, the curated questions of their paragraphs, followed to these editions, and utterances.

    A question whose paragraph an edition does not have is left out (`python -m index follow` lists it).

    Raises:
        QuestionsError: a file of curated questions is malformed.
        TermsError: the edition that the questions are anchored to is not there.
    """
    anchors = Anchors(data)
    served = [question for edition in editions for question in anchors.serve(edition)]
    known = {fold_question(question.text) for question in served}
    talk = (row for row in act_rows(load_acts(data)) if fold_question(row.text) not in known)
    return Corpus(make_passages(editions), (*served, *talk))


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
        return np.asarray((rows @ self.ngrams.T).toarray())

    def meaning_likeness(self, asked: np.ndarray | None) -> np.ndarray | None:
        """Of texts to all rows by their vectors ``asked``, 0..1, shape (texts, rows); None without embeddings."""
        if asked is None or self.vectors is None:
            return None
        cosines, rows = self.vectors.search(asked, len(self.vectors))
        ordered = np.empty_like(cosines)
        np.put_along_axis(ordered, rows, cosines, axis=1)
        return meaning_kernel(ordered)

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
    """Of all rows to all rows, float32 of shape (rows, rows); besides it only `BLOCK` rows are held at a time."""
    count = ngrams.shape[0]
    likeness = np.empty((count, count), np.float32, order="F")
    for start in range(0, count, BLOCK):  # by columns, which are contiguous: the likeness is symmetric
        part = slice(start, min(start + BLOCK, count))
        words = (ngrams[part] @ ngrams.T).toarray()
        meaning = None if vectors is None else meaning_kernel(vectors[part] @ vectors.T)
        likeness[:, part] = combine(meaning, words).T
    return likeness


def learn_ranker(kernel: np.ndarray, corpus: Corpus) -> Ranker:
    """All heads from one factorization of ``kernel`` (of all rows, overwritten), and the gates on what was left out."""
    heads, questions = corpus.heads, len(corpus.questions)
    narrow, aspects = heads.labels(corpus.questions)
    fitted = solve(kernel, np.hstack([narrow, aspects]), corpus.groups)
    width, columns = heads.answering.stop, narrow.shape[1]
    gate = fit_gate(fitted.left_out[:questions, :width], narrow[:questions, :width])
    gates = None
    if heads.aspects or heads.acts:
        views = [
            LeftOut(scores[:questions, :columns], scores[:questions, columns:])
            for scores in (fitted.left_out, fitted.group_left_out)
        ]
        gates = learn(heads, known_kinds(corpus.passages, heads.aspects), corpus.questions, views)
    coefficients = np.ascontiguousarray(fitted.coefficients[:, :columns])
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
        return Ranker(file["coefficients"], file["gate"], int(file["width"]), np.asfortranarray(file["aspects"]), gates)
