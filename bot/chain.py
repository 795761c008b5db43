"""The answering chain; read this file first.

    Ask ─ read ─ find ─ decide ─ write ─ verify ─▶ Answer (in pieces that add up)

It is a LangChain Runnable: ``invoke`` gives the whole answer, ``stream`` its pieces, ``batch`` several.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any

from langchain_core.runnables import Runnable

from bot.answer import Answer, Status
from bot.errors import RejectedError
from bot.gate import Verdict, decide, with_rules
from bot.render.annex_answers import tell_annexes
from bot.render.edition_answers import PRESENT, EditionAnswers
from bot.render.edition_notes import EditionNotes, edition_notes
from bot.render.lead import Wording, computed
from bot.render.rendering import UNTOLD, Rendering, is_english
from bot.standing import Stand, stand
from bot.talk import Heard, Talk, hear
from bot.understand.clause_numbers import without_sums
from bot.understand.contract_day import story_day
from bot.understand.conversation import goes_back, set_right
from bot.understand.edition_questions import EditionQuestion
from bot.understand.figures import without_days
from bot.understand.find import afford, find, find_topic
from bot.understand.question import EMPTY_HINT, Ask, Query, read_question
from bot.understand.transition import with_transitions
from bot.verify import Verification
from bot.writers import QuotingWriter
from index.steps import each, step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from langchain_core.runnables import RunnableConfig

    from bot.gate import Finding
    from bot.settings import Settings
    from bot.understand.contract_day import ContractDay
    from bot.writers import Writer
    from index.clause import Clause
    from index.editions.edition import Edition
    from index.passages import Passage
    from index.search.by_day import DaySearch, SearchByDay
    from index.search.clause_search import ClauseSearch

    Understand = Callable[[Query, ClauseSearch], tuple[str, list[Finding]]]


BY_WORDS = "_아직 준비하는 중이라 낱말로만 찾았습니다. 몇 분 뒤에 다시 물으시면 더 잘 찾습니다._"


@dataclass(frozen=True, slots=True)
class Decided:
    """What the writer needs: the question as understood, the editions of its day, their passages, and the verdict."""

    query: Query
    interpreted: str
    editions: tuple[Edition, ...]
    verdict: Verdict
    notes: EditionNotes
    known: Mapping[Clause, Passage]
    stand: Stand = UNTOLD


def build_chain(
    by_day: SearchByDay,
    writer: Writer,
    settings: Settings,
    understand: Understand = find,
    wording: Wording | None = None,
) -> Runnable[Ask, Answer]:
    """Put the steps together. ``understand``: `find`, or less of it to measure what it is worth."""
    wording = wording or Wording()
    return AnswerChain(Deciding(by_day, settings, understand, wording), writer, wording)


class AnswerChain(Runnable[Ask, Answer]):
    """From a question to the pieces of its answer, which add up.

    One runnable and not a sequence of them: what LangChain does between two steps takes a tenth of an answer's time.
    """

    def __init__(self, deciding: Deciding, writer: Writer, wording: Wording) -> None:
        self._deciding = deciding
        self._writer = writer
        self._wording = wording

    def invoke(self, input: Ask, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:  # noqa: ANN401
        """The whole answer."""
        return reduce(add, self.stream(input, config, **kwargs))

    def stream(
        self,
        input: Ask,  # LangChain's name
        config: RunnableConfig | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> Iterator[Answer]:
        """The pieces as they are made."""
        with step("decide"):
            decided = self._deciding.decide_on(input)
        if isinstance(decided, Answer):
            yield decided
        else:
            yield from _write(self._writer, self._wording, decided)


class Deciding:
    """From a question to what is cited, out of the editions of the day that it is about."""

    def __init__(self, by_day: SearchByDay, settings: Settings, understand: Understand, wording: Wording) -> None:
        self._by_day = by_day
        self._settings = settings
        self._understand = understand
        self._wording = wording

    def decide_on(self, ask: Ask) -> Decided | Answer:
        try:
            with step("read"):
                query = self._read(ask)
        except RejectedError as hint:
            return Answer(Status.REJECTED, str(hint))
        when = query.day
        asked = None if ask.day else self._history(query).asked(query.typed)
        if asked and asked is not EditionQuestion.SINCE:
            return self._history(query).tell(asked, query.typed)
        day_search = self._by_day.on(when.last if when else None, or_now=bool(when and not when.wished))
        if annex := tell_annexes(query.text, day_search.editions or day_search.now, day_search.now):
            return annex
        query = replace(query, text=self._plain(query.text))
        day_search = replace(day_search, search=afford(query, day_search.search))
        returns = bool(query.history) and goes_back(query.text)  # what is returned to would be heard as a remark
        heard = Heard("", query) if returns else hear(query, day_search.search)
        if heard.act:
            return self._talk(heard, day_search)
        if not any(map(str.isalnum, query.text)):
            return Answer(Status.REJECTED, EMPTY_HINT)
        decided = self._answer(ask, heard.query, when, day_search)
        if asked and not decided.verdict.hits:  # since when the terms hold, where they do not say it themselves
            return self._history(query).tell(asked, query.typed)
        return decided

    def _answer(self, ask: Ask, query: Query, when: ContractDay | None, day_search: DaySearch) -> Decided:
        in_force, history = self._by_day.in_force, self._history(query)
        only = bool(when and when.wished and not ask.day and history.is_before(when.first))
        if only:
            now = self._by_day.now()
            day_search, when = replace(now, search=afford(query, now.search)), None
        interpreted, verdict = self._conclude(query, day_search)
        verdict = history.beside(verdict) if only else verdict
        cited = [hit.passage for hit in verdict.hits]
        told_day = None if query.history else story_day(query.typed, in_force.today())
        elsewhere = None if cited else self._elsewhere(query, day_search)
        notes = edition_notes(day_search, in_force, when, cited, elsewhere, told_day)
        if only:
            notes = replace(notes, before=(f"{history.only_edition()} {PRESENT}", *notes.before))
        if day_search.search.unfinished:
            notes = replace(notes, before=(BY_WORDS, *notes.before))
        told = computed(query.typed, cited, self._wording.facts, in_force.today(), english=is_english(query.text))
        how = stand(verdict).with_computed(told)
        known = day_search.search.table.by_clause
        return Decided(query, interpreted, day_search.editions or day_search.now, verdict, notes, known, how)

    def _plain(self, text: str) -> str:
        """``text`` without what asks nothing: that it was meant otherwise, sums and dates of its story."""
        now = self._by_day.now()
        return without_days(without_sums(set_right(text)), self._by_day.in_force.today(), now.search)

    def _history(self, query: Query) -> EditionAnswers:
        now = self._by_day.now()
        search = afford(query, now.search)
        return EditionAnswers(self._by_day.in_force, now.editions, search, lambda: find_topic(query, search))

    def _talk(self, heard: Heard, day_search: DaySearch) -> Answer:
        query, search = heard.query, day_search.search
        topic = find_topic(query, search)
        return Talk(self._wording, day_search.editions or day_search.now).reply(
            heard.act, topic, search.score([query.text])[0], search
        )

    def _read(self, ask: Ask) -> Query:
        limits, in_force = self._settings, self._by_day.in_force
        return read_question(
            ask,
            max_characters=limits.max_characters,
            max_history=limits.max_history,
            today=in_force.today(),
            revised=in_force.revised(),
        )

    def _conclude(self, query: Query, day_search: DaySearch) -> tuple[str, Verdict]:
        interpreted, findings = self._understand(query, day_search.search) if day_search.editions else (query.text, [])
        verdict = decide(findings, max_citations=self._settings.max_citations)
        verdict = with_transitions(verdict, day_search.search, query.day)
        return interpreted, with_rules(verdict, day_search.search)

    def _elsewhere(self, query: Query, day_search: DaySearch) -> Passage | None:
        """What today's editions have on a question that those of its day do not answer."""
        if day_search.editions == day_search.now:
            return None
        _, verdict = self._conclude(query, self._by_day.now())
        return next((hit.passage for hit in verdict.hits), None)


def _write(writer: Writer, wording: Wording, decided: Decided) -> Iterator[Answer]:
    verdict = decided.verdict
    rendering = Rendering(
        decided.editions,
        decided.query,
        decided.interpreted,
        verdict,
        decided.notes,
        decided.stand,
        wording,
        decided.known,
    )
    if not verdict.hits:
        yield rendering.not_found()
        return
    question, evidence = decided.interpreted, [hit.passage for hit in verdict.hits]
    quotes = QuotingWriter().write(question, verdict.hits)
    verified = Verification(each("write", writer.write(question, verdict.hits)), evidence, quotes, question)
    yield from each("render", rendering.answered(each("verify", verified)))
    if verified.checks:
        yield rendering.checked(verified.checks)
