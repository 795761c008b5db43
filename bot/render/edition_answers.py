"""Answers about the terms as a document: which editions there are, since when they hold, what changed between them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.addresses import compare_url, contents_url
from bot.answer import Answer, Citation, Status, escape_markdown
from bot.gate import Finding
from bot.korean import short_date, with_particle
from bot.understand.dates import find_dates
from bot.understand.edition_questions import (
    EditionQuestion,
    is_plain_history,
    read_edition_question,
    without_history_words,
)
from bot.understand.question import count_letters
from index.compare.changes import NAMES, Kind
from index.editions.counterparts import compared
from index.editions.edition import principal
from index.passages import edition_passages
from index.references.by_number import Reference, find_references, strip_references
from index.terms import article_heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.gate import Verdict
    from index.compare.changes import ArticleChange
    from index.editions.edition import Edition
    from index.editions.in_force import InForce
    from index.passages import Passage
    from index.search.clause_search import ClauseSearch

SUBJECT = 0.15  # score of a clause, from which the words beside "언제 바뀌었어요?" name its article
KNOWN = 0.42  # score of a clause, from which the words are known to ask for it
PRESENT = "지금 시행 중인 판으로 답합니다."
MOST = 8  # changed articles that are listed
_HISTORY = re.compile(r"\d{4}\s?[.년-]\s?\d{1,2}\s?[.월-]\s?\d{1,2}")
_MADE = re.compile(r"제정|개정|시행")


class EditionAnswers:
    """What is said of the editions of the document that speaks for the company, or of the one that the search finds."""

    def __init__(self, in_force: InForce, editions: Sequence[Edition], search: ClauseSearch) -> None:
        self._in_force = in_force
        self._edition = principal(editions)
        self._dates = in_force.library.dates(self._edition.name)
        self._search = search

    def asked(self, text: str) -> EditionQuestion | None:
        """What ``text`` asks of the terms' history; None too where a clause answers those words ("버전 변경 내역")."""
        asked = read_edition_question(text)
        if asked is None or is_plain_history(text):
            return asked
        return None if float(self._search.score([text])[0].scores[:-1].max()) >= KNOWN else asked

    @property
    def is_only(self) -> bool:
        """Whether the document has but one edition."""
        return len(self._dates) < 2

    def is_before(self, day: dt.date) -> bool:
        """Whether ``day`` lies before the only edition that there is."""
        return self.is_only and day.isoformat() < self._edition.date

    def tell(self, asked: EditionQuestion, text: str) -> Answer:
        """The answer to a question about the terms' history. Raises TermsError if an edition cannot be read."""
        if self.is_only:
            return self._answer([self.only_edition(), *self._see()], self.history())
        if asked is EditionQuestion.CHANGES:
            return self._changes(text)
        if asked is EditionQuestion.EDITION:
            listed = [
                f"- [{short_date(day)}부터 시행된 판]({contents_url(self._edition.name, day)})" for day in self._dates
            ]
            return self._answer(["약관의 판은 다음과 같아요.", "\n".join(listed)], ())
        return self._when(text)

    def only_edition(self) -> str:
        """Say that there is but one edition, with the days on which it was made and took effect."""
        days = [self._said(passage) for passage in self.history()]
        told = ", ".join(filter(None, days)) or f"{short_date(self._edition.date)} 시행"
        return f"이 약관은 한 판뿐이에요({told}). 그 전의 판이나 그 뒤에 개정된 판은 없습니다."

    def history(self) -> tuple[Passage, ...]:
        """The clauses that say when the terms were made or took effect: of the 부칙, else any."""
        dated = [p for p in edition_passages(self._edition) if _HISTORY.search(p.quote)]
        made = [p for p in dated if _MADE.search(p.quote) and len(p.quote) <= 60]
        return tuple(made or dated)[:4]

    def beside(self, verdict: Verdict) -> Verdict:
        """``verdict`` with the clauses that say so cited behind it."""
        hits = tuple(
            hit
            for p in self.history()
            for hit in self._search.named(Reference(p.clause.article, p.clause.paragraph, p.clause.document))
        )
        finding = Finding(verdict.findings[0].text if verdict.findings else "", hits)
        return replace(verdict, findings=(*verdict.findings, finding), cited=(*verdict.cited, hits))

    def _said(self, passage: Passage) -> str:
        match, what = _HISTORY.search(passage.quote), _MADE.search(passage.quote)
        if match is None or what is None:
            return ""
        numbers = [int(number) for number in re.findall(r"\d{1,18}", match[0])]
        try:
            return f"{short_date(dt.date(*numbers).isoformat())} {what[0]}"
        except ValueError:
            return ""

    def _see(self) -> Iterator[str]:
        yield f"지금 시행 중인 판: [{escape_markdown(self._edition.title)}]({contents_url(self._edition.name)})"

    def _changes(self, text: str) -> Answer:
        old, new = self._pair(text)
        changed = [one for one in self._compared(old, new) if one.kind is not Kind.SAME]
        first, second = short_date(old), short_date(new)
        lines = [f"{first}부터 시행된 판과 {second}부터 시행된 판을 비교하면 다음이 달라요."]
        lines.append("\n".join(f"- {_headline(one)}" for one in changed[:MOST]) or "- 달라진 조항이 없습니다.")
        lines.append(f"[바뀐 내용 비교해 보기]({compare_url(self._edition.name, old, new)})")
        return self._answer(lines, self._cited(changed, new))

    def _pair(self, text: str) -> tuple[str, str]:
        """The two editions that a question compares: of the days that it names, else today's and the one before."""
        now = self._edition.date
        days = [dated for dated in find_dates(text, self._in_force.today()) if dated.last and dated.last < dt.date.max]
        named = list(dict.fromkeys(filter(None, (self._of(d.last) for d in days if d.last))))
        others = [day for day in named if day != now]
        if len(named) >= 2:
            return min(named[:2]), max(named[:2])
        if others:
            return min(others[0], now), max(others[0], now)
        before = [day for day in self._dates if day < now]
        return (before[-1], now) if before else (now, self._dates[1])

    def _of(self, day: dt.date) -> str:
        """The day of effect of the edition in force on ``day``, "" if there was none."""
        return max((one for one in self._dates if one <= day.isoformat()), default="")

    def _compared(self, old: str, new: str) -> tuple[ArticleChange, ...]:
        before, after = (self._in_force.library.edition(self._edition.name, day) for day in (old, new))
        return tuple(compared(before, after).articles) if before and after else ()

    def _cited(self, changed: Sequence[ArticleChange], new: str) -> tuple[Passage, ...]:
        if new != self._edition.date:
            return ()
        addresses = {one.new.address for one in changed if one.new}
        return tuple(p for p in edition_passages(self._edition) if p.clause.article in addresses)[:3]

    def _when(self, text: str) -> Answer:
        article = self._article(text)
        if article is None:
            days = ", ".join(short_date(day) for day in self._dates)
            last = f"[마지막에 바뀐 내용]({compare_url(self._edition.name, *self._dates[-2:])})"
            return self._answer([f"약관의 판은 {len(self._dates)}개예요. 시행일: {days}", last], self.history())
        name = self._edition.article(article)
        shown = escape_markdown(article_heading(name)) if name else article
        steps = [
            (old, new)
            for old, new in pairwise(self._dates)
            if any(
                one.kind is not Kind.SAME and one.new and one.new.address == article for one in self._compared(old, new)
            )
        ]
        if not steps:
            first = f"{with_particle(shown, '은는')} {short_date(self._dates[0])} 시행된 판부터 바뀌지 않았어요."
            return self._answer([first], ())
        days = ", ".join(short_date(new) for _, new in steps)
        links = "\n".join(
            f"- [{short_date(new)}에 바뀐 내용]({compare_url(self._edition.name, old, new)})" for old, new in steps
        )
        cited = tuple(p for p in edition_passages(self._edition) if p.clause.article == article)[:3]
        return self._answer([f"{with_particle(shown, '은는')} {days} 시행된 판에서 바뀌었어요.", links], cited)

    def _article(self, text: str) -> str | None:
        """The article whose history is asked for: by its number, or by what the rest of the words find."""
        named = next((one.article for one in find_references(text) if one.article), None)
        if named:
            return named if self._edition.article(named) else None
        rest = without_history_words(strip_references(text))
        if count_letters(rest) < 4:
            return None
        scored = self._search.score([rest])[0]
        best = next((hit for hit in self._search.hits(scored, 1)), None)
        known = best is not None and float(scored.scores[:-1].max()) >= SUBJECT
        return best.passage.clause.article if best and known else None

    def _answer(self, lines: Sequence[str], cited: Sequence[Passage]) -> Answer:
        citations = tuple(Citation.of(passage) for passage in cited)
        quotes = [f"{escape_markdown(c.quote)} [{c.mark} · {escape_markdown(c.title)}]({c.url})" for c in citations]
        return Answer(Status.ANSWERED, "\n\n".join([*lines, *quotes]), citations, lead=lines[0])


def _headline(one: ArticleChange) -> str:
    article = one.new or one.old
    return f"{escape_markdown(article_heading(article))}: {NAMES[one.kind]}" if article else NAMES[one.kind]
