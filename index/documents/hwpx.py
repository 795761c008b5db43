"""HWPX (KS X 6101, an open format of Hangul word processors) → text as it reads when all changes are accepted.

The libraries for it are young or do much more. The text is in ``hp:t`` of ``hp:p`` in ``Contents/section*.xml``; what
numbers a paragraph is in ``Contents/header.xml``. What hangs on a paragraph (table, box, note) follows it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.documents.archive import members
from index.documents.document import TRACKED, Document
from index.documents.hwpx_numbering import ParagraphNumbers, name_of, written_number
from index.documents.markup import parse_member
from index.documents.tables import Cell, table_lines
from index.errors import TermsError
from index.parsing.paragraphs import read_marker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

_SECTION = re.compile(r"Contents/section(\d{1,4})\.xml")
_HEADER = "Contents/header.xml"
_SIGNS = {"lineBreak": "\n", "tab": "\t", "nbSpace": " ", "fwSpace": " ", "hyphen": "-"}
_ASIDE = {"header", "footer", "hiddenComment", "fieldBegin", "masterPage", "secPr", "linesegarray"}
_WORDED = {"compose": "composeText", "textart": "text", "dutmal": "", "autoNum": ""}  # by the attribute with words
_OBJECTS = {"tbl", "equation", "rect", "ellipse", "arc", "polygon", "curve", "connectLine", "line", "container", "pic"}
_OBJECTS |= {"footNote", "endNote"}
_NOTES = {"footNote", "endNote"}
_BELOW = {"BOTTOM", "RIGHT"}  # sides of a caption that is read after what it names
_FOREIGN = "문서에 끼워 넣은 다른 파일이나 차트가 있습니다. 읽지 않았습니다."


def read_hwpx(data: bytes) -> Document:
    """The text of the document ``data``.

    Raises:
        TermsError: damaged, entities in its XML, nested too deep, or defusedxml is not installed.
    """
    names = members(data)
    found = [(int(match[1]), name) for name in names if (match := _SECTION.fullmatch(name))]
    header = parse_member(data, _HEADER, "hwpx") if _HEADER in names else None
    reader = _Reader(ParagraphNumbers(header))
    try:
        lines = [line for _, name in sorted(found) for line in reader.section(parse_member(data, name, "hwpx"))]
    except RecursionError as error:
        raise TermsError("너무 깊이 겹쳐 있는 HWPX 파일입니다.") from error
    return Document("".join(line + "\n" for line in lines), tuple(reader.notices))


class _Paragraph:
    """What is gathered of one paragraph: its words, and what hangs on it."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.hanging: list[Element] = []
        self.cut = False  # words of it were deleted
        self.open_end = False  # its end was deleted: the next paragraph goes on with it


