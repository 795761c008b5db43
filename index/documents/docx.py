"""DOCX → text as it reads when all changes are accepted: paragraphs with their automatic numbers, notes, boxes, tables.

python-docx opens the package; its paragraphs and cells pass over content controls, boxes, notes and changes, so the XML
itself is walked. Headers and footers are parts of their own and stay out.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from index.documents.archive import members
from index.documents.document import TRACKED, Document
from index.documents.docx_numbering import Node, ParagraphNumbers, child, is_on, name_of, value
from index.documents.markup import missing, parse_member
from index.documents.tables import Cell, repeated, table_lines
from index.errors import TermsError
from index.parsing.paragraphs import read_marker

if TYPE_CHECKING:
    from collections.abc import Iterator

_THROUGH = {"sdtContent", "sdt", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo"}
_FORMULA = {
    "oMath",
    "oMathPara",
    "f",
    "num",
    "den",
    "d",
    "e",
    "sSub",
    "sSup",
    "sub",
    "sup",
    "nary",
    "rad",
    "func",
    "fName",
}
_GONE = {"del", "moveFrom"}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OBJECTS = {"drawing", "pict", "object", "AlternateContent"}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_HIDDEN = "숨긴 글이 있습니다. 읽지 않았습니다: "
_FOREIGN = "문서에 끼워 넣은 다른 파일이나 도표가 있습니다. 읽지 않았습니다."
_SIGN = "기호 글꼴로 쓴 글자가 있습니다. 읽지 못했습니다."
_LONGEST = 60  # characters of hidden text that a notice shows
_PRIVATE = 0xE000  # from here on a code means what its font says


def read_docx(data: bytes) -> Document:
    """The text of the Word document ``data``.

    Raises:
        TermsError: damaged, entities in its XML, or python-docx is not installed.
    """
    try:
        import docx
        from docx.oxml import parse_xml
    except ImportError as error:
        raise missing("docx") from error
    for name in members(data):
        if name.endswith((".xml", ".rels")):
            parse_member(data, name, "docx")
    try:
        main = docx.Document(io.BytesIO(data)).part
        links = {rel.reltype.rpartition("/")[2]: rel for rel in main.rels.values() if not rel.is_external}
        parts = {kind: parse_xml(rel.target_part.blob) for kind, rel in links.items() if kind in _PARTS}
        reader = _Reader(parts)
        lines = [*reader.blocks(main.element.body), *reader.rest()]
    except Exception as error:  # python-docx lets whatever it stumbles over through
        raise TermsError("손상된 DOCX 파일입니다.") from error
    return Document("".join(line + "\n" for line in lines), tuple(reader.notices))


_PARTS = {"numbering", "styles", *_NOTES.values()}


class _Paragraph:
    """What is gathered of one paragraph: its words, its notes, and the lines of boxes that hang on it."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.notes: list[str] = []
        self.boxes: list[str] = []
        self.changed = False


