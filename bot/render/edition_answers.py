"""Answers about the terms as a document: which editions there are, since when they hold, what changed between them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.addresses import contents_url
from bot.answer import Answer, Citation, Status, block_quote, escape_markdown, reference_name
from bot.gate import Finding
from bot.korean import short_date, with_particle
from bot.render.edition_changes import EditionChanges
from bot.understand.clause_numbers import own_references
from bot.understand.dates import find_dates
from bot.understand.edition_questions import (
    EditionQuestion,
    compares,
    is_plain_history,
    read_edition_question,
    without_history_words,
)
from bot.understand.question import count_letters
from index.compare.changes import NAMES, Kind
from index.editions.edition import principal
from index.passages import edition_passages
from index.references.by_number import Reference, strip_references
from index.terms import article_heading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.gate import Verdict
    from bot.understand.follow_up import Topic
    from index.compare.changes import ArticleChange
    from index.editions.edition import Edition
    from index.editions.in_force import InForce
    from index.passages import Passage
    from index.search.clause_search import ClauseSearch

SUBJECT = 0.15  # score of a clause, from which the words beside "언제 바뀌었어요?" name its article
KNOWN = 0.42  # score of a clause, from which the words are known to ask for it
PRESENT = "지금 시행 중인 판으로 답합니다."
MOST = 8  # changed articles that are listed
STEPS = 3  # changes of an article that are quoted, the last ones
LEAST = 2  # letters that name a subject
_HISTORY = re.compile(r"\d{4}\s?[.년-]\s?\d{1,2}\s?[.월-]\s?\d{1,2}")
_MADE = re.compile(r"제정|개정|시행")


class EditionAnswers:
    """What is said of the editions of the document that speaks for the company, or of the one that the search finds.

    ``topic``: gives what the conversation is about, None for a first question.
    """

    def __init__(
        self,
        in_force: InForce,
        editions: Sequence[Edition],
        search: ClauseSearch,
        topic: Callable[[], Topic | None] = lambda: None,
    ) -> None:
        self._in_force = in_force
        self._edition = principal(editions)
        self._changes = EditionChanges(in_force, self._edition.name)
        self._dates = self._changes.dates
        self._search = search
        self._topic = topic

    def asked(self, text: str) -> EditionQuestion | None:
        """What ``text`` asks of the terms' history; None too where a clause answers those words ("버전 변경 내역")."""
        if self._is_one_side(text):
            return EditionQuestion.ONE_SIDE
        asked = read_edition_question(text)
        if asked is None and compares(text) and len(self._days(text)) >= 2:
            asked = EditionQuestion.CHANGES
        if asked is None or is_plain_history(text):
            return asked
        if not self.is_only and asked is not EditionQuestion.SINCE:
            return asked
        return None if float(self._search.score([text])[0].scores[:-1].max()) >= KNOWN else asked

    def _is_one_side(self, text: str) -> bool:
        """Whether one clause is to be compared, and it is not said with what."""
        if not compares(text) or self._days(text) or read_edition_question(text):
            return False
        rest = without_history_words(strip_references(text))
        return len(own_references(text, self._search)) == 1 and count_letters(rest) < LEAST

    def _days(self, text: str) -> list[dt.date]:
        return [dated.last for dated in find_dates(text, self._in_force.today()) if dated.last]

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
            if asked is EditionQuestion.ONE_SIDE:
                return self._other_side(text)
            return self._answer([self.only_edition(), *self._see()], self._quoted(self.history()))
        if asked is EditionQuestion.CHANGES:
            return self._changed(text)
        if asked is EditionQuestion.EDITION:
            listed = [
                f"- [{short_date(day)}부터 시행된 판]({contents_url(self._edition.name, day)})" for day in self._dates
            ]
            return self._answer(["약관의 판은 다음과 같아요.", "\n".join(listed)])
        return self._when(text)

    def _other_side(self, text: str) -> Answer:
        """Ask with what the one clause is to be compared that was named."""
        (reference,) = own_references(text, self._search)
        cited = tuple(Citation.of(hit.passage) for hit in self._search.named(reference))
        if not cited:
            return self._answer([self.only_edition(), *self._see()])
        name = reference_name(reference)
        lines = [f"{with_particle(name, '을를')} 무엇과 비교할까요? 다른 조항의 번호를 함께 적어 주세요."]
        lines += [f"[{c.mark} · {escape_markdown(c.title)}]({c.url})\n\n{block_quote(c.quote)}" for c in cited]
        return Answer(Status.CLARIFY, "\n\n".join(lines), cited)

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

    def _changed(self, text: str) -> Answer:
        old, new = self._pair(text)
        subject = self._subject(text)
        if subject:
            return self._changed_clause(subject, old, new)
        changed = [one for one in self._changes.articles(old, new) if one.kind is not Kind.SAME]
        first, second = short_date(old), short_date(new)
        lines = [f"{first}부터 시행된 판과 {second}부터 시행된 판을 비교하면 다음이 달라요."]
        lines.append("\n".join(f"- {_headline(one)}" for one in changed[:MOST]) or "- 달라진 조항이 없습니다.")
        lines.append(self._changes.link(old, new))
        return self._answer(lines, self._quoted(self._cited(changed, new)))

    def _changed_clause(self, subject: Reference, old: str, new: str) -> Answer:
        """How one clause differs between two editions."""
        step = self._changes.between(old, new, subject.article, subject.paragraph)
        first, second, shown = short_date(old), short_date(new), self._heading(subject)
        if not step.changes:
            same = f"{first}부터 시행된 판과 {second}부터 시행된 판에서 {with_particle(shown, '은는')} 같아요."
            return self._answer([same, self._changes.link(old, new)], self._quoted(self._now(subject)))
        line = f"{with_particle(shown, '은는')} {first}부터 시행된 판과 {second}부터 시행된 판이 이렇게 달라요."
        lines, cited = self._changes.both_sides(step)
        return self._answer([line, *lines, self._changes.link(old, new)], ((), cited))

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
        """The day of effect of the edition in force on ``day``, or today on a day to come; "" if there was none."""
        last = min(day, self._in_force.today()).isoformat()
        return max((one for one in self._dates if one <= last), default="")

    def _cited(self, changed: Sequence[ArticleChange], new: str) -> tuple[Passage, ...]:
        if new != self._edition.date:
            return ()
        addresses = {one.new.address for one in changed if one.new}
        return tuple(p for p in edition_passages(self._edition) if p.clause.article in addresses)[:3]

    def _when(self, text: str) -> Answer:
        subject = self._subject(text)
        if subject is None:
            days = ", ".join(short_date(day) for day in self._dates)
            last = self._changes.link(self._dates[-2], self._dates[-1], "마지막에 바뀐 내용")
            lines = [f"약관의 판은 {len(self._dates)}개예요. 시행일: {days}", last]
            return self._answer(lines, self._quoted(self.history()))
        steps = self._changes.steps(subject.article, subject.paragraph)
        today = self._in_force.today().isoformat()
        past, coming = [s for s in steps if s.new <= today], [s for s in steps if s.new > today]
        shown = with_particle(self._heading(subject), "은는")
        lines = [f"{shown} {short_date(self._dates[0])} 시행된 판부터 바뀌지 않았어요."]
        if past:
            lines = [f"{shown} {', '.join(short_date(s.new) for s in past)} 시행된 판에서 바뀌었어요."]
        lines += [
            f"이 조항은 {short_date(s.new)}부터 바뀔 예정이에요. {self._changes.link(s.old, s.new)}" for s in coming
        ]
        cited: list[Citation] = []
        for step in past[::-1][:STEPS]:
            told, citations = self._changes.both_sides(step)
            lines += [*told, self._changes.link(step.old, step.new, f"{short_date(step.new)}에 바뀐 내용")]
            cited += citations
        if not past:
            return self._answer(lines, self._quoted(self._now(subject)))
        return self._answer(lines, ((), tuple(dict.fromkeys(cited))))

    def _now(self, subject: Reference) -> list[Passage]:
        """The clauses that are asked about, as they are today."""
        own = [p for p in edition_passages(self._edition) if p.clause.article == subject.article]
        return [p for p in own if subject.paragraph in {None, p.clause.paragraph}][:STEPS]

    def _heading(self, subject: Reference) -> str:
        article = self._edition.article(subject.article)
        if subject.paragraph or article is None:
            return reference_name(subject)
        return escape_markdown(article_heading(article))

    def _subject(self, text: str) -> Reference | None:
        """What its history is asked of: by number, by what the rest of the words find, else what was spoken of."""
        named = next(iter(own_references(text, self._search)), None)
        if named and named.article:
            return named if self._edition.article(named.article) else None
        rest = without_history_words(self._without_dates(strip_references(text)))
        if count_letters(rest) < LEAST:
            topic = self._topic()
            return Reference(topic.clause.article) if topic else None
        scored = self._search.score([rest])[0]
        best = next((hit for hit in self._search.hits(scored, 1)), None)
        known = best is not None and float(scored.scores[:-1].max()) >= SUBJECT
        return Reference(best.passage.clause.article) if best and known else None

    def _without_dates(self, text: str) -> str:
        for dated in reversed(list(find_dates(text, self._in_force.today()))):
            text = f"{text[: dated.start]} {text[dated.end :]}"
        return text

    def _quoted(self, passages: Sequence[Passage]) -> tuple[tuple[str, ...], tuple[Citation, ...]]:
        citations = tuple(Citation.of(passage) for passage in passages)
        quotes = (f"{escape_markdown(c.quote)} [{c.mark} · {escape_markdown(c.title)}]({c.url})" for c in citations)
        return tuple(quotes), citations

    def _answer(self, lines: Sequence[str], quoted: tuple[tuple[str, ...], tuple[Citation, ...]] = ((), ())) -> Answer:
        quotes, citations = quoted
        return Answer(Status.ANSWERED, "\n\n".join([*lines, *quotes]), citations, lead=lines[0])


def _headline(one: ArticleChange) -> str:
    article = one.new or one.old
    return f"{escape_markdown(article_heading(article))}: {NAMES[one.kind]}" if article else NAMES[one.kind]
