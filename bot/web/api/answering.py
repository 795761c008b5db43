"""Answers as another program gets them: pieces and the whole, the same for every interface."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from bot.answer import Answer, Status, add_up
from bot.service import FAILED
from bot.web.api.schemas import AnswerShape, PieceShape

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from bot.understand.question import Ask
    from index.search.hits import Hit


class Answering(Protocol):
    """Who answers (`bot.recorder.Recorder`)."""

    def ask(self, ask: Ask, conversation: str, channel: str) -> Answer: ...
    def stream(self, ask: Ask, conversation: str, channel: str) -> Iterator[Answer]: ...
    def written(self, question: str, answer: str, day: dt.date | None = None, base: str = "") -> str: ...
    def search(self, text: str, k: int, day: dt.date | None = None) -> list[Hit]: ...


def stream_answer(
    answering: Answering, ask: Ask, conversation: str | None, channel: str, base: str = ""
) -> Iterator[PieceShape | AnswerShape]:
    """The pieces that say something, then the whole answer.

    Without ``conversation`` (32 hex digits) the question begins a new one. ``base``: the address of this server, "" if
    it is not known.

    Raises:
        BusyError: before the first piece.
    """
    started = perf_counter()
    whole = Answer(Status.ERROR, FAILED)
    for piece, whole in add_up(answering.stream(ask, conversation or uuid4().hex, channel)):  # noqa: B007  # used behind it
        if piece.text and piece.status is not Status.ERROR:
            yield PieceShape.of(piece)
    yield _shape(answering, ask, whole, base, started)


def answer_whole(answering: Answering, ask: Ask, conversation: str | None, channel: str, base: str = "") -> AnswerShape:
    """The whole answer alone; as `stream_answer`. Raises BusyError."""
    started = perf_counter()
    return _shape(answering, ask, answering.ask(ask, conversation or uuid4().hex, channel), base, started)


def _shape(answering: Answering, ask: Ask, answer: Answer, base: str, started: float) -> AnswerShape:
    elapsed_ms = (perf_counter() - started) * 1000
    text = answering.written(ask.question, answer.text, base=base)
    return AnswerShape.of(answer, text=text, elapsed_ms=elapsed_ms, entry=answer.entry)
