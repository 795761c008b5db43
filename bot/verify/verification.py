"""Judge sentences as they come, and put the clauses' own words where one does not stand."""

from __future__ import annotations

import logging
from collections.abc import Generator
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answer import Check, Outcome, Sentence
from bot.errors import ModelError
from bot.verify.endings import formal
from bot.verify.faults import Fault
from bot.verify.support import find_faults, find_unchecked, parts_of, read, sentences_of
from bot.verify.vocabulary import matters, says
from index.sentences import is_proviso, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.clause import Clause
    from index.passages import Passage

log = logging.getLogger(__name__)


class Verification:
    """The sentences that may be shown, to be iterated once; ``checks`` fills up meanwhile.

    A sentence that its clauses do not support gives way to the sentences of ``quotes`` on them. Nothing is passed on
    before a sentence on the best clause (the first of ``evidence``) stands; if none does, or the writer breaks down,
    ``quotes`` are the answer. A sentence without clauses gets the clause that supports it, or is dropped. A clause of
    which less was told than ``question`` asks is quoted at the end.
    """

    def __init__(
        self,
        sentences: Iterable[Sentence],
        evidence: Sequence[Passage],
        quotes: Iterable[Sentence] = (),
        question: str = "",
    ) -> None:
        self.checks: list[Check] = []
        self._sentences = sentences
        self._passages = {passage.clause: passage for passage in evidence}
        self._quotes = list(quotes)
        self._question = question
        self._core = evidence[0].clause if evidence else None
        self._shown: list[Sentence] = []
        self._told: set[Clause] = set()  # of which a sentence stood

    def __iter__(self) -> Iterator[Sentence]:
        held: list[Sentence] = []
        opened = whole = False
        try:
            for sentence in self._sentences:
                stands, instead = self._judge(sentence)
                if not (opened or stands) and self._core in sentence.clauses:
                    break
                held += instead
                opened = opened or (stands and self._core in instead[0].clauses)
                if opened:
                    yield from self._show(held)
                    held = []
            else:
                whole = opened
        except ModelError as error:
            log.warning("the model did not finish (%s); the clauses are quoted", error)
        finally:
            if isinstance(self._sentences, Generator):
                self._sentences.close()
        if not opened:
            self.checks = [
                replace(check, outcome=Outcome.DROPPED, faults=check.faults or (Fault.CORE,)) for check in self.checks
            ]
        yield from self._show(self._owed() if whole else self._quotes)

    def _show(self, sentences: Iterable[Sentence]) -> Iterator[Sentence]:
        for sentence in sentences:
            if sentence not in self._shown:
                self._shown.append(sentence)
                yield sentence

    def _judge(self, sentence: Sentence) -> tuple[bool, list[Sentence]]:
        """Whether a sentence stands, and what may be shown for it."""
        sentence = sentence if sentence.clauses else replace(sentence, clauses=self._attribute(sentence.text))
        passages = [self._passages[clause] for clause in sentence.clauses if clause in self._passages]
        complete = passages and len(passages) == len(sentence.clauses)
        unfounded = Fault.LABEL if sentence.clauses else Fault.UNSUPPORTED
        faults = find_faults(sentence.text, passages) if complete else (unfounded,)
        if not faults and is_proviso(sentence.text) and not set(sentence.clauses) & self._told:
            faults = (Fault.CONDITION,)  # a proviso alone misleads: its rule goes before it
        instead = [sentence] if not faults else [q for q in self._quotes if set(q.clauses) & set(sentence.clauses)]
        self._told.update(() if faults else sentence.clauses)
        if sentence not in self._quotes:
            outcome = Outcome.KEPT if not faults else Outcome.REPLACED if instead else Outcome.DROPPED
            unchecked = find_unchecked(sentence.text, passages) if not faults else ()
            self.checks.append(Check(sentence.text, sentence.clauses, outcome, faults, unchecked))
        return not faults, instead

    def _attribute(self, text: str) -> tuple[Clause, ...]:
        """The clause that supports ``text`` by itself, as nobody said which one does."""
        supporting = (clause for clause, passage in self._passages.items() if not find_faults(text, [passage]))
        return next(((clause,) for clause in supporting), ())

    def _owed(self) -> list[Sentence]:
        """The quotes of clauses whose proviso, or whose asked part, was left out."""
        owed = []
        for quote in self._quotes:
            told = [sentence.text for sentence in self._shown if set(sentence.clauses) & set(quote.clauses)]
            if told and quote not in self._shown and leaves_out(told, quote.text, self._question):
                owed.append(quote)
        return owed


def leaves_out(told: Sequence[str], quote: str, question: str) -> bool:
    """Whether ``told``, sentences on the clause ``quote``, lacks its proviso (다만, 단) or what ``question`` asks.

    What is asked is told by its words; if they do not tell, every part of the clause may be it.
    """
    whole = "".join(_squeeze(sentence) for sentence in told)
    sentences = sentences_of(quote)
    if any(is_proviso(piece) and _squeeze(piece) not in whole for piece in sentences[1:]):
        return True
    parts = [part for sentence in sentences for part in parts_of(sentence)]
    said = [_is_told(part, told) for part in parts]
    shares = [_shared(question, part) for part in parts]
    left = [share for share, done in zip(shares, said, strict=True) if not done]
    return bool(left) and max(left) >= max((s for s, done in zip(shares, said, strict=True) if done), default=0)


def _is_told(part: str, told: Sequence[str]) -> bool:
    """Whether the last thing that ``part`` says is said in ``told``; a part that says nothing is."""
    main = [s.predicate.stems for s in read(part).statements if s.predicate.main]
    said = [s.predicate.stems for sentence in told for s in read(sentence).statements if s.predicate.main]
    return not main or any(all(says(stem, main[-1]) for stem in stems) for stems in said)


def _shared(question: str, part: str) -> int:
    """How many words both have."""
    known = {token.form for token in read(part).tokens if matters(token)}
    return len({token.form for token in read(question).tokens if matters(token) and says(token.form, known)})


def _squeeze(text: str) -> str:
    return squeeze(formal(text)).rstrip(".")
