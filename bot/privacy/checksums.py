"""Check digits and dates that tell a number of a person from any other number of the same form."""

from __future__ import annotations

import datetime as dt

_RESIDENT = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_BUSINESS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
_NEW_SINCE = dt.date(2020, 10, 1)  # numbers given since then have no check digit
_CENTURY = {"1": 1900, "2": 1900, "3": 2000, "4": 2000, "5": 1900, "6": 1900, "7": 2000, "8": 2000}


def luhn(digits: str) -> bool:
    """ISO/IEC 7812: the check digit of a card."""
    doubled = (int(d) * (2 if place % 2 else 1) for place, d in enumerate(reversed(digits)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def business(digits: str) -> bool:
    """The check digit of a 사업자등록번호 of ten digits."""
    total = sum(int(d) * weight for d, weight in zip(digits, _BUSINESS, strict=False)) + int(digits[8]) * 5 // 10
    return (10 - total % 10) % 10 == int(digits[9])


def resident(digits: str) -> bool:
    """The check digit of a 주민등록번호 or 외국인등록번호 of thirteen digits; of a new one anything passes."""
    born = birthday(digits)
    if born is None:
        return False
    if born >= _NEW_SINCE:
        return True
    total = sum(int(d) * weight for d, weight in zip(digits, _RESIDENT, strict=False))
    own, foreign = (11 - total % 11) % 10, (13 - total % 11) % 10
    return int(digits[12]) in ({own} if digits[6] in "1234" else {own, foreign})


def birthday(digits: str) -> dt.date | None:
    """The day that the first seven digits name, None if there is no such day or it is to come."""
    century = _CENTURY.get(digits[6])
    if century is None:
        return None
    try:
        born = dt.date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return None
    return born if born <= dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1) else None


def is_bar_code(digits: str) -> bool:
    """A GTIN-13 of a Korean, Japanese, German or book prefix with its check digit: no number of a person."""
    if len(digits) != 13 or not digits.isdigit() or not digits.startswith(("880", "978", "979", "45", "49", "40")):
        return False
    return sum(int(d) * (3 if place % 2 else 1) for place, d in enumerate(digits)) % 10 == 0
