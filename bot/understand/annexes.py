"""Annexes (별표) by number: "별표 2", "별표1의2", "제12조 별표 2 환불 기준표 보여 주세요"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.terms import Annex

_NAMED = re.compile(
    r"(?<![가-힣])(?P<kind>별표|별첨|별지|붙임|서식)\s{0,3}"
    r"(?:제\s{0,3})?(?P<number>\d{1,3})(?:\s{0,3}호)?(?:\s{0,3}의\s{0,3}(?P<branch>\d{1,2})(?!\d))?"
)


def named_annexes(text: str) -> list[str]:
    """The names of the annexes that ``text`` asks for by number, in order, each once: "별표 1의2"."""
    return list(dict.fromkeys(_name(match) for match in _NAMED.finditer(text)))


def list_annexes(annexes: Sequence[Annex]) -> str:
    """ "별표 1, 1의2, 2": the kind once."""
    kinds: dict[str, list[str]] = {}
    for annex in annexes:
        kinds.setdefault(annex.kind, []).append(annex.number)
    return ", ".join(f"{kind} {', '.join(filter(None, numbers))}".strip() for kind, numbers in kinds.items())


def _name(match: re.Match[str]) -> str:
    branch = f"의{int(match['branch'])}" if match["branch"] else ""
    return f"{match['kind']} {int(match['number'])}{branch}"
