"""Korean numerals and what they are worth: "십사", "공일공" from the Chinese, "두", "열한" of the own ones.

A numeral is no word by itself: "일", "이", "구" are also particles and nouns, so each pattern that reads one says what
must stand around it.
"""

from __future__ import annotations

DIGITS = {
    "공": 0,
    "영": 0,
    "빵": 0,
    "일": 1,
    "이": 2,
    "삼": 3,
    "사": 4,
    "오": 5,
    "육": 6,
    "륙": 6,
    "칠": 7,
    "팔": 8,
    "구": 9,
}
SPELLED = "".join(DIGITS)  # for a class of characters, with the zeros of telephone numbers
SINO = "".join(letter for letter, value in DIGITS.items() if value)  # without them, of numbers
HANJA = dict(zip("一二三四五六七八九十", "일이삼사오육칠팔구십", strict=True))
SMALL = {"십": 10, "백": 100, "천": 1000}  # within a group of four digits
LARGE = {"만": 10**4, "억": 10**8, "조": 10**12}  # behind such a group

# before what is counted: "두 달", "석 달", "열한 번"
_ONES = {"한": 1, "두": 2, "세": 3, "석": 3, "네": 4, "넉": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9}
COUNTING = {**_ONES, "열": 10, "열한": 11, "열두": 12}
# behind a ten and before 째: "셋째", "스물두 번째"
TENS = {"열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40}
ONES = {**_ONES, "둘": 2, "셋": 3, "넷": 4}


def one_of(numerals: dict[str, int]) -> str:
    """A pattern for one of ``numerals``, the longest that there is."""
    return "|".join(sorted(numerals, key=len, reverse=True))


def numeral_value(numeral: str) -> int:
    """ "14", "십사" and "백이십" → 14, 14, 120: digits, or letters of `DIGITS` and `SMALL`."""
    if numeral.isdigit():
        return int(numeral)
    total, digit = 0, 0
    for letter in numeral:
        if letter in SMALL:
            total += (digit or 1) * SMALL[letter]
            digit = 0
        else:
            digit = digit * 10 + DIGITS[letter]
    return total + digit
