"""What a clause states by kind (30일: 기간, 2회: 횟수, 법원: 어디), and what it leaves to which document.

By rules over the text, for any document; `index.facts.files` keeps what they found where a person can mend it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """``value``: the clause's own words, of a ``kind`` of `index.aspects.KINDS`."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Left:
    """``things``: what is left, in the clause's words; ``target``: the document that says it."""

    things: str
    target: str


_DOCUMENT = (
    r"(?:계약서|SLA|SOW|견적서|주문서|제안서|운영\s{0,9}정책|정책|개인정보\s{0,9}처리방침|처리방침|(?:관련|관계)\s{0,9}법령|법령|개별\s{0,9}(?:약정|계약|문서)"
    r"|상관례|(?:별도의?\s{0,9})?합의서?|사전\s{0,9}약정|약정|(?:해당\s{0,9})?사업자의\s{0,9}약관(?:·요율)?|약관|요율|개별\s{0,9}문서|협의|이용안내|공지)"
)
_DOCUMENTS = rf"{_DOCUMENT}(?:\s{{0,9}}(?:·|,|또는|과|와|및|이나|나)\s{{0,9}}{_DOCUMENT})*"
_LEAVES = re.compile(
    rf"(?P<target>{_DOCUMENTS})\s{{0,9}}(?:에|에서|을|를|으로|로|이|가|과|와)?\s{{0,9}}"
    r"(?:(?:각각\s{0,9})?따(?:르|라|릅)|(?:의해\s{0,9})?정(?:하|한|해|합)|명시(?:된|하|되|합)|규정|약정된|추가\s{0,9}적용|우선|체결하고)"
)
_STATES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("비율", re.compile(r"(?:연\s{0,9})?\d{1,18}(?:\.\d{1,18})?\s{0,9}(?:%|퍼센트|할|배)")),
    ("횟수", re.compile(r"\d{1,18}\s{0,9}(?:회|번|차례)(?:\s{0,9}이상)?")),
    ("빈도", re.compile(r"(?:매\s{0,9}(?:일|주|월|년|분기)|연\s{0,9}\d{1,18}회|월\s{0,9}\d{1,18}회|정기(?=적))")),
    (
        "금액",
        re.compile(
            r"\d[\d,]{0,20}\s{0,9}(?:만\s{0,9}|천\s{0,9}|억\s{0,9})*원|이용료\s{0,9}총액|(?:고정비|구독료|연체료|위약금)\s{0,9}\d"
        ),
    ),
    ("요일·시각", re.compile(r"\d{1,2}\s{0,9}시(?!간)|\d{1,2}:\d{2}|[월화수목금토일]요일|평일|영업\s{0,9}시간")),
    (
        "날짜",
        re.compile(
            r"\d{4}\s{0,9}[.년]\s{0,9}\d{1,2}\s{0,9}[.월]\s{0,9}\d{1,2}\s{0,9}일?|시행일(?:\s{0,9}\d{1,18}일\s{0,9}전|\s{0,9}이전)"
        ),
    ),
    (
        "기간",
        re.compile(
            r"(?<![\d.])\d{1,18}\s{0,9}(?:영업일|일|개월|주일|주|년|시간|분)(?!\s{0,9}\d)(?:\s{0,9}(?:전|이내|동안|간|이상))*"
        ),
    ),
    (
        "기한",
        re.compile(
            r"\d{1,18}\s{0,9}(?:영업일|일|개월|년|시간)\s{0,9}(?:전|이내|안에|까지)|즉시|지체\s{0,9}없이|시행일\s{0,9}이전까지"
        ),
    ),
    (
        "한도",
        re.compile(
            r"만\s{0,9}\d{1,18}세\s{0,9}미만|(?:최대|최소|한도)\S{0,20}\s{0,9}\S{0,20}|초과하지\s{0,9}않|미만|이하"
        ),
    ),
    ("개수", re.compile(r"\d{1,18}\s{0,9}(?:명|개(?!월)|대|부|장|인)")),
    (
        "어디",
        re.compile(
            r"법원|홈페이지|주소|소재지|관리자\s{0,9}화면|[가-힣]{1,20}(?:시|도)\s{1,9}[가-힣]{1,20}(?:시|군|구)\s"
        ),
    ),
    ("누구", re.compile(r"담당자|책임자|대표이사|관리자|당사자\s{0,9}일방")),
    ("문서", re.compile(r"[가-힣]{0,20}(?:등록증|위임장|증명서|견적서|주문서|계약서|청구서|세금계산서|합의서)")),
    ("방법", re.compile(r"서면|전자\s{0,9}(?:우편|서명)|이메일|공지|통지|게시|카드|세금계산서")),
    ("뜻", re.compile(r"”\s{0,9}(?:이?란|은|는)\s|을\s{0,9}(?:의미|말)(?:합|하)|를\s{0,9}(?:의미|말)(?:합|하)")),
)


def find_facts(text: str) -> tuple[Fact, ...]:
    """What a clause states, in the order of `_STATES`; each value once."""
    found = (Fact(kind, " ".join(m.group().split())) for kind, pattern in _STATES for m in pattern.finditer(text))
    return tuple(dict.fromkeys(found))


def find_left(text: str) -> tuple[Left, ...]:
    """What a clause leaves to other documents: the words before each mention of one, back to the last clause end."""
    found = []
    for match in _LEAVES.finditer(text):
        before = re.split(r"[,.]\s|며\s|고\s(?=\S)", text[: match.start()])[-1].strip()
        after = re.match(r"\S{0,20}\s{0,9}([^.,]{0,40})", text[match.end() :])
        things = before if before and not before.endswith(("”", "는", "은")) else (after[1] if after else "")
        found.append(Left(things.strip(), " ".join(match["target"].split())))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Deed:
    """``who`` may, must, must not or does (``modal``) do ``what``, in the clause's words."""

    who: str
    modal: str
    what: str


_WHO = re.compile(
    r"[“\"]?(?P<who>회사|고객사?|관리자 및 사용자|관리자|사용자|당사자 일방|양 당사자)[”\"]?(?:는|은|가|이)(?=\s)"
)
_MODALS = (
    ("must_not", re.compile(r"안 (?:되|됩)|금지|수 없|공개하지 않|하지 않습")),
    ("may", re.compile(r"수 있")),
    ("must", re.compile(r"야 (?:하|합)|부담합|배상합|노력(?:합|을 기울)")),
)


def find_acts(text: str) -> tuple[Deed, ...]:
    """Who may, must or must not do what: of each part of a sentence with a party as its subject, or the last one's."""
    found: list[Deed] = []
    who = ""
    for part in re.split(r"(?<=[며고]),?\s|(?<=다)\.\s?", text):
        subject = _WHO.search(part)
        who = subject["who"] if subject else who
        modal = next((name for name, pattern in _MODALS if pattern.search(part)), "does" if subject else "")
        if who and modal and part.strip():
            what = part[subject.end() :] if subject else part
            found.append(Deed(who, modal, " ".join(what.split()).rstrip(".,")))
    return tuple(found)
