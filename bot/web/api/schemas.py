"""The schemas of the HTTP interface and of the MCP tools: what goes in, what comes out, each with an example."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.addresses import article_url, clause_url
from bot.answer import Citation
from bot.korean import parse_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic.config import JsonDict, JsonValue

    from bot.answer import Answer
    from index.editions.edition import Edition
    from index.search.hits import Hit
    from index.terms import Article

MAX_QUESTION = 20_000  # characters; beyond it nothing is even cleaned and told to be shorter
LONGEST_DAY = 40  # characters, with any spaces
QUOTE = (
    "미납 시 “회사”는 연체 이자를 청구하거나 서비스 이용을 제한·중단할 수 있으며, "
    "2회 이상 연체될 경우 계약을 해지하고 손해배상을 청구할 수 있습니다."
)
LEAD = "요금을 내지 않으면 회사가 연체 이자를 청구하거나 이용을 제한·중단할 수 있어요."
CITATION: JsonDict = {
    "terms": "서비스 이용약관",
    "edition": "2025-12-15",
    "article": "7",
    "paragraph": "3",
    "title": "이용요금 및 지불조건",
    "quote": QUOTE,
}
ADDRESS = "/terms/%EC%84%9C%EB%B9%84%EC%8A%A4%EC%9D%B4%EC%9A%A9%EC%95%BD%EA%B4%80/7"
Question = Annotated[str, Field(max_length=MAX_QUESTION)]
DAY = "어느 날의 약관으로 답할지(YYYY-MM-DD). 그날 시행 중이던 판을 씁니다."
TERMS: JsonDict = {"name": "서비스이용약관", "title": "서비스 이용약관", "edition": "2025-12-15"}
EVENTS = "text/event-stream"
STREAM = """event: piece
data: {"text": "[제7조 제3항 · …](…)\\n\\n> 미납 시 “회사”는 …", "citations": [{"terms": "서비스 이용약관", …}]}

