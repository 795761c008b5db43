"""What is searched: rows (curated questions, then passages), their vectors and n-grams, what was learnt of them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from index import words
from index.anchoring import Anchors
from index.embedding import embed_in_blocks
from index.errors import StoreError
from index.passages import Passage, make_passages
from index.questions import Question  # noqa: TC001  # pydantic reads the hints of what holds a corpus
from index.ranker import Ranker, combine, fit, meaning_kernel
from index.store import VectorStore

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from index.editions import Edition
    from index.embedding import Embedder

    Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
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

    @property
    def labels(self) -> np.ndarray:
        """0/1 of shape (questions + passages, passages + 1); the last column is "out of scope".

        A vague question is taught to be nothing: neither a clause's nor out of scope.
        """
        place = {passage.clause: i for i, passage in enumerate(self.passages)}
        outside = len(place)
        labels = np.zeros((len(self.questions) + outside, outside + 1))
        for row, question in enumerate(self.questions):
            if not question.vague:
                labels[row, [place[c] for c in question.clauses] or [outside]] = 1
        labels[np.arange(outside) + len(self.questions), np.arange(outside)] = 1
        return labels


def read_corpus(data: Path, editions: Sequence[Edition]) -> Corpus:
    """Passages of the editions and the curated questions of their paragraphs, followed to these editions.

    A question whose paragraph an edition does not have is left out (`python -m index follow` lists it).

    Raises:
        QuestionsError: a file of curated questions is malformed.
        TermsError: the edition that the questions are anchored to is not there.
    """
    anchors = Anchors(data)
    followed = [question for edition in editions for question in anchors.follow(edition).served]
    return Corpus(make_passages(editions), tuple(followed))


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
        labels, questions = corpus.labels.astype(np.float32), len(corpus.questions)
        vectors, by_meaning = None, None
        if embedder is not None:
            rows = _embed(corpus, embedder, progress, known or {})
            vectors = VectorStore.of(rows)
            by_meaning, _ = fit(combine(meaning_kernel(rows @ rows.T), _all_likeness(ngrams)), labels, questions)
        by_words, _ = fit(_all_likeness(ngrams), labels, questions)
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


def _all_likeness(ngrams: sparse.csr_matrix) -> np.ndarray:
    return np.asarray((ngrams @ ngrams.T).toarray(order="F"))


def _write_ranker(path: Path, ranker: Ranker) -> None:
    np.savez(path, coefficients=ranker.coefficients, gate=ranker.gate)


def _read_ranker(path: Path) -> Ranker:
    with np.load(path, allow_pickle=False) as file:
        return Ranker(file["coefficients"], file["gate"])
