"""Answers that are written down: each question with how it ended goes into the journal."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial, reduce
from operator import add
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from bot.admission import Admission
from bot.answer import Answer, Status, add_up
from bot.errors import BusyError
from bot.journal.database import JournalAwayError, JournalError
from bot.journal.entries import Checked, Cited, Entry
from bot.journal.reader import Reader
from bot.journal.writer import Writer
from bot.render.markup import plain_text
from bot.trace import FAILED, REFUSED, Trace, current, outcome_of
from bot.understand.question import clean
from index.steps import Steps, listening

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Generator, Mapping, Sequence

    from bot.answer import Check, Citation
    from bot.journal.entries import Logged
    from bot.journal.journal import Journal
    from bot.journal.writer import Receipt
    from bot.service import Service
    from bot.understand.question import Ask
    from index.search.hits import Hit

log = logging.getLogger(__name__)

LEFT = "*(답이 끝나기 전에 대화를 떠나셨습니다.)*"  # below half an answer: it must not pass for a whole one
CLOSE_SECONDS = 2.0  # for the last entries of the journal


class Watch(Protocol):
    """What is counted of answers (`bot.web.metrics`)."""

    def answered(self, status: Status, channel: str, seconds: float, steps: Mapping[str, float]) -> None: ...
    def refused(self) -> None: ...
    def journal_failed(self) -> None: ...
    def journal_lost(self, entries: int) -> None: ...


class Recorder:
    """Asks the service, so much at a time as it bears, and keeps the journal; a journal that fails costs no answer."""

    def __init__(self, service: Service, journal: Journal, watch: Watch) -> None:
        self.service = service
        self.journal = journal
        self.reader = Reader(journal)
        self.writer = Writer(journal, watch)
        settings = service.settings
        self.admission = Admission(
            settings.answers_at_once, settings.queue, settings.queue_seconds, lambda: service.ready_since
        )
        self.admission.on_refusal = watch.refused
        self._watch = watch

    def ask(self, ask: Ask, conversation: str, channel: str) -> Answer:
        """The whole answer with its row in the journal. Raises BusyError."""
        return reduce(add, self.stream(ask, conversation, channel))

    def stream(self, ask: Ask, conversation: str, channel: str) -> Generator[Answer, None, None]:
        """The answer in pieces that add up; the last one says nothing and carries the journal's row.

        A failure is an answer with `Status.ERROR`, whatever pieces went before it. What was answered is written and
        counted whether or not the pieces are read to the end.

        Raises:
            BusyError: too much is asked; at once, or at the first piece after a wait.
        """
        receipts: list[Receipt] = []
        trace = current()
        begin = partial(self._answer, ask, conversation, channel, perf_counter(), receipts, trace)
        try:
            return self._read(self.admission.stream(begin), receipts, trace)
        except BusyError:
            trace.end(REFUSED)
            raise

    def search(self, text: str, k: int, day: dt.date | None = None) -> list[Hit]:
        """As `Service.search`. Raises BusyError as well."""
        return self.admission.run(lambda: self.service.search(text, k, day))

    def written(self, question: str, answer: str, day: dt.date | None = None, base: str = "") -> str:
        """An answer as plain text (`plain_text`), with a question that is too long cut.

        ``day``: on which it was given, today if None; ``base``: the address of this server where no setting tells it.
        """
        settings, in_force = self.service.settings, self.service.in_force
        asked = clean(question[: settings.max_characters]) + ("…" if len(question) > settings.max_characters else "")
        return plain_text(asked, answer, in_force.on(day) if day else in_force.now(), settings.address or base)

    def rate(self, entry: int, conversation: str, *, good: bool, reason: str = "") -> None:
        """Rate an entry; behind a second of waiting it is written later.

        Raises:
            JournalError: it will not be written.
        """
        self.writer.perform(partial(self.journal.rate, entry, conversation, good=good, reason=reason))

    def hand_over(self, conversation: str) -> str:
        """The code of a conversation; "" if it cannot be had within a second: another time it can.

        Raises:
            JournalError: it cannot be had at all.
        """
        return self.writer.perform(partial(self.journal.hand_over, conversation)) or ""

    def recall(self, conversation: str, since: dt.timedelta, most: int) -> list[Logged]:
        """The last ``most`` entries that the chat has of a conversation, oldest first.

        [] if the last one is older than ``since``, or if the journal is not there or not free within a second.
        """
        if self.writer.state != "ok":
            return []
        try:  # behind what waits to be written: the last answer is there
            found = self.writer.perform(partial(self._read_chat, conversation, most)) or []
        except JournalError:
            log.exception("a conversation could not be read")
            return []
        return found if found and found[-1].at >= self.journal.clock() - since else []

    def close(self) -> None:
        """Write what the journal has still to be told, for a short while."""
        self.writer.close(CLOSE_SECONDS)

    def _read_chat(self, conversation: str, most: int) -> list[Logged]:
        try:
            return self.reader.chat(conversation, most)
        except JournalAwayError as error:  # nobody waits for it any more when it is tried again
            raise JournalError(str(error)) from error

    def _read(
        self, pieces: Generator[Answer, None, None], receipts: list[Receipt], trace: Trace
    ) -> Generator[Answer, None, None]:
        try:
            whole = self.service.failed()
            for piece, whole in add_up(pieces):  # noqa: B007  # used behind the loop
                yield piece
            yield whole.closing(self.writer.wait(receipts[0]))
        except BusyError:
            trace.end(REFUSED)
            raise
        except Exception:
            # the outermost layer: half an answer must not pass for a whole one
            log.exception("answering failed")
            trace.end(FAILED)
            yield self.service.failed()

    def _answer(
        self, ask: Ask, conversation: str, channel: str, started: float, receipts: list[Receipt], trace: Trace
    ) -> Generator[Answer, None, None]:
        whole: Answer | None = None
        left = True
        waited, made = perf_counter() - started, Steps()
        try:
            with listening(made):
                for piece, whole in add_up(self.service.stream(ask)):  # noqa: B007  # used at the end
                    yield piece
            left = False
        finally:  # also if nobody reads on
            if whole is not None:
                whole = replace(whole, text=f"{whole.text}\n\n{LEFT}") if left else whole
                seconds = perf_counter() - started
                steps = {"queue": waited, **made.seconds}
                trace.end(outcome_of(whole.status), steps)
                self._watch.answered(whole.status, channel, seconds, steps)
                receipts.append(self.writer.submit(_entry(ask, whole, conversation, channel, seconds)))


def _entry(ask: Ask, answer: Answer, conversation: str, channel: str, seconds: float) -> Entry:
    return Entry(
        conversation=conversation,
        question=ask.question,
        answer=answer.text,
        interpreted=answer.interpreted,
        status=str(answer.status),
        confidence=answer.confidence,
        citations=_cited(answer.citations),
        related=_cited(answer.related),
        elapsed_ms=seconds * 1000,
        channel=channel,
        checks=tuple(_checked(check) for check in answer.checks),
    )


def _cited(citations: Sequence[Citation]) -> tuple[Cited, ...]:
    return tuple(Cited(c.clause, c.edition) for c in citations)


def _checked(check: Check) -> Checked:
    return Checked(check.text, str(check.outcome), check.marks, check.faults, check.unchecked)
