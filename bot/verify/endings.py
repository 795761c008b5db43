"""해요체 → 합니다체: one way to end a sentence, so that each check reads what is said in either.

Only the ending is exchanged ("돼요" → "됩니다", "안 했어요" → "안 했습니다"); stem, tense, denial and all that stands
before them are the writer's. An ending that asks, promises, bids or reports ("할까요", "할게요", "하세요", "한대요") is
left as it is, and so are words in the middle of a sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.verify.morphemes import load_analyser, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.verify.morphemes import Token

_POLITE = re.compile(r"[요죠](?=[^가-힣\w]|$)")  # else there is nothing to exchange, and the analyser is not needed
_STATING = {"어요", "아요", "여요", "에요", "예요", "이에요", "지요", "죠", "네요"}
_CUT = {("어", "EC"), ("아", "EC"), ("어", "EF"), ("아", "EF")}  # the same ending, read as two: 따르+어+요
_HONORIFIC = {"시", "으시"}
_AFFIRMING = "ᆸ니다"


@lru_cache(maxsize=4096)
def formal(text: str) -> str:
    """``text`` in `plain` spelling with the ends of its 해요체 statements in 합니다체."""
    text = plain(text)
    if not _POLITE.search(text):
        return text
    analyser = load_analyser()
    tokens = analyser.tokenize(text)
    for place in range(len(tokens) - 1, 0, -1):
        behind = _stem_end(tokens, place)
        if behind is None:
            continue
        first = behind - 1
        while first and tokens[first].tag == "EP":
            first -= 1
        kept = [(token.form, token.tag) for token in tokens[first:behind]]
        if not any(form in _HONORIFIC for form, _ in kept):  # "신청하셔요" bids
            said = analyser.join([*kept, (_AFFIRMING, "EF")])
            text = text[: tokens[first].start] + said + text[tokens[place].end :]
    return text


def _stem_end(tokens: Sequence[Token], place: int) -> int | None:
    """Where the ending begins that states something and ends at ``place``; None if none does."""
    token, before = tokens[place], tokens[place - 1]
    if token.tag == "EF" and token.form in _STATING:
        return place
    last = place + 1 == len(tokens) or tokens[place + 1].tag[0] == "S"
    if last and (token.form, token.tag) == ("요", "JX") and (before.form, before.tag) in _CUT:
        return place - 1
    return None
