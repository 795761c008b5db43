"""Korean as it is heard: spellings that sound alike become one.

What people confuse when they write as they speak: ㅐ/ㅔ/ㅒ/ㅖ/ㅙ/ㅚ/ㅞ, glides (ㅑ for ㅏ), ㅡ/ㅜ, ㅢ/ㅟ/ㅣ, tense
initials (ㄲ for ㄱ), and finals, of which only seven are told apart (표준 발음법 제8항–제11항).
"""

from __future__ import annotations

import unicodedata

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
# the first of each group stands for all of it
LIKE_INITIALS = ("ㄱㄲ", "ㄷㄸ", "ㅂㅃ", "ㅅㅆ", "ㅈㅉ")
LIKE_VOWELS = ("ㅏㅑ", "ㅓㅕ", "ㅗㅛ", "ㅜㅠㅡ", "ㅣㅢㅟ", "ㅔㅐㅒㅖㅙㅚㅞ")
LIKE_FINALS = ("ㄱㄲㅋㄳ", "ㄷㅅㅆㅈㅊㅌㅎ", "ㅂㅍㅄ", "ㄴㄵㄶ", "ㄹㄺㄻㄼㄽㄾㄿㅀ")


def _table() -> dict[int, int]:
    """From conjoining letter to conjoining letter; they stand in Unicode in the orders above."""
    folded: dict[int, int] = {}
    for first, letters, groups in ((0x1100, INITIALS, LIKE_INITIALS), (0x1161, VOWELS, LIKE_VOWELS)):
        for group in groups:
            folded |= {first + letters.index(letter): first + letters.index(group[0]) for letter in group}
    for group in LIKE_FINALS:
        folded |= {0x11A8 + FINALS.index(letter): 0x11A8 + FINALS.index(group[0]) for letter in group}
    return folded


_TABLE = _table()


def fold_sounds(text: str) -> str:
    """``text`` in conjoining letters (NFKD), with one letter for those that sound alike."""
    return unicodedata.normalize("NFKD", text).translate(_TABLE)
