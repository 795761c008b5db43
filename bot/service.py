"""The chain behind the pages: loaded in the background, waited for by questions, shared by all requests."""

from __future__ import annotations

import logging
import threading
from functools import reduce
from itertools import chain, repeat
from math import inf
from operator import add
from time import monotonic, perf_counter, sleep
from typing import TYPE_CHECKING, Any

from bot.answer import Answer, Status
from bot.background import Background
from bot.errors import NotReadyError
from bot.loaded import open_answering, quote_over
from bot.probe import probe
from bot.render.contacts import fault_told
from bot.suggestions import next_questions
from index.editions.edition import today
from index.editions.in_force import InForce
from index.editions.library import Library
from index.errors import StoreError, TermsError, YakgwanError
from index.freshness import newest_change
from index.search import aside
from index.snapshot import is_there

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence

    from bot.loaded import Asking, Loaded
    from bot.settings import Settings
    from bot.understand.question import Ask
    from index.editions.edition import Edition
    from index.search.by_day import DaySearch
    from index.search.clause_search import ClauseSearch
    from index.search.embedding import Embedder
    from index.search.hits import Hit

log = logging.getLogger(__name__)
RETRIES = (5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 300.0)  # seconds before loading is tried again
FAILED = "답변하는 중에 문제가 생겼습니다. 잠시 뒤 다시 시도해 주세요."
MISSING = "답변을 준비하는 중이라 몇 분 동안은 낱말로만 찾습니다. 지금 질문하셔도 됩니다."
NOT_NOW = "지금은 약관에서 찾아볼 수 없습니다. 잠시 뒤 다시 시도해 주세요."
UNREADABLE = "그때의 약관을 지금은 읽을 수 없습니다. 지금 시행 중인 약관은 읽을 수 있습니다."


