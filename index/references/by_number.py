"""References by number in free text: "제7조 제2항", "7조②", "십사조", "8조 2~3항", "Article 11", "7-2", "12-2조".

Sums ("매출이 7조"), teams ("야간 2조"), and numbers of other laws and documents (`without_foreign`) are none. Only the
form is read here; whether the document has such an article is for the search to say.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.numerals import COUNTING, HANJA, ONES, SINO, TENS, numeral_value, one_of
from index.sentences import squeeze

if TYPE_CHECKING:
    from collections.abc import Collection

CIRCLED = {chr(0x2460 + i): f" {i + 1}항 " for i in range(20)}
_HANJA = str.maketrans({"第": "제", "條": "조", "条": "조", "項": "항", **HANJA})
_ONES = {"첫": 1, **ONES}
_ORDINAL = re.compile(
    rf"(?<![가-힣\d])(?:첫|(?:(?P<digits>\d{{1,2}})|(?P<tens>|{one_of(TENS)})(?P<ones>{one_of(_ONES)})?)"
    r"\s{0,9}(?:번\s{0,9})?째)\s{0,9}"
    r"(?=항(?![가-힣]{0,30}목)|조(?:항|문)?(?:은|는|이|가|의|을|를|에|도|만|랑|와)*(?![가-힣]))"
)

_SINO = rf"[{SINO}십백]{{1,5}}"
_NUMBER = rf"(?:\d{{1,4}}|{_SINO})"
_TO = r"\s{0,9}(?:~|∼|-|–|부터|에서|내지)\s{0,9}"
# A Korean numeral without 제 needs two syllables ("십사조"), or a 항 behind it ("구조 이항"): else 구조,
# 일조, 이조 would be numbers. A sum of money (3조원) is none.
ARTICLE = re.compile(
    rf"(?<![\d가-힣])(?:제\s{{0,9}}(?P<formal>{_NUMBER})|(?P<digits>\d{{1,4}})|(?P<sino>{_SINO}))\s{{0,9}}조"
    rf"(?:\s{{0,9}}의\s{{0,9}}(?P<branch>\d{{1,2}})(?!\s{{0,9}}항|\d))?"
    rf"(?P<money>\s{{0,9}}원)?(?P<after>{_TO}(?:제\s{{0,9}})?(?P<last>\d{{1,4}})\s{{0,9}}조)?"
)
PARAGRAPHS = re.compile(
    rf"[\s,]*(?:의|에서|에|중|,|및|과|와|·|/|이?랑|하고|그리고)?\s{{0,9}}(?:제\s{{0,9}})?(?P<first>{_NUMBER})\s{{0,9}}"
    rf"(?:(?:항)?(?:{_TO}|\s{{0,9}}[·,/]\s{{0,9}})(?:제\s{{0,9}})?(?P<last>{_NUMBER})\s{{0,9}})?항"
)
_SEPARATOR = re.compile(r"[·,/]")
_SECTION = re.compile(r"§\s{0,9}(?P<article>\d{1,3})(?=\s{1,9}\d{1,2}항)")  # "§11 ①"
# "§17(3)의 문언": the sign says what it is, wherever it stands
_SECTION_PART = re.compile(
    r"§\s{0,9}(?P<article>\d{1,3})\s{0,9}(?:\(\s{0,9}|[-./]\s{0,9})(?P<paragraph>\d{1,2})(?!\d)\s{0,9}\)?"
)
# "12죠 2햔": the two syllables as they come out of a hurried thumb, each behind its number
_MISTYPED = re.compile(
    r"(?<!\d)(?P<article>\d{1,2})\s?[조죠쪼쬬](?:\s?의)?\s{0,9}(?P<paragraph>\d{1,2})"
    r"\s?[한항핸행햔향헌헝현형환황](?![가-힣]{2})"
)
# "제5조의 첫 번째 항목"
_ITEM = re.compile(r"(?P<before>조(?:의|에서|에)?\s{0,9}[가-힣\d]{1,4}\s{0,9}(?:번\s{0,9})?째\s{0,9})항목")
_DASHED = re.compile(r"(?<![\d.-])(?P<first>\d{1,3})\s?-\s?(?P<second>\d{1,2})\s?조(?!\s{0,9}원)")
# what stands before a number that is of a law or of another document: "근로기준법 제7조", "GDPR Article 17"
_OF_LAW = re.compile(
    r"(?:[가-힣]{0,30}(?<!방)(?:법|법률|시행령|시행규칙|조례|헌법|협약|정관|내규|사규)|[가-힣]{2,30}(?:기준|고시|지침|규칙)"
    r"|(?<![A-Za-z])(?!THE\b|SLA\b|SOW\b|MSA\b)[A-Z]{3,8}|\b[A-Z][a-z]{2,20}\s(?:Act|Law|Code|Regulation|Directive))"
    r"(?:상|에서|의|에|[’']s)?\s{0,9}$"
)
_BRACKETED = re.compile(r"[「『〈《](?P<name>[^「」『』〈〉《》]{1,60})[」』〉》](?:상|에서|의|에)?\s{0,9}$")
_OF_ENGLISH_LAW = re.compile(
    r"\s{1,9}of\s{1,9}(?:the\s{1,9})?(?:[A-Z]{3,8}\b|(?:[A-Z][a-z]{2,20}\s){1,4}(?:Act|Law|Code|Regulation|Directive))"
)
_JOINS = re.compile(
    r"(?:\s{0,9}제?\s{0,9}\d{1,3}\s{0,9}[항호]){0,2}\s{0,9}(?:및|또는|과|와|이?랑|하고|,|·|~|부터)\s{0,9}"
)
_ADDENDUM = re.compile(r"부칙\s{0,9}(?:의|에서|중|에|,)?\s{0,9}$")
_BEFORE = 80  # characters before a number, in which the name of a law is looked for
_LONE_PARAGRAPH = re.compile(rf"(?<![\d가-힣])(?:제\s{{0,9}})?(?P<first>{_NUMBER})\s{{0,9}}항(?![가-힣]{{0,30}}목)")
_ENGLISH = re.compile(
    r"\b(?:article|art\.?|section|sec\.?|clause)\s{0,9}(?P<article>\d{1,4})"
    r"(?:\s{0,9}[.(-]\s{0,9}(?P<dotted>\d{1,2})\)?|\s{0,9},?\s{0,9}(?:paragraph|para\.?)\s{0,9}(?P<spelled>\d{1,2}))?",
    re.IGNORECASE,
)
# 15-3 and 7.3 only at the beginning: elsewhere they are addresses, phone numbers, amounts
_SHORT = re.compile(r"^\s{0,9}(?P<article>\d{1,3})[-.](?P<paragraph>\d{1,2})(?![\d.-]|\s{0,9}(?:%|퍼|배|년|개|번지))")
# "4의 2", "5(3)", "§12-1", "15/3": only where nothing but a wish to see it follows
_LOOKED_UP = re.compile(
    r"^\s{0,9}(?:§\s{0,9}|제\s{0,9})?(?P<article>\d{1,3})\s{0,9}(?:의\s{0,9}|\(|[-./]\s{0,9})(?P<paragraph>\d{1,2})\s{0,9}\)?"
    r"(?=\s{0,9}(?:항|번|조항|내용|원문|알려|보여|설명|뭐|무엇|무슨|좀|주세요|what|show|say|tell|please|text|[?？!.]|$))(?!\s{0,9}(?:일|월|시|년)\b)"
)
# "3-2 보라는데": told to look there, wherever it stands
_POINTED = re.compile(
    r"(?<![\d.-])(?P<article>\d{1,2})[-.](?P<paragraph>\d{1,2})\s{0,9}(?:항|번)?(?:을|를|에)?\s{0,9}(?:좀\s{0,9})?"
    r"(?:보라|보래|보면|보여|봐|읽|찾아|펴|참고|참조|확인)"
)
# a sum ("매출이 7조인데", "7조 3천억") or a team ("5조는 오전") is no article
_SUM_BEFORE = re.compile(
    r"(?:매출|자본금?|자산|시총|시가총액|예산|규모|투자|부채|이익|거래액|수출|수입|빚|벌금|가치|재산|금액|대금|돈|현금|유보금)[가-힣]{0,3}"
    r"\s{0,9}(?:약|무려|총|연|대략|거의|한)?\s{0,9}$"
)
_SUM_BEHIND = re.compile(
    r"(?:\s{0,9}(?:정도|쯤|남짓)|이?나)\s{0,9}(?:되|돼|하|벌|번|매출|자산|규모)|\s{0,9}(?:\d{1,18}+\s{0,9}+[천백십]?\s{0,9}+\d{0,18}+\s{0,9}+억"
    rf"|[{SINO}천백십수몇]{{1,20}}억"
    r"|달러|짜리|규모|넘|가량|매출|자산|자본|굴리|운용|벌어|버는|(?:대|가치의?)\s{0,9}(?:기업|회사|매출|사업|펀드))"
)
_TEAM_BEHIND = re.compile(
    rf"에\s{{0,9}}(?:\d{{1,18}}|{one_of(COUNTING)}|몇)\s{{0,9}}명"
    r"|\s{0,9}\d\s{0,9}교대|(?:는|은|가|이|랑|와|하고|로|에|의|,)?\s{0,9}(?:오전|오후|야간|주간|새벽|아침|저녁|교대|근무|당번|휴무|조장|조원|담당\s{0,9}(?:직원|사원|팀원)|직원|사원|상담사|상담원|팀|나눠|나누|나뉘|편성|사람|인원)"
)
_TEAM_BEFORE = re.compile(
    r"(?:야간|주간|오전|오후|새벽|교대|근무|당번|팀|반|상담원|직원|인원)[가-힣]{0,3}\s{0,9}(?:총|모두)?\s{0,9}$"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """What a text names: ``article`` is "" for a lone "2항"; ``paragraph`` None for the whole article.

    ``document``: its folder's name, "" where it is not told.
    """

    article: str
    paragraph: str | None = None
    document: str = ""


def find_references(text: str) -> list[Reference]:
    """The references in ``text``, in order, without repeats. At most 500 characters are meant."""
    text = _plain_numbers(text)
    found: list[Reference] = []
    used: list[tuple[int, int]] = []
    in_addendum, last = False, 0
    for match in ARTICLE.finditer(text):
        end, references = _read_article(text, match)
        if references:
            in_addendum = bool(_ADDENDUM.search(text, last, match.start())) or (
                in_addendum and bool(_JOINS.fullmatch(text, last, match.start()))
            )
            found += [replace(r, article=f"부칙-{r.article}") for r in references] if in_addendum else references
            used.append((match.start(), end))
            last = end
    for match in [*_ENGLISH.finditer(text), *(_SHORT.finditer(text) if not found else ()), *_looked_up(text, found)]:
        groups = match.groupdict()
        paragraph = groups.get("dotted") or groups.get("spelled") or groups.get("paragraph")
        found.append(Reference(_plain(match["article"]), _plain(paragraph) if paragraph else None))
    for match in _LONE_PARAGRAPH.finditer(text):
        if not found and not any(start <= match.start() < end for start, end in used):
            found.append(Reference("", str(numeral_value(match["first"]))))
    return list(dict.fromkeys(found))


def without_foreign(text: str, own: Collection[str] = ()) -> str:
    """``text`` without the numbers that are of a law or of another document, blanks in their place.

    "「개인정보 보호법」 제15조 및 같은 법 시행령 제17조"; a bracketed title that is one of ``own`` is none of them.
    """
    text = _plain_numbers(text)
    last = -1  # where the last foreign number ends
    for match in sorted([*ARTICLE.finditer(text), *_ENGLISH.finditer(text)], key=lambda m: m.start()):
        joined = last >= 0 and _JOINS.fullmatch(text, last, match.start())
        if joined or _is_foreign(text, match, own):
            behind = PARAGRAPHS.match(text, match.end())
            last = behind.end() if behind else match.end()
            text = f"{text[: match.start()]}{' ' * (last - match.start())}{text[last:]}"
    return text


def _is_foreign(text: str, match: re.Match[str], own: Collection[str]) -> bool:
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    bracketed = _BRACKETED.search(before)
    if bracketed:
        return not any(squeeze(bracketed["name"]) in squeeze(title) for title in own)
    if text == text.upper() and match.re is _ENGLISH:  # all in capitals: a word in capitals is no name
        return False
    return bool(_OF_LAW.search(before) or (match.re is _ENGLISH and _OF_ENGLISH_LAW.match(text, match.end())))


def strip_references(text: str) -> str:
    """``text`` without its references: the words that choose within the named article."""
    text = _plain_numbers(text)
    pieces, place = [], 0
    for match in ARTICLE.finditer(text):
        end, references = _read_article(text, match)
        if references and match.start() >= place:
            pieces.append(text[place : match.start()])
            place = end
    rest = "".join(pieces) + text[place:]
    for pattern in (_ENGLISH, _SHORT, _LOOKED_UP, _POINTED, _LONE_PARAGRAPH):
        rest = pattern.sub(" ", rest)
    return " ".join(rest.split())


def _looked_up(text: str, found: list[Reference]) -> list[re.Match[str]]:
    """The number form of a whole look-up, unless it is read already."""
    match = None if found or _SHORT.search(text) else _LOOKED_UP.search(text) or _POINTED.search(text)
    return [match] if match else []


def _is_sum_or_team(match: re.Match[str]) -> bool:
    """Whether "7조" without 제 stands for an amount of money or a group of people."""
    if match["formal"]:
        return False
    text, end = match.string, match.end()
    if match["digits"] and re.search(rf"(?<!\d){match['digits']}\s{{0,9}}조\s{{0,9}}원", text):
        return True  # "손해가 7조 원이면 7조 다 받나요?": the same sum again
    before = text[max(0, match.start() - 12) : match.start()]
    patterns = (_SUM_BEHIND, _TEAM_BEHIND)
    return bool(_SUM_BEFORE.search(before) or _TEAM_BEFORE.search(before)) or any(p.match(text, end) for p in patterns)


def _plain_numbers(text: str) -> str:
    """ "５조 ②", "5조 두 번째 항" → "5조 2항"."""
    text = unicodedata.normalize("NFKC", "".join(CIRCLED.get(c, c) for c in text)).translate(_HANJA)
    for pattern in (_SECTION_PART, _MISTYPED):
        text = pattern.sub(r"\g<article>조 \g<paragraph>항", text)
    text = _ORDINAL.sub(_ordinal, _ITEM.sub(r"\g<before>항", text))
    return _DASHED.sub(_dashed, _SECTION.sub(r"제\g<article>조", text))


def _dashed(match: re.Match[str]) -> str:
    """ "12-2조" is 12조의2; "3-5조", upwards, a range."""
    first, second = int(match["first"]), int(match["second"])
    return f"{first}조~{second}조" if first < second else f"{first}조의{second}"


def _ordinal(match: re.Match[str]) -> str:
    """ "열아홉 번째" → "19"."""
    value = TENS.get(match["tens"] or "", 0) + _ONES.get(match["ones"] or "", 0)
    return match["digits"] or str(value or 1)


def _read_article(text: str, match: re.Match[str]) -> tuple[int, list[Reference]]:
    """The end offset and the references that one 조 with the 항 behind it makes; none if it is no 조."""
    behind = PARAGRAPHS.match(text, match.end())
    sino = match["sino"]
    if match["money"] or (sino and len(sino) == 1 and not behind) or (not behind and _is_sum_or_team(match)):
        return match.end(), []
    article = str(numeral_value(match["formal"] or match["digits"] or sino))
    if match["branch"]:
        article += f"의{_plain(match['branch'])}"
    if match["last"]:
        first, last = numeral_value(match["formal"] or match["digits"] or sino), int(match["last"])
        return match.end(), [Reference(str(n)) for n in _span(first, last)]
    numbers: list[int] = []
    end = match.end()
    while behind:
        first, last = numeral_value(behind["first"]), numeral_value(behind["last"] or behind["first"])
        listed = behind["last"] and _SEPARATOR.search(behind.group(), behind.end("first") - behind.start())
        numbers += [first, last] if listed else list(_span(first, last))
        end = behind.end()
        behind = PARAGRAPHS.match(text, end)
    return end, [Reference(article, str(n)) for n in numbers] or [Reference(article)]


def _span(first: int, last: int) -> range:
    """first..last, at most 30 numbers, so that "1~9999" costs nothing."""
    return range(first, min(last, first + 29) + 1) if last >= first else range(first, first + 1)


def _plain(digits: str) -> str:
    return str(int(digits))
