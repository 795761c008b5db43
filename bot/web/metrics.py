"""Figures counted while the bot runs, `GET /metrics` and `GET /healthz`: the only home of prometheus_client."""

from __future__ import annotations

import platform
from ipaddress import ip_address
from typing import TYPE_CHECKING

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CollectorRegistry, Counter, Enum, Gauge, Histogram, Info
from prometheus_client.exposition import choose_encoder

from bot.answer import Status
from bot.errors import MODEL_FAILURES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.service import Service

CHANNELS = ("chat", "api", "mcp", "desk")
STATES = ("loading", "ready", "words_only", "failed")
SECONDS = (0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 60.0)


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
        self._seconds = Histogram("bot_answer_seconds", "답하는 데 걸린 시간(초)", buckets=SECONDS, registry=registry)
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
        self._state = Enum("bot_index_state", "색인의 상태", states=list(STATES), registry=registry)
        Info("bot_build", "실행 중인 판", registry=registry).info({"python": platform.python_version(), **build})

    def answered(self, status: str, channel: str, seconds: float) -> None:
        """A question ended with ``status`` (`Status`) on ``channel`` (`CHANNELS`)."""
        self._questions.labels(status, channel).inc()
        self._seconds.observe(seconds)

    def rated(self, good: bool) -> None:  # noqa: FBT001  # the one thing that there is to say
        """Somebody found an answer good or bad."""
        self._ratings.labels("good" if good else "bad").inc()

    def limited(self) -> None:
        """A request was refused because its address had asked too much."""
        self._limited.inc()

    def refused(self) -> None:
        """A question was refused because too many were asked at once."""
        self._refused.inc()

    def refused_with(self, code: int) -> None:
        """A request was answered with ``code``, 400 or above."""
        self._codes.labels(str(code)).inc()

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


def is_local(address: str, headers: Mapping[str, str]) -> bool:
    """Whether a request comes from this machine itself and was not passed on by a proxy on it."""
    try:
        loopback = ip_address(address).is_loopback
    except ValueError:
        return False
    return loopback and not {"forwarded", "via", "x-forwarded-for", "x-real-ip"} & {name.lower() for name in headers}


def build_operations(service: Service, journal_state: Callable[[], str], metrics: Metrics) -> APIRouter:
    """Both routes; they wait for no thread, no answer and no database. ``journal_state``: see `Writer.state`.

    The figures are for this machine alone; to others they are not there.
    """
    operations = APIRouter(include_in_schema=False)

    @operations.get("/healthz")
    async def health() -> JSONResponse:
        """`state`: loading, ready, words_only (no embedding model) or failed; 503 when failed. `journal`: how it is."""
        report = service.report() | {"journal": journal_state()}
        return JSONResponse(report, status_code=503 if report["state"] == "failed" else 200)

    @operations.get("/metrics")
    async def figures(request: Request) -> Response:
        if not is_local(request.client.host if request.client else "", request.headers):
            raise HTTPException(404)
        content, content_type = metrics.exposition(service.report()["state"], request.headers.get("accept", ""))
        return Response(content, headers={"content-type": content_type})

    return operations
