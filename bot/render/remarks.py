"""Remarks beside an answer: clauses that do not exist, what the question takes for granted, 함께 볼 조항."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.answer import reference_name
from bot.korean import with_particle
from index.references.between_clauses import find_cross_references
from index.sentences import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.gate import Verdict
    from index.clause import Clause
    from index.editions.edition import Edition
    from index.passages import Passage
    from index.references.by_number import Reference

DOUBT = re.compile(
    r"던데|다며|다면서|라면서|라며|죠|지\?|맞나요|맞아요|맞습니까|맞지|써\s{0,9}있|적혀\s{0,9}있|나와\s{0,9}있|조항"
)
_CLAIM = re.compile(
    r"(?<!\d)\d{1,18}+(?:,\d{3}){0,6}+(?:\.\d{1,18}+)?+\s{0,9}+(?:퍼센트|시간|개월|%|일|년|회|번|배|월|주|달|원)"
)
_DATE = re.compile(
    r"(?:\d{4}\s?년\s?)?\d{1,2}\s?월\s?\d{1,2}\s?일|\d{4}\s?년\s?\d{1,2}\s?월"
)  # claims nothing of the terms
MOST = 4  # clauses; a clause that refers to whole articles would otherwise bury its answer
MOST_OF_AN_ARTICLE = 3
KEPT = 1024  # clauses, of which it is known what they name


def missing_clauses(verdict: Verdict, editions: Sequence[Edition]) -> list[str]:
    """For each clause that the question names and that there is not: that it is not there, and what is."""
    missing = dict.fromkeys(reference for finding in verdict.findings for reference in finding.missing)
    own = {edition.name: edition for edition in editions}
    return [_range(reference, own.get(reference.document, editions[0])) for reference in missing]


def remarks(question: str, verdict: Verdict, editions: Sequence[Edition], *, told: bool = False) -> Iterator[str]:
    """What the question takes for granted and the cited clauses do not hold; parts without an answer.

    ``told``: these are named elsewhere.
    """
    yield from missing_clauses(verdict, editions)
    if DOUBT.search(question):
        held = {_number(claim) for hit in verdict.hits for claim in _CLAIM.findall(hit.passage.quote)}
        claims = _CLAIM.findall(_DATE.sub(" ", question))
        absent = [claim for claim in claims if _number(claim) not in held]
        if absent:
            named = ", ".join(f"“{claim}”" for claim in dict.fromkeys(absent))
            yield f"질문에 적으신 {with_particle(named, '은는')} 위 조항에서 확인되지 않습니다."
    pairs = zip(verdict.findings, verdict.cited, strict=True)
    if not told and any(not cited and not finding.missing for finding, cited in pairs):
        yield "함께 물으신 나머지 내용은 약관에서 확인되지 않습니다."


def _range(reference: Reference, edition: Edition) -> str:
    name = reference_name(reference)
    found = edition.article(reference.article)
    if found is None:
        first, last = (edition.terms.articles[place].name for place in (0, -1))
        return f"{with_particle(name, '은는')} 이 약관에 없습니다. 이 약관은 {first}부터 {last}까지 있습니다."
    last = found.paragraphs[-1].number
    until = "제1항만" if last == "1" else f"제1항부터 제{last}항까지"
    return f"{with_particle(name, '은는')} 이 약관에 없습니다. {found.name}에는 {until} 있습니다."


def _number(claim: str) -> str:
    """A number with its unit in one spelling: "20000원" for "20,000 원"."""
    return squeeze(claim.replace(",", ""))


def see_also(
    cited: Sequence[Passage], editions: Sequence[Edition], known: Mapping[Clause, Passage]
) -> tuple[Passage, ...]:
    """The clauses that ``cited`` name and that are not cited themselves, in their order; at most `MOST` of ``known``.

    A whole article stands for its first paragraphs; one that a clause names because it stands in it ("본 조") for none.
    """
    taken = {passage.clause for passage in cited}
    own = {(edition.name, edition.date): edition for edition in editions}
    pairs = ((own.get((p.clause.document, p.edition)), p.clause) for p in cited)
    named = (clause for edition, one in pairs if edition for clause in _named(edition, one))
    return tuple(known[clause] for clause in dict.fromkeys(named) if clause in known and clause not in taken)[:MOST]


@lru_cache(KEPT)
def _named(edition: Edition, own: Clause) -> tuple[Clause, ...]:
    """The clauses that a clause names, in order."""
    article, paragraph = edition.article(own.article), edition.paragraph(own)
    if article is None or paragraph is None:
        return ()
    found: list[Clause] = []
    for reference in find_cross_references(edition.terms, article, paragraph):
        if reference.paragraph is None and reference.article == own.article:
            continue
        if (named := edition.article(reference.article)) is None:
            continue
        numbers = [p.number for p in named.paragraphs if reference.paragraph in (None, p.number)]
        found += (named.clause(own.document, number) for number in numbers[:MOST_OF_AN_ARTICLE])
    return tuple(found)
