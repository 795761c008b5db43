"""Lines of a source with their places, and what may stand before the words of a line without being one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Markdown and the signs that published terms put before a heading
DECORATION = re.compile(r"[\s\ufeff#>*_▶►▷▸■□▪◆◇●○◎★☆◈▣☞]*")
TRAILING = re.compile(r"(?<![\s*_#])[\s*_#]++$")
SENTENCE_END = re.compile(r"(?:[.!?。:;]|[다요음함됨임])[\"'”’)\]）>*]*\s*$")
LONGEST_HEADING = 300  # characters of a line that are looked at for a heading


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source: 1-based ``number``, start and end offset without the line break."""

    number: int
    start: int
    end: int
    text: str


def lines(source: str) -> Iterator[Line]:
    r"""The lines of ``source`` with their offsets; \n, \r\n and \r all end a line."""
    for number, match in enumerate(re.finditer(r"[^\r\n]*(?:\r\n|\n|\r|$)", source), 1):
        if match.end() > match.start():
            text = match.group().rstrip("\r\n")
            yield Line(number, match.start(), match.start() + len(text), text)


def core(text: str) -> tuple[int, str]:
    """Where the words of ``text`` begin, and the words, at most `LONGEST_HEADING` characters of them."""
    match = DECORATION.match(text)
    begin = match.end() if match else 0
    # sliced first: a search for what ends a line must not walk through a line of a million characters
    piece = text[begin : begin + LONGEST_HEADING]
    rest = TRAILING.sub("", piece) if len(piece) < LONGEST_HEADING else piece
    return begin, rest


def ends_sentence(text: str) -> bool:
    """Whether the last words of ``text`` end a sentence."""
    return bool(SENTENCE_END.search(text.rstrip()[-20:]))
