"""What can be wrong with a sentence."""

from enum import StrEnum


class Fault(StrEnum):
    """Why a sentence does not stand; the value is what people read."""

    LABEL = "근거로 받지 않은 조항"
    UNSUPPORTED = "받쳐 주는 조항이 없음"
    FORM = "링크나 꾸밈"
    LANGUAGE = "다른 언어"
    ENDING = "끝맺지 않았거나 약관의 말투가 아닌 문장"
    PERSON = "약속이나 권유"
    NUMBER = "근거에 없는 수"
    WORD = "근거에 없는 낱말"
    PHRASE = "다르게 이은 낱말"
    MOOD = "허용·의무·부정이 다름"
    CONDITION = "빠진 조건"
    BOUNDS = "빠진 대상이나 한정"
    ROLE = "주체가 다름"
    OBJECT = "대상이 다름"
    CORE = "핵심 문장이 서지 않아 답을 조문으로 바꿈"  # of a sentence that would have stood
    PARTS = "조항이 함께 받치지 못함"
