"""Transitional provisions of a 부칙: whom they hold for, and their place beside the rule that they are exceptions of.

"2026년 1월 1일 전에 가입한 회원의 환불 기간은 종전과 같이 7일로 합니다.": the rule in the main text answers, this one
stands behind it, unless the question tells of a day for which it does not hold.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bot.understand.dates import days_of
from index.references.by_number import Reference, find_references

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.gate import Finding, Verdict
    from bot.understand.contract_day import ContractDay
    from index.clause import Clause
    from index.passages import Passage
    from index.search.clause_search import ClauseSearch
    from index.search.hits import Hit

LEAST = 1e-6  # score, below which all are as far
_ADDENDUM = "부칙"
_OF_TRANSITION = re.compile(r"경과\s?(?:조치|규정)|적용례|적용\s?례|특례|종전|에도\s?불구하고|부터\s?적용")
_SUBJECT = re.compile(r"(?:에\s{0,3}(?:대한|관한|따른)|의)?\s{0,3}(?:경과\s?(?:조치|규정)|적용\s?례|특례)(?:\s?등)?$")
_BOUND = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)\s?[년.]\s?(?P<month>\d{1,2})\s?[월.]\s?(?P<day>\d{1,2})\s?[일.]?|(?:이|본|개정)?\s?(?:약관|규정)(?:의|이)?\s?시행(?:일|되기|하기)?)"
    r"(?:을\s?기준으로)?\s{0,3}(?P<side>이전|전|당시|이후|후|부터)"
)


@dataclass(frozen=True, slots=True)
class Transition:
    """For whom a provision holds: who joined before the day ``before`` (``older``), or on it and later."""

    passage: Passage
    before: dt.date
    older: bool

    def holds(self, day: ContractDay | None) -> bool | None:
        """Whether it holds for a contract of ``day``; None if that cannot be told."""
        if day is None or day.first < self.before <= day.last:
            return None
        return (day.last < self.before) is self.older


def read_transition(passage: Passage) -> Transition | None:
    """The transitional provision that ``passage`` is, None if it is none or names no day."""
    if not passage.clause.article.startswith(_ADDENDUM):
        return None
    bound = _BOUND.search(passage.quote)
    if bound is None or not _OF_TRANSITION.search(f"{passage.article_title} {passage.quote}"):
        return None
    try:
        date = tuple(int(bound[part]) for part in ("year", "month", "day")) if bound["year"] else ()
        day = days_of(*date)[0] if date else dt.date.fromisoformat(passage.edition)
    except ValueError:
        return None
    later = day + dt.timedelta(days=1)  # "이전" and "후" of a date have that day before them
    if bound["side"] in {"전", "당시", "이전"}:
        return Transition(passage, later if date and bound["side"] == "이전" else day, older=True)
    return Transition(passage, later if date and bound["side"] == "후" else day, older=False)


def with_transitions(verdict: Verdict, search: ClauseSearch, day: ContractDay | None) -> Verdict:
    """``verdict`` in which every rule stands before its transitional provisions, and only those that may hold.

    What is asked for by number is left as it is.
    """
    known = search.table.once(_transitions)
    if not known:
        return verdict
    cited = [
        _beside(finding, group, known, search, day)
        for finding, group in zip(verdict.findings, verdict.cited, strict=True)
    ]
    return replace(verdict, cited=tuple(cited))


def _beside(
    finding: Finding,
    group: Sequence[Hit],
    known: Mapping[Clause, Transition],
    search: ClauseSearch,
    day: ContractDay | None,
) -> tuple[Hit, ...]:
    if not group or any(hit.named for hit in group):
        return tuple(group)
    found = [known[hit.passage.clause] for hit in group if hit.passage.clause in known]
    rules = [hit for hit in group if hit.passage.clause not in known]
    if found:
        rules = _led_by_rule(found[0], rules, finding, known, search)
    held = {hit.passage.clause for hit in rules}
    found += [
        one
        for one in known.values()
        if one not in found and not held.isdisjoint(_named(one, search) or _subject(one, known, search))
    ]
    score = group[0].score
    behind = [
        replace(hit, score=score, named=False)
        for one in found
        if (held_for := one.holds(day)) or (held_for is None and one.older)
        for hit in search.named(Reference(one.passage.clause.article, one.passage.clause.paragraph))
        if hit.passage.clause == one.passage.clause
    ]
    return (*rules, *behind) or tuple(group)


def _led_by_rule(
    one: Transition, rules: list[Hit], finding: Finding, known: Mapping[Clause, Transition], search: ClauseSearch
) -> list[Hit]:
    """``rules`` with that of a provision: what it names, or an article on its subject; without any, the nearest one."""
    clauses = _named(one, search) or _subject(one, known, search)
    if any(hit.passage.clause in clauses for hit in rules) or (rules and not clauses):
        return rules
    clauses = clauses or _nearest(one, search)
    passages, first = search.table.by_clause, finding.hits[0]
    return [*(replace(first, passage=passages[clause]) for clause in clauses), *rules]


def _nearest(one: Transition, search: ClauseSearch) -> list[Clause]:
    """The clause of the main text to which a provision's own words, its subject and the head of that are nearest."""
    title = _title(one)
    texts = [text for text in dict.fromkeys([one.passage.quote, title, title.partition(" ")[0]]) if text]
    places = search.table.places
    rows = [np.maximum(scored.scores[:-1], LEAST) for scored in search.score(texts)]
    whole = np.sum(np.log(rows), axis=0)
    own = [clause for clause in places if not _is_addendum(clause) and clause.document == one.passage.clause.document]
    return [max(own, key=lambda clause: float(whole[places[clause]]))] if own else []


def _named(one: Transition, search: ClauseSearch) -> list[Clause]:
    """The clauses of the main text that a provision names."""
    references = [r for r in find_references(one.passage.quote) if r.article]
    return [
        hit.passage.clause
        for r in references
        for hit in search.named(replace(r, document=one.passage.clause.document))
        if not _is_addendum(hit.passage.clause)
    ]


def _subject(one: Transition, known: Mapping[Clause, Transition], search: ClauseSearch) -> list[Clause]:
    """The clauses of the main text in an article of the same title as a provision's subject."""
    title = _title(one)
    return [
        p.clause
        for p in search.passages
        if title and p.article_title == title and p.clause not in known and not _is_addendum(p.clause)
    ]


def _title(one: Transition) -> str:
    """ "환불 기간" of "환불 기간에 대한 경과조치"."""
    return _SUBJECT.sub("", one.passage.article_title).strip()


def _is_addendum(clause: Clause) -> bool:
    return clause.article.startswith(_ADDENDUM)


def _transitions(passages: Sequence[Passage]) -> dict[Clause, Transition]:
    return {passage.clause: one for passage in passages if (one := read_transition(passage))}
