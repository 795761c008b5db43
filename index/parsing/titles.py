"""Titles that no brackets mark: "제3조 환불", "[제4조] 환불 회사는 …", or none: "제3조 대한민국의 영토는 …".

One line cannot tell; the document can: where most headings look like titles, they are titles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.parsing.headings import DELETED, tidy
from index.parsing.paragraphs import read_marker

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_TITLE, MOSTLY = 45, 0.6
_SENTENCE = re.compile(r"(?:[.!?。:;]|니다|[한된하있없않]\s?다|이다)[\"'”’)>*_\s]*$")
_PAD = re.compile(r"[\s*_]*")
_WIDE = re.compile(r"\t| {2,}|\u3000")
_TOPIC = re.compile(r".+[은는](?:$|,)|[\"'“‘].*|.+(?:에서는|으로서|하는|이란|라 함은)$")
_UNFINISHED = re.compile(r"[의에를을로과와한된는은]$|에서$")  # "대한민국의 | 영토는" is no title with a sentence
_LEADS = {"이", "본", "그", "당", "각", "모든", "해당", "다음", "위"}


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a 조 in the source.

    ``first``, ``last``: places of its lines. ``start``, ``end``: offsets of number and title; what stands behind
    ``end`` on the last line is text. ``box``: offsets of a bracketed title.
    """

    number: str
    title: str
    first: int
    last: int
    start: int
    end: int
    box: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """``rest``: what stands behind the number on its line. ``whole``: Markdown marks the whole line as a heading.

    ``following``: the next line of text and its place, if another line of text follows before the next heading.
    """

    rest: str
    whole: bool
    following: tuple[int, int, str] | None


def settle_titles(headings: Sequence[Heading], around: Sequence[Surroundings]) -> list[Heading]:
    """``headings`` with the titles that their brackets do not give, as most of them read."""
    open_ones = [s for h, s in zip(headings, around, strict=True) if h.box is None and _PAD.sub("", s.rest, count=1)]
    titled = sum(_titled(s.rest) for s in open_ones) >= MOSTLY * max(1, len(open_ones))
    lone = [s for h, s in zip(headings, around, strict=True) if _lone(h, s)]
    below = [s for s in lone if s.following and _like_title(s.following[2], 30)]
    next_line = len(below) >= max(2, MOSTLY * len(lone))
    settled = []
    for heading, near in zip(headings, around, strict=True):
        if _lone(heading, near):
            settled.append(_from_below(heading, near) if next_line and near in below else heading)
        elif heading.box is None and (titled or near.whole):
            settled.append(_from_rest(heading, near))
        else:
            settled.append(heading)
    return settled


def _titled(rest: str) -> bool:
    """Whether ``rest`` is a title, or begins with one."""
    begun = rest[: _title_length(rest)].split()
    return _like_title(rest) or bool(begun and not _UNFINISHED.search(begun[-1]))


def _lone(heading: Heading, near: Surroundings) -> bool:
    return heading.box is None and not _PAD.sub("", near.rest, count=1)


def _from_below(heading: Heading, near: Surroundings) -> Heading:
    assert near.following is not None  # noqa: S101 - `settle_titles` chose it by this
    place, end, text = near.following
    return replace(heading, title=tidy(text.strip(" \t*_#")), last=place, end=end)


def _from_rest(heading: Heading, near: Surroundings) -> Heading:
    """The title is the rest of the line, or its beginning."""
    pad = _PAD.match(near.rest)
    begin = pad.end() if pad else 0
    length = len(near.rest.rstrip()) - begin if _like_title(near.rest) else _title_length(near.rest[begin:])
    if not length:
        return heading
    title = tidy(near.rest[begin : begin + length].strip(" \t*_#"))
    return replace(heading, title=title, end=heading.end + begin + length)


def _like_title(text: str, longest: int = LONGEST_TITLE) -> bool:
    words = text.strip(" \t*_#\u3000\u00a0")
    if not words or len(words) > longest or "**" in words:
        return False
    return not (_SENTENCE.search(words) or DELETED.match(words) or read_marker(words) or _WIDE.search(words))


def _title_length(rest: str) -> int:
    """How much of ``rest`` is a title before a sentence begins; 0: none."""
    if DELETED.match(rest) or read_marker(rest):
        return 0
    for border in (re.compile(r"\*\*"), _WIDE):
        found = border.search(rest, 0, LONGEST_TITLE + 1)
        if found and found.start():
            return found.start()
    before = ""
    for token in re.finditer(r"\S+", rest[: LONGEST_TITLE + 40]):
        if token.start() > LONGEST_TITLE:
            break
        marker = read_marker(token.group())
        if _TOPIC.fullmatch(token.group()) or (marker and marker.kind == "circled"):
            length = token.start()
            return len(rest[:length].rstrip().removesuffix(before).rstrip()) if before in _LEADS else length
        before = token.group()
    return 0
