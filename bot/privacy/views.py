"""How a text is read for personal data: folded (NFKC), and with spelled-out digits as digits, offsets kept."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from index.numerals import DIGITS, SPELLED

BLANK, HARMLESS = "\x00\x01"  # stand for what was found, and for dates and prices: no letter, digit or separator
GAP = r"[ \-._~/,:|*]{0,4}"  # between two digits of a number, in the view of the digits
_VALUES = str.maketrans({letter: str(value) for letter, value in DIGITS.items()})
# one sign for one sign, so that offsets stay; ㅡ and ー are typed for a dash
_DASHES, _WAVES, _DOTS = (
    "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\u3161\u30fc\u4e00",
    "\u223c\u301c",
    "\u00b7\u318d\u2022\u2027\u30fb\u2219\u3002\u3001\u22c5\u25cf",
)
_SIGNS = str.maketrans(
    {**dict.fromkeys(_DASHES, "-"), **dict.fromkeys(_WAVES, "~"), **dict.fromkeys(_DOTS, "."), "\t": " ", "\u2236": ":"}
)
_JAMO = range(0x3131, 0x318F)  # NFKC takes them for parts of syllables
_WORD_GAP = r"[ \-._~/,]{0,3}(?:(?:다시|에|의|국에|하이픈|대시)[ \-._~/,]{0,3})?"
_RUN = re.compile(rf"(?:(?<![가-힣])[{SPELLED}\d]|(?<=[가-힣])[공영빵])(?:{_WORD_GAP}[{SPELLED}\d]){{6,}}")
_WORDS_BETWEEN = re.compile(rf"(?![{SPELLED}])[가-힣]")
_LETTERS_FOR_TEN = re.compile(r"(?<![A-Za-z0-9])(?=\w{0,2}[oOlI])[oO0][1lI][oO0](?=[ \-._~/,)]{0,3}\d)")
_LAST_GROUP = re.compile(rf"[{SPELLED}]{{5}}$")


@dataclass(slots=True)
class Views:
    """``plain``: the text folded; ``digits``: the same with spelled digits and all separators in one form.

    Both have one sign for each of ``places``, the sign of the source that it comes from; what was found is blanked.
    """

    plain: str
    digits: str
    places: list[int]

    def blank(self, spans: list[tuple[int, int]], by: str = BLANK) -> None:
        """Put ``by`` in place of ``spans`` of the views, so that nothing is found there again."""
        if not spans:
            return
        plain, digits = list(self.plain), list(self.digits)
        for start, end in spans:
            plain[start:end] = digits[start:end] = by * (end - start)
        self.plain, self.digits = "".join(plain), "".join(digits)

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Where ``start`` to ``end`` of the views (not empty) stands in the source."""
        return self.places[start], self.places[end - 1] + 1


def read_views(text: str) -> Views:
    """``text`` sign by sign: what cannot be seen is dropped, other forms are read as what they mean."""
    kept: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        folded = sign if sign < "\x80" else _fold(sign, kept[-1] if kept else "")
        kept.extend(folded)
        places.extend([place] * len(folded))
    plain = "".join(kept)
    digits = _LETTERS_FOR_TEN.sub("010", plain.translate(_SIGNS))
    return Views(plain, _RUN.sub(_as_digits, digits), places)


def _fold(sign: str, before: str) -> str:
    """What ``sign`` stands for; "" for what cannot be seen and for a mark on an ASCII sign, as on a key's digit."""
    category = unicodedata.category(sign)
    if category == "Cf" or (category[0] == "M" and before < "\x80"):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    return sign if ord(sign) in _JAMO else unicodedata.normalize("NFKC", sign)


def _as_digits(match: re.Match[str]) -> str:
    run = match[0]
    spelled = sum(sign in SPELLED for sign in run)
    if spelled < 3 and run[0] not in "0공영빵" and not _WORDS_BETWEEN.search(run):
        return run
    following = match.string[match.end() : match.end() + 1]
    # "오육칠팔이에요", "오육칠팔이 맞아요": the last 이 is a particle
    particle = run[-1] == "이" and ("가" <= following <= "힣" or bool(_LAST_GROUP.search(run)))
    body = run[:-1] if particle else run
    return _WORDS_BETWEEN.sub("-", body.translate(_VALUES)) + run[len(body) :]
