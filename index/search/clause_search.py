"""question → hits: references by number, questions, passages and words, fused by the ranker.

`find` does it all for one text. The bot asks in smaller steps: `score` embeds several texts in one call and says how
likely the terms answer each; `hits` and `named` make clauses of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from index.references.by_document_name import named_document
from index.references.by_number import find_references, strip_references
from index.search.hits import BY_MEANING, BY_NUMBER, BY_WORDS, Hit, Scored
from index.search.likeness import MEANING_SHARE, combine
from index.search.passage_table import PassageTable
from index.search.ranker import present_share
from index.search.readings import read_texts
from index.search.spelling import Spelling
from index.search.uncurated import Uncurated, join
from index.steps import step

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.aspects import Aspect
    from index.clause import Clause
    from index.facts.known import KnownKinds
    from index.passages import Passage
    from index.questions.corpus import Corpus
    from index.references.by_number import Reference
    from index.search.collection import Collection
    from index.search.embedding import Embedder
    from index.search.ranker import Ranker

UNCURATED = -1  # column of a passage of which the ranker learnt nothing
UNFINISHED = "unfinished"  # in the description of a search that answers only until an index is made
ASKED_BONUS = 0.1  # a thing that people ask about a clause makes it nearer than a likeness of subjects
REASON_SHARE = 0.35  # of a clause's score, from which a part is named as a reason


@dataclass(frozen=True, kw_only=True)
class ClauseSearch:
    """The search. ``embedding`` is False when it goes by words alone; ``description`` is the manifest.

    ``table``: what can be found. ``columns``: for each of them its column in what the ranker learnt of ``corpus``,
    or `UNCURATED`. ``unchanged``: from the clause of an indexed passage to that of the passage here which says the same
    in its place. ``absent``: the columns of clauses that a view (`index.search.by_day`) lacks.
    """

    corpus: Corpus
    collection: Collection
    table: PassageTable[ClauseSearch]
    columns: np.ndarray
    absent: tuple[int, ...] = ()
    unchanged: Mapping[Clause, Clause] = field(default_factory=dict)
    memory: dict[str, Scored] | None = None
    spelling: Spelling
    unlearnt: Uncurated | None = None
    embedder: Embedder | None = None
    description: Mapping[str, Any]

    @classmethod
    def over(
        cls,
        corpus: Corpus,
        collection: Collection,
        embedder: Embedder | None,
        description: Mapping[str, Any],
    ) -> ClauseSearch:
        """A search over a collection that was made of ``corpus``."""
        usable = embedder if collection.vectors is not None else None
        curated = {question.clauses[0] for question in corpus.questions if question.clauses}
        columns = np.array([i if p.clause in curated else UNCURATED for i, p in enumerate(corpus.passages)], dtype=int)
        return cls(
            corpus=corpus,
            collection=collection,
            table=PassageTable(corpus.passages),
            columns=columns,
            spelling=Spelling([*(q.text for q in corpus.questions), *(p.text for p in corpus.passages)]),
            embedder=usable,
            description=description,
        ).over_passages(corpus.passages, columns)

    def over_passages(self, passages: tuple[Passage, ...], columns: np.ndarray) -> ClauseSearch:
        """The same search, in which these ``passages`` can be found; ``columns`` as in the class.

        Those that are `UNCURATED` are embedded if the collection does not hold them.
        """
        texts = [passage.text for passage, column in zip(passages, columns, strict=True) if column == UNCURATED]
        unlearnt = Uncurated.over(texts, self._passage_vectors(), self.embedder) if texts else None
        indexed = self.corpus.passages
        pairs = ((indexed[c], p) for c, p in zip(columns, passages, strict=True) if c != UNCURATED)
        unchanged = {known.clause: here.clause for known, here in pairs if known.quote == here.quote}
        memory: dict[str, Scored] | None = None if self.memory is None else {}
        table: PassageTable[ClauseSearch] = PassageTable(passages)
        return replace(self, table=table, columns=columns, unlearnt=unlearnt, unchanged=unchanged, memory=memory)

    def of_document(self, terms: str) -> ClauseSearch:
        """The same search, in which only the passages of this document can be found."""
        narrowed = self.table.narrowed
        if terms not in narrowed:
            places = [place for place, passage in enumerate(self.passages) if passage.clause.document == terms]
            narrowed[terms] = self.over_passages(tuple(self.passages[place] for place in places), self.columns[places])
        return replace(narrowed[terms], embedder=self.embedder, memory=None if self.memory is None else {})

    def with_embedder(self, embedder: Embedder) -> ClauseSearch:
        """The same search, in which questions are embedded by another embedder over the same model."""
        return replace(self, embedder=embedder)

    @property
    def unfinished(self) -> bool:
        """Whether it answers only until an index is made."""
        return bool(self.description.get(UNFINISHED))

    @property
    def embedding(self) -> bool:
        """Whether questions are embedded."""
        return self.embedder is not None

    def score(self, texts: Sequence[str]) -> list[Scored]:
        """Each text against all clauses; one embedding call for all that this search does not remember."""
        if self.memory is None:
            return self._score(texts) if texts else []
        new = [text for text in dict.fromkeys(texts) if text not in self.memory]
        self.memory.update(zip(new, self._score(new) if new else (), strict=True))
        return [self.memory[text] for text in texts]

    def remembering(self) -> ClauseSearch:
        """The same search for one question: what it scored it scores no more."""
        return replace(self, memory={})

    def _score(self, texts: Sequence[str]) -> list[Scored]:
        with step("rank"):
            return self._compare(texts)

    def _compare(self, texts: Sequence[str]) -> list[Scored]:
        likeness = self.collection.words_likeness(texts)
        with step("embed"):
            vectors = self.embedder.queries(texts) if self.embedder else None
        meaning = self.collection.meaning_likeness(vectors)
        ranker = self.ranker
        kernel = combine(meaning, likeness)
        learnt = ranker.all_heads(kernel)
        scores = self._of_passages(learnt[:, : ranker.width])
        part = scores * 0 if meaning is None else self._of_passages(ranker.scores(MEANING_SHARE * meaning))
        answerable, readings = read_texts(self, texts, kernel, learnt)
        if self.absent:
            answerable = answerable * present_share(scores, learnt[:, list(self.absent)])
        if self.unlearnt:
            found = self.unlearnt.probabilities(texts, vectors)
            scores, part, answerable = join(scores, part, answerable, found, self.columns != UNCURATED)
        rows = zip(texts, scores, answerable, part, readings, strict=True)
        return [Scored(text, s, float(p), m, reading) for text, s, p, m, reading in rows]

    def follow(self, alone: Scored, together: Scored, before: Scored, near: Clause) -> Scored:
        """A follow-up: read with the question before it, that question held down, the article of ``near`` favoured.

        The weights were chosen on the follow-ups of ``data/eval/validation.jsonl`` and ``holdout.jsonl`` together.
        """
        scores = together.scores + alone.scores - 0.5 * before.scores
        joined = replace(together, scores=scores)
        return self.favour(joined, near, 0.3)

    def favour(self, scored: Scored, near: Clause, bonus: float) -> Scored:
        """``scored`` with ``bonus`` on the clauses of the article of ``near``, which the conversation is about."""
        bonuses = np.zeros(len(self.passages) + 1)
        bonuses[list(self.table.beside(near))] = bonus
        return replace(scored, scores=scored.scores + bonuses)

    def hits(self, scored: Scored, k: int = 10, within: Clause | None = None) -> list[Hit]:
        """The ``k`` best clauses of a scored text, best first; with ``within`` those of its article alone."""
        scores = scored.scores[:-1]
        allowed = np.arange(len(scores)) if within is None else np.array(self.table.beside(within), dtype=int)
        order = [int(place) for place in allowed[np.argsort(-scores[allowed], kind="stable")[:k]]]
        share = scored.answerable / max(float(scores[order[0]]), 1e-6) if order else 0.0
        return [self._hit(i, max(0.0, share * float(scores[i])), self._reasons(scored, i)) for i in order]

    def near(self, scored: Scored, k: int = 3) -> list[Hit]:
        """The ``k`` clauses that a text is about, whether they answer it or not, nearest first; their score is 0..1."""
        if scored.reading is None:
            return []
        likeness = np.maximum(scored.reading.near, scored.scores[:-1])
        for aspect, score in scored.reading.aspects:
            place = self.table.places.get(aspect.clause)
            if place is not None:
                likeness[place] = max(likeness[place], score + ASKED_BONUS)
        order = likeness.argsort()[::-1][:k]
        return [self._hit(int(i), float(min(1.0, likeness[i])), ()) for i in order]

    def named(self, reference: Reference) -> list[Hit]:
        """The clauses that a reference names, all of an article's if it names no paragraph; [] if there are none."""
        return [
            self._hit(i, 1.0, (BY_NUMBER,), named=True)
            for i in self.table.of_article(reference.article, reference.document)
            if reference.paragraph in (None, self.passages[i].clause.paragraph)
        ]

    def find(self, query: str, k: int = 10) -> list[Hit]:
        """The ``k`` best clauses for one text, those it names by number first; of the document that it names."""
        document = named_document(query, self.titles) if len(self.titles) > 1 else None
        if document:
            return self.of_document(document).find(query, k)
        named = [hit for r in find_references(query) if r.article for hit in self.named(r)]
        rest = strip_references(query) if named else query
        found = self.hits(self.score([rest])[0], k) if any(map(str.isalnum, rest)) else []
        seen = {hit.passage.clause for hit in named}
        return [*named, *(hit for hit in found if hit.passage.clause not in seen)][:k]

    @property
    def passages(self) -> tuple[Passage, ...]:
        """What can be found."""
        return self.table.passages

    @property
    def titles(self) -> Mapping[str, str]:
        """The titles of the documents by name, in order."""
        return self.table.titles

    @property
    def ranker(self) -> Ranker:
        """What was learnt: with embeddings if questions are embedded."""
        by_meaning = self.collection.by_meaning
        return by_meaning if self.embedding and by_meaning else self.collection.by_words

    @property
    def updated(self) -> bool:
        """Whether questions were taken in or out since all was learnt."""
        return self.collection.base is not None

    @property
    def known_kinds(self) -> KnownKinds:
        """What each indexed clause states and leaves."""
        return self.corpus.known_kinds

    def as_it_stands(self, aspect: Aspect) -> Aspect | None:
        """``aspect`` of its clause here; None if the clause is not there or says something else."""
        clause = self.unchanged.get(aspect.clause)
        return replace(aspect, clause=clause) if clause else None

    def of_clauses(self, scores: np.ndarray) -> np.ndarray:
        """Scores of shape (passages,) from those of the indexed clauses; 0 for what is `UNCURATED`."""
        return np.asarray(np.where(self.columns != UNCURATED, scores[self.columns], 0))

    def _of_passages(self, scores: np.ndarray) -> np.ndarray:
        """Scores of shape (texts, passages + 1) from those of shape (texts, columns + 1)."""
        return np.asarray(scores[:, np.append(self.columns, -1)] * np.append(self.columns != UNCURATED, True))

    def _hit(self, place: int, score: float, reasons: tuple[str, ...], *, named: bool = False) -> Hit:
        return Hit(self.passages[place], score, reasons, named)

    @staticmethod
    def _reasons(scored: Scored, place: int) -> tuple[str, ...]:
        whole = max(float(scored.scores[place]), 1e-6)
        share = float(scored.meaning_part[place]) / whole
        reasons = ((BY_MEANING, share), (BY_WORDS, 1 - share))
        return tuple(name for name, part in reasons if part >= REASON_SHARE)

    def _passage_vectors(self) -> dict[str, np.ndarray]:
        """What is embedded already: the indexed passages, and those of a view."""
        if self.collection.vectors is None:
            return {}
        rows = self.collection.vectors.vectors(len(self.corpus.questions))
        own = self.unlearnt.known if self.unlearnt else {}
        return {passage.text: row for passage, row in zip(self.corpus.passages, rows, strict=True)} | own