class Service:
    """Answers questions. ``editions`` is there at once; the index and the models after `load`.

    ``clock``: Seoul's day. ``on_model_failure``: told one of `bot.errors.MODEL_FAILURES`. ``on_loaded``:
    called whenever something was loaded as a whole. What answers is one object
    that `reload` swaps as a whole.

    Raises:
        TermsError: on construction, if the terms cannot be read.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], dt.date] = today,
        on_model_failure: Callable[[str], None] = lambda reason: None,
        on_loaded: Callable[[], None] = lambda: None,
    ) -> None:
        self.settings = settings
        self._clock = clock
        self._on_model_failure = on_model_failure
        self._on_loaded = on_loaded
        self._at_start = InForce(Library(settings.data), clock)
        self.background = Background(self.reload, self.take_over)
        self._ready = threading.Event()
        self._reloading = threading.Lock()
        self._swapping = threading.Lock()
        self._loaded: Loaded | None = None
        self.ready_since = inf  # by `monotonic`: since when questions are answered, or refused for good

    @property
    def in_force(self) -> InForce:
        """The editions of today and of other days."""
        loaded = self._loaded
        return loaded.by_day.in_force if loaded else self._at_start

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions in force today."""
        return self.in_force.now()

    def keep_loading(self, pauses: Sequence[float] = RETRIES) -> None:
        """`load` at once, until it succeeds, after ``pauses`` (seconds; the last one over and over)."""
        self.load(at_once=True)
        for pause in chain(pauses, repeat(pauses[-1])):
            if self._loaded is not None and not self._loaded.search.unfinished:
                break
            log.info("loading is tried again after %.0f s", pause)
            sleep(pause)
            self.load(at_once=True)
        if self._loaded and self._loaded.search.updated:
            self.background.rebuild()

    def load(self, *, at_once: bool = False) -> None:
        """Load the models and the index, which is made first if need be; a failure is logged and reported, not raised.

        ``at_once``: if only some questions changed since it was made, it is updated and not made anew.
        """
        started = perf_counter()
        try:
            self._load(at_once=at_once)
        except YakgwanError as error:
            log.error("loading failed: %s", error)  # noqa: TRY400  # the message says what to do
        except Exception:
            log.exception("loading failed")
        else:
            log.info("ready after %.1f s", perf_counter() - started)
            self._on_loaded()
        finally:
            self.ready_since = min(self.ready_since, monotonic())
            self._ready.set()

    def _load(self, *, at_once: bool) -> None:
        from index.search.build import embedder_or_none

        if not is_there(self.settings.index):  # made before the model is here, which takes as much memory
            self._answer_by_words()
            self._build(self._at_start, None)
        embedder = embedder_or_none(self.settings)
        try:
            loaded = self._open(self._at_start, embedder)
        except StoreError as error:
            log.warning("색인을 새로 만듭니다: %s", error)
        else:
            if at_once or not loaded.search.updated:
                self._loaded = loaded
                return
        self._answer_by_words()
        self._build(self._at_start, embedder)
        self._loaded = self._open(self._at_start, embedder)

    def _answer_by_words(self) -> None:
        """Until the index is made, which takes minutes: an answer within seconds, which says how it was found."""
        if self._loaded is not None:
            return
        started = perf_counter()
        self._loaded = open_answering(self.settings, self._at_start, None, None, self._on_model_failure, quickly=True)
        self.ready_since = min(self.ready_since, monotonic())
        self._ready.set()
        log.info("answering by words alone after %.1f s, until the index is made", perf_counter() - started)

    def take_over(self) -> None:
        """Answer from changed questions within seconds, and from the saved index if it is newer.

        Raises:
            StoreError: more than some questions changed; the old state goes on answering.
            YakgwanError: the data are faulty; so it does then.
        """
        from index.search.build import embedder_or_none

        with self._swapping:
            in_force = InForce(Library(self.settings.data), self._clock)
            before = self._loaded
            embedder = (before and before.search.embedder) or embedder_or_none(self.settings)
            self._loaded = self._open(in_force, embedder, before)
            in_force.renew()  # while it was opened an edition may have come in, or been taken back
            self._on_loaded()

    def reload(self) -> None:
        """Take over changed data: at once if it can be, then the index made aside. One at a time; others wait.

        Raises:
            YakgwanError: the data or the index is faulty; the old state goes on answering.
        """
        with self._reloading:
            try:
                self.take_over()
            except StoreError as error:
                log.info("색인을 새로 만듭니다: %s", error)
            else:
                if not self._wait().search.updated:
                    return
            in_force = InForce(Library(self.settings.data), self._clock)
            self._build(in_force, self._loaded.search.embedder if self._loaded else None)
            self.take_over()

    def _open(self, in_force: InForce, embedder: Embedder | None, before: Loaded | None = None) -> Loaded:
        return open_answering(self.settings, in_force, embedder, before, self._on_model_failure)

    def _build(self, in_force: InForce, embedder: Embedder | None) -> None:
        aside.build_aside(self.settings, in_force.now(), embedder)

    def reload_if_outdated(self) -> None:
        """`reload` in the background if other editions are in force than the index was made from.

        Not again within a few minutes, whether it failed or not.
        Until it is done, and if it fails, a view of the old index answers from the new editions.
        """
        loaded = self._loaded
        if loaded is None or not loaded.by_day.outdated or self.background.rests:
            return
        log.info("other editions are in force; the index is made anew")
        self.background.rebuild()

    @property
    def reloading(self) -> bool:
        """Whether changed data are being taken over now."""
        return self._reloading.locked()

    def ask(self, ask: Ask) -> Answer:
        """The whole answer; a failure is an answer with `Status.ERROR`, never "the terms do not say"."""
        return reduce(add, self.stream(ask))

    def stream(self, ask: Ask) -> Iterator[Answer]:
        """The answer in pieces that add up."""
        try:
            loaded = self._wait()
            self.reload_if_outdated()
            yield from loaded.chain.stream(ask)
        except Exception as error:
            # the outermost layer: whatever went wrong is logged and shown as a fault
            log.exception("answering failed")
            yield self.failed(ask.question, error)

    def failed(self, question: str = "", error: Exception | None = None) -> Answer:
        """What is told in place of an answer: what ``error`` means to a person, where to read, whom to ask instead."""
        told = NOT_NOW if isinstance(error, NotReadyError) else UNREADABLE if isinstance(error, TermsError) else FAILED
        try:
            editions = self.editions
        except YakgwanError:
            editions = ()
        return Answer(Status.ERROR, fault_told(told, question, editions))

    def search(self, text: str, k: int, day: dt.date | None = None) -> list[Hit]:
        """The ``k`` best hits for a text in the editions of ``day``. Raises as `basis`."""
        basis = self.basis(day)
        return basis.search.find(text, k) if basis.editions else []

    def basis(self, day: dt.date | None = None) -> DaySearch:
        """The editions in force on ``day`` (None: today) and the search over them.

        Raises:
            NotReadyError: the index cannot be used.
            TermsError: an edition cannot be read.
        """
        return self._wait().by_day.on(day)

    def quoting(self) -> Asking:
        """What answers now, without a language model; it stays what it is when something else is loaded.

        Raises:
            NotReadyError: the index cannot be used.
        """
        return self._wait().quoting.invoke

    def quoting_over(self, in_force: InForce) -> Asking:
        """What would answer if the editions of ``in_force`` held, from what is learnt now, without a language model.

        So it is from the midnight on at which an edition takes effect, until the index is made of it.

        Raises:
            NotReadyError: the index cannot be used.
            YakgwanError: what is written for the answers is faulty.
        """
        return quote_over(self._wait(), in_force, self.settings)

    def editions_changed(self) -> None:
        """An edition came in or was taken back: what is in force now answers at once, the index is made behind it.

        Raises TermsError as `InForce.renew` does.
        """
        before = self.in_force.now()
        for in_force in {self.in_force, self._at_start}:
            in_force.renew()
        if self._loaded is not None and self.in_force.now() != before:
            self.background.rebuild()

    def next_questions(self, answer: Answer, asked: Sequence[str]) -> tuple[str, ...]:
        """What to ask after ``answer``, see `bot.suggestions`; () as long as nothing is loaded.

        () as well if it cites other editions than the index was made from: there a clause may have another number.
        """
        loaded = self._loaded
        if loaded is None:
            return ()
        indexed = {(edition.name, edition.date) for edition in loaded.by_day.indexed}
        if any((c.clause.document, c.edition) not in indexed for c in (*answer.citations, *answer.related)):
            return ()
        return next_questions(answer, asked, loaded.representatives)

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
        missing = {"missing": MISSING} if search.unfinished else {}
        return {"state": "ready" if search.embedding else "words_only", "index": search.description} | missing

    @property
    def behind(self) -> bool:
        """Whether the terms or the curated questions are newer than what answers."""
        loaded = self._loaded
        if loaded is None:
            return False
        unlearnt = loaded.by_day.outdated or loaded.search.updated
        data = self.settings.data
        return unlearnt or max(newest_change(data / "terms"), newest_change(data / "questions")) > loaded.read_at

    def probe(self) -> str:
        """Ask what is loaded curated questions, in the clauses' own words: "" if one is answered, else why not.

        No customer's turn is taken, no language model is asked and nothing is written down. The reasons: loading,
        failed (nothing could be loaded) and those of `bot.probe`.
        """
        loaded = self._loaded
        if loaded is None:
            return str(self.report()["state"])
        return probe(loaded.quoting.invoke, [one.text for one in loaded.representatives.values()])

    def _wait(self) -> Loaded:
        if not self._ready.wait(self.settings.ready_seconds):
            raise NotReadyError("아직 준비 중입니다. 잠시 뒤 다시 시도해 주세요.")
        if self._loaded is None:
            raise NotReadyError(NOT_NOW)  # why, which names files of this machine, is in the log
        return self._loaded
