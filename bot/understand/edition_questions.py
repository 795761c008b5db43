"""Questions about the terms as a document: what changed, when, since when they hold, where an earlier edition is."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.understand.question import count_letters

SHORT = 26  # letters up to which a text is nothing but a wish to see another edition
_PAST = (
    r"(?:바뀌었|바뀐|바꼈|달라졌|달라진|개정됐|개정되었|개정된|개정한|개정했|변경됐|변경되었|변경된|고쳐졌|고친"
    r"|수정됐|수정된)"
)
_TERMS = r"(?:이용\s?)?(?:약관|판|버전|조항)"
_EARLIER = (
    r"(?:예전|옛날?|이전|과거|구|종전|작년|재작년|지난\s?해"
    r"|(?:개정|바뀌기|변경|고치기)\s?(?:되기\s?)?전|\d{2,4}\s?년도?)"
)
# what a customer changes, or what the terms say of changes in time to come, is none of the terms' history
_PRICES = r"요금|가격|이용료"  # what they were may be asked of the terms
_OTHER = re.compile(
    rf"계약\s?(?:내용|조건|사항|변경|을|이)|기능|(?P<price>{_PRICES})|계정|담당자|비밀번호|주소|플랜|버튼|화면|메뉴|일정|명의|대표"
    r"|(?:바뀌|변경하|변경되|개정하|개정되|바꾸|고치)(?:면|려면|려고|실|ㄹ|기\s?전에|는데|고\s?싶)|바뀔|변경할|개정할|개정될|변경될"
    r"|며칠\s?전|알려\s?(?:주(?:나|시나|는지|지|죠)|줘\?)|알려\s?줄|공지|통지|동의|싫|반대|거부|나가|해지|관두|관둬|접어|끊|책임|유지하"
    r"|계속|보상|위약금|벌금|불이익|몰랐|몰라|누가|누구|안내|업데이트|배포|릴리스|새\s?버전|버전업|큰\s?버전|프로그램|설치|돌려\s?주|정관"
    r"|(?<![가-힣])[가-힣]{2,9}법(?=[이은에])|창업|아니면|release|spell"
)
_CHANGES = re.compile(
    rf"(?:뭐|뭣|무엇|무슨|어떤|어디|어느|어떻게)\S{{0,6}}(?:\s\S{{1,6}}){{0,2}}?\s{{0,9}}{_PAST}"
    rf"|{_PAST}\s{{0,9}}(?:게|거|것|건|점|내용|부분|조항|데|곳)|(?:변경|개정|수정)\s?(?:사항|점|내용|내역)|신구\s?(?:조문)?\s?대[비조]"
    rf"|{_EARLIER}\s?(?:의\s?)?(?:{_TERMS}|거|것)\S{{0,3}}.{{0,20}}(?:비교|차이|달라|다른|달랐)"
    r"|(?:개정|변경)\s?전\s?[·,/과와]?\s?후|비교표|대비표|대조표"
    r"|what(?:\s\w+){0,3}\schanged|what(?:'s|\sis)\sdifferent",
    re.IGNORECASE,
)
_TURNED = (
    r"(?:올랐|오른|올라갔|내렸|내린|늘었|늘어났|줄었|줄어들었|길어졌|짧아졌|비싸졌|싸졌|생겼|없어졌|추가됐|추가되었)"
)
_WHEN = re.compile(
    rf"언제\s{{0,9}}(?:처음\s{{0,9}})?{_TURNED}|언제부터\s.{{0,15}}\d[\d,]{{0,12}}\s?(?:원|일|%|퍼센트|개월|시간|년|주|배)"
    rf"|(?:조|항|약관|규정)\S{{0,3}}\s?(?:연혁|변천|개정사|히스토리)|"
    rf"언제\s{{0,9}}(?:마지막으로\s{{0,9}}|처음\s{{0,9}})?{_PAST}|(?:개정|변경)\s?(?:이력|연혁|기록|일자|날짜|일(?=[이은]|\?|$))"
    rf"|약관\S{{0,3}}\s?연혁|몇\s?번\s?(?:이나\s?)?(?:개정|{_PAST})|(?:최근|마지막)\s?(?:에\s?)?(?:개정|변경)\S{{0,3}}\s?(?:언제|날)"
    r"|when\s(?:was|were|did)(?:\s\w+){0,4}\s(?:amended|revised|changed|updated|change)",
    re.IGNORECASE,
)
_AT_ALL = re.compile(rf"{_PAST}(?:나요|습니까|는지요?|던가요|(?:어요|나|죠|어)\s?[?？])\s{{0,9}}[?？.]?$")
_SINCE = re.compile(
    r"언제부터\s{0,9}(?:적용|시행|효력|유효)|시행일(?:이|은|자)?\s{0,9}(?:언제|며칠|뭐|\?|$)|since\swhen|effective\sdate|when(?:\s\w+){1,5}\s(?:take|took|into)\s(?:effect|force)",
    re.IGNORECASE,
)
_EDITION = re.compile(
    rf"{_EARLIER}\s?(?:의\s?|에\s?쓰던\s?)?(?:이용\s?)?(?:약관|판|버전|본)(?:을|를|이|은|는|도)?\s?(?:좀\s?)?(?P<rest>.{{0,20}})$"
)
_TO_SEE = re.compile(
    r"^(?!.*(?:동안|쓸\s?수|몇\s?년|며칠))(?:(?:요|이?요|은요|는요)?$|.{0,20}?(?:보여|보고|볼\s?수|볼래|구할|구해|받을|받아|주세요|줘|있나|있어|있을까|있습니까|없나|없어|찾|어디|확인|열람|공개))"
)


_COMPARES = re.compile(
    r"비교(?:해|를|하)?[가-힣]{0,4}|차이(?:점)?|다른\s?점|(?:어떻게|얼마나|뭐가|무엇이|어디가|어떤\s?게)?\s?(?:달라|다른(?=가|지|데요|\\s?[게거]|$)|다릅|달랐)[가-힣]{0,4}"
    r"|compare|difference",
    re.IGNORECASE,
)
# the other side of a comparison is an edition: "작년 거랑", "2024년 약관과", "옛날 거랑"
_EARLIER_ONE = re.compile(rf"{_EARLIER}\s?(?:의\s?)?(?:{_TERMS}|거|것)?(?:이랑|랑|하고|와|과|보다)(?![가-힣])")
_FILLER = re.compile(
    r"(?:(?:이용\s?)?약관|규정|조항|내용|부분|알려|보여|주세요|주시|줘|부탁|좀|이번|최근|지금|현재|현행|오늘|서로|각각|많이|전후|예전|옛날?|이전|과거)"
    r"(?:이랑|랑|하고|와|과|보다|에서?는?|의|은|는|이|가|을|를|도)?(?![가-힣])"
    r"|그건|그거|그게|그것|이건|이거|이게|(?<![가-힣])(?:거|것|게|건|뭐|무엇|뭣|점|판|언제|처음|어떻게|때)(?:이랑|랑|하고|와|과|가|이|는|은|를|을|보다)?(?![가-힣])"
    r"|(?<![가-힣])[졌됐었였]?(?:어요|나요|습니까|는지|는가요|죠|지요|어|던가요|을까요|건가요|거예요|거죠|뀐|거)(?![가-힣])"
    r"|(?<![가-힣])(?:이랑|랑|하고|와|과|에|에는|에서|의|가|이|는|은|도|를|을|요|예요|이에요|인가요|있나요|있어요|거예요)(?![가-힣])|[?？.!~,]"
)
_PLAIN = re.compile(
    rf"^(?:이번에|최근에|그동안)?\s?(?:뭐가?|무엇이|어떤\s?(?:게|점이))\s?{_PAST}\S{{0,5}}\s?[?？]?$|^이번에\s?{_PAST}"
    rf"|언제\s.{{0,9}}(?:{_PAST}|{_TURNED})|약관.{{0,12}}{_PAST}|{_PAST}\s?약관|개정\s?(?:이력|연혁)|{_EARLIER}\s?(?:이용\s?)?약관|제\s?\d{{1,18}}\s?조"
)


class EditionQuestion(StrEnum):
    """What is asked about the editions; ``ONE_SIDE``: a comparison of one clause with it is not said what."""

    CHANGES = "changes"
    WHEN = "when"
    SINCE = "since"
    EDITION = "edition"
    ONE_SIDE = "one side"


def is_plain_history(text: str) -> bool:
    """Whether ``text`` says by its form alone that the terms' own history is asked for: "이번에 바뀐 게 뭐예요?"."""
    return bool(_PLAIN.search(text))


