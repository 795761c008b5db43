"""The chain behind the pages: loaded in the background, waited for by questions, shared by all requests."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

from bot.answer import Answer, Status
from bot.errors import NotReadyError
from bot.next_questions import next_questions
from bot.question import Ask
from index.editions import load_editions
from index.errors import YakgwanError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from langchain_core.runnables import Runnable

    from bot.settings import Settings
    from index.editions import Clause, Edition
    from index.embedding import Embedder
    from index.hits import Hit
    from index.representatives import Representative
    from index.search import ClauseSearch

log = logging.getLogger(__name__)

WARM_UP = Ask("이 약관은 무엇에 관한 것인가요?")
FAILED = "답변하는 중에 문제가 생겼습니다. 잠시 뒤 다시 시도해 주세요."


@dataclass(frozen=True, slots=True)
class Loaded:
    """What answers: swapped as a whole."""

    search: ClauseSearch
    chain: Runnable[Ask, Answer]
    representatives: dict[Clause, Representative]


class Service:
    """Answers questions. ``editions`` is there at once; the index and the models after `load`.

    Raises:
        TermsError: on construction, if the terms cannot be read.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.editions = load_editions(settings.data)
        self._ready = threading.Event()
        self._reloading = threading.Lock()
        self._loaded: Loaded | None = None
        self._error = ""

    def load(self) -> None:
        """Load (or build) the index and the models; a failure is logged and reported, never raised."""
        started = perf_counter()
        try:
            self._loaded = _open(self.settings, self.editions)
        except YakgwanError as error:
            self._error = str(error)
            log.error("loading failed: %s", error)  # noqa: TRY400  # the message says what to do
        except Exception as error:
            self._error = type(error).__name__
            log.exception("loading failed")
        else:
            log.info("ready after %.1f s", perf_counter() - started)
        finally:
            self._ready.set()

    def reload(self) -> None:
        """Take over changed data: build aside while the old state answers, then swap. One at a time; others wait.

        Raises:
            YakgwanError: the data or the index is faulty; the old state goes on answering.
        """
        with self._reloading:
            editions = load_editions(self.settings.data)
            embedder = self._loaded.search.embedder if self._loaded else None
            self._loaded = _open(self.settings, editions, embedder)
            self.editions = editions

    @property
    def reloading(self) -> bool:
        """Whether changed data are being taken over now."""
        return self._reloading.locked()

    def ask(self, ask: Ask) -> Answer:
        """The whole answer; a failure is an answer with `Status.ERROR`, never "the terms do not say"."""
        pieces = list(self.stream(ask))
        whole = pieces[0]
        for piece in pieces[1:]:
            whole = piece if piece.status is Status.ERROR else whole + piece
        return whole

    def stream(self, ask: Ask) -> Iterator[Answer]:
        """The answer in pieces that add up."""
        try:
            yield from self._wait().chain.stream(ask)
        except Exception:
            # the outermost layer: whatever went wrong is logged and shown as a fault
            log.exception("answering failed")
            yield Answer(Status.ERROR, FAILED)

    def search(self, text: str, k: int) -> list[Hit]:
        """The ``k`` best hits for a text. Raises NotReadyError if the index cannot be used."""
        return self.index().find(text, k)

    def next_questions(self, answer: Answer, asked: Sequence[str]) -> tuple[str, ...]:
        """What to ask after ``answer``, see `bot.next_questions`; () as long as nothing is loaded."""
        return next_questions(answer, asked, self._loaded.representatives) if self._loaded else ()

    def index(self) -> ClauseSearch:
        """The search itself. Raises NotReadyError if it cannot be used."""
        return self._wait().search

    def report(self) -> dict[str, Any]:
        """What `/healthz` says."""
        if not self._ready.is_set():
            return {"state": "loading"}
        if self._loaded is None:
            return {"state": "failed"}
        search = self._loaded.search
        return {"state": "ready" if search.embedding else "words_only", "index": search.description}

    def _wait(self) -> Loaded:
        if not self._ready.wait(self.settings.ready_seconds):
            raise NotReadyError("아직 준비 중입니다. 잠시 뒤 다시 시도해 주세요.")
        if self._loaded is None:
            raise NotReadyError(f"답변을 시작하지 못했습니다: {self._error}")
        return self._loaded


def _open(settings: Settings, editions: Sequence[Edition], embedder: Embedder | None = None) -> Loaded:
    # imported here: torch, scikit-learn and LangChain take seconds, and the page must answer before
    from bot.chain import build_chain
    from bot.writers import open_writer
    from index.build import open_search
    from index.representatives import find_representatives

    search = open_search(settings, editions, embedder=embedder)
    chain = build_chain(search, open_writer(settings), editions, settings)
    _warm_up(chain)
    return Loaded(search, chain, find_representatives(search))


def _warm_up(chain: Runnable[Ask, Answer]) -> None:
    """Do here what LangChain and the model put off until the first question; a failure now is none of a customer's."""
    try:
        chain.invoke(WARM_UP)
    except Exception:
        log.exception("warming up failed")
