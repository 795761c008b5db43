"""The day that a question speaks of: of the contract or of joining, for the terms of that day hold for it.

"2026년 3월에 계약했는데", "작년 12월에 가입했어요", "계약일은 2025.12.20", "개정 전 약관으로는". Other days are
none: of a bill ("3월 요금"), an end ("3월에 계약이 끝나요"), a period ("7일 안에"), a wish ("3월에 가입하려고요").
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import month_abbr, month_name
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.errors import RejectedError
from bot.understand.dates import AGO, Dated, ago, days_of, find_dates

if TYPE_CHECKING:
    from collections.abc import Iterator

NEAR = 40  # characters before a date, in which it is said what it is the date of
LEAST = 4  # letters that are left of a question without its day, else the words for it stay
LONGEST = 2000  # characters of a question that are looked at; longer ones are refused anyway
NO_SUCH_DAY = "질문에 적으신 “{words}”은(는) 달력에 없는 날짜입니다. 날짜를 고쳐 다시 적어 주세요."
_OTHER = (
    "해지|해약|해제|종료|만료|끝|갱신|연장|취소|철회|파기|위반|변경|개정|공지|고지|바뀌|바꾸|고치|이전|양도|탈퇴"
    "|환불|문의"
    "|중단|정지|기간|금액|요금|청구|납부|연체|점검|장애|상담|교육|비용|가입\\s{0,9}비|계약\\s{0,9}금"
)
# what may stand between a day and the making of the contract: a particle, then adverbs and objects
_PARTICLE = (
    r"\s?(?:에는|에야|에도|에|날에|날|자로|자|경에|경|쯤에|쯤|께|부로|부터|초에|초|말에|말|중순에"
    r"|중순|(?:무렵|즈음|언저리)(?:에|께)?)?[\s,]{0,20}"
)
_WORDS = (
    r"(?:(?:서비스|이용|가입|계약|구독|개통|사용|처음|신규|새로|최초|정식|회원|정식으로|처음으로|온라인으로"
    r"|귀사와?|회사와?"
    r"|저는|저희는|제가|저희가|우리가|고객이"
    r"|[^\s,.?!\d]{1,12}(?:을|를|과|와|랑|에|로|에서|의))\s{0,9}){0,3}?"
)
_SIGNED = (
    r"계약서(?:를|에)?\s{0,9}(?:쓰|썼|써|서명|사인|작성|날인)|(?:서명|날인|사인)(?:을|를)?\s{0,9}(?:한|했|하고|하였|받)"
)
_BEGUN = (
    r"(?:이용|사용|서비스|구독|거래|쓰기|이용하기|사용하기)(?:을|를)?\s{0,9}(?:시작|개시)|거래(?:를)?\s{0,9}(?:튼|텄|트)"
    r"|(?:새로\s{0,9})?들어(?:온|왔)"
)
# paid for or begun: told of the joining, and words that the question may need besides
_PAID = (
    r"(?:(?:첫\s?)?결제|예약|구매|구입|주문|시작)(?:을|를)?\s{0,9}(?:했|하였|한(?=\s)|하고|해서|완료)|끊[었은고]|입[회단소주][했하한]"
    r"|(?:회원|고객|가입자|구독자)(?:이|으로)?\s{0,9}(?:됐|되[었어고]|된(?=\s))"
)
_USED = r"(?<=부터)\s{0,9}(?:쓰|써|이용|사용)(?:고|는|던|하고|하는|해|한|했|중|\s)"
MADE = (
    rf"(?:{_SIGNED}|{_BEGUN}|계약(?!서)|가입|체결|개통|도입|구독|신청|맺|등록(?!증|번호))(?!(?:을|를|이|은|는"
    rf"|의)?\s{{0,9}}(?:{_OTHER}))"
)
_OF = (
    r"(?:[가-힣]{1,4}[된한뀐친던의]\s{0,9})?(?:(?:당시|시점|기준)(?:으로|에|의)?(?:는|도)?|시행(?:된|되던|되는|한"
    r"|인)?\s{0,9}(?=약관|판)"
    r"|(?=약관|판(?=[으에은을\s])))(?!\s{0,9}(?:약관)?(?:을|를|이|은|는|의)?\s{0,9}(?:개정|변경|바뀌|공지))"
)
_AFTER = re.compile(
    rf"{_PARTICLE}(?:(?P<gap>{_WORDS})(?:(?P<made>{MADE})|(?=(?P<paid>{_PAID})))|{_OF}|(?P<used>{_USED}))"
)
_EARLIER = re.compile(r"\s{0,9}(?:이전|전)에?\s{0,9}")
_REST = re.compile(r"[가-힣]{0,30}(?:\s{0,9}(?:했|하|한|맺|있)[가-힣]{0,30})?[,.]?")
_WISH = re.compile(r"[가-힣]{0,30}?(?:하려|할\s|할까|하고\s{0,9}싶|하면|예정|하실)|\s{0,9}(?:예정|하려|할\s|하면)")
_FOR = re.compile(r"(?:서비스|이용|가입|계약|구독|개통|사용)(?:을|를)?\s{0,9}$")
_STATED = re.compile(
    r"(?:계약서?|가입|체결|신청|개통|(?:이용|사용|서비스)\s{0,9}시작)\s{0,9}"
    r"(?P<what>일자?|날짜|한\s{0,9}(?:날|게|건|것|때|시점|날짜)|시점|당시)?(?:이|가|은|는|을"
    r"|를)?\s{0,9}[:：]?\s{0,9}(?:저는|제가)?\s{0,9}$"
)
_DONE = re.compile(r"(?:에|날)?\s{0,9}(?:했|하였|한|맺|썼|작성)[가-힣]{0,30}[,.]?")
_COPULA = re.compile(r"(?:이에요|예요|입니다|인데요?|이고|이며|이었[가-힣]{0,30})?[,.]?")
_UNRELATED = re.compile(_OTHER)
_UNRELATED_LAST = re.compile(rf"(?:{_OTHER})\s{{0,9}}$")
_SINCE = re.compile(
    rf"(?:계약|가입|개통|도입|체결|이용|사용)(?:을|를)?\s{{0,9}}한\s{{0,9}}지\s{{0,9}}(?:벌써|이제|약"
    rf"|한)?\s{{0,9}}{AGO}\s{{0,9}}(?:이|가)?\s{{0,9}}(?:[됐되지넘][가-힣]{{0,30}})?"
)
_ASKED = r"(?:으로는|으로\s{0,9}(?:답|알려|보면|볼|확인|설명|치면|따지면|하면)|에는|에서는?|에선|상|기준|이었)"
_PREVIOUS = re.compile(
    r"(?:(?:개정|변경|개정되기|변경되기|바뀌기|고치기)\s{0,9}(?:이전|전)\s{0,9}(?:의\s{0,9})?|(?:이전|예전|옛날?"
    r"|종전|구|직전)\s{0,9})(?:의\s{0,9})?"
    rf"(?=약관{_ASKED})"
)
# "예전에는 며칠이었어요?", "바뀌기 전 환불 기간은 며칠이었나요?": said of the past, up to the end
_BEFORE = re.compile(
    r"(?:(?:개정|변경)(?:되기)?\s{0,9}전|(?:바뀌|고치)기\s{0,9}(?:이전|전)|예전|옛날|이전|과거|종전)(?:에는|에도|에|엔|의|\s)\s{0,9}(?:약관(?:에는|에서는?|에선|은)?\s{0,9})?"
    r"(?=[^?!.]{0,60}(?:[였었았했됐줬랬]|였었|었었)(?:어요|나요|습니까|죠|지요|는지|는데요|던가요|어|나|을까요)\s{0,9}[?？.]?$)"
)
_PRESENT = re.compile(
    rf"(?:지금|현재|현행|오늘|최신)\s{{0,9}}(?:시행\s{{0,9}}중인\s{{0,9}})?(?:의\s{{0,9}})?(?=약관{_ASKED})"
    rf"|^(?:그럼\s{{0,9}}|그러면\s{{0,9}})?(?:지금|현재)은"
)
# "2025년판", "작년 12월 약관으로는", "그때 시행되던 약관": that edition itself is asked for
_TERMS_OF = re.compile(
    r"\s{0,9}(?:(?:에|에는|의|당시|시점|기준|때|경|쯤|초|말)(?:으로|에|의|는)?\s{0,9}){0,6}(?:시행(?:된|되던|되는|한|인)?\s{0,9})?(?:의\s{0,9})?(?:이용\s{0,9})?(?:약관|판(?=[으에은을\s])|버전)"
)
# "지금 약관이랑 다르면": the terms are compared with something, no day is told
_COMPARED = re.compile(r"\s{0,9}(?:이용\s?)?약관(?:이랑|하고|과|와|보다|이\s)")
# what is left of "작년 약관으로는" without its day
_EDITION = re.compile(
    r"^\s{0,9}(?:이용\s?)?(?:약관|판|버전)(?:으로는|에서는|에서도|에는|에도|에선|으로|에서|에|은|는|도)?(?:\s|$)"
)
# a question about when the terms hold, which they answer themselves; with another one behind it the day is of that
_WHETHER = re.compile(
    r"(?:(?:그때|당시|지금|현재|현행|새|예전|개정된|바뀐)\s{0,9}(?:의\s{0,9})?)?(?:이\s)?"
    r"약관[가-힣]{0,20}(?:\s{1,5}[가-힣]{1,20}){0,3}?\s{0,5}(?:적용|효력|유효|기준으로)"
    r"(?P<rest>[^,.?!]{0,20}[,.?!]\s{0,9}(?=\S.{4}))?"
)
_OF_TERMS = re.compile(r"시행|제정|개정|공지|공고|발효|적용|(?:언제|몇\s?년|며칠)[가-힣\s]{0,10}(?:약관|판)")
MONTHS = {name.lower(): number for names in (month_name, month_abbr) for number, name in enumerate(names) if name}
_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE_IN_ENGLISH = (
    rf"(?:(?:(?P<before>{_DAY})\s{{1,9}}(?:of\s{{1,9}})?)?{_MONTH}(?:\s{{1,9}}(?P<behind>{_DAY}),?)?,?\s{{1,9}}(?P<year>20\d\d)"
    r"|(?P<iso>20\d\d-\d{2}-\d{2})|(?P<alone>20\d\d))(?![\d-])"
)
_MADE_IN_ENGLISH = (
    r"(?:signed(?:\s{1,9}up)?|contracted|joined|subscribed|registered|entered\s{1,9}into\s{1,9}(?:an?|the|our)\s{1,9}\w+"
    r"|(?:contract|agreement|subscription)(?:\s{1,9}(?:was|is))?(?:\s{1,9}(?:signed|dated|made|concluded|started))?"
    r"|started\s{1,9}(?:using|with|the\s{1,9}contract)|been\s{1,9}(?:a\s{1,9}customer|customers|with\s{1,9}you))"
)
_SAID_IN_ENGLISH = re.compile(
    rf"(?:\b(?:we|i|my\s{{1,9}}company|our\s{{1,9}}company)\s{{1,9}}(?:have\s{{1,9}})?)?(?:\b(?:our|my|the)\s{{1,9}})?\b{_MADE_IN_ENGLISH}\b"
    rf"(?P<gap>(?:\s{{1,9}}(?!not\b|ends?\b|expires?\b|until\b|renew)[\w’']{{1,20}}){{0,4}}?)"
    rf"\s{{1,9}}(?:back\s{{1,9}})?(?:in|on|since|from|as\s{{1,9}}of|of|dated)\s{{1,9}}{_DATE_IN_ENGLISH}[,.]?(?:\s{{1,9}}(?:and|so)\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DayMention:
    """The contract was made on one of the days ``first`` to ``last``; ``start`` and ``end``: of the words for it.

    ``wished``: the terms of that day are asked for ("개정 전 약관으로는"), it is no mere fact of the story.
    """

    first: dt.date
    last: dt.date
    start: int
    end: int
    wished: bool = False


@dataclass(frozen=True, slots=True)
class ContractDay:
    """A question is about a contract made on one of the days ``first`` to ``last``.

    ``wished``: as in `DayMention`, or the day was given with the question.
    """

    first: dt.date
    last: dt.date
    wished: bool = False


def read_day(text: str, today: dt.date, revised: dt.date) -> DayMention | None:
    """The day of the contract that ``text`` names last, or None.

    ``revised``: the day since when the terms are as they are now; "개정 전 약관" is that of the day before.

    Raises:
        RejectedError: it names a day that does not exist; the message says so.
    """
    whether = _WHETHER.search(text)
    if whether and not whether["rest"]:
        return None
    found = sorted(_read(text, today, revised), key=lambda said: said.start)
    return found[-1] if found else None


def story_day(text: str, today: dt.date) -> dt.date | None:
    """The first day of what ``text`` tells of the past with its year, None if it tells nothing of the kind.

    Not a day that is asked about, or that the terms or their notices are said to be of.
    """
    if _OF_TERMS.search(text):
        return None
    found = (dated for dated in find_dates(text[:LONGEST], today) if not dated.yearless)
    return min((dated.first for dated in found if dated.first and dated.first < today), default=None)


def without_day(text: str, said: DayMention) -> str:
    """``text`` without the words that name the day: they ask nothing, and would find the clause on making contracts.

    Nor do those that ask whether the terms hold for it, before the question itself.
    """
    rest = beside_day(text, said)
    return rest if sum(map(str.isalnum, rest)) >= LEAST else text


def beside_day(text: str, said: DayMention) -> str:
    """All that ``text`` says besides the day, however little that is."""
    behind = _EDITION.sub("", text[said.end :], count=1).lstrip() if said.wished else text[said.end :]
    return " ".join((text[: said.start] + _WHETHER.sub(_unless_alone, behind)).split()).lstrip(",. ")


def _unless_alone(whether: re.Match[str]) -> str:
    return "" if whether["rest"] else whether[0]


def _read(text: str, today: dt.date, revised: dt.date) -> Iterator[DayMention]:
    for match in [*_PREVIOUS.finditer(text), *_BEFORE.finditer(text)]:
        before = revised - dt.timedelta(days=1)
        yield DayMention(before, before, match.start(), match.end(), wished=True)
    for match in _PRESENT.finditer(text):
        yield DayMention(today, today, match.start(), match.start(), wished=True)
    for match in _SINCE.finditer(text):
        yield DayMention(*ago(match, today), match.start(), match.end())
    for dated in find_english_days(text):
        yield said_on(text, dated, today)
    for dated in find_dates(text, today):
        if _COMPARED.match(text, dated.end):
            continue
        if (place := _place(text, dated)) is not None:
            wished = bool(_TERMS_OF.match(text, place[1]) or _TERMS_OF.match(text, dated.end))
            yield replace(said_on(text, dated, today, place), wished=wished)


def said_on(text: str, dated: Dated, today: dt.date, place: tuple[int, int] | None = None) -> DayMention:
    """The mention of a date in ``text``; ``place``: of all the words for it, None for those of the date alone.

    Raises:
        RejectedError: there is no such day.
    """
    if dated.first is None or dated.last is None:
        raise RejectedError(NO_SUCH_DAY.format(words=text[dated.start : dated.end].strip()))
    first, last = dated.first, dated.last
    if _EARLIER.match(text, dated.end):
        first = last = first - dt.timedelta(days=1)
    if first <= today < last:  # the month is not over
        last = today
    return DayMention(first, last, *(place or (dated.start, dated.end)))


def _place(text: str, dated: Dated) -> tuple[int, int] | None:
    """From where to where ``text`` says that the contract was made on a date; None if it is another thing's date."""
    earlier = _EARLIER.match(text, dated.end)
    end = earlier.end() if earlier else dated.end
    after = _AFTER.match(text, end)
    if after and not _UNRELATED.search(after["gap"] or "") and _is_of_contract(after):
        if dated.yearless and _WISH.match(text, after.end()):
            return None
        if after["paid"]:
            return dated.start, after.start("gap")
        return dated.start, _end(_REST, text, after.end()) if after["made"] or after["used"] else after.end()
    near = max(0, dated.start - NEAR)
    stated = _STATED.search(text[: dated.start], near)
    if not stated or _UNRELATED_LAST.search(text[: stated.start()], near):
        return None
    if _DONE.match(text, end):
        return stated.start(), _end(_DONE, text, end)
    return (stated.start(), _end(_COPULA, text, end)) if stated["what"] else None


