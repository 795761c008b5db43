"""The HTTP interface below `/api`: what a program asked ↔ what the bot says as JSON."""

from __future__ import annotations

from itertools import chain
from math import ceil
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Header, HTTPException, Path, Query, Request
from fastapi.responses import HTMLResponse
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.routing import Route

from bot.errors import NotReadyError
from bot.understand.question import Ask
from bot.web.api.answering import answer_whole, stream_answer
from bot.web.api.docs_page import api_page
from bot.web.api.request_routes import add_requests
from bot.web.api.schemas import (
    ABSENT,
    BUSY,
    DAY,
    EVENTS,
    LIMITED,
    MISFIT,
    STREAMED,
    UNREADABLE,
    UNREADY,
    AllTermsShape,
    AnswerShape,
    ArticleShape,
    AskBody,
    ContentsShape,
    Day,
    HitsShape,
    PieceShape,
)
from bot.web.hosts import base_of
from bot.web.limits import wait_hint
from bot.web.policy import page_policy
from bot.web.terms.lookup import find_article, find_edition
from index.editions.edition import dated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import Receive, Scope, Send

    from bot.leaving import Leaving
    from bot.service import Service
    from bot.web.api.answering import Answering
    from bot.web.limits import Limiter
    from bot.web.metrics import Metrics

Terms = Annotated[str, Path(max_length=200, description="약관의 이름", examples=["서비스이용약관"])]
Number = Annotated[str, Path(max_length=20, description="조 번호. 예: 7, 10의2", examples=["7"])]
Text = Annotated[str, Query(max_length=500, description="찾을 말이나 조·항 번호", examples=["연체 이자"])]
Count = Annotated[int, Query(ge=1, le=50, description="찾을 항의 수", examples=[3])]

OfDay = Annotated[Day | None, Query(description=f"{DAY} 없으면 오늘", examples=["2026-03-01"])]
OfEdition = Annotated[Day | None, Query(description="판의 시행일. 없으면 시행 중인 판", examples=["2025-12-15"])]


def build_api(
    service: Service, answering: Answering, limiter: Limiter, metrics: Metrics, leaving: Leaving | None = None
) -> APIRouter:
    """All routes. What one client address asks, searches and leaves is limited before any work is done for it.

    ``leaving``: None where nothing can be left for an agent.
    """

    async def limit(request: Request) -> None:
        wait = limiter.allow(request.client.host if request.client else "")
        if wait is not None:
            metrics.limited()
            raise HTTPException(429, wait_hint(wait), {"Retry-After": str(ceil(wait))})

    api = APIRouter()
    limited = [Depends(limit)]

    @api.post(
        "/api/ask",
        operation_id="ask",
        summary="질문하기",
        description="약관 원문을 인용해 답합니다. `Accept: text/event-stream`이면 답을 조각(`piece`)으로 흘려보내고 "
        "마지막에 전체(`answer`)를 보냅니다. 답하는 중에 문제가 생기면 전체의 `status`가 `error`입니다.",
        response_model=AnswerShape,
        response_description="답. 약관에 없는 내용이거나 문제가 생겨도 200이며 `status`로 알립니다.",
        responses=STREAMED | UNREADABLE | MISFIT | LIMITED | BUSY,
        dependencies=limited,
    )
    def ask(request: Request, body: AskBody, accept: Annotated[str, Header(include_in_schema=False)] = "") -> Any:  # noqa: ANN401
        asked, base = Ask(body.question, tuple(body.history), body.day), base_of(request, service.settings)
        if EVENTS in accept:
            told = stream_answer(answering, asked, body.conversation, "api", base)
            first = next(told)  # whether it is refused must be known before the response begins
            return EventSourceResponse(_events(chain([first], told)))
        return answer_whole(answering, asked, body.conversation, "api", base)

    @api.get(
        "/api/search",
        operation_id="search",
        summary="항 찾기",
        description="답을 쓰지 않고, 물음과 가까운 항을 가까운 것부터 알려 줍니다.",
        response_description="찾은 항들",
        responses=MISFIT | LIMITED | UNREADY | BUSY,
        dependencies=limited,
    )
    def search(q: Text, k: Count = 10, day: OfDay = None) -> HitsShape:
        try:
            return HitsShape.of(answering.search(q, k, day))
        except NotReadyError as error:
            raise HTTPException(503, str(error)) from error

    @api.get("/api/docs", include_in_schema=False)
    def docs(request: Request) -> HTMLResponse:
        page = api_page(request.app.openapi(), base_of(request, service.settings))
        return HTMLResponse(page, headers={"Content-Security-Policy": page_policy(page)})

    _add_terms(api, service)
    add_requests(api, leaving, limiter, metrics)
    _refuse_other_methods(api)
    return api


def _add_terms(api: APIRouter, service: Service) -> None:
    @api.get(
        "/api/terms",
        operation_id="terms",
        summary="약관 목록",
        description="답하는 근거가 되는 약관과 그 시행일입니다.",
        response_description="약관들",
    )
    def terms() -> AllTermsShape:
        return AllTermsShape.of(service.editions)

    @api.get(
        "/api/terms/{terms}",
        operation_id="contents",
        summary="약관의 차례",
        description="약관의 모든 조와, 이 약관이 시행된 날들입니다.",
        response_description="차례",
        responses=ABSENT | MISFIT,
    )
    def contents(terms: Terms, edition: OfEdition = None) -> ContentsShape:
        found = find_edition(service, terms, edition.isoformat() if edition else "")
        return ContentsShape.of(found, service.in_force.library.dates(found.name), dated(found, service.editions))

    @api.get(
        "/api/terms/{terms}/{article}",
        operation_id="article",
        summary="조 읽기",
        description="조의 모든 항을 원문 그대로 알려 줍니다.",
        response_description="조와 그 항들",
        responses=ABSENT | MISFIT,
    )
    def article(terms: Terms, article: Number, edition: OfEdition = None) -> ArticleShape:
        found = find_edition(service, terms, edition.isoformat() if edition else "")
        return ArticleShape.of(found, find_article(found, article), dated(found, service.editions))


class _OtherMethod:
    """Refuses what no route of a path takes: the page mounted at `/` would take it and know nothing of it."""

    def __init__(self, allowed: set[str]) -> None:
        self._headers = {"Allow": ", ".join(sorted(allowed))}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        raise HTTPException(405, headers=self._headers)


def _refuse_other_methods(api: APIRouter) -> None:
    allowed: dict[str, set[str]] = {}
    for route in api.routes:
        if isinstance(route, Route):
            allowed.setdefault(route.path, set()).update(route.methods or ())
    for path, methods in allowed.items():
        api.routes.append(Route(path, _OtherMethod(methods), include_in_schema=False))


def _events(told: Iterator[PieceShape | AnswerShape]) -> Iterator[ServerSentEvent]:
    for one in told:
        yield ServerSentEvent(one.model_dump_json(), event="piece" if isinstance(one, PieceShape) else "answer")
