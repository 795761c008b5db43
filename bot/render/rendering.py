"""Sentences and decisions → the Markdown that the customer sees, in pieces."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.addresses import clause_url
from bot.answer import Answer, Citation, Sentence, Status, block_quote, escape_markdown
from bot.render.contacts import ways_to_a_person
from bot.render.edition_notes import EditionNotes
from bot.render.lead import Wording, make_lead
from bot.render.remarks import DOUBT, missing_clauses, remarks, see_also
from bot.standing import Stand, absent_line
from index.editions.edition import principal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bot.answer import Check
    from bot.gate import Verdict
    from bot.understand.question import Query
    from index.clause import Clause
    from index.editions.edition import Edition
    from index.passages import Passage

NOT_FOUND = "약관에서 확인되지 않는 내용입니다."
NEAREST = "이와 가까운 내용으로 약관에는 다음이 있습니다."
USUAL, UNTOLD, UNWRITTEN = EditionNotes(), Stand(), Wording()
NOTHING: Mapping[Clause, Passage] = MappingProxyType({})
POINT = 24  # characters of a lead that are told in bold at least
_HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]")
_ENGLISH = re.compile(r"[A-Za-z]{2,30}\s{1,9}[A-Za-z]")
_FULL_SENTENCE = re.compile(r"[다요]\.?$")
_SENTENCE_END = re.compile(r"(?<=[가-힣A-Za-z)”]\.)\s{1,9}(?=\S)")
_WHERE = re.compile(r"몇\s{0,9}조|몇\s{0,9}항|조항\s{0,9}번호|어느\s{0,9}조|무슨\s{0,9}조")


class Rendering:
    """The answer to one question: what was understood, decided and which documents it speaks of.

    ``known``: what may be seen beside the cited clauses.
    """

    def __init__(
        self,
        editions: Sequence[Edition],
        query: Query,
        interpreted: str,
        verdict: Verdict,
        notes: EditionNotes = USUAL,
        stand: Stand = UNTOLD,
        wording: Wording = UNWRITTEN,
        known: Mapping[Clause, Passage] = NOTHING,
    ) -> None:
        self._known = known
        self._editions = editions
        self._notes = notes
        self._query = query
        self._verdict = verdict
        self._interpreted = interpreted
        self._stand = stand
        self._wording = wording

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
        cited = list(passages.values())
        plain = make_lead(self._wording, cited, self._stand, english=is_english(self._query.text))
        for line in filter(None, [*self._notes.before, self._lead(cited, plain=bool(plain))]):
            yield self._piece(f"{line}\n\n")
        if plain:
            piece = self._piece(f"{_emphasised(plain)}\n\n")
            yield replace(piece, lead=plain, polarity=self._stand.polarity)
        for place, sentence in enumerate(chain(held, rest)):
            gap = "\n\n" if place else ""
            cited_for = [passages[clause] for clause in sentence.clauses]
            shown = self._quoted if (plain or len(cited) > 1) and _is_own(sentence.text, cited_for) else self._marked
            yield self._piece(gap + shown(sentence.text, cited_for), tuple(map(Citation.of, cited_for)))
        yield from self._earlier()
        further = see_also(cited, self._editions, self._known)
        beside = [f"함께 볼 조항: {' '.join(map(self._chip, further))}"] if further else []
        said = [*remarks(self._query.text, self._verdict, self._editions, told=bool(self._stand.missing))]
        if self._stand.missing:
            said += [absent_line(self._stand.missing), *ways_to_a_person(self._contacted())]
        note = "\n\n".join([*beside, *said, *self._notes.after])
        if note:
            missing = self._stand.missing
            yield replace(self._piece(f"\n\n{note}"), related=tuple(map(Citation.of, further)), missing=missing)

    def _earlier(self) -> Iterator[Answer]:
        for earlier in self._notes.earlier:
            quoted = [self._quoted(passage.quote, [passage]) for passage in earlier.passages]
            yield self._piece("\n\n" + "\n\n".join([earlier.line, *quoted]), tuple(map(Citation.of, earlier.passages)))

    def checked(self, checks: Iterable[Check]) -> Answer:
        """A piece without text: how the sentences were judged."""
        return replace(self._piece(""), checks=tuple(checks))

    def not_found(self) -> Answer:
        """No claim: what does not exist or is not said, what is near it in its own words, and the way to a person."""
        related = [hit.passage for hit in self._verdict.related]
        missing = " ".join(missing_clauses(self._verdict, self._editions))
        absent = absent_line(self._stand.missing) if self._stand.missing else NOT_FOUND
        lines = [*self._notes.before, self._notes.absent or missing or absent]
        if self._notes.elsewhere:
            lines.append(f"지금 시행 중인 판에는 이에 관한 조항이 있습니다: {_chip(self._notes.elsewhere)}")
        if is_english(self._query.text):
            lines.append("The terms do not say anything about this.")
        if related:
            lines += [NEAREST, *(self._quoted(passage.quote, [passage]) for passage in related)]
        lines += ways_to_a_person(self._contacted())
        return Answer(
            Status.NOT_FOUND,
            "\n\n".join(lines),
            related=tuple(Citation.of(p) for p in related),
            interpreted=self._interpreted,
            confidence=self._verdict.confidence,
            missing=self._stand.missing,
        )

    def _contacted(self) -> tuple[Edition, ...]:
        """Whose contacts are told: of the document nearest to the question, else of the company's principal one."""
        editions = self._notes.now or tuple(self._editions)
        near = {hit.passage.clause.document for hit in self._verdict.related[:1]}
        found = [edition for edition in editions if edition.contact and edition.name in near]
        return tuple(found) or ((principal(editions),) if editions else ())

    def _chip(self, passage: Passage) -> str:
        return _chip(passage, self._document(passage))

    def _quoted(self, text: str, passages: Sequence[Passage]) -> str:
        """The words of clauses below their names."""
        return f"{' '.join(map(self._chip, passages))}\n\n{block_quote(text)}"

    def _marked(self, text: str, passages: Sequence[Passage]) -> str:
        """A sentence with the marks of its clauses behind it."""
        return f"{escape_markdown(text)} {' '.join(map(self._chip, passages))}".rstrip()

    def _document(self, passage: Passage) -> str:
        """ "「서비스 이용약관」 " where there are several documents."""
        return f"「{escape_markdown(passage.terms_title)}」 " if len(self._editions) > 1 else ""

    def _piece(self, text: str, citations: tuple[Citation, ...] = ()) -> Answer:
        return Answer(
            Status.ANSWERED,
            text,
            citations,
            interpreted=self._interpreted,
            confidence=self._verdict.confidence,
        )

    def _lead(self, passages: list[Passage], *, plain: bool) -> str:
        if is_english(self._query.text):
            names = ", ".join(f"Article {p.clause.article} ({p.clause.paragraph})" for p in passages)
            return f"The terms answer this in {names}. The original Korean text:"
        marks = ", ".join(f"{self._document(p)}{p.clause.name}" for p in passages)
        if _WHERE.search(self._query.text):
            return f"{marks}에 있는 내용입니다."
        if plain:
            return ""
        if DOUBT.search(self._query.text) or not all(_FULL_SENTENCE.search(p.quote) for p in passages):
            return "약관에는 다음과 같이 되어 있습니다."
        return ""


def _is_own(text: str, passages: Sequence[Passage]) -> bool:
    """Whether ``text`` is a clause's own wording."""
    return any(text in passage.quote for passage in passages)


def _emphasised(lead: str) -> str:
    """The point of a lead in bold: its first sentence, with those before it that are a mere word (네, 아니요)."""
    end = next((found.end() for found in _SENTENCE_END.finditer(lead) if found.end() >= POINT), len(lead))
    rest = escape_markdown(lead[end:].strip())
    return f"**{escape_markdown(lead[:end].strip())}** {rest}".rstrip()


def is_english(text: str) -> bool:
    """Whether ``text`` is an English sentence."""
    return bool(_ENGLISH.search(text)) and not _HANGUL.search(text)


def _chip(passage: Passage, document: str = "") -> str:
    """A link that says what it leads to: "제15조 제3항 · 계약 기간과 해지"."""
    name = f"{document}{passage.clause.name} · {escape_markdown(passage.article_title)}"
    return f"[{name}]({clause_url(passage.clause, passage.dated)})"
