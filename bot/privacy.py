"""Personal data and abuse out of a text, before it is stored, logged or shown again."""

from __future__ import annotations

import re
from functools import partial

# Longer and more telling forms first: a card number must not be half masked as a phone number.
_PERSONAL = (
    (
        "주민등록번호",
        re.compile(r"(?<!\d)\d{6}\s*-\s*[1-8]\d{6}(?!\d)|(?<!\d)\d{6}[1-4]\d{6}(?!\d)"),
    ),
    ("카드번호", re.compile(r"(?<!\d)(?:\d{4}[- ]?){3}\d{3,4}(?!\d)")),
    ("이메일", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)),
    ("전화번호", re.compile(r"(?<!\d)(?:\+?82[- .]?|0)\d{1,2}[- .)]*\d{3,4}[- .]*\d{4}(?!\d)")),
    ("사업자번호", re.compile(r"(?<!\d)\d{3}-\d{2}-\d{5}(?!\d)")),
    ("계좌번호", re.compile(r"(?<!\d)\d{2,6}-\d{2,6}-\d{2,7}(?:-\d{1,3})?(?!\d)")),
    ("번호", re.compile(r"(?<!\d)\d{9,}(?!\d)")),
)
_DATE = re.compile(r"(?:19|20)\d{2}-\d{1,2}-\d{1,2}")

# Stems that are abuse in whatever form follows; kept short on purpose: a wrongly cut word costs an answer.
_ABUSE = re.compile(
    r"(?:씨발|ㅅㅂ|ㅆㅂ|씹새|좆|존나|졸라|개새끼|새끼|병신|ㅂㅅ|미친(?=놈|년|새)|지랄|꺼지라|닥쳐라|쓰레기|멍청|바보)"
    r"[가-힣]{0,3}|\b(?:fuck\w*|shit|bitch|stupid|idiot)\b",
    re.IGNORECASE,
)


def mask_personal(text: str) -> str:
    """``text`` with 주민등록번호, card, mail, phone, 사업자번호 and account numbers replaced by their kind."""
    for kind, pattern in _PERSONAL:
        text = pattern.sub(partial(_mark, kind), text)
    return text


def _mark(kind: str, match: re.Match[str]) -> str:
    return match[0] if _DATE.fullmatch(match[0]) else f"[{kind}]"


def strip_abuse(text: str) -> str:
    """``text`` without words of abuse, so that the honest question in it is what gets answered."""
    return " ".join(_ABUSE.sub(" ", text).split())


def strip_masks(text: str) -> str:
    """``text`` without the marks that `mask_personal` leaves."""
    return " ".join(re.sub(rf"\[(?:{'|'.join(kind for kind, _ in _PERSONAL)})\]", " ", text).split())
