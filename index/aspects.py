"""How a thing that people ask about a clause stands in it: stated, absent, left to another document, true or false."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from index.clause import Clause  # noqa: TC001  # pydantic reads the hints of what holds an aspect

KINDS = (
    *("금액", "비율", "횟수", "개수", "한도", "기간", "기한", "날짜", "요일·시각", "빈도"),
    *("누구", "어디", "문서", "절차", "까닭", "뜻", "목록", "방법"),
)


class Standing(StrEnum):
    """How a thing that is asked stands in a 항."""

    STATED = "있음"
    ABSENT = "없음"
    LEFT = "맡김"
    YES = "네"
    NO = "아니요"
    DEPENDS = "경우에 따라"
    WISH = "바람"


POLAR = frozenset({Standing.YES, Standing.NO, Standing.DEPENDS})


@dataclass(frozen=True, slots=True)
class Aspect:
    """A thing that people ask about a clause.

    ``kind``: one of `KINDS` or "". ``target``: the document that it is left to, or what a wish needs and the terms do
    not say; "" for neither.
    """

    clause: Clause
    standing: Standing
    thing: str
    kind: str = ""
    target: str = ""
