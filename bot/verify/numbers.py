"""Numbers with their units: each one in a sentence has to be in its clause, beside the same words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.verify.morphemes import plain
from index.numerals import LARGE, ONES, SINO, SMALL, numeral_value, one_of
from index.sentences import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.verify.morphemes import Morpheme

Number = tuple[str, str]  # "30", "일"; dates are "2025-12-15", ""

_UNITS = r"개월|퍼센트|시간|년|월|주|일|분|초|회|번|차|세|살|명|개|건|배|%|천|만|억|원|조|항|심|자|호|목|장|절"
_DATE = re.compile(
    r"(\d{4})\s{0,9}(?:[.\-/]|년)\s{0,9}(\d{1,2})\s{0,9}(?:[.\-/]|월)\s{0,9}(\d{1,2})\s{0,9}(?:일|\.(?!\d))?"
)
_NUMBER = re.compile(rf"(\d{{1,18}}(?:[.,:/~-]\d{{1,18}})*)\s{{0,9}}({_UNITS})?")
_SINO = re.compile(
    rf"(?<![가-힣])([{SINO}십백]+)\s?(년|개월|일|회|시간|퍼센트|세|차)(?=[^가-힣]|이|전|후|부|까|로|을|를|은|의|에|간|내)"
)
_AMOUNT = re.compile(r"(?<![\d,.])(?:\d{1,9}\s?[천백십]?[만억천]\s?){1,4}(?:\d{1,9}\s?)?(?=원)")
_PART = re.compile(r"(\d{1,9})\s?([천백십]?)([만억]?)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NATIVE = re.compile(rf"(?<![가-힣])({one_of(ONES)})\s?번(?!째)")
_NEAR = 2  # words before a number that say what it counts


def find_numbers(text: str) -> list[Number]:
    """The numbers in ``text``, in order: "2만원" → ("20000", "원"), "2025년 12월 15일" → ("2025-12-15", "")."""
    text = _DATE.sub(lambda m: f" {m[1]}-{int(m[2]):02}-{int(m[3]):02} ", amounts_in_digits(plain(text)))
    return [(number.replace(",", ""), "%" if unit == "퍼센트" else unit) for number, unit in _NUMBER.findall(text)]


def amounts_in_digits(text: str) -> str:
    """ "3천500만원", "20,000원" → "35000000원", "20000원"."""
    return _AMOUNT.sub(_amount, _THOUSANDS.sub("", text))


def _amount(match: re.Match[str]) -> str:
    total = group = 0
    for number, small, large in _PART.findall(match[0]):
        group += int(number) * SMALL.get(small, 1)
        if large:
            total, group = total + group * LARGE[large], 0
    return str(total + group)


def in_digits(text: str, known: Sequence[Number]) -> str:
    """ "칠일", "두 번" → "7일", "2회", where that is one of the ``known`` numbers; all else is left (일주일, 한 달)."""

    def sino(match: re.Match[str]) -> str:
        number = (str(numeral_value(match[1])), match[2])
        return "".join(number) if number in known else match[0]

    def native(match: re.Match[str]) -> str:
        return f"{ONES[match[1]]}회" if (str(ONES[match[1]]), "회") in known else match[0]

    return _NATIVE.sub(native, _SINO.sub(sino, plain(text)))


def strange_numerals(text: str, known: Sequence[Number], wording: str) -> bool:
    """Whether a numeral of ``text`` ("이개월") is neither one of the ``known`` numbers nor among the ``wording``.

    "이 일", "일 회" with a space between may be no numerals.
    """
    held = squeeze(wording)
    return any(
        (str(numeral_value(match[1])), match[2]) not in known and squeeze(match[0]) not in held
        for match in _SINO.finditer(plain(text))
        if len(match[1]) > 1 or match[1] not in "이일" or match[0] == match[1] + match[2]
    )


def strange_numbers(text: str, known: Sequence[Number]) -> list[Number]:
    """The numbers of ``text`` that are not ``known``; one without a unit may have any."""
    bare = {number for number, _ in known}
    return [n for n in find_numbers(text) if n not in known and not (n[1] == "" and n[0] in bare)]


def misplaced(sentence: Sequence[Morpheme], clause: Sequence[Morpheme]) -> bool:
    """Whether a number stands behind a word behind which the clause has another one (7일 전 … 불리하면 30일 전)."""
    if len({token.form for token in clause if token.tag == "SN"}) < 2:
        return False
    for place, token in enumerate(sentence):
        if token.tag == "SN":
            last = max((i for i, t in enumerate(sentence[:place]) if t.tag == "SN"), default=-1)
            before = [t.form for t in sentence[last + 1 : place] if t.is_noun][-_NEAR:]
            if any(wanted and token.form not in wanted for wanted in (_numbers_behind(w, clause) for w in before)):
                return True
    return False


def _numbers_behind(word: str, clause: Sequence[Morpheme]) -> set[str]:
    found = set()
    for place, token in enumerate(clause):
        if token.form == word:
            found |= set([t.form for t in clause[place:] if t.tag == "SN"][:1])
    return found
