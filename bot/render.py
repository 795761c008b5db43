"""Sentences and decisions → the Markdown that the customer sees, in pieces."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from bot.answer import (
    Answer,
    Citation,
    Sentence,
    Status,
    article_name,
    clause_name,
    clause_url,
    escape_markdown,
    reference_name,
    with_particle,
)
from bot.dating import Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.answer import Check
    from bot.gate import Verdict
    from bot.question import Query
    from index.editions import Edition
    from index.passages import Passage
    from index.reference import Reference

NOT_FOUND = "약관에서 확인되지 않는 내용입니다."
USUAL = Told()
ASK_PERSON = "아래로 문의해 주세요."
_HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]")
_ENGLISH = re.compile(r"[A-Za-z]{2,}\s+[A-Za-z]")
_FULL_SENTENCE = re.compile(r"[다요]\.?$")
_CLAIM = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?\s*(?:퍼센트|시간|개월|%|일|년|회|번|배|월|주|달|원)")
_DOUBT = re.compile(
    r"던데|다며|다면서|라면서|라며|죠|지\?|맞나요|맞아요|맞습니까|맞지|써\s*있|적혀\s*있|나와\s*있|조항"
)
_WHERE = re.compile(r"몇\s*조|몇\s*항|조항\s*번호|어느\s*조|무슨\s*조")


class Rendering:
    """The answer to one question: what was understood, decided and which documents it speaks of."""

    def __init__(
        self, editions: Sequence[Edition], query: Query, interpreted: str, verdict: Verdict, told: Told = USUAL
    ) -> None:
        self._editions = editions
        self._told = told
        self._query = query
        self._verdict = verdict
        self._interpreted = interpreted

    def answered(self, sentences: Iterable[Sentence]) -> Iterator[Answer]:
        """One piece a sentence, each with the marks of its clauses; leads before, notes behind.

        If no sentence rests on a clause, nothing is answered.
        """
        rest, held = iter(sentences), list[Sentence]()
        for sentence in rest:
            held.append(sentence)
            if sentence.clauses:
                break
        else:
            yield self.not_found()
            return
        passages = {hit.passage.clause: hit.passage for hit in self._verdict.hits}
        for lead in filter(None, [*self._told.before, self._lead(list(passages.values()))]):
            yield self._piece(f"{lead}\n\n")
        for place, sentence in enumerate(chain(held, rest)):
            gap = "\n\n" if place else ""
            marks = " ".join(self._chip(passages[c]) for c in sentence.clauses)
            cited = tuple(self._cite(passages[c]) for c in sentence.clauses)
            yield self._piece(f"{gap}{escape_markdown(sentence.text)} {marks}".rstrip(), cited)
        note = "\n\n".join([*self._notes(), *self._told.after])
        if note:
            yield self._piece(f"\n\n{note}")

    def checked(self, checks: Iterable[Check]) -> Answer:
        """A piece without text: how the sentences were judged."""
        return replace(self._piece(""), checks=tuple(checks))

    def not_found(self) -> Answer:
        """No claim: what does not exist or is not said, related clauses, and the way to a person."""
        related = [hit.passage for hit in self._verdict.related]
        missing = " ".join(self._missing())
        lines = [*self._told.before, self._told.absent or missing or NOT_FOUND]
        if self._told.elsewhere:
            lines.append(f"지금 시행 중인 판에는 이에 관한 조항이 있습니다: {_chip(self._told.elsewhere)}")
        if _is_english(self._query.text):
            lines.append("The terms do not say anything about this.")
        contacts = [
            f"- {escape_markdown(p.text)} {_link(edition, c.article, c.paragraph)}"
            for edition in (self._told.now or self._editions)[:1]
            for c in edition.contact
            if (p := edition.paragraph(c))
        ]
        if contacts:
            lines.append(ASK_PERSON + "\n" + "\n".join(contacts))
        if related:
            lines.append("관련 조항: " + " ".join(map(self._chip, related)))
        return Answer(
            Status.NOT_FOUND,
            "\n\n".join(lines),
            related=tuple(self._cite(p) for p in related),
            interpreted=self._interpreted,
            confidence=self._verdict.confidence,
        )

    def _cite(self, passage: Passage) -> Citation:
        return Citation.of(passage, dated=passage.clause.terms in self._told.other)

    def _chip(self, passage: Passage) -> str:
        return _chip(passage, passage.edition if passage.clause.terms in self._told.other else "")

    def _piece(self, text: str, citations: tuple[Citation, ...] = ()) -> Answer:
        return Answer(
            Status.ANSWERED,
            text,
            citations,
            interpreted=self._interpreted,
            confidence=self._verdict.confidence,
        )

    def _lead(self, passages: list[Passage]) -> str:
        if _is_english(self._query.text):
            names = ", ".join(f"Article {p.clause.article} ({p.clause.paragraph})" for p in passages)
            return f"The terms answer this in {names}. The original Korean text:"
        marks = ", ".join(_mark(p) for p in passages)
        if _WHERE.search(self._query.text):
            return f"{marks}에 있는 내용입니다."
        if _DOUBT.search(self._query.text) or not all(_FULL_SENTENCE.search(p.quote) for p in passages):
            return "약관에는 다음과 같이 되어 있습니다."
        return ""

    def _notes(self) -> Iterator[str]:
        """What the question takes for granted and the cited clauses do not hold; parts without an answer."""
        yield from self._missing()
        if _DOUBT.search(self._query.text):
            held = {_number(c) for hit in self._verdict.hits for c in _CLAIM.findall(hit.passage.quote)}
            absent = [c for c in _CLAIM.findall(self._query.text) if _number(c) not in held]
            if absent:
                named = ", ".join(f"“{claim}”" for claim in dict.fromkeys(absent))
                yield f"질문에 적으신 {with_particle(named, '은는')} 위 조항에서 확인되지 않습니다."
        unanswered = [
            finding.text
            for finding, cited in zip(self._verdict.findings, self._verdict.cited, strict=True)
            if not cited and not finding.missing
        ]
        if unanswered:
            yield "함께 물으신 나머지 내용은 약관에서 확인되지 않습니다."

    def _missing(self) -> list[str]:
        missing = dict.fromkeys(reference for f in self._verdict.findings for reference in f.missing)
        return [self._range(reference) for reference in missing]

    def _range(self, reference: Reference) -> str:
        """Says that an article or paragraph does not exist, and what range does."""
        edition, name = self._editions[0], reference_name(reference)
        found = edition.article(reference.article)
        if found is None:
            first, last = (article_name(edition.terms.articles[place].number) for place in (0, -1))
            return f"{with_particle(name, '은는')} 이 약관에 없습니다. 이 약관은 {first}부터 {last}까지 있습니다."
        last = found.paragraphs[-1].number
        until = "제1항만" if last == "1" else f"제1항부터 제{last}항까지"
        return f"{with_particle(name, '은는')} 이 약관에 없습니다. {article_name(found.number)}에는 {until} 있습니다."


def _number(claim: str) -> str:
    """A number with its unit in one spelling: "20000원" for "20,000 원"."""
    return "".join(claim.replace(",", "").split())


def _is_english(text: str) -> bool:
    return bool(_ENGLISH.search(text)) and not _HANGUL.search(text)


def _mark(passage: Passage) -> str:
    return clause_name(passage.clause.article, passage.clause.paragraph)


def _chip(passage: Passage, edition: str = "") -> str:
    """A link that says what it leads to: "제15조 제3항 · 계약 기간과 해지"; to this ``edition``, "" for today's."""
    return f"[{_mark(passage)} · {escape_markdown(passage.article_title)}]({clause_url(passage.clause, edition)})"


def _link(edition: Edition, article: str, paragraph: str) -> str:
    found = edition.article(article)
    clause = next(c for c in edition.contact if (c.article, c.paragraph) == (article, paragraph))
    return f"[{clause_name(article, paragraph)}]({clause_url(clause)})" if found else ""
