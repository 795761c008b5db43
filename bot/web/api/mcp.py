"""The bot as tools for other assistants (Model Context Protocol over HTTP): the only home of the ``mcp`` library."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, Any
from unicodedata import normalize

from mcp.server import MCPServer
from mcp.server.mcpserver import Context  # noqa: TC002  # the library reads it from the tools' signatures
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import ToolAnnotations
from pydantic import Field
from starlette.responses import PlainTextResponse

from bot.errors import BusyError, NotReadyError
from bot.understand.question import Ask
from bot.web.api.answering import answer_whole
from bot.web.api.schemas import DAY, AnswerShape, ArticleShape, Day, HitsShape, Question
from bot.web.body_limit import MAX_BODY
from bot.web.hosts import base_of
from bot.web.limits import wait_hint
from index.clause import clause_name
from index.editions.edition import dated

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import AsyncIterator

    from starlette.types import ASGIApp, Receive, Scope, Send

    from bot.service import Service
    from bot.web.api.answering import Answering
    from bot.web.limits import Limiter
    from bot.web.metrics import Metrics
    from index.editions.edition import Edition

PATH = "/mcp"
READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
INSTRUCTIONS = (
    "약관 원문을 찾고 인용합니다. 인용문은 원문 그대로이며, 약관에 없는 내용은 status가 not_found입니다. "
    "chat은 약관을 묻지 않은 말, clarify는 되물음이며 어느 것도 약관의 내용이 아닙니다. "
    "Quotes Korean terms of service word for word; status not_found means that the terms do not say, chat and clarify "
    "that nothing was asked of them, or not clearly (then topics are offered)."
)
LOOK_UP = "조·항 번호로 약관 원문을 읽습니다. Reads an article, or one paragraph of it, by number."
SEARCH = "물음과 가까운 항을 찾습니다. Finds the paragraphs nearest to a query, best first."
ASK = "질문에 약관 원문을 인용해 답합니다. Answers a question with quotes from the terms, or says that they do not."

_UNITS = re.compile(r"[제조항\s]")
Numeral = Annotated[str, Field(max_length=20)]
Number = Annotated[Numeral | int, Field(description="조 번호 (article): 7, 10의2, 제7조")]
OnlyParagraph = Annotated[Numeral | int | None, Field(description="항 번호 (paragraph). 없으면 조 전체")]
Terms = Annotated[str, Field(max_length=200, description="약관 이름이나 제목 (document). 없으면 첫 약관")]
Text = Annotated[str, Field(max_length=500, description="찾을 말 (query)")]
Count = Annotated[int, Field(ge=1, le=50, description="찾을 항의 수")]
Asked = Annotated[Question, Field(description="질문 (question)")]
OfDay = Annotated[Day | None, Field(description=f"{DAY} 없으면 오늘 (day)")]
History = Annotated[list[Question], Field(max_length=50, description="앞선 질문들 (earlier questions), 오래된 것부터")]


def build_mcp(service: Service, answering: Answering, limiter: Limiter, metrics: Metrics) -> MCPServer[Any]:
    """A server with the three tools. Calls of one client address are limited before any work is done for them."""
    server = MCPServer[Any](
        "yakgwan-bot", title="약관봇", instructions=INSTRUCTIONS, log_level="WARNING", subscriptions=False
    )

    def limit(context: Context) -> None:
        request = context.request_context.request
        wait = limiter.allow(request.client.host if request and request.client else "")
        if wait is not None:
            metrics.limited()
            raise ToolError(wait_hint(wait))

    @server.tool(title="조항 읽기", description=LOOK_UP, annotations=READS)
    def look_up_clause(
        context: Context, article: Number, paragraph: OnlyParagraph = None, terms: Terms = "", day: OfDay = None
    ) -> ArticleShape:
        limit(context)
        edition = _edition(service, terms, day)
        number = None if paragraph is None else _plain(paragraph)
        return _look_up(edition, _plain(article), number, dated(edition, service.editions))

    @server.tool(title="조항 찾기", description=SEARCH, annotations=READS)
    def search_clauses(context: Context, query: Text, k: Count = 5, day: OfDay = None) -> HitsShape:
        limit(context)
        try:
            return HitsShape.of(answering.search(query, k, day))
        except (NotReadyError, BusyError) as error:
            raise ToolError(str(error)) from error

    @server.tool(title="약관에 묻기", description=ASK, annotations=READS)
    def ask(
        context: Context,
        question: Asked,
        history: History = [],  # noqa: B006  # never changed
        day: OfDay = None,
    ) -> AnswerShape:
        limit(context)
        try:
            request = context.request_context.request
            base = base_of(request, service.settings) if request else ""
            return answer_whole(answering, Ask(question, tuple(history), day), None, "mcp", base)
        except BusyError as error:
            raise ToolError(str(error)) from error

    return server


class McpEndpoint:
    """The server as an ASGI application at `PATH`; it answers while `run` is entered, which may be done again.

    Only requests to one of ``hosts`` are answered, so that no foreign page reaches it through a browser.
    """

    def __init__(self, server: MCPServer[Any], hosts: list[str]) -> None:
        self._server = server
        origins = [f"{scheme}://{host}" for scheme in ("http", "https") for host in hosts]
        self._security = TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=origins)
        self._closed = PlainTextResponse("Not serving", 503)
        self._refusal = PlainTextResponse("Method Not Allowed", 405, {"Allow": "POST"})
        self._app: ASGIApp = self._closed

    @asynccontextmanager
    async def run(self) -> AsyncIterator[None]:
        """Serve; each time anew, because the library's own manager of sessions cannot be started twice."""
        self._app = self._server.streamable_http_app(
            streamable_http_path=PATH,
            json_response=True,
            stateless_http=True,
            max_request_body_size=MAX_BODY,
            transport_security=self._security,
        )
        try:
            async with self._server.session_manager.run():
                yield
        finally:
            self._app = self._closed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # a GET would hold a stream open on which a server without sessions has nothing to say
        app = self._app if scope["method"] == "POST" else self._refusal
        await app(scope, receive, send)


def _edition(service: Service, terms: str, day: dt.date | None) -> Edition:
    name = normalize("NFC", terms)
    editions = service.in_force.on(day) if day else service.editions
    found = next((e for e in editions if name in ("", e.name, e.title)), None)
    if found is None:
        names = ", ".join(e.name for e in editions)
        raise ToolError(
            f"그런 약관이 없습니다. 있는 약관: {names}" if names else "그날 시행 중이던 약관은 확인되지 않습니다."
        )
    return found


def _look_up(edition: Edition, number: str, paragraph: str | None, address: str) -> ArticleShape:
    found = edition.article(number)
    if found is None:
        first, last = (edition.terms.articles[place].name for place in (0, -1))
        raise ToolError(f"{edition.title}에 그런 조가 없습니다. {first}부터 {last}까지 있습니다.")
    shape = ArticleShape.of(edition, found, address)
    if paragraph is None:
        return shape
    kept = [p for p in shape.paragraphs if p.number == paragraph]
    if not kept:
        last = clause_name(found.address, found.paragraphs[-1].number)
        raise ToolError(f"{edition.title}에 그런 항이 없습니다. {last}까지 있습니다.")
    return shape.model_copy(update={"paragraphs": kept})


def _plain(number: str | int) -> str:
    """ "7" for 7, "제7조" and "제 7 조"; "10의2" for "제10조의2"."""
    return _UNITS.sub("", normalize("NFKC", str(number)))
