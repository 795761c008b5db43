"""How people read the short words of the journal: on the desk and in its tables."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from bot.answer import Outcome, Status

Rating = Literal["good", "bad", "none"]
Channel = Literal["chat", "api", "mcp", "desk"]

STATUSES: dict[str, str] = {
    Status.ANSWERED: "답함",
    Status.NOT_FOUND: "약관에 없음",
    Status.CHAT: "대화",
    Status.CLARIFY: "되물음",
    Status.REJECTED: "받지 않음",
    Status.ERROR: "오류",
}
CHANNELS: dict[str, str] = {"chat": "채팅", "api": "API", "mcp": "MCP", "desk": "데스크"}
OUTCOMES: dict[str, str] = {Outcome.KEPT: "보임", Outcome.REPLACED: "조문으로 바꿈", Outcome.DROPPED: "뺌"}
RATINGS = {True: "좋음", False: "나쁨", None: ""}
RequestState = Literal["new", "taken", "done"]
Notice = Literal["none", "waiting", "sent", "failed"]  # of a request to the operator's own program, by the webhook
REQUEST_STATES: dict[RequestState, str] = {"new": "새로 옴", "taken": "처리 중", "done": "끝남"}
NOTICES: dict[Notice, str] = {"none": "", "waiting": "알리는 중", "sent": "알림", "failed": "알리지 못함"}


class Role(StrEnum):
    """What an account may do at the desk: an agent reads and handles requests, a manager everything."""

    AGENT = "agent"
    MANAGER = "manager"


ROLES: dict[Role, str] = {Role.AGENT: "상담사", Role.MANAGER: "관리자"}
Act = Literal[
    "login",
    "login_company",
    "login_failed",
    "logout",
    "read",
    "search",
    "export",
    "handle",
    "delete",
    "curate",
    "publish",
    "account",
    "access",
]
ACTS: dict[Act, str] = {
    "login": "로그인",
    "login_company": "로그인(회사 계정)",
    "login_failed": "로그인 실패",
    "logout": "로그아웃",
    "read": "대화 열람",
    "search": "대화 찾기",
    "export": "대화 내려받기",
    "handle": "요청 처리",
    "delete": "대화 삭제",
    "curate": "대표 질문",
    "publish": "약관 게시",
    "account": "계정",
    "access": "접속기록 열람",
}


def status_name(status: str) -> str:
    """The name of a status, also of one that an earlier journal holds."""
    return STATUSES.get(status, status)
