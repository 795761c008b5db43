"""Why a change may be material (중대할 수 있는 변경): what it touches, never whether it is good or bad for anyone."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from index.compare.marks import changed_sentences
from index.sentences import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.compare.changes import Piece

CLAUSE = re.compile(r"제\s*+\d++\s*+(?:조(?:\s*의\s*\d+)?|[항호])|(?m:^[^\S\n]*+\d{1,2}[.)](?!\d))")
_QUANTITY = re.compile(
    r"(?<![제\d])(?P<number>\d+(?:[.,]\d+)*(?:\s?[십백천만억조]+(?:\s?\d+(?:,\d+)*)?)*)"
    r"\s?(?P<unit>원|달러|영업일|개월|주일|시간|퍼센트|[일월년주분초%％배회세명건])?"
)
_KINDS = {"금액": "원러", "기한·기간": "일월년주간분초", "비율": "%％트배", "횟수·수량": "회세명건"}
TOPICS = {  # 결제한, 광고의, 잘못 hold letters of these words and are none of them
    "책임·면책": r"책임|면책|과실(?!적)|(?<![가-힣])고의|보증",
    "배상·보상": r"배상|보상",
    "해지·해제": r"해지|해제|철회|탈퇴",
    "환불·반환": r"환불|환급|반환",
    "요금·돈": r"요금|수수료|이용료|위약금|연체|이자|대금|비용|벌금|과태료",
    "이용 제한·중단": r"(?<![결문삭해규통면배공강])제한(?!법)|중단|정지|차단|박탈|말소",
    "동의": r"동의|승낙|간주|의제",
    "개인정보·비밀": r"개인\s?정보|비밀|제3자",
    "분쟁": r"관할|준거법|중재|소송",
}
MODES = {
    "의무를 정한 말(하여야 한다)": r"하여야|해야|의무",
    "할 수 있다는 말": r"수\s*있",
    "하지 않는다는 말": r"수\s*없|않|아니|(?<!잘)못|금지",
}


def find_reasons(before: Sequence[Piece], after: Sequence[Piece]) -> tuple[str, ...]:
    """What the change from ``before`` to ``after`` (() for an added or a deleted paragraph) touches, in Korean."""
    # the numbers of clauses and lines change when they move: that is no change of a deadline or a sum
    old, new = (CLAUSE.sub("", changed_sentences(pieces)) for pieces in (before, after))
    if squeeze(old) == squeeze(new):
        return ()
    return (*_quantities(old, new), *_topics(old, new), *(_modes(old, new) if before and after else ()))


def _quantities(old: str, new: str) -> Iterator[str]:
    had, has = (Counter(_read_quantities(text)) for text in (old, new))
    for kind in (*_KINDS, "숫자"):
        gone, come = ([q for k, q in one - other if k == kind] for one, other in ((had, has), (has, had)))
        if gone and come:
            yield f"{kind}: {', '.join(gone)} → {', '.join(come)}"
        elif gone:
            yield f"{kind} 삭제: {', '.join(gone)}"
        elif come:
            yield f"{kind} 추가: {', '.join(come)}"


def _read_quantities(text: str) -> Iterator[tuple[str, str]]:
    for match in _QUANTITY.finditer(text):
        unit = squeeze(match["unit"] or "")
        kind = next((name for name, ends in _KINDS.items() if unit and unit[-1] in ends), "숫자")
        yield kind, match["number"] + unit


def _topics(old: str, new: str) -> Iterator[str]:
    for name, pattern in TOPICS.items():
        if re.search(pattern, f"{old}\n{new}"):
            yield f"{name}에 관한 문장"


def _modes(old: str, new: str) -> Iterator[str]:
    for name, pattern in MODES.items():
        had, has = (len(re.findall(pattern, text)) for text in (old, new))
        if had != has:
            yield f"{name}이 {'늘어남' if has > had else '줄어듦'}"
