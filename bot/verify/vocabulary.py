"""Words: every word of a sentence that says something has to be in its clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.sentences import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.verify.morphemes import Morpheme

# Share of the words that the clause has to hold. Measured on 747 false sentences (tests/support/hostile.py) and 56
# faithful ones (tests/support/paraphrases.py): at 1.0, 1 false one passed these checks (`keeps_adverbs` has caught it
# since), at 0.95 56 and at 0.9 127 (added words: 반드시, 무료로); 48 faithful ones passed at each.
THRESHOLD = 1.0

_CONTENT = {"NNG", "NNP", "NR", "XR", "SL", "MAG", "MM", "VV", "VA", "NP", "IC", "XPN"}
_UNITS = {
    "일",
    "주일",
    "주",
    "달",
    "개월",
    "월",
    "년",
    "시간",
    "분",
    "번",
    "회",
    "차례",
    "배",
    "개",
    "명",
    "가지",
    "원",
}
_RESTRICTING = {"만", "뿐", "밖에", "조차", "마저"}
NEUTRAL = {
    *("하", "되", "있", "없", "받", "시키", "않", "이", "아니", "같", "정하", "다르", "따르", "관련", "필요"),
    *(
        "위하",
        "통하",
        "대하",
        "인하",
        "관하",
        "의하",
        "이러하",
        "그러하",
        "또는",
        "그리고",
        "다만",
        "단",
        "또한",
        "기타",
    ),
    *("약관", "조", "항", "경우", "때", "이때", "것", "수", "등", "및", "내용", "사항", "다음", "제"),
    *("그", "본", "해당", "위", "각", "안", "못"),
}
# what a customer reads for what the terms say; only where the exchange is certain
_SAYS = {
    "알리": {"공지", "통지", "안내", "통보"},
    "미리": {"사전"},
    "요금": {"이용료", "이용요금"},
    "이용료": {"이용요금", "요금"},
    "바꾸": {"변경", "개정"},
    "바뀌": {"변경", "개정"},
    "내": {"지급"},
    "납부": {"지급"},
    "멈추": {"중단"},
    "지우": {"삭제"},
    "만들": {"생성", "제작"},
    "쓰": {"사용", "이용"},
    "사용": {"이용"},
    "이용": {"사용"},
    "끝나": {"종료"},
    "돌려받": {"환불"},
    "해약": {"해지"},
    "고객사": {"고객"},
    "고객": {"고객사"},
    "이전": {"전"},
    "이후": {"후"},
    "마련": {"명시"},
    "맡기": {"위임"},
    "넘기": {"양도"},
    "고치": {"시정"},
    "갚": {"배상"},
    "요구": {"요청"},
    "요청": {"요구"},
    "금액": {"총액", "한도"},
    "미납": {"연체"},
    "번": {"회"},
    "지키": {"준수"},
    "어기": {"위반"},
    "올리": {"게시"},
    "주": {"제공", "교부", "지급"},
    "합치": {"합병"},
    "나누": {"분할"},
    "넘": {"초과"},
    "책임지": {"책임"},
    "뜻": {"의미"},
    "모든": {"일체"},
    "적히": {"명시"},
    "생기": {"발생"},
    "다른": {"타"},
}


def says(word: str, known: Iterable[str]) -> bool:
    """Whether ``word``, or what it stands for in everyday language, is among ``known``."""
    wanted = {word} | _SAYS.get(word, set())
    return not wanted.isdisjoint(known)


def covered_share(sentence: Sequence[Morpheme], clause: Sequence[Morpheme], wording: str) -> float:
    """Share, 0..1, of the words of ``sentence`` that ``clause``, ``wording`` in text, holds; 1.0 if it has none."""
    behind_digits = [False, *(token.tag == "SN" for token in sentence[:-1])]  # `bot.verify.numbers` sees to those units
    words = [t for t, digits in zip(sentence, behind_digits, strict=False) if matters(t) and not digits]
    known = {t.form for t in clause}
    numerals = {t.form for t in clause if t.tag == "NR"}
    held = squeeze(wording)
    found = sum(
        t.form in numerals
        if t.tag == "NR"
        else says(t.form, known) or (t.is_noun and len(t.form) > 1 and t.form in held)
        for t in words
    )
    return found / len(words) if words else 1.0


def matters(token: Morpheme) -> bool:
    """Whether a morpheme says something of its own: a content word, a unit, a restricting particle."""
    if token.tag == "JX":
        return token.form in _RESTRICTING
    if token.tag == "NNB":
        return token.form in _UNITS
    return token.tag in _CONTENT and token.form not in NEUTRAL
