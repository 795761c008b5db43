"""What the HTTP interface may answer beside the answer itself, as its OpenAPI document says it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

EVENTS = "text/event-stream"
STREAM = """event: piece
data: {"text": "미납 시 “회사”는 … [제7조 제3항](…)", "citations": [{"terms": "서비스 이용약관", …}]}

event: answer
data: {"status": "answered", "answer": "미납 시 “회사”는 …", "citations": […], …}
"""


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


Responses = dict[int | str, dict[str, Any]]  # what FastAPI takes: status → description

FAULT: dict[str, Any] = {"model": Fault}
MISFIT: Responses = {422: {"model": Misfits, "description": "값이 형식에 맞지 않습니다."}}
RETRY = {"Retry-After": {"description": "기다릴 시간(초)", "schema": {"type": "integer", "minimum": 1}}}
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
STREAMED: Responses = {200: {"content": {EVENTS: {"schema": {"type": "string"}, "example": STREAM}}}}
