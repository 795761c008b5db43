"""Figures counted while the bot runs, as Prometheus reads them: the only home of prometheus_client."""

from __future__ import annotations

import platform
import shutil
from http import HTTPStatus
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Enum, Gauge, Histogram, Info
from prometheus_client.exposition import choose_encoder

from bot.answer import Status
from bot.errors import MODEL_FAILURES
from bot.trace import OUTCOMES, outcome_of
from index.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

CHANNELS = ("chat", "api", "mcp", "desk")
STATES = ("loading", "ready", "words_only", "failed")
SECONDS = (0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 60.0)
STEP_SECONDS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2.0, 20.0)
SERVED_SECONDS = (0.01, 0.05, 0.1, 0.5, 2.0, 10.0)


class Metrics:
    """Counters of one application, in a registry of its own. ``build``: what runs, by name (all text)."""

    def __init__(self, build: Mapping[str, str]) -> None:
        registry = CollectorRegistry()
        self._registry = registry
        self._questions = Counter(
            "bot_questions", "질문 수, 끝난 상태와 들어온 곳마다", ["status", "channel"], registry=registry
        )
        for status in Status:  # a series that begins at 0 shows its first increase
            for channel in CHANNELS:
                self._questions.labels(str(status), channel)
        self._seconds = Histogram(
            "bot_answer_seconds", "답하는 데 걸린 시간(초), 결과마다", ["outcome"], buckets=SECONDS, registry=registry
        )
        for outcome in OUTCOMES:
            self._seconds.labels(outcome)
        self._steps = Histogram(
            "bot_step_seconds", "답의 걸음마다 걸린 시간(초)", ["step"], buckets=STEP_SECONDS, registry=registry
        )
        for step in STEPS:
            self._steps.labels(step)
        self._served = Histogram(
            "bot_http_seconds", "요청에 걸린 시간(초)", ["route", "status"], buckets=SERVED_SECONDS, registry=registry
        )
        self._ratings = Counter("bot_ratings", "답에 대한 평가", ["rating"], registry=registry)
        for rating in ("good", "bad"):
            self._ratings.labels(rating)
        self._limited = Counter("bot_limited_requests", "너무 잦아 받지 않은 요청", registry=registry)
        self._model = Counter("bot_model_failures", "언어 모델이 답하지 못함, 까닭마다", ["reason"], registry=registry)
        for reason in MODEL_FAILURES:
            self._model.labels(reason)
        self._refused = Counter("bot_refused_requests", "한꺼번에 너무 많아 받지 않은 질문", registry=registry)
        self._codes = Counter("bot_error_responses", "거절하거나 실패한 응답, 코드마다", ["code"], registry=registry)
        self._answers = Gauge("bot_answers", "답하고 있는 질문, 차례를 기다리는 질문", ["stage"], registry=registry)
        self._failures = Counter("bot_journal_failures", "대화 기록을 쓰려다 실패한 횟수", registry=registry)
        self._lost = Counter("bot_journal_lost", "끝내 쓰지 못한 대화 기록", registry=registry)
        self._depth = Gauge("bot_journal_waiting", "쓰기를 기다리는 대화 기록", registry=registry)
        self._left = Counter("bot_requests", "상담원에게 남긴 요청", registry=registry)
        self._notices = Counter("bot_webhook", "요청을 알린 결과", ["outcome"], registry=registry)
        for outcome in ("sent", "failed"):
            self._notices.labels(outcome)
        self._behind = Gauge("bot_index_behind", "약관이나 대표 질문이 색인보다 새로움(1)", registry=registry)
        self._free = Gauge("bot_disk_free_bytes", "디스크의 빈 자리(바이트)", ["place"], registry=registry)
        self._room = Gauge("bot_disk_bytes", "디스크의 크기(바이트)", ["place"], registry=registry)
        self._state = Enum("bot_index_state", "색인의 상태", states=list(STATES), registry=registry)
        Info("bot_build", "실행 중인 판", registry=registry).info({"python": platform.python_version(), **build})

    def answered(self, status: Status, channel: str, seconds: float, steps: Mapping[str, float]) -> None:
        """A question ended with ``status`` on ``channel`` (`CHANNELS`); ``steps``: seconds by `index.steps.STEPS`."""
        self._questions.labels(str(status), channel).inc()
        self._seconds.labels(outcome_of(status)).observe(seconds)
        for name, taken in steps.items():
            self._steps.labels(name).observe(taken)

    def served(self, route: str, status: int, seconds: float) -> None:
        """A request has ended. ``route``: its template (`bot.web.request_log`), never its path."""
        self._served.labels(route, f"{status // 100}xx").observe(seconds)
        if status >= HTTPStatus.BAD_REQUEST:
            self._codes.labels(str(status)).inc()

    def rated(self, good: bool) -> None:  # noqa: FBT001  # the one thing that there is to say
        """Somebody found an answer good or bad."""
        self._ratings.labels("good" if good else "bad").inc()

    def limited(self) -> None:
        """A request was refused because its address had asked too much."""
        self._limited.inc()

    def refused(self) -> None:
        """A question was refused because too many were asked at once."""
        self._refused.inc()

    def journal_failed(self) -> None:
        """An attempt to write into the journal failed; the entries wait for the next one."""
        self._failures.inc()

    def journal_lost(self, entries: int) -> None:
        """Entries will never be in the journal."""
        self._lost.inc(entries)

    def left(self) -> None:
        """A customer left a request for an agent."""
        self._left.inc()

    def notified(self, outcome: str) -> None:
        """Telling a request by the webhook ended: sent or failed."""
        self._notices.labels(outcome).inc()

    def watch_queues(self, running: Callable[[], int], waiting: Callable[[], int], journal: Callable[[], int]) -> None:
        """How many answers are made and wait, and how many entries of the journal wait, is asked when it is read."""
        self._answers.labels("running").set_function(running)
        self._answers.labels("waiting").set_function(waiting)
        self._depth.set_function(journal)

    def watch_index(self, behind: Callable[[], bool]) -> None:
        """Whether the data are newer than what answers is asked when it is read."""
        self._behind.set_function(behind)

    def watch_disk(self, place: str, folder: Path) -> None:
        """The room of the disk that holds ``folder``, which may be made later; ``place``: how it is called."""
        there = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())
        self._free.labels(place).set_function(lambda: shutil.disk_usage(there).free)
        self._room.labels(place).set_function(lambda: shutil.disk_usage(there).total)

    def model_failed(self, reason: str) -> None:
        """The language model did not answer (`MODEL_FAILURES`), and the clauses were quoted."""
        self._model.labels(reason).inc()

    def exposition(self, state: str, accept: str) -> tuple[bytes, str]:
        """All figures and their content type, in the form that ``accept`` (the header) asks for.

        ``state``: of the index, one of `STATES`.
        """
        self._state.state(state)
        encoder, content_type = choose_encoder(accept)
        return encoder(self._registry), content_type
