"""Documents without any 조: numbered sections "1. 목적", "Ⅰ. 총칙", "1-1 환불" stand for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.parsing.candidates import HeadingCandidate, choose
from index.parsing.chapters import Chapter
from index.parsing.headings import tidy
from index.parsing.lines import core, ends_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.parsing.lines import Line

_ROMAN = {numeral: at for at, numeral in enumerate("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", 1)}
_ROMAN |= {n: at for at, n in enumerate(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"), 1)}
_FAMILIES = {
    "roman": re.compile(r"(?P<number>[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ]|(?:I{1,3}|IV|VI{0,3}|IX|XI{0,2}))\s*(?P<sign>[.):])\s*"),
    "arabic": re.compile(r"(?P<number>\d{1,2})\s*\\?(?P<sign>[.)])(?!\d)\s*"),
    "dashed": re.compile(r"(?P<number>\d{1,2})(?P<sign>[-.])(?P<second>\d{1,2})[.)]?\s+(?![~-])"),
    "chapter": re.compile(r"제\s*(?P<number>\d{1,2})\s*(?P<sign>[장절항])\s*[.:]?\s*"),
}
_LONGEST_TITLE = 60
_FEWEST = 2
_FIRST = (1, 101)  # 1, 1-1


@dataclass(frozen=True, slots=True)
class Sections:
    """``run``: the sections. ``found``: all lines that look like one. ``chapters``: what the sections stand in."""

    run: list[HeadingCandidate]
    found: list[HeadingCandidate]
    chapters: dict[int, Chapter]


def find_sections(lines: Sequence[Line], last: int) -> Sections:
    """The sections among the lines before place ``last``; no run if it is no such text."""
    found = {name: _find(lines[:last], name) for name in _FAMILIES}
    weighed = {name: choose(candidates, 0, last) for name, candidates in found.items()}
    good = {n: run for n, (_, run) in weighed.items() if len(run) >= _FEWEST and run[0].number in _FIRST}
    if not good:
        return Sections([], [], {})
    name = max(good, key=lambda name: weighed[name][0])
    chapters: dict[int, Chapter] = {}
    if "roman" in good:
        anew = sum(one.number == 1 and one.body for one in found["arabic"])
        name = "arabic" if anew < _FEWEST and len(good.get("arabic", ())) > len(good["roman"]) else "roman"
        if name == "arabic":
            chapters = {n.first: Chapter("장", tidy(core(lines[n.first].text)[1]), n.first) for n in good["roman"]}
    return Sections(good[name], found[name], chapters)


def _find(lines: Sequence[Line], name: str) -> list[HeadingCandidate]:
    matches = [(place, *core(line.text)) for place, line in enumerate(lines)]
    found = {place: (begin, m) for place, begin, words in matches if (m := _FAMILIES[name].match(words))}
    forms = {place: f"{lines[place].text[:begin]}{name}{match['sign']}" for place, (begin, match) in found.items()}
    return [_numbered(lines, forms, name, place, *found[place]) for place in found]


def _numbered(
    lines: Sequence[Line], forms: dict[int, str], name: str, place: int, begin: int, match: re.Match[str]
) -> HeadingCandidate:
    line = lines[place]
    end = line.start + begin + match.end()
    rest = line.text[begin + match.end() :]
    titled = 0 < len(rest.strip()) <= _LONGEST_TITLE and not ends_sentence(rest)
    label = str(_ROMAN.get(match["number"]) or int(match["number"]))
    number = int(label)
    if name == "dashed":
        label, number = f"{match['number']}-{match['second']}", 100 * number + int(match["second"])
    form = forms[place]
    followed = place + 1 < len(lines) and forms.get(place + 1) != form
    body = followed or (not titled and bool(rest.strip()))
    return HeadingCandidate(
        label, number, 0, "", form, place, place, line.start, end, None, rest, whole=titled, body=body, sure=False
    )