def _end(pattern: re.Pattern[str], text: str, place: int) -> int:
    """Where ``pattern`` ends that begins at ``place``; ``place`` if it does not."""
    match = pattern.match(text, place)
    return match.end() if match else place


def _is_of_contract(after: re.Match[str]) -> bool:
    """Whether what is applied for (신청) is the contract, and no training or refund."""
    gap = (after["gap"] or "").strip()
    return after["made"] != "신청" or not gap or bool(_FOR.search(gap))


def find_english_days(text: str) -> Iterator[Dated]:
    """The days of the contract that ``text`` says, with all the words that say so, in order."""
    for match in _SAID_IN_ENGLISH.finditer(text):
        try:
            first, last = _read_english(match)
        except ValueError:
            yield Dated(None, None, match.start(), match.end())
        else:
            yield Dated(first, last, match.start(), match.end())


def _read_english(match: re.Match[str]) -> tuple[dt.date, dt.date]:
    """Raises ValueError if there is no such day."""
    if match["iso"]:
        return days_of(*map(int, match["iso"].split("-")))
    if match["alone"]:
        return days_of(int(match["alone"]))
    day = match["before"] or match["behind"]
    return days_of(int(match["year"]), MONTHS[match["month"].lower()], int(re.sub(r"\D", "", day)) if day else None)
