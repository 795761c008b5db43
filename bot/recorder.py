"""Answers that are written down: each question with how it ended goes into the journal."""

from __future__ import annotations

import logging
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from bot.journal.journal import Checked, Cited, Entry
from index.errors import YakgwanError

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from bot.answer import Answer, Check, Citation
    from bot.journal.journal import Journal
    from bot.question import Ask
    from bot.service import Service

log = logging.getLogger(__name__)


class Watch(Protocol):
    """What is counted of answers (`bot.web.metrics`)."""

    def answered(self, status: str, channel: str, seconds: float) -> None: ...
    def journal_failed(self) -> None: ...


class Recorder:
    """Asks the service and keeps the journal; a journal that fails costs no answer."""

    def __init__(self, service: Service, journal: Journal, watch: Watch) -> None:
        self.service = service
        self.journal = journal
        self._watch = watch

    def stream(self, ask: Ask, conversation: str, channel: str) -> Generator[Answer, None, int | None]:
        """The answer in pieces that add up; returns the journal's row, None if it could not be written."""
        started = perf_counter()
        whole: Answer | None = None
        for piece in self.service.stream(ask):
            whole = whole + piece if whole else piece
            yield piece
        assert whole is not None  # noqa: S101  # a stream has at least one piece
        seconds = perf_counter() - started
        self._watch.answered(str(whole.status), channel, seconds)
        return self._record(ask, whole, conversation, channel, seconds)

    def _record(self, ask: Ask, answer: Answer, conversation: str, channel: str, seconds: float) -> int | None:
        entry = Entry(
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
        try:
            return self.journal.record(entry)
        except YakgwanError:
            log.exception("the journal could not be written")
            self._watch.journal_failed()
            return None


def _cited(citations: Sequence[Citation]) -> tuple[Cited, ...]:
    return tuple(Cited(c.name, c.edition, c.article, c.paragraph) for c in citations)


def _checked(check: Check) -> Checked:
    return Checked(check.text, str(check.outcome), check.marks, check.faults, check.unchecked)
