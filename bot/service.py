"""The chain behind the pages: loaded in the background, waited for by questions, shared by all requests."""

from __future__ import annotations

import logging
import threading
from time import perf_counter
from typing import TYPE_CHECKING, Any

from bot.answer import Answer, Status
from bot.errors import NotReadyError
from bot.question import Ask
from index.editions import load_editions
from index.errors import YakgwanError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from langchain_core.runnables import Runnable

    from bot.settings import Settings
    from index.search import ClauseSearch, Hit

log = logging.getLogger(__name__)

WARM_UP = Ask("이 약관은 무엇에 관한 것인가요?")
FAILED = "답변하는 중에 문제가 생겼습니다. 잠시 뒤 다시 시도해 주세요."


class Service:
    """Answers questions. ``editions`` is there at once; the index and the models after `load`.

    Raises:
        TermsError: on construction, if the terms cannot be read.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.editions = load_editions(settings.data)
        self._ready = threading.Event()
        self._chain: Runnable[Ask, Answer] | None = None
        self._search: ClauseSearch | None = None
        self._error = ""

    def load(self) -> None:
        """Load (or build) the index and the models; a failure is logged and reported, never raised."""
        # imported here: torch, scikit-learn and LangChain take seconds, and the page must answer before
        from bot.chain import build_chain
        from bot.writers import QuotingWriter
        from index.build import open_search

        started = perf_counter()
        try:
            self._search = open_search(self.settings, self.editions)
            chain = build_chain(self._search, QuotingWriter(), self.editions, self.settings)
            _warm_up(chain)
            self._chain = chain
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
            yield from self._wait().stream(ask)
        except Exception:
            # the outermost layer: whatever went wrong is logged and shown as a fault
            log.exception("answering failed")
            yield Answer(Status.ERROR, FAILED)

    def search(self, text: str, k: int) -> list[Hit]:
        """The ``k`` best hits for a text. Raises NotReadyError if the index cannot be used."""
        self._wait()
        assert self._search is not None  # noqa: S101  # _wait has raised otherwise
        return self._search.find(text, k)

    def report(self) -> dict[str, Any]:
        """What `/healthz` says."""
        if not self._ready.is_set():
            return {"state": "loading"}
        if self._search is None or self._chain is None:
            return {"state": "failed"}
        return {
            "state": "ready" if self._search.embedding else "words_only",
            "index": self._search.description,
        }

    def _wait(self) -> Runnable[Ask, Answer]:
        if not self._ready.wait(self.settings.ready_seconds):
            raise NotReadyError("아직 준비 중입니다. 잠시 뒤 다시 시도해 주세요.")
        if self._chain is None:
            raise NotReadyError(f"답변을 시작하지 못했습니다: {self._error}")
        return self._chain


def _warm_up(chain: Runnable[Ask, Answer]) -> None:
    """Do here what LangChain and the model put off until the first question; a failure now is none of a customer's."""
    try:
        chain.invoke(WARM_UP)
    except Exception:
        log.exception("warming up failed")
