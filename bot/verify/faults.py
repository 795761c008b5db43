"""What can be wrong with a sentence, and what is with its outside: script, markup, tone and whether it is whole."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.verify.endings import formal
from index.sentences import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 500  # characters of one sentence; the longest clause of the real terms has about 200
_MARKUP = re.compile(r"[<>`|{}\\#*_~^=]|&\w+;|\]\(|!\[|https?:|www\.|javascript:|data:", re.IGNORECASE)
_LABEL = re.compile(r"\[[^\[\]]{0,200}\]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9@._+-]*")
_DECLARATIVE = re.compile(r"(?:니다|습니다|ㅂ니다)[.]?$")
_FIRST_PERSON = re.compile(
    r"저희|제가|저는|저의|우리는|우리가|우리의|당사(?!자)|본인은|나는|내가|드리겠|겠습니다|겠어요|드립니다|드려요|드릴|약속합니다|약속드"
    r"|바랍니다|주세요|하세요|하십시오|주십시오|시오|합시다|세요"
)


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


def form_faults(text: str, known: str) -> Iterator[Fault]:
    """What is wrong with the outside of ``text``; ``known``: the wording of its clauses."""
    stated = formal(text) if len(text) <= LONGEST else text
    if _MARKUP.search(text) or _LABEL.search(text) or len(text) > LONGEST:
        yield Fault.FORM
    if any(_foreign(letter) for letter in text) or any(w.strip(".-_") not in known for w in _LATIN.findall(text)):
        yield Fault.LANGUAGE
    if _FIRST_PERSON.search(text) or _FIRST_PERSON.search(stated) or "?" in text or "!" in text:
        yield Fault.PERSON
    if not _DECLARATIVE.search(stated.rstrip(")")) and not _slice_to_end(text, known):
        yield Fault.ENDING


def _foreign(letter: str) -> bool:
    """A letter that is neither Hangul nor Latin, or a character that is not seen (control, format, private)."""
    category = unicodedata.category(letter)
    if category[0] == "C":
        return True
    name = unicodedata.name(letter, "")
    return category[0] in "LM" and not name.startswith(("HANGUL", "LATIN"))


def _slice_to_end(text: str, known: str) -> bool:
    """Whether a clause without a verb ("대표전화 : …") is quoted to its end."""
    return squeeze(known).endswith(squeeze(text.rstrip(".")))
