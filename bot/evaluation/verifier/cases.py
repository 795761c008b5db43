"""A sentence of a clause, and what is made of it: by one change that makes it false, or by one that does not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.passages import Passage


class Kind(StrEnum):
    """What was changed; the value is what people read."""

    NUMBER = "수"
    DATE = "날짜"
    UNIT = "단위"
    ACTOR = "주체"
    POLARITY = "긍정·부정"
    MODALITY = "허용·의무"
    CONDITION = "조건"
    EXCEPTION = "예외"
    SCOPE = "범위"
    LEFT_OUT = "빠진 한정"  # only of the written sentences
    NUMERAL = "수를 적는 법"
    ENDING = "말끝"
    ORDER = "차례"
    SPLIT = "나눈 문장"
    SYNONYM = "같은 뜻의 말"
    PARTICLE = "조사와 부호"
    PARAPHRASE = "풀어 쓴 말"  # only of the written sentences

    @property
    def faithful(self) -> bool:
        """Whether what was changed leaves the sentence true."""
        return self in _FAITHFUL


_FAITHFUL = {
    Kind.NUMERAL,
    Kind.ENDING,
    Kind.ORDER,
    Kind.SPLIT,
    Kind.SYNONYM,
    Kind.PARTICLE,
    Kind.PARAPHRASE,
}


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence of ``passage``, told in 합니다체 whatever the clause has."""

    passage: Passage
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """``text``: ``source`` with one thing changed. ``how``: a word or two on what was done."""

    kind: Kind
    how: str
    source: Source
    text: str
