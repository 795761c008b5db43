"""Personal data and abuse out of a text, before it is stored, logged or shown again."""

from __future__ import annotations

import re
from functools import partial

# Longer and more telling forms first: a card number must not be half masked as a phone number.
_PERSONAL = (
    (
        "주민등록번호",
        re.compile(r"(?<!\d)\d{6}(?:\s*-\s*|\s)[1-8](?:\d{6}|\*{6})(?![\d*])|(?<!\d)\d{6}[1-4]\d{6}(?!\d)"),
    ),
    ("카드번호", re.compile(r"(?<!\d)(?:\d{4}(?: ?[-.] ?| )?){3}\d{3,4}(?!\d)")),
    ("이메일", re.compile(r"[\w.+-]+ ?@ ?[\w-]+(?:\.[\w-]+)+", re.ASCII)),
    ("전화번호", re.compile(r"(?<!\d)(?:\+?82[- .]?|0)\d{1,2}[- .)]*\d{3,4}[- .]*\d{4}(?!\d)")),
    ("사업자번호", re.compile(r"(?<!\d)\d{3}-\d{2}-\d{5}(?!\d)")),
    ("계좌번호", re.compile(r"(?<!\d)\d{2,6}-\d{2,6}-\d{2,7}(?:-\d{1,3})?(?!\d)")),
    ("번호", re.compile(r"(?<!\d)\d{9,}(?!\d)")),
)
# full-width forms and the dashes of all kinds, read as what they stand for
_ALIKE = str.maketrans(
    "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19\uff20\uff0e\uff0d\u2010\u2011\u2012\u2013\u2014\u2212",
    "0123456789@.-------",
)
_MASKS = re.compile(rf"\[(?:{'|'.join(kind for kind, _ in _PERSONAL)})\]")
_DATE = re.compile(r"(?:19|20)\d{2}-\d{1,2}-\d{1,2}|\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_PRICE = re.compile(r"[1-9]\d*(?:원(?!래)|\s+원(?:[은을이도에의]?(?![가-힣])|입니다|인데|짜리))")

# Abuse and the endings known to follow it. A wrongly cut word costs an answer, so what may be an honest word stays:
# 시발점, 날씨발표, 질병신고, 허리띠를 졸라매다, 새끼손가락, 쓰레기통, 바보상자, 18년.
_MASK = r"[\d!@.*~^_]{1,2}"  # stands between the syllables of a disguised word
_CALL = r"(?:들?[아야]|들|이|이야|이?네|이?냐)요?(?![가-힣])"
_ENDING = rf"(?:새끼|놈|년(?!도))?(?:같(?:은데|은|이|네|아)요?|{_CALL})?"
_STEMS = (
    r"씨[발팔](?![송급표견생행신전휘령화])",
    rf"(?<![가-힣])(?:아|개)?(?:시발(?![점역택송급표견생행신전])|씨바ㄹ?|[씨시]{_MASK}발)",
    r"(?<![가-힣])(?<![가-힣] )[씨시] 발(?![가-힣])",
    r"(?<!ㄱ)[ㅅㅆ][ .]?ㅂ(?:ㅅㄲ)?|ㅂㅅ|ㅈㄴ",
    rf"(?<![가-힣])[이개]?[병븅](?:{_MASK})?신(?![고청])",
    rf"(?:(?<![공보의생기현잔실])존(?:{_MASK})?나(?!라)|(?<![가-힣])졸라(?![매맨맬맵맸대댄댔서야도달]))(?:게(?![시임재]))?",
    r"좆[나도]?|씹새끼?|(?<![가-힣])[개십]새끼|(?<![가-힣])[이그저] ?새끼(?![손발줄]| ?[고강])",
    r"(?<![가-힣])새끼(?=들?[아야](?![가-힣]))|(?<!\d)18(?=놈|새끼)|(?<![가-힣])미친(?=놈|년(?!도)|새끼)",
    r"(?<![가-힣\d])개같(?:은(?!데)|이)|(?<![가-힣])개?지랄(?:하[네고지])?|꺼지라고?(?![가-힣])|닥쳐라",
    rf"(?<![가-힣])(?:멍청(?:하[네고게]|한|이(?=들))?|바보(?=같|{_CALL}|(?![가-힣]))|쓰레기(?=같|새끼|놈|들?[아야](?![가-힣])))",
)
_ABUSE = re.compile(rf"(?:{'|'.join(_STEMS)}){_ENDING}|\b(?:fuck\w*|shit|bitch|stupid|idiot)\b", re.IGNORECASE)


def mask_personal(text: str) -> str:
    """``text`` with 주민등록번호, card, mail, phone, 사업자번호 and account numbers replaced by their kind."""
    text = text.translate(_ALIKE)
    for kind, pattern in _PERSONAL:
        text = pattern.sub(partial(_mark, kind), text)
    return text


def _mark(kind: str, match: re.Match[str]) -> str:
    harmless = _DATE.fullmatch(match[0]) or _PRICE.match(match.string, match.start())
    return match[0] if harmless else f"[{kind}]"


def cut_abuse(text: str, by: str) -> str:
    """``text`` with ``by`` in place of words of abuse, so that the honest question in it is what gets answered."""
    return _ABUSE.sub(by, text)


def cut_masks(text: str, by: str) -> str:
    """``text`` with ``by`` in place of the marks that `mask_personal` leaves."""
    return _MASKS.sub(by, text)