def read_edition_question(text: str) -> EditionQuestion | None:
    """What ``text`` asks about the terms' history, None if it is about what they say."""
    if _asks_other(text):
        return None
    if _COMPARES.search(text) and _EARLIER_ONE.search(text):
        return EditionQuestion.CHANGES
    wish = _EDITION.search(text)
    if wish and count_letters(text) <= SHORT and _TO_SEE.search(wish["rest"].strip(" ?？.!~")):
        return EditionQuestion.EDITION
    patterns = (
        (EditionQuestion.WHEN, _WHEN),
        (EditionQuestion.CHANGES, _CHANGES),
        (EditionQuestion.SINCE, _SINCE),
        (EditionQuestion.WHEN, _AT_ALL),
    )
    return next((asked for asked, pattern in patterns if pattern.search(text)), None)


def compares(text: str) -> bool:
    """Whether ``text`` wants two things compared."""
    return bool(_COMPARES.search(text))


def _asks_other(text: str) -> bool:
    """Whether something else changes; that a price did so ("언제 올랐어요?") may be asked of the terms."""
    return any(not (match["price"] and _WHEN.search(text)) for match in _OTHER.finditer(text))


def without_history_words(text: str) -> str:
    """``text`` without the words that ask for its history: what is left names a subject ("환불 기간이")."""
    for pattern in (_WHEN, _CHANGES, _SINCE, _AT_ALL, _COMPARES):
        text = pattern.sub(" ", text)
    return " ".join(_FILLER.sub(" ", text).split())
