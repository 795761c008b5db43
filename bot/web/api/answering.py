"""Answer another program's question: pieces of the answer and the whole, the same for every interface."""

from __future__ import annotations

import logging
from time import perf_counter
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from bot.answer import Answer, Status
from bot.errors import BusyError
from bot.service import FAILED
from bot.web.api.schemas import AnswerShape, PieceShape

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Generator, Iterator

    from bot.understand.question import Ask
    from index.search.hits import Hit

log = logging.getLogger(__name__)


class Answering(Protocol):
    """Who answers (`bot.recorder.Recorder`): pieces that add up; returns the journal's row or None."""

    def stream(self, ask: Ask, conversation: str, channel: str) -> Generator[Answer, None, int | None]: ...
    def search(self, text: str, k: int, day: dt.date | None = None) -> list[Hit]: ...


def stream_answer(
    answering: Answering, ask: Ask, conversation: str | None, channel: str
) -> Iterator[PieceShape | AnswerShape]:
    """The pieces, then the whole answer: always one, always last.

    A failure is an answer with status "error", whatever pieces went before it. Without ``conversation`` (32 hex digits)
    the question begins a new one.

    Raises:
        BusyError: before the first piece.
    """
    started = perf_counter()
    whole: Answer | None = None
    pieces = answering.stream(ask, conversation or uuid4().hex, channel)
    entry: int | None = None
    try:
        while True:
            piece = next(pieces)
            whole = whole + piece if whole else piece
            if piece.status is not Status.ERROR:
                yield PieceShape.of(piece)
    except StopIteration as end:
        entry = end.value
    except BusyError:
        raise
    except Exception:
        # the outermost layer: half an answer must not pass for a whole one
        log.exception("answering failed")
        whole = None
    yield AnswerShape.of(
        whole or Answer(Status.ERROR, FAILED), elapsed_ms=(perf_counter() - started) * 1000, entry=entry
    )


def answer_whole(answering: Answering, ask: Ask, conversation: str | None, channel: str) -> AnswerShape:
    """The whole answer alone."""
    *_, whole = stream_answer(answering, ask, conversation, channel)
    assert isinstance(whole, AnswerShape)  # noqa: S101  # `stream_answer` ends with it
    return whole
