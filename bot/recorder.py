"""Answers that are written down: each question with how it ended goes into the journal."""

from __future__ import annotations

import logging
from functools import partial, reduce
from operator import add
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from bot.admission import Admission
from bot.answer import Answer, add_up
from bot.errors import BusyError
from bot.journal.entries import Checked, Cited, Entry
from bot.journal.writer import Writer

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Generator, Sequence

    from bot.answer import Check, Citation
    from bot.journal.journal import Journal
    from bot.journal.writer import Receipt
    from bot.service import Service
    from bot.understand.question import Ask
    from index.search.hits import Hit

log = logging.getLogger(__name__)

CLOSE_SECONDS = 2.0  # for the last entries of the journal


class Watch(Protocol):
    """What is counted of answers (`bot.web.metrics`)."""

    def answered(self, status: str, channel: str, seconds: float) -> None: ...
    def refused(self) -> None: ...
    def journal_failed(self) -> None: ...
    def journal_lost(self, entries: int) -> None: ...


class Recorder:
    """Asks the service, so much at a time as it bears, and keeps the journal; a journal that fails costs no answer."""

    def __init__(self, service: Service, journal: Journal, watch: Watch) -> None:
        self.service = service
        self.journal = journal
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
        begin = partial(self._answer, ask, conversation, channel, perf_counter(), receipts)
        return self._read(self.admission.stream(begin), receipts)

    def search(self, text: str, k: int, day: dt.date | None = None) -> list[Hit]:
        """As `Service.search`. Raises BusyError as well."""
        return self.admission.run(lambda: self.service.search(text, k, day))

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

    def close(self) -> None:
        """Write what the journal has still to be told, for a short while."""
        self.writer.close(CLOSE_SECONDS)

    def _read(self, pieces: Generator[Answer, None, None], receipts: list[Receipt]) -> Generator[Answer, None, None]:
        try:
            whole = self.service.failed()
            for piece, whole in add_up(pieces):  # noqa: B007  # used behind the loop
                yield piece
            yield whole.closing(self.writer.wait(receipts[0]))
        except BusyError:
            raise
        except Exception:
            # the outermost layer: half an answer must not pass for a whole one
            log.exception("answering failed")
            yield self.service.failed()

    def _answer(
        self, ask: Ask, conversation: str, channel: str, started: float, receipts: list[Receipt]
    ) -> Generator[Answer, None, None]:
        whole: Answer | None = None
        try:
            for piece, whole in add_up(self.service.stream(ask)):  # noqa: B007  # used at the end
                yield piece
        finally:  # also if nobody reads on
            if whole is not None:
                seconds = perf_counter() - started
                self._watch.answered(str(whole.status), channel, seconds)
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
