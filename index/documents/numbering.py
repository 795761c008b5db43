"""Automatic numbers of word processors and browsers: a count written in a form, and the counters of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.numerals import SINO
from index.parsing.paragraphs import CIRCLES, HANGUL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_JAMO = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_VOWELS = (0, 4, 8, 13, 18, 20)  # 가, 거, 고, 구, 그, 기: the order in which a list goes on after 하
_MEDIAL = 28  # code points from 가 to 개
_ROMAN = dict(zip((1000, 900, 500, 400, 100, 90, 50, 40), ("m", "cm", "d", "cd", "c", "xc", "l", "xl"), strict=True))
_ROMAN |= {10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i"}
_HANJA = dict(zip(SINO + "십백천", "一二三四五六六七八九十百千", strict=True))
_STEMS = "갑을병정무기경신임계"
_HOLDER = re.compile(r"%([1-9])")
_GLYPHS = "·•∙ㆍ◦▪∘-–—*※○●□■▶▷◇◆"  # of bullets; what else stands for one is a letter of a font of signs


def _row(letters: str) -> Callable[[int], str]:
    """Letters, doubled when they are used up: a … z, aa, bb."""
    return lambda n: letters[(n - 1) % len(letters)] * ((n - 1) // len(letters) + 1)


def _circled(number: int) -> str:
    return CIRCLES[number - 1] if number <= len(CIRCLES) else f"({number})"


def _hangul(number: int) -> str:
    row, place = divmod(number - 1, len(HANGUL))
    return chr(ord(HANGUL[place]) + _MEDIAL * _VOWELS[row % len(_VOWELS)])


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN.items():
        times, number = divmod(number, value)
        written += letters * times
    return written


def _sino(number: int) -> str:
    digits = "".join(dict.fromkeys(SINO.replace("륙", "")))
    written = ""
    for value, unit in ((1000, "천"), (100, "백"), (10, "십"), (1, "")):
        times, number = divmod(number, value)
        if times:
            written += (digits[times - 1] if times > 1 or not unit else "") + unit
    return written


FORMS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "padded": lambda n: f"{n:02d}",
    "circled": _circled,
    "paren": lambda n: f"({n})",
    "stop": lambda n: f"{n}.",
    "dashed": lambda n: f"- {n} -",
    "hangul": _hangul,
    "circled hangul": _row("㉮㉯㉰㉱㉲㉳㉴㉵㉶㉷㉸㉹㉺㉻"),
    "circled letter": _row("ⓐⓑⓒⓓⓔⓕⓖⓗⓘⓙⓚⓛⓜⓝⓞⓟⓠⓡⓢⓣⓤⓥⓦⓧⓨⓩ"),
    "jamo": _row(_JAMO),
    "stem": _row(_STEMS),
    "letter": _row("abcdefghijklmnopqrstuvwxyz"),
    "LETTER": _row("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "roman": _roman,
    "ROMAN": lambda n: _roman(n).upper(),
    "sino": _sino,
    "hanja": lambda n: "".join(_HANJA[letter] for letter in _sino(n)),
    "none": lambda _: "",
}
_HIGHEST = 9_999  # what all forms can write


def written(number: int, form: str) -> str:
    """``number`` in ``form``, one of `FORMS`: 2, "circled" → ②. What the form cannot write is written in digits."""
    return FORMS[form](number) if 0 < number <= _HIGHEST else str(number)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: ``text`` with %n where the count of the n-th level stands ("제%1조의%2 ").

    ``anew``: the 1-based level whose advance begins this one anew; None: any above; 0: none. ``digits``: all in digits.
    """

    form: str
    text: str
    start: int = 1
    anew: int | None = None
    digits: bool = False


def bullet(glyph: str) -> Level:
    """The level of a list without numbers."""
    return Level("none", f"{glyph if glyph and glyph in _GLYPHS else '-'} ")


class Counters:
    """How far a list has come at each of its levels."""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}

    def label(self, levels: Mapping[int, Level], at: int) -> str:
        """Count one on at the 0-based level ``at`` and write what stands before the item; "" for an unknown level."""
        level = levels.get(at)
        if level is None:
            return ""
        self._counts[at] = self._counts[at] + 1 if at in self._counts else level.start
        for deeper in [other for other in self._counts if other > at]:
            anew = levels[deeper].anew if deeper in levels else None
            if anew is None or at < anew:
                del self._counts[deeper]

        def count(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            shown = levels.get(other, level)
            return written(self._counts.get(other, shown.start), "decimal" if level.digits else shown.form)

        return _HOLDER.sub(count, level.text).lstrip()

    def restart(self, at: int) -> None:
        """Forget the count of a level: its next item is the first."""
        self._counts.pop(at, None)
