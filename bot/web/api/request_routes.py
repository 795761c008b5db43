"""`POST /api/requests`: leaving something for an agent, for the chat page and for programs."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Self

from fastapi import Depends, HTTPException, Request
from pydantic import BaseModel, Field, model_validator

from bot.journal.requests import LONGEST_ABOUT, LONGEST_CONTACT, plain_lines
from bot.web.api.schemas import FAULT, LIMITED, MISFIT, UNREADABLE, UNWRITTEN, example
from bot.web.limits import Limiter, wait_hint
from index.errors import YakgwanError

if TYPE_CHECKING:
    from fastapi import APIRouter
    from pydantic.config import JsonDict

    from bot.leaving import Leaving, Left
    from bot.web.metrics import Metrics

PATH = "/api/requests"
RATE = "20/hour"  # of one client address: a person leaves one or two
EMPTY = "무엇을 문의하는지 적어 주세요."
NO_CONSENT = "연락처를 남기려면 보관에 동의해 주세요."
UNKNOWN = "대화를 찾지 못했습니다. 화면을 새로 고친 뒤 다시 남겨 주세요."
LATE = "지금은 남기지 못했습니다. 잠시 뒤 다시 눌러 주세요. 두 번 눌러도 한 번만 남습니다."
_CONSENT: JsonDict = {  # what `check` says, in the words of a schema
    "if": {"properties": {"contact": {"pattern": r"\S"}}, "required": ["contact"]},
    "then": {"properties": {"consent": {"const": True}}, "required": ["consent"]},
}


class RequestBody(BaseModel):
    """상담원에게 남기는 글."""

    model_config = example(
        {"conversation": "0123456789abcdef" * 2, "about": "요금이 두 번 빠져나갔습니다."}, **_CONSENT
    )

    conversation: str = Field(
        pattern=r"^([0-9a-f]{32}|[A-Za-z0-9_-]{100,200}={0,2})$",
        description="대화 번호(16진수 32자) 또는 채팅 화면이 받은 표. 한 대화에 하나만 남습니다.",
    )
    about: str = Field(
        min_length=1, max_length=LONGEST_ABOUT, pattern=r"\S", description="문의할 내용. 개인정보는 가린 뒤 저장합니다."
    )
    contact: str = Field(default="", max_length=LONGEST_CONTACT, description="이름이나 전화번호, 메일 주소(선택)")
    consent: bool = Field(
        default=False, strict=True, description="연락처 보관에 동의하는지. 연락처가 있으면 있어야 합니다."
    )

    @model_validator(mode="after")
    def check(self) -> Self:
        if not plain_lines(self.about):
            raise ValueError(EMPTY)
        if self.contact.strip() and not self.consent:
            raise ValueError(NO_CONSENT)
        return self


class RequestShape(BaseModel):
    """남긴 요청."""

    model_config = example(
        {
            "code": "A2B3C4",
            "new": True,
            "message": "상담원에게 남겼습니다. 상담 번호는 A2B3C4입니다. 남기신 연락처로 연락드립니다.",
        }
    )

    code: str = Field(description="상담 번호")
    new: bool = Field(description="이번에 남겼는지. 거짓이면 같은 대화에서 이미 남긴 것입니다.")
    message: str = Field(description="손님에게 보일 말")


def add_requests(api: APIRouter, leaving: Leaving | None, limiter: Limiter, metrics: Metrics) -> None:
    """The route, if there is anything to leave it in; ``limiter`` counts it as a question, before any work for it."""
    if leaving is None:
        return
    own = Limiter(RATE)

    async def limit(request: Request) -> None:
        address = request.client.host if request.client else ""
        for one in (limiter, own):
            wait = one.allow(address)
            if wait is not None:
                metrics.limited()
                raise HTTPException(429, wait_hint(wait, "요청"), {"Retry-After": str(ceil(wait))})

    @api.post(
        PATH,
        operation_id="leave",
        summary="상담원에게 남기기",
        description="문의할 내용을 상담 데스크에 남깁니다. 연락처는 따로 암호화해 두었다가 요청과 함께 지웁니다.",
        response_description="남긴 요청의 상담 번호",
        responses=MISFIT
        | UNREADABLE
        | LIMITED
        | UNWRITTEN
        | {404: FAULT | {"description": "그런 표를 준 적이 없습니다."}},
        dependencies=[Depends(limit)],
    )
    def leave(body: RequestBody) -> RequestShape:
        left = _left(leaving, body)
        return RequestShape(code=left.code, new=left.new, message=leaving.confirmation(left))


def _left(leaving: Leaving, body: RequestBody) -> Left:
    """Raises HTTPException 404 for a ticket that was not given out, 503 if it is not written now."""
    try:
        left = leaving.leave(body.conversation, body.about, body.contact)
    except YakgwanError as error:
        raise HTTPException(503, LATE) from error
    except ValueError as error:
        raise HTTPException(404, UNKNOWN) from error
    if left is None:
        raise HTTPException(503, LATE)
    return left
