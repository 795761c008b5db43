"""Annexes (별표) by number: "별표 2", "별표1의2", "제12조 별표 2 환불 기준표 보여 주세요".

The text of an annex belongs to no 조: it is cut from what the outline left over, from one heading to the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.editions.edition import Edition

_KINDS = r"(?P<kind>별표|별첨|별지|부표)"
_NUMBER = r"(?:제\s{0,3})?(?P<number>\d{1,3})(?:\s{0,3}호)?(?:\s{0,3}의\s{0,3}(?P<branch>\d{1,2})(?!\d))?"
_HEADING = re.compile(rf"^\W{{0,5}}{_KINDS}\s{{0,3}}(?:{_NUMBER})?\s{{0,3}}[\]】〉>)]?\s{{0,3}}(?P<title>.{{0,60}})$")
_NAMED = re.compile(rf"(?<![가-힣]){_KINDS}\s{{0,3}}{_NUMBER}")


@dataclass(frozen=True, slots=True)
class Annex:
    """``name``: "별표 1의2"; ``title``: "" if it has none; ``text``: a slice of the source, heading and all."""

    name: str
    title: str
    text: str


def named_annexes(text: str) -> list[str]:
    """The names of the annexes that ``text`` asks for by number, in order, each once: "별표 1의2"."""
    return list(dict.fromkeys(_name(match) for match in _NAMED.finditer(text)))


def annexes_of(edition: Edition) -> list[Annex]:
    """The annexes of an edition, in order."""
    lines, source = edition.terms.unplaced, edition.terms.source
    starts = [(place, match) for place, line in enumerate(lines) if (match := _HEADING.match(line.text.strip()))]
    ends = [*(place for place, _ in starts), len(lines)][1:]
    return [
        Annex(_name(match), match["title"].strip(), source[lines[place].start : lines[end - 1].end].strip())
        for (place, match), end in zip(starts, ends, strict=True)
    ]


def list_annexes(annexes: Sequence[Annex]) -> str:
    """ "별표 1, 1의2, 2": the kind once."""
    kinds: dict[str, list[str]] = {}
    for annex in annexes:
        kind, _, number = annex.name.partition(" ")
        kinds.setdefault(kind, []).append(number)
    return ", ".join(f"{kind} {', '.join(filter(None, numbers))}".strip() for kind, numbers in kinds.items())


def _name(match: re.Match[str]) -> str:
    if match["number"] is None:
        return str(match["kind"])
    branch = f"의{int(match['branch'])}" if match["branch"] else ""
    return f"{match['kind']} {int(match['number'])}{branch}"
