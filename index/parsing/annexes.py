"""별표, 별지, 별첨, 붙임 and 서식: the grammar of their headings, and the number by which they are cited."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.parsing.headings import AMENDMENT, refers, tidy
from index.parsing.lines import core, ends_sentence

_KINDS = r"(?P<kind>별첨|별표|별지|붙임|서식)"
_NUMBER = r"(?:제\s*+)?(?P<number>\d{1,3})(?:\s*+호)?+(?:\s*+의\s*+(?P<branch>\d{1,2}))?+(?:\s*+호)?+(?:\s*+서식)?+"
_BOXED = re.compile(
    rf"[<\[(【〈]\s*+{_KINDS}\s*+(?:{_NUMBER}\s*+)?+(?P<inside>[^>\])】〉]{{0,80}})[>\])】〉](?P<title>.*)$", re.DOTALL
)
_PLAIN = re.compile(rf"{_KINDS}\s*+(?:{_NUMBER}(?![\d가-힣])|(?=$|[:.|]))(?P<title>.*)$", re.DOTALL)
_BEHIND = re.compile(rf"[가-힣\s·ㆍ]{{1,40}}(?=[\[<【]\s*+{_KINDS}\s*+{_NUMBER}\s*+[\]>】]\s*+$)")
_END = re.compile(r"\(?이하\s*+(?:내용\s*+)?생략|[<\[(【〈]?\s*+(?:별첨|별표|별지|붙임|서식)\s*+다운로드\s*+$")
_EDGES = " \t:.|-–"


@dataclass(frozen=True, slots=True)
class AnnexHeading:
    """``kind``: 별표, 별지 … ``number``: "1", "1의2"; "" for one without. ``title``: "" if it has none."""

    kind: str
    number: str
    title: str


def read_annex(text: str) -> AnnexHeading | None:
    """The annex that the line ``text`` begins, or None: "별표 1에 따라" is no heading."""
    words = AMENDMENT.sub("", core(text)[1])
    behind = _BEHIND.match(words)  # "■ 이용약관 [별표 1] <개정 2026. 1. 1.>"
    words = words[behind.end() :] if behind else words
    match = _BOXED.match(words)
    if match is None:
        match = _PLAIN.match(words)
        if match is None or refers(words, match.start("title")) or ends_sentence(words):
            return None
    elif refers(words, match.start("title")):
        return None
    number = match["number"] or ""
    if match["branch"]:
        number += f"의{int(match['branch'])}"
    inside = match.groupdict().get("inside") or ""
    return AnnexHeading(match["kind"], number, tidy(f"{inside.strip(_EDGES)} {match['title'].strip(_EDGES)}"))


def ends_text(text: str) -> bool:
    """Whether ``text`` says that what follows is left out or elsewhere."""
    return bool(_END.match(core(text)[1]))
