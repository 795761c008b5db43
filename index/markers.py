"""What begins a 항, 호 or 목 on its line: ①, (1), 1., 1), 가., a., "- ", ·, 1-1."""

from __future__ import annotations

import re
from dataclasses import dataclass

HANGUL = "가나다라마바사아자차카타파하"
CIRCLES = "".join(map(chr, [*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0)]))
_MARKERS = {
    "circled": re.compile(rf"(?:\d{{1,2}}\\?\.\s+)?[*_]{{0,9}}(?P<value>[{CIRCLES}])[*_]{{0,9}}\s*"),
    "paren": re.compile(r"[(（](?P<value>\d{1,2})[)）]\s*"),
    "number": re.compile(r"[*_]{0,9}(?P<value>\d{1,2})\\?[.．](?:\d{1,2}\.)?(?!\d)[*_]{0,9}\s*"),
    "closed": re.compile(r"(?P<value>\d{1,2})\)\s*"),
    "dashed": re.compile(r"\d{1,2}[-.](?P<value>\d{1,2})[.)]?\s+(?![~-])"),
    "hangul": re.compile(rf"(?P<value>[{HANGUL}])[.)]\s*"),
    "letter": re.compile(r"(?P<value>[a-z])[.)]\s*(?![a-z]\.)"),
    "bullet": re.compile(r"(?:[-–—*+](?=\s)|[·•∙ㆍ◦▪∘])\s*(?!\d{1,3}\s*[-–—]\s*$)(?P<value>)"),
}


@dataclass(frozen=True, slots=True)
class Marker:
    """``kind``: how it is written. ``value``: its place in its list, 0 for a bullet. ``end``: where the words begin."""

    kind: str
    value: int
    indent: int
    end: int


def read_marker(text: str, start: int = 0) -> Marker | None:
    """The marker with which ``text`` goes on from ``start`` (after blanks), or None."""
    begin = start
    while begin < len(text) and text[begin].isspace():
        begin += 1
    for kind, pattern in _MARKERS.items():
        match = pattern.match(text, begin)
        if match:
            return Marker(kind, _value(match["value"]), begin - start, match.end())
    return None


def circled_value(circle: str) -> int:
    """①: 1."""
    return CIRCLES.index(circle) + 1


def _value(text: str) -> int:
    if not text:
        return 0
    if text in CIRCLES:
        return circled_value(text)
    if text in HANGUL:
        return HANGUL.index(text) + 1
    return int(text) if text.isdigit() else ord(text) - ord("a") + 1
