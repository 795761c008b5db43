"""The day that a conversation is about: the last one that is said, and what each message asks besides it.

A follow-up that says nothing but a day ("그럼 지금 가입하면요?", "2024년에 등록한 사람은요?") asks once more what was
asked before it.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import RejectedError
from bot.understand.contract_day import (
    LONGEST,
    MADE,
    ContractDay,
    DayMention,
    beside_day,
    read_day,
    said_on,
    without_day,
)
from bot.understand.dates import find_dates
from index.sentences import only_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_BESIDE = 30  # letters of a follow-up that may say nothing but a day
_NOW = r"(?:지금|현재|오늘|금일|이제|요즘|요새|새로|신규로?|이번에|앞으로)"
_JOINING = rf"(?:{MADE}|결제|예약|구매|구입|주문|시작|입회)"
# joining in time to come is joining today
_JOINS_NOW = re.compile(
    rf"(?<![가-힣]){_NOW}(?:은|는|에|부터)?[\s,]{{0,9}}(?:(?:처음|새로|신규로?|바로)\s{{0,9}})?"
    rf"{_JOINING}(?:을|를)?\s{{0,9}}(?:하|할|한다|해|자|되|된다)[가-힣]{{0,8}}"
)
_AS_BEFORE = re.compile(
    r"^(?:그럼|그러면|혹시)?\s{0,9}(?:예전|옛날|이전|종전|(?:그|개정|변경|바뀌기|고치기)\s{0,9}전)\s{0,9}"
    r"(?:약관|판)?(?:에서는|에는|에선|엔|에|은|는)?요?\s{0,9}[?？.]{0,3}$"
)
_OF_DAY = re.compile(
    r"^(?:그럼|그러면|그런데|근데|만약에?|혹시|그리고)?[\s,]{0,9}(?:저는|제가|저희는|나는)?\s{0,9}"
    rf"(?:에는?|때|이었으면|였으면|이었다면|였다면|이면|라면|이라면|은|는|도|{_JOINING}(?:을|를)?(?:했|하|한|할)[가-힣]{{0,6}})?\s{{0,9}}"
    r"(?:(?:사람|회원|고객|이용자|분|경우|때|거|건)(?:들)?(?:에는|에도|이면|이라면|한테는|은|는|도|면)?)?\s{0,9}"
    r"(?:(?:어떻게|어떡해)\s{0,9}(?:되|돼|하)[가-힣]{0,4}|어때요?|어떤가요|달라(?:지나|져|요)?[가-힣]{0,2}|얼마[가-힣]{0,3})?"
    r"(?:요)?[\s?？.~!]{0,9}$"
)


@dataclass(frozen=True, slots=True)
class Told:
    """The ``day`` of a conversation, and its ``texts`` without the words for it, the question last."""

    day: ContractDay | None
    texts: tuple[str, ...]


def take_day(texts: Sequence[str], given: dt.date | None, today: dt.date, revised: dt.date) -> Told:
    """The day that a conversation is about, and what is asked besides it; ``texts``: cleaned, the question last.

    It is the one ``given`` with the question, said in it, or in the last question before it that says one; None if
    there is no such day. A follow-up that is nothing but a day is put as the question before it, which is left out.

    Raises:
        RejectedError: as `read_day`, for the question itself.
    """
    *earlier, question = (text[:LONGEST] for text in texts)
    said: list[DayMention | None] = []
    for text in earlier:
        mention = None
        with suppress(RejectedError):  # it was told when it was asked
            mention = read_day(text, today, revised)
        said.append(mention)
    alone = None if given or not earlier else _day_alone(question, today, revised)
    said.append(None if given else alone or read_day(question, today, revised))
    plain = [without_day(text, one) if one else text for text, one in zip(texts, said, strict=True)]
    if alone:
        plain = plain[:-1]
    if given:
        return Told(ContractDay(given, given, wished=True), tuple(plain))
    last = next((one for one in reversed(said) if one), None)
    return Told(ContractDay(last.first, last.last, last.wished) if last else None, tuple(plain))


def _day_alone(text: str, today: dt.date, revised: dt.date) -> DayMention | None:
    """The day of a ``text`` that says nothing else."""
    if len(only_letters(text)) > MOST_BESIDE:
        return None
    if _AS_BEFORE.match(text):
        before = revised - dt.timedelta(days=1)
        return DayMention(before, before, 0, len(text), wished=True)
    if joins := _JOINS_NOW.search(text):
        mention = DayMention(today, today, joins.start(), joins.end())
    else:
        dates = list(find_dates(text, today))
        if len(dates) != 1:
            return None
        mention = read_day(text, today, revised) or said_on(text, dates[0], today)
        if mention.end < dates[0].end:  # the day as such, whose words stay ("지금은")
            mention = said_on(text, dates[0], today)
    return mention if _OF_DAY.match(beside_day(text, mention)) else None
