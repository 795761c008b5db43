"""Terms → Article → Paragraph, each with its place in the source.

Offsets count characters of the source text (not bytes); ``end`` is exclusive. Every paragraph is a slice:
``source[paragraph.start:paragraph.end] == paragraph.text``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import TermsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# 제 1 조 (목적) with nothing after the closing bracket: a reference inside a sentence is no heading.
HEADING = re.compile(r"^제\s*(?P<number>\d+(?:\s*조의\s*\d+)?)\s*조?\s*[(（\[【](?P<title>[^)）\]】]+)[)）\]】]\s*$")
BULLET = re.compile(r"^\s*-\s+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """항. ``number`` is text; ``text`` is the slice without its bullet."""

    number: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """조. ``number`` is text, because "10의2" exists."""

    number: str
    title: str
    chapter: str | None
    addendum: bool
    start: int
    end: int
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source: 1-based ``number``, start and end offset without the line break."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Terms:
    """One parsed document."""

    title: str
    articles: tuple[Article, ...]
    unplaced: tuple[Line, ...]
    source: str


def read(path: Path) -> Terms:
    """Parse the file at ``path``.

    Raises:
        TermsError: not UTF-8, no article, an article number twice, or an article without text;
            the message names file and line.
    """
    try:
        # read as bytes: offsets must count the line breaks as they are in the file
        source = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise TermsError(f"{path}:{line}: UTF-8로 읽을 수 없는 글자가 있습니다.") from error
    return parse(source, str(path))


def parse(source: str, name: str = "약관") -> Terms:
    """Parse ``source``; ``name`` stands for the file in error messages. Raises as `read`."""
    title = ""
    unplaced: list[Line] = []
    blocks: list[tuple[Line, re.Match[str], list[Line]]] = []
    for line in lines(source):
        if not line.text.strip():
            continue
        heading = HEADING.match(line.text.strip())
        if heading:
            blocks.append((line, heading, []))
        elif blocks:
            blocks[-1][2].append(line)
        elif not title:
            title = line.text.strip().lstrip("\ufeff")
        else:
            unplaced.append(line)
    if not blocks:
        raise TermsError(f"{name}:1: 조(제1조 …)를 찾지 못했습니다.")
    return Terms(title, tuple(_articles(blocks, name)), tuple(unplaced), source)


def lines(source: str) -> Iterator[Line]:
    r"""The lines of ``source`` with their offsets; \n, \r\n and \r all end a line."""
    for number, match in enumerate(re.finditer(r"[^\r\n]*(?:\r\n|\n|\r|$)", source), 1):
        if match.end() > match.start():
            text = match.group().rstrip("\r\n")
            yield Line(number, match.start(), match.start() + len(text), text)


def _articles(blocks: list[tuple[Line, re.Match[str], list[Line]]], name: str) -> Iterator[Article]:
    seen: dict[str, int] = {}
    for line, heading, body in blocks:
        number = re.sub(r"\s|조", "", heading["number"])
        where = f"{name}:{line.number}"
        if number in seen:
            raise TermsError(f"{where}: 제{number}조가 {seen[number]}번째 줄에 이미 있습니다.")
        if not body:
            raise TermsError(f"{where}: 제{number}조에 내용이 없습니다.")
        seen[number] = line.number
        paragraphs = tuple(_paragraph(str(position), piece) for position, piece in enumerate(body, 1))
        title = heading["title"].strip()
        yield Article(
            number, title, chapter=None, addendum=False, start=line.start, end=body[-1].end, paragraphs=paragraphs
        )


def _paragraph(number: str, line: Line) -> Paragraph:
    bullet = BULLET.match(line.text)
    offset = bullet.end() if bullet else len(line.text) - len(line.text.lstrip())
    text = line.text[offset:].rstrip()
    start = line.start + offset
    return Paragraph(number, start, start + len(text), text)
