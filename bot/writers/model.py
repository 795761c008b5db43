"""`ModelWriter`: any LangChain chat model, within a time limit, and left alone for a while when it keeps failing."""

from __future__ import annotations

import logging
import threading
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING

from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_fixed

from bot.breaker import REST_SECONDS, Breaker, model_failure
from bot.errors import ModelError
from bot.writers.prompt import make_messages
from bot.writers.reading import read_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

    from bot.answer import Sentence
    from index.hits import Hit

log = logging.getLogger(__name__)

MAX_CHARACTERS = 6000  # of a whole answer
RETRY_SECONDS = 0.2

Piece = str | Exception | None  # None: the end


class ModelWriter:
    """Writes with a chat model. ``seconds``: limit of a whole answer. ``on_failure``: told one of `MODEL_FAILURES`."""

    def __init__(
        self,
        model: BaseChatModel,
        *,
        seconds: float,
        on_failure: Callable[[str], None] = lambda reason: None,
        rest_seconds: float = REST_SECONDS,
    ) -> None:
        self._model = model
        self._seconds = seconds
        self._breaker = Breaker(on_failure, rest_seconds)

    def write(self, question: str, hits: Sequence[Hit]) -> Iterator[Sentence]:
        """The model's sentences as they come, unverified.

        Raises:
            ModelError: the model failed or did not finish in time; the message is one of `MODEL_FAILURES`.
        """
        clauses = [hit.passage.clause for hit in hits]
        with self._breaker.asking():
            yield from read_sentences(self._pieces(make_messages(question, hits)), clauses)

    def _pieces(self, messages: list[BaseMessage]) -> Iterator[str]:
        """What the model says, piece by piece: asked in a thread of its own, so that a stalled line holds up nobody."""
        pieces: SimpleQueue[Piece] = SimpleQueue()
        left = threading.Event()
        limit = monotonic() + self._seconds
        threading.Thread(target=self._ask, args=(messages, pieces, left), name="model", daemon=True).start()
        length = 0
        try:
            while (piece := _next(pieces, limit)) is not None:
                if isinstance(piece, Exception):
                    raise ModelError(model_failure(piece)) from piece
                length += len(piece)
                if length > MAX_CHARACTERS:
                    raise ModelError("broken")
                yield piece
        finally:
            left.set()

    def _ask(self, messages: list[BaseMessage], pieces: SimpleQueue[Piece], left: threading.Event) -> None:
        """Put the pieces into the queue until the end, an error or nobody waits; one retry before the first piece."""
        begun = False
        again = retry_if_exception(lambda error: isinstance(error, Exception) and not (begun or left.is_set()))
        try:
            for attempt in Retrying(
                stop=stop_after_attempt(2), wait=wait_fixed(RETRY_SECONDS), retry=again, reraise=True
            ):
                with attempt:
                    for text in self._stream(messages):
                        begun = begun or bool(text)
                        if left.is_set():
                            return
                        pieces.put(text)
            pieces.put(None)
        except Exception as error:  # noqa: BLE001  # handed to the thread that waits
            pieces.put(error)

    def _stream(self, messages: list[BaseMessage]) -> Iterator[str]:
        """Raises EOFError if an OpenAI-compatible endpoint stops without saying that it has finished."""
        finished = self._model._llm_type != "openai-chat"  # noqa: SLF001  # LangChain's name for the kind of endpoint
        for chunk in self._model.stream(messages):
            finished = finished or bool(chunk.response_metadata.get("finish_reason"))
            yield str(chunk.text)
        if not finished:
            raise EOFError


def _next(pieces: SimpleQueue[Piece], limit: float) -> Piece:
    try:
        return pieces.get(timeout=max(0.0, limit - monotonic()))
    except Empty:
        raise ModelError("slow") from None
