"""Markdown and plain text → the words that are shown: no rules, borders of tables, escapes, comments or struck words.

Lines stay where they are, so that a fault is told with the line of the file; signs of headings and of emphasis stay,
too: they tell `index.parsing` what is a heading.
"""

from __future__ import annotations

import html
import re

from index.documents.document import Document
from index.documents.tables import BORDER

_MARKDOWN = re.compile(r"^ {0,3}#{1,6} \S|\*\*\S|^ {0,3}```|~~\S|\]\(\S|\\[.*#_()\[\]-]", re.MULTILINE)
_RULE = re.compile(r"\s*+([-*_=─━~])(?:\s*+\1){2,}+\s*+")
_FENCE = re.compile(r"\s*+(?:```|~~~)[\w-]{0,20}\s*+")
_SEPARATOR = re.compile(r"\s*+(?=[^|]{0,99}\|)\|?+(?:\s*+:?+-+:?+\s*+\|?+)++\s*+")
_CELL = re.compile(r"(?<!\\)\|")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#[xX][0-9a-fA-F]{1,5});")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_KEY = re.compile(r"[\w-]{1,40}+\s{0,9}+:")
_STRUCK = re.compile(r"~~(?=\S)([^~\n]{1,500})~~")
_NOTICE = "지운 것으로 표시된 글이 있습니다. 읽지 않았습니다: "
_LONGEST = 60  # characters of struck words that a notice shows
_LINE = re.compile(r"(\r\n|\r|\n)")


def read_plain(text: str) -> Document:
    """The words of ``text``; of text that is no Markdown only lines that are rules are made blank."""
    markdown = bool(_MARKDOWN.search(text)) or any(_SEPARATOR.fullmatch(line) for line in text.splitlines())
    notices: dict[str, None] = {}
    if markdown:
        text = _without_comments(text)
        notices = {_NOTICE + struck[:_LONGEST]: None for struck in _STRUCK.findall(text)}
        text = _STRUCK.sub("", text)
    parts = _LINE.split(text)
    lines, ends = parts[::2], [*parts[1::2], ""]
    written = _without_rules(lines)
    if markdown:
        written = [_shown(line, table=table) for line, table in zip(written, _tables(lines), strict=True)]
    return Document("".join(a + b for a, b in zip(written, ends, strict=True)), tuple(notices))


def _without_comments(text: str) -> str:
    """``text`` without what stands between <!-- and -->; line ends in it stay."""
    kept, place = [], 0
    while (begin := text.find("<!--", place)) >= 0 and (end := text.find("-->", begin)) >= 0:
        kept += [text[place:begin], *_LINE.findall(text[begin:end])]
        place = end + len("-->")
    return "".join([*kept, text[place:]])


def _without_rules(lines: list[str]) -> list[str]:
    """``lines``, blank where nothing but a rule or a fence stands. The fences of YAML at the top stay."""
    yaml = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0) if _begins_yaml(lines) else -1
    return [
        "" if place > yaml and (_RULE.fullmatch(line) or _FENCE.fullmatch(line)) else line
        for place, line in enumerate(lines)
    ]


def _begins_yaml(lines: list[str]) -> bool:
    return len(lines) > 1 and lines[0].rstrip() == "---" and bool(_KEY.match(lines[1]))


def _tables(lines: list[str]) -> list[str]:
    """Of each line what it is: "row" and "border" of a table, or "". A table is what stands around a border."""
    kinds = ["border" if _SEPARATOR.fullmatch(line) else "" for line in lines]
    for place in [place for place, kind in enumerate(kinds) if kind == "border"]:
        if place and "|" in lines[place - 1]:
            kinds[place - 1] = "row"
        below = place + 1
        while below < len(lines) and "|" in lines[below] and not kinds[below]:
            kinds[below] = "row"
            below += 1
    return kinds


def _shown(line: str, *, table: str) -> str:
    if table == "border":
        return ""
    if table == "row":
        cells = _CELL.split(line.strip().removeprefix("|").removesuffix("|"))
        line = BORDER.join(" ".join(_BREAK.sub(" ", cell).split()) for cell in cells)
    # an escaped letter is never the beginning of an entity
    return "".join(
        part if odd else _ENTITY.sub(lambda match: html.unescape(match.group()).replace("\n", " "), part)
        for odd, part in _escaped(line)
    )


def _escaped(line: str) -> list[tuple[bool, str]]:
    """``line`` in parts; those that were escaped are marked, without their backslash."""
    parts = _ESCAPE.split(line)
    return [(bool(place % 2), part) for place, part in enumerate(parts)]
