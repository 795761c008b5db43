"""Which parts of a text are personal data, and the text with their kinds in place of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.privacy.codes import find_codes, find_mails
from bot.privacy.numbers import blank_harmless, find_birthdays, find_numbers
from bot.privacy.people import find_names
from bot.privacy.places import find_addresses
from bot.privacy.published import is_published
from bot.privacy.views import Views, read_views

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

KINDS = (
    "주민등록번호",
    "외국인등록번호",
    "운전면허번호",
    "여권번호",
    "생년월일",
    "차량번호",
    "카드번호",
    "계좌번호",
    "전화번호",
    "사업자번호",
    "이메일",
    "IP주소",
    "기기주소",
    "아이디",
    "이름",
    "주소",
    "번호",
)
_MASKS = re.compile(rf"\[(?:{'|'.join(KINDS)})\]")
# Longer and more telling forms first: an account must not be half masked as a phone number.
_FINDERS: tuple[Callable[[Views], Iterable[tuple[str, int, int]]], ...] = (
    find_mails,
    find_birthdays,
    find_codes,
    find_addresses,
    find_numbers,
    find_names,
)


@dataclass(frozen=True, slots=True)
class Found:
    """Personal data of ``kind``, one of `KINDS`, from ``start`` to ``end`` (exclusive) in characters of the text."""

    kind: str
    start: int
    end: int


def find_personal(text: str) -> list[Found]:
    """All personal data in ``text``, in order, none overlapping; the company's own published contacts are none."""
    views = read_views(_MASKS.sub(lambda mask: "\x00" * len(mask[0]), text))
    found = []
    for finder in _FINDERS:
        if finder is find_addresses:
            blank_harmless(views)
        spans = list(finder(views))
        views.blank([(start, end) for _, start, end in spans])
        found += [Found(kind, *views.source(start, end)) for kind, start, end in spans]
    kept = (one for one in found if one.kind == "이름" or not is_published(text[one.start : one.end]))
    return sorted(kept, key=lambda one: one.start)


def mask_personal(text: str) -> str:
    """``text`` with "[kind]" in place of all that `find_personal` finds; the rest of it is left as it is."""
    parts, end = [], 0
    for one in find_personal(text):
        if one.start >= end:
            parts += [text[end : one.start], f"[{one.kind}]"]
            end = one.end
    return "".join([*parts, text[end:]])


def cut_masks(text: str, by: str) -> str:
    """``text`` with ``by`` in place of the marks that `mask_personal` leaves."""
    return _MASKS.sub(by, text)