event: answer
data: {"status": "answered", "answer": "**요금을 …**\\n\\n[제7조 제3항 · …](…) …", "text": "질문: …", "lead": "…", …}
"""
Responses = dict[int | str, dict[str, Any]]  # what FastAPI takes: status → description
RETRY = {"Retry-After": {"description": "기다릴 시간(초)", "schema": {"type": "integer", "minimum": 1}}}


def _read_day(value: object) -> object:
    if isinstance(value, str) and len(value) > LONGEST_DAY:
        value = value[:LONGEST_DAY]  # no day; the fault tells so
    return value if isinstance(value, dt.date) else parse_day(str(value))  # a number would pass for a day of 1970


Day = Annotated[dt.date, BeforeValidator(_read_day)]


def example(shape: JsonDict, **more: JsonValue) -> ConfigDict:
    """The configuration of a model with one example in its schema, and ``more`` in the words of a schema."""
    return ConfigDict(json_schema_extra={"examples": [shape], **more})


class AskBody(BaseModel):
    """질문과 앞선 질문들."""

    model_config = example({"question": "그럼 두 번 밀리면요?", "history": ["요금을 연체하면 어떻게 되나요?"]})

    question: Question = Field(description="질문")
    history: list[Question] = Field(default=[], max_length=50, description="같은 대화의 앞선 질문, 오래된 것부터")
    day: Day | None = Field(
        default=None, description=f"{DAY} 없으면 질문에서 읽고(“작년 12월에 가입했는데”), 거기에도 없으면 오늘입니다."
    )
    conversation: str | None = Field(
        default=None, pattern=r"^[0-9a-f]{32}$", description="대화 번호(16진수 32자). 없으면 새 대화로 기록합니다."
    )


class CitationShape(BaseModel):
    """인용한 항. `quote`는 약관 원문을 그대로 잘라 낸 것입니다."""

    terms: str = Field(description="약관 제목")
    edition: str = Field(description="시행일(YYYY-MM-DD)")
    article: str = Field(description="조 번호. 예: 7, 10의2")
    paragraph: str = Field(description="항 번호")
    title: str = Field(description="조 제목")
    quote: str = Field(description="항의 원문")


class PieceShape(BaseModel):
    """흐름으로 받는 답의 한 조각. `text`를 이어 붙이면 답 전체가 됩니다."""

    text: str
    citations: list[CitationShape]

    @classmethod
    def of(cls, piece: Answer) -> Self:
        return cls(text=piece.text, citations=[CitationShape(**c.as_json()) for c in piece.citations])


class CheckShape(BaseModel):
    """언어 모델이 쓴 문장 하나를 약관과 견준 결과."""

    text: str = Field(description="모델이 쓴 문장")
    clauses: list[str] = Field(description="문장이 근거로 든 항")
    outcome: Literal["kept", "replaced", "dropped"] = Field(
        description="kept: 그대로 보임, replaced: 약관 원문으로 바꿈, dropped: 뺌"
    )
    faults: list[str] = Field(description="약관과 어긋나는 점")
    unchecked: list[str] = Field(description="확인하지 못한 점")


class AnswerShape(BaseModel):
    """답 하나."""

    model_config = example(
        {
            "status": "answered",
            "answer": f"**{LEAD}**\n\n[제7조 제3항 · 이용요금 및 지불조건]({ADDRESS}#p3)\n\n> {QUOTE}",
            "text": f"질문: 요금을 연체하면 어떻게 되나요?\n\n{LEAD}\n\n제7조 제3항 · 이용요금 및 지불조건\n“{QUOTE}”\n"
            f"https://bot.example.com{ADDRESS}#p3\n\n서비스 이용약관 (시행일 2025-12-15)",
            "citations": [CITATION],
            "related": [],
            "interpreted": "요금을 연체하면 어떻게 되나요?",
            "confidence": 0.9731,
            "elapsed_ms": 28.514,
            "entry": 12,
            "lead": LEAD,
            "polarity": None,
            "missing": [],
            "act": None,
            "topics": [],
        }
    )

    status: Literal["answered", "not_found", "chat", "clarify", "rejected", "error"] = Field(
        description="answered: 약관으로 답함, not_found: 약관에서 확인되지 않음, "
        "chat: 인사나 부탁처럼 약관을 묻지 않은 말에 답함, clarify: 무엇을 묻는지 되물음, "
        "rejected: 받을 수 없는 질문(비었거나 너무 김), error: 답하는 중에 문제가 생김"
    )
    answer: str = Field(description="고객에게 보이는 Markdown")
    text: str = Field(
        description="메신저나 메일에 붙여 넣을 글: 질문, 쉬운 말, 조·항과 원문, 조항의 주소, 시행일. "
        "대화 화면에서 복사한 것과 같습니다. 서버가 자기 주소를 모르면(`BOT_ADDRESS`) 주소는 `/terms/…`로 시작합니다."
    )
    citations: list[CitationShape] = Field(description="인용한 항, 중요한 것부터")
    related: list[CitationShape] = Field(description="답했을 때는 함께 볼 항, not_found일 때는 가장 가까운 항")
    interpreted: str = Field(description="앞선 질문까지 읽어 이해한 질문")
    confidence: float = Field(ge=0, le=1, description="약관이 이 질문에 답할 확률")
    elapsed_ms: float = Field(ge=0, description="답하는 데 걸린 시간(밀리초)")
    entry: int | None = Field(description="대화 기록의 번호. 기록하지 못했으면 null")
    checks: list[CheckShape] = Field(default=[], description="언어 모델이 쓴 문장마다의 검증. 모델을 쓰지 않으면 빔")

    lead: str = Field(default="", description="인용문 앞에 보이는 쉬운 말. 없으면 빔")
    polarity: Literal["yes", "no", "depends"] | None = Field(
        default=None, description="되는지 묻는 질문에 대한 답: yes, no, depends(경우에 따라 다름). 확실하지 않으면 null"
    )
    missing: list[str] = Field(default=[], description="물었지만 약관에 나와 있지 않은 것")
    act: str | None = Field(
        default=None, description="chat과 clarify일 때 무슨 말로 들었는지. 예: greeting, thanks, handoff, vague"
    )
    topics: list[str] = Field(default=[], description="clarify일 때 고를 수 있는 주제. 그대로 물으면 됩니다.")

    @classmethod
    def of(cls, answer: Answer, *, text: str, elapsed_ms: float, entry: int | None) -> Self:
        """``text``: the answer as plain text."""
        return cls(**answer.as_json(), text=text, elapsed_ms=round(elapsed_ms, 3), entry=entry)


class HitShape(CitationShape):
    """찾은 항."""

    score: float = Field(ge=0, le=1, description="클수록 가깝습니다. 번호로 찾은 항은 1입니다.")
    reasons: list[str] = Field(description="찾은 까닭: 번호, 의미, 낱말")


class HitsShape(BaseModel):
    """찾은 항들, 가까운 것부터."""

    model_config = example({"hits": [CITATION | {"score": 0.9731, "reasons": ["의미", "낱말"]}]})

    hits: list[HitShape]

    @classmethod
    def of(cls, hits: list[Hit]) -> Self:
        rows = [
            HitShape(**Citation.of(h.passage).as_json(), score=round(h.score, 4), reasons=list(h.reasons)) for h in hits
        ]
        return cls(hits=rows)


class TermsShape(BaseModel):
    """약관 하나."""

    name: str = Field(description="주소에 쓰는 이름")
    title: str
    edition: str = Field(description="시행일(YYYY-MM-DD)")
    articles: int = Field(description="조의 수")


class AllTermsShape(BaseModel):
    """답하는 근거가 되는 약관들."""

    model_config = example({"terms": [TERMS | {"articles": 22}]})

    terms: list[TermsShape]

    @classmethod
    def of(cls, editions: Sequence[Edition]) -> Self:
        rows = [
            TermsShape(name=e.name, title=e.title, edition=e.date, articles=len(e.terms.articles)) for e in editions
        ]
        return cls(terms=rows)


class ContentsRow(BaseModel):
    """차례의 한 줄."""

    number: str = Field(description="조 번호. 예: 7, 10의2")
    title: str
    paragraphs: int = Field(description="항의 수")
    url: str = Field(description="조의 주소")


class ContentsShape(BaseModel):
    """약관의 차례."""

    model_config = example(
        TERMS
        | {
            "editions": ["2025-12-15"],
            "articles": [{"number": "7", "title": "이용요금 및 지불조건", "paragraphs": 3, "url": ADDRESS}],
        }
    )

    name: str = Field(description="주소에 쓰는 이름")
    title: str
    edition: str = Field(description="시행일(YYYY-MM-DD)")
    editions: list[str] = Field(description="모든 판의 시행일, 오래된 것부터")
    articles: list[ContentsRow]

    @classmethod
    def of(cls, edition: Edition, dates: Sequence[str], dated: str) -> Self:
        """``dates``: of all editions; ``dated``: what addresses say of this one (`index.editions.edition.dated`)."""
        rows = [
            ContentsRow(
                number=a.address,
                title=a.title,
                paragraphs=len(a.paragraphs),
                url=article_url(edition.name, a.address, dated),
            )
            for a in edition.terms.articles
        ]
        return cls(name=edition.name, title=edition.title, edition=edition.date, editions=list(dates), articles=rows)


class ParagraphShape(BaseModel):
    """항."""

    number: str
    text: str = Field(description="항의 원문")
    url: str = Field(description="바뀌지 않는 주소")


class ArticleShape(BaseModel):
    """조와 그 항들."""

    model_config = example(
        {
            "name": "서비스이용약관",
            "terms": "서비스 이용약관",
            "edition": "2025-12-15",
            "number": "7",
            "title": "이용요금 및 지불조건",
            "url": ADDRESS,
            "paragraphs": [{"number": "3", "text": QUOTE, "url": f"{ADDRESS}#p3"}],
        }
    )

    name: str = Field(description="주소에 쓰는 약관 이름")
    terms: str = Field(description="약관 제목")
    edition: str = Field(description="시행일(YYYY-MM-DD)")
    number: str = Field(description="조 번호. 예: 7, 10의2")
    title: str = Field(description="조 제목")
    url: str = Field(description="조의 주소")
    paragraphs: list[ParagraphShape]

    @classmethod
    def of(cls, edition: Edition, article: Article, dated: str) -> Self:
        """``dated``: what addresses say of the edition (`index.editions.edition.dated`)."""
        clauses = [article.clause(edition.name, p.number) for p in article.paragraphs]
        paragraphs = [
            ParagraphShape(number=p.number, text=p.text, url=clause_url(clause, dated))
            for p, clause in zip(article.paragraphs, clauses, strict=True)
        ]
        return cls(
            name=edition.name,
            terms=edition.title,
            edition=edition.date,
            number=article.address,
            title=article.title,
            url=article_url(edition.name, article.address, dated),
            paragraphs=paragraphs,
        )


class Fault(BaseModel):
    """왜 안 되는지 한 줄로."""

    detail: str


class Misfit(BaseModel):
    """맞지 않는 값 하나."""

    loc: list[str | int] = Field(description="맞지 않는 값의 자리")
    msg: str
    type: str


class Misfits(BaseModel):
    """형식에 맞지 않는 값들."""

    detail: list[Misfit]


FAULT: dict[str, Any] = {"model": Fault}


MISFIT: Responses = {422: {"model": Misfits, "description": "값이 형식에 맞지 않습니다."}}


LIMITED: Responses = {429: FAULT | {"description": "너무 자주 물었습니다.", "headers": RETRY}}


ABSENT: Responses = {404: FAULT | {"description": "그런 약관이나 조가 없습니다."}}


UNREADABLE: Responses = {
    400: FAULT | {"description": "요청을 읽을 수 없습니다."},
    413: FAULT | {"description": "요청이 64 kB를 넘습니다."},
}


UNREADY: Responses = {503: FAULT | {"description": "검색이 준비되지 않았습니다."}}


BUSY: Responses = {
    503: FAULT | {"description": "한꺼번에 너무 많이 물었거나 검색이 준비되지 않았습니다.", "headers": RETRY}
}


UNWRITTEN: Responses = {503: FAULT | {"description": "지금은 저장하지 못했습니다. 다시 보내도 한 번만 남습니다."}}


STREAMED: Responses = {200: {"content": {EVENTS: {"schema": {"type": "string"}, "example": STREAM}}}}
