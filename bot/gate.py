"""Hits → what to cite, or nothing: the decision between an answer and "the terms do not say"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.search import Hit, Thresholds

MAX_RELATED = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One separate question with its hits, best first, and the articles it names that do not exist."""

    text: str
    hits: tuple[Hit, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """``cited``: one tuple for each answered question; () for one that the terms do not answer."""

    findings: tuple[Finding, ...]
    cited: tuple[tuple[Hit, ...], ...]
    related: tuple[Hit, ...]
    confidence: float

    @property
    def hits(self) -> tuple[Hit, ...]:
        """All cited hits, each once, the first question's first."""
        seen = {hit.passage.clause: hit for group in reversed(self.cited) for hit in reversed(group)}
        return tuple(reversed(seen.values()))


def decide(
    findings: Sequence[Finding], thresholds: Thresholds, *, max_citations: int
) -> Verdict:
    """Cite what reaches the calibrated thresholds.

    The best hit of a question must reach ``thresholds.answer``, each further one ``thresholds.cite``
    (probabilities that the clause is needed, 0..1, chosen when the index was built).
    """
    cited = tuple(_cited(f.hits, thresholds, max_citations) for f in findings)
    best = max((f.hits[0].score for f in findings if f.hits), default=0.0)
    related = () if any(cited) else _related(findings, thresholds)
    return Verdict(tuple(findings), cited, related, best)


def _cited(hits: tuple[Hit, ...], thresholds: Thresholds, limit: int) -> tuple[Hit, ...]:
    if not hits or hits[0].score < thresholds.answer:
        return ()
    named = [hit for hit in hits if hit.named]
    if named:  # asked for by number: all of them, however many
        return tuple(named)
    further = [hit for hit in hits[1:limit] if hit.score >= thresholds.cite]
    return (hits[0], *further)


def _related(findings: Sequence[Finding], thresholds: Thresholds) -> tuple[Hit, ...]:
    near = {
        hit.passage.clause: hit
        for finding in findings
        for hit in finding.hits
        if hit.score >= thresholds.related
    }
    return tuple(sorted(near.values(), key=lambda hit: -hit.score)[:MAX_RELATED])