class _Reader:
    def __init__(self, numbers: ParagraphNumbers) -> None:
        self._numbers = numbers
        self.notices: dict[str, None] = {}
        self._deleting: set[str | None] = set()
        self._ends: set[str | None] = set()
        self._carried = ""
        self._in_note = False

    def section(self, root: Element) -> list[str]:
        """The lines of one section."""
        self._numbers.begin_section(root)
        self._ends = {_mark(node) for node in root.iter() if name_of(node) == "deleteEnd"}
        lines = list(self._blocks(root))
        rest, self._carried = self._carried, ""
        return [*lines, rest] if rest else lines

    def _blocks(self, container: Iterable[Element]) -> Iterator[str]:
        for node in container:
            name = name_of(node)
            if name == "p":
                yield from self._paragraph(node)
            elif name not in _ASIDE:
                yield from self._hanging(node) if name in _OBJECTS else self._blocks(node)

    def _paragraph(self, node: Element) -> list[str]:
        gathered = _Paragraph()
        self._gather(node, gathered)
        text = "".join(gathered.words)
        hanging = [line for inner in gathered.hanging for line in self._hanging(inner)]
        ends = not (gathered.open_end or self._deleting)
        self._deleting &= self._ends  # a deletion that nothing ends goes no further than its paragraph
        if not ends or (gathered.cut and not text and not self._carried):
            self._carried += text
            return hanging
        text, self._carried = self._carried + text, ""
        label = "" if self._in_note else self._numbers.label(node)
        if label.rstrip() in ("-", "•", "·") and read_marker(text):
            label = ""  # the list numbers itself in words
        return [*((label + text).splitlines() or [""]), *hanging]

    def _gather(self, container: Element, into: _Paragraph) -> None:
        for node in container:
            name = name_of(node)
            if name == "t":
                self._words(node, into)
            elif name in _OBJECTS or name == "p":
                into.hanging += [] if self._deleting else [node]
            elif name in ("ole", "chart"):
                self.notices[_FOREIGN] = None
            elif name in _WORDED or name in _SIGNS:
                self._say(self._written(node, name), into)
            elif name not in _ASIDE:
                self._gather(node, into)

    def _written(self, node: Element, name: str) -> str:
        """What an element says that is no text: a sign, a number, words one above the other."""
        if name == "autoNum":
            return "" if self._in_note else written_number(node)
        if name == "dutmal":
            return "".join(f"({part.text})" if name_of(part) == "subText" else part.text or "" for part in node)
        return _SIGNS[name] if name in _SIGNS else node.get(_WORDED[name], "")

    def _words(self, node: Element, into: _Paragraph) -> None:
        """The text of ``hp:t``, without what stands between the marks of a deletion."""
        self._say(node.text, into)
        for inner in node:
            name = name_of(inner)
            if name in ("insertBegin", "insertEnd"):
                self.notices[TRACKED] = None
            elif name == "deleteBegin":
                self.notices[TRACKED] = None
                self._deleting.add(_mark(inner))
            elif name == "deleteEnd":
                self._deleting.discard(_mark(inner))
                into.open_end = inner.get("paraend") == "1"
            else:
                self._say(_SIGNS.get(name) or "".join(inner.itertext()), into)
            self._say(inner.tail, into)

    def _say(self, words: str | None, into: _Paragraph) -> None:
        if words and self._deleting:
            into.cut = True
        elif words:
            into.words.append(words)
            into.open_end = False

    def _hanging(self, node: Element) -> list[str]:
        """The lines of a table, a note, or another object with its caption."""
        name = name_of(node)
        if name == "p":
            return self._paragraph(node)
        if name in _NOTES:
            self._in_note, before = True, self._in_note
            told = " ".join(" ".join(self._blocks(node)).split())
            self._in_note = before
            return [f"주) {told}"] if told else []
        caption = next((inner for inner in node if name_of(inner) == "caption"), None)
        said = [] if caption is None else list(self._blocks(caption))
        others = [inner for inner in node if inner is not caption]
        if name == "tbl":
            lines = self._table(others)
        elif name == "equation":
            lines = ["".join(part.itertext()).strip() for part in others if name_of(part) == "script"]
        else:
            lines = list(self._blocks(others))
        below = caption is not None and caption.get("side") in _BELOW
        return [*lines, *said] if below else [*said, *lines]

    def _table(self, parts: Iterable[Element]) -> list[str]:
        rows = [[self._cell(cell) for cell in row if name_of(cell) == "tc"] for row in parts if name_of(row) == "tr"]
        return table_lines(rows)

    def _cell(self, cell: Element) -> Cell:
        span = next((inner for inner in cell if name_of(inner) == "cellSpan"), None)
        sizes = {} if span is None else span.attrib
        return Cell(tuple(self._blocks(cell)), *(_size(sizes.get(key)) for key in ("colSpan", "rowSpan")))


def _mark(node: Element) -> str | None:
    return node.get("Id") or node.get("id")


def _size(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and 0 < len(text) < 4 and text != "0" else 1
