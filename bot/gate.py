"""Hits → what to cite, or nothing: the decision between an answer and "the terms do not say"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.aspects import Standing
from index.kinds import asks_with_word, is_yes_no
from index.sentences import is_proviso

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.clause import Clause
    from index.references.by_number import Reference
    from index.search.clause_search import ClauseSearch
    from index.search.hits import Hit, Reading, Scored

# Measured on 570 answerable and 270 other questions of talks3, talks4 and talks5, seen sets of data/eval, 2026-12-01:
# from 0.35 right 0.896 and refused 0.826, from 0.38 right 0.896 and refused 0.833, from 0.42 right 0.886
# and refused 0.844.
ANSWER = 0.38  # probability that the best clause answers the question, from which it is answered
ANSWER_WISH = 0.25  # the same for a wish or a situation without a question
WISH = 0.15  # score of a wish of a clause, from which a text without a question is one
CITE = 0.7  # share of the best clause's score, from which a further clause is cited
RELATED = 0.05  # score from which a clause is named as related when nothing is answered
SUBJECT = 0.12  # likeness to a clause's subject, from which it is named as related
MAX_RELATED = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One separate question with its hits, best first, and the clauses it names that do not exist.

    ``asked``: the question's own words, where ``text`` has the conversation's before them. ``near``: the clauses that
    it is about, whether they answer it or not. ``reading``: what else the search takes it for. ``absent``: what is
    known not to be stated, "" where nothing is.
    """

    text: str
    hits: tuple[Hit, ...]
    missing: tuple[Reference, ...] = ()
    asked: str = ""
    near: tuple[Hit, ...] = ()
    reading: Reading | None = None
    absent: str = ""

    @classmethod
    def of(cls, scored: Scored, search: ClauseSearch, asked: str = "") -> Finding:
        """What ``search`` finds for a text that it scored."""
        hits, near = tuple(search.hits(scored)), tuple(search.near(scored))
        return cls(scored.text, hits, (), asked or scored.text, near, scored.reading)

    @property
    def words(self) -> str:
        """What was asked, without what the conversation put before it."""
        return self.asked or self.text

    @property
    def answerable(self) -> bool:
        """Whether the terms answer it, as likely as `ANSWER` asks."""
        return bool(self.hits) and self.hits[0].score >= (ANSWER_WISH if self.is_wish else ANSWER)

    @property
    def is_wish(self) -> bool:
        """Whether it asks nothing and resembles what people wish of a clause: then the clause is told all the same."""
        if self.reading is None:
            return False
        asks = "?" in self.words or asks_with_word(self.words) or is_yes_no(self.words)
        wish, score = self.reading.best(Standing.WISH)
        return not asks and wish is not None and score >= WISH


@dataclass(frozen=True, slots=True)
class Verdict:
    """``cited``: one tuple for each question, () for one that the terms do not answer. ``confidence``: 0..1."""

    findings: tuple[Finding, ...]
    cited: tuple[tuple[Hit, ...], ...]
    related: tuple[Hit, ...]
    confidence: float

    @property
    def hits(self) -> tuple[Hit, ...]:
        """All cited hits, each once, the first question's first."""
        seen: dict[Clause, Hit] = {}
        for group in self.cited:
            for hit in group:
                seen.setdefault(hit.passage.clause, hit)
        return tuple(seen.values())


def decide(findings: Sequence[Finding], *, max_citations: int) -> Verdict:
    """Cite what reaches the thresholds; at most ``max_citations`` clauses for each question.

    A question by number gets all the clauses that it names, however many.
    """
    cited = tuple(_cited(f, max_citations) for f in findings)
    best = max((f.hits[0].score for f in findings if f.hits), default=0.0)
    related = () if any(cited) else _related(findings)
    return Verdict(tuple(findings), cited, related, best)


def with_rules(verdict: Verdict, search: ClauseSearch) -> Verdict:
    """``verdict`` in which no clause that begins with an exception ("단, …") stands without the rule before it."""
    places = search.table.places
    known = {hit.passage.clause for hit in verdict.hits}

    def with_rule(hit: Hit) -> tuple[Hit, ...]:
        passage = hit.passage
        place = places.get(passage.clause, 0)
        if not place or not is_proviso(passage.quote):
            return (hit,)
        before = search.passages[place - 1]
        if not before.clause.beside(passage.clause) or before.clause in known:
            return (hit,)
        rule = replace(hit, passage=before, reasons=())
        return rule, hit

    cited = tuple(tuple(one for hit in group for one in with_rule(hit)) for group in verdict.cited)
    return replace(verdict, cited=cited)


def _cited(finding: Finding, limit: int) -> tuple[Hit, ...]:
    if not finding.answerable:
        return ()
    named = tuple(hit for hit in finding.hits if hit.named)
    floor = CITE * finding.hits[0].score
    return named or tuple(hit for hit in finding.hits[:limit] if hit.score >= floor)


def _related(findings: Sequence[Finding]) -> tuple[Hit, ...]:
    if any(finding.near for finding in findings):
        subjects = [hit for f in findings for hit in f.near if hit.score >= SUBJECT]
        return tuple({hit.passage.clause: hit for hit in reversed(subjects)}.values())[::-1][:MAX_RELATED]
    near = {hit.passage.clause: hit for f in findings for hit in f.hits if hit.score >= RELATED}
    return tuple(sorted(near.values(), key=lambda hit: -hit.score)[:MAX_RELATED])