class _Reader:
    def __init__(self, parts: dict[str, Any]) -> None:
        self._numbers = ParagraphNumbers(parts.get("numbering"), parts.get("styles"))
        self._notes = {
            reference: {value(note, "id"): note for note in parts.get(part, ())} for reference, part in _NOTES.items()
        }
        self.notices: dict[str, None] = {}
        self._carried = ""  # words whose paragraph ends no more: its mark was deleted

    def rest(self) -> list[str]:
        """What a deleted mark at the very end would have joined to a next paragraph."""
        return [self._carried] if self._carried else []

    def blocks(self, container: Node) -> Iterator[str]:
        """The lines of all paragraphs and tables in ``container``."""
        for node in container:
            name = name_of(node)
            if name == "p":
                yield from self._paragraph(node)
            elif name == "tbl":
                yield from self._table(node)
            elif name == "AlternateContent":
                yield from self.blocks(_chosen(node))
            elif name in _THROUGH:
                self._note_change(name)
                yield from self.blocks(node)
            elif name in ("altChunk", "subDoc"):
                self.notices[_FOREIGN] = None
            elif name in _GONE:
                self._note_change(name)

    def _note_change(self, name: str) -> None:
        if name in _GONE or name in ("ins", "moveTo"):
            self.notices[TRACKED] = None

    def _paragraph(self, node: Node) -> list[str]:
        gathered = _Paragraph()
        self._inline(node, gathered)
        text = "".join(gathered.words)
        mark = child(node, "pPr", "rPr")
        for name in ("ins", "moveTo", *_GONE):
            if child(mark, name) is not None:
                self._note_change(name)
        ends = child(mark, "del") is None and child(mark, "moveFrom") is None
        if not ends or (gathered.changed and not text and not self._carried):
            self._carried += text
            return [*gathered.notes, *gathered.boxes]
        text, self._carried = self._carried + text, ""
        label = self._numbers.label(node)
        if label.rstrip() in ("-", "•", "·") and read_marker(text):
            label = ""  # the list numbers itself in words
        return [*((label + text).splitlines() or [""]), *gathered.notes, *gathered.boxes]

    def _inline(self, container: Node, into: _Paragraph) -> None:
        for node in container:
            name = name_of(node)
            if name == "r":
                self._run(node, into)
            elif name == "t":
                into.words.append(node.text or "")
            elif name in _GONE:
                self._note_change(name)
                into.changed = True
            elif name in _THROUGH or name in _FORMULA:
                self._note_change(name)
                into.words += ["/"] if name == "den" else []
                self._inline(node, into)
            elif name == "AlternateContent":
                self._inline(_chosen(node), into)

    def _run(self, run: Node, into: _Paragraph) -> None:
        for node in () if self._is_hidden(run) else run:
            name = name_of(node)
            if name == "t":
                into.words.append(node.text or "")
            elif name in _SIGNS:
                into.words.append(_SIGNS[name])
            elif name == "sym":
                into.words.append(self._sign(value(node, "char") or ""))
            elif name in _NOTES:
                into.notes += self._note(name, value(node, "id"))
            elif name == "ruby":
                self._ruby(node, into)
            elif name in _OBJECTS:
                into.boxes += self._boxes(node)

    def _is_hidden(self, run: Node) -> bool:
        """Whether Word neither shows nor prints ``run``; its words are told."""
        if not is_on(child(run, "rPr", "vanish")):
            return False
        hidden = "".join(node.text or "" for node in run if name_of(node) == "t").strip()
        self.notices |= {_HIDDEN + hidden[:_LONGEST]: None} if hidden else {}
        return True

    def _note(self, kind: str, number: str | None) -> list[str]:
        note = self._notes[kind].get(number)
        told = " ".join(" ".join(self.blocks(note)).split()) if note is not None else ""
        return [f"주) {told}"] if told else []

    def _ruby(self, node: Node, into: _Paragraph) -> None:
        base, above = _Paragraph(), _Paragraph()
        self._inline(child(node, "rubyBase"), base)
        self._inline(child(node, "rt"), above)
        into.words.append(f"{''.join(base.words)}({''.join(above.words)})")

    def _sign(self, code: str) -> str:
        try:
            number = int(code, 16)
        except ValueError:
            number = _PRIVATE
        if number >= _PRIVATE:
            self.notices[_SIGN] = None
            return ""
        return chr(number)

    def _boxes(self, node: Node) -> Iterator[str]:
        """The lines of the text boxes in a drawing, each once."""
        name = name_of(node)
        if name == "AlternateContent":
            yield from self._boxes(_chosen(node))
        elif name == "txbxContent":
            yield from self.blocks(node)
        else:
            if name in ("OLEObject", "chart", "relIds"):
                self.notices[_FOREIGN] = None
            for inner in node:
                yield from self._boxes(inner)

    def _table(self, table: Node) -> list[str]:
        above: dict[int, tuple[str, ...]] = {}
        return table_lines([self._row(row, above) for row in self._rows(table)])

    def _rows(self, container: Node) -> Iterator[Node]:
        for node in container:
            name = name_of(node)
            if name == "tr":
                marks = [mark for mark in ("ins", "del") if child(node, "trPr", mark) is not None]
                for mark in marks:
                    self._note_change(mark)
                if "del" not in marks:
                    yield node
            elif name in _THROUGH:
                yield from self._rows(node)

    def _row(self, row: Node, above: dict[int, tuple[str, ...]]) -> list[Cell]:
        """The cells of a row. ``above``: by column what a merged cell says, kept from row to row."""
        skipped = int(value(child(row, "trPr", "gridBefore")) or 0)
        column, cells = skipped, [Cell((), skipped)] if skipped else []
        for node in self._cells(row):
            properties = child(node, "tcPr")
            if child(properties, "cellDel") is not None:
                self._note_change("del")
                continue
            width = int(value(child(properties, "gridSpan")) or 1)
            merge = child(properties, "vMerge")
            if value(child(properties, "hMerge")) == "continue":
                column += width
                continue
            if merge is not None and value(merge) != "restart":
                lines = repeated(above.get(column, ()))
            else:
                lines = tuple(self.blocks(node))
            if merge is not None:
                above[column] = lines
            cells.append(Cell(lines, width))
            column += width
        return cells

    def _cells(self, container: Node) -> Iterator[Node]:
        for node in container:
            if name_of(node) == "tc":
                yield node
            elif name_of(node) in _THROUGH:
                yield from self._cells(node)


def _chosen(alternatives: Node) -> Node:
    """One of the forms in which the same content is given: the newer."""
    choice = child(alternatives, "Choice")
    fallback = child(alternatives, "Fallback")
    return choice if choice is not None else fallback if fallback is not None else ()
