"""HTML → text as a browser lays it out: blocks begin lines, lists keep their numbers, rows of tables are lines."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from index.documents.document import Document
from index.documents.html_structure import is_furniture, is_silent, is_struck, reads_as_heading
from index.documents.numbering import written
from index.documents.tables import Cell, table_lines
from index.errors import TermsError
from index.parsing.front_matter import names_document
from index.parsing.headings import read_article
from index.parsing.paragraphs import read_marker

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_VERBATIM = {"pre", "textarea"}
_BLOCKS = {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div"}
_BLOCKS |= {"dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS |= {"header", "hr", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody"}
_BLOCKS |= {"textarea", "tfoot", "thead", "tr", "ul"}
_CELLS = {"td", "th"}
_HEADINGS = {"h1", "h2", "h3"}
_TYPES = {"a": "letter", "A": "LETTER", "i": "roman", "I": "ROMAN"}
_PLAIN_LIST = re.compile(r"list-style(?:-type)?\s*:\s*none")
_ORNAMENT = re.compile(r"\s*\d{1,3}\s*[.)]?\s*")
_TITLE_BORDER = re.compile(r"(?<!\s)\s++[-|–—:·»<>]{1,2}\s")
_STRUCK = "지운 것으로 표시된 글이 있습니다. 읽지 않았습니다: "
_LONGEST = 60  # characters of it that a notice shows
_START = re.compile(
    r"\s*+(?:(?:<!--(?:(?!-->).)*+-->|<\?xml[^>]*+>)\s*+)*+"
    r"<(?:!doctype\s+html|html|head|body|div|p|h[1-6]|section|article|table|textarea)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
# have no end, or may go without one and end with what follows
_SELF_CLOSED = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_SELF_CLOSED |= {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup"}
DEEPEST = 10_000
_BLANKS = re.compile(r"[ \t\r\n\f\u00a0]+")


def looks_like_html(text: str) -> bool:
    """Whether ``text`` begins as a page or a piece of one."""
    return bool(_START.match(text[:2000].lstrip("\ufeff")))


def read_html(text: str) -> Document:
    """The text of the page, one line a block or a row; nothing of scripts, menus and the foot of the page.

    Raises:
        TermsError: its tags are nested deeper than `DEEPEST`: reading takes the square of that.
    """
    if _depth(text) > DEEPEST:
        raise TermsError(f"태그가 {DEEPEST:,}겹보다 깊이 겹쳐 있습니다.")
    parser = LexborHTMLParser(text)
    root = parser.root
    writer = _Writer()
    # by hand, for a page may nest deeper than Python calls
    node, depth = root, 0
    while node is not None:
        opened = writer.open(node)
        child = node.child if opened else None
        if child is not None:
            node, depth = child, depth + 1
            continue
        writer.close(node, opened=opened)
        while depth and node.next is None:
            node, depth = _parent(node), depth - 1
            writer.close(node, opened=True)
        node = node.next if depth else None
    titled = parser.css_first("head title")
    return Document(writer.text(titled.text() if titled else ""), tuple(writer.notices))


def _depth(text: str) -> int:
    """How deep the tags that must be closed are nested, or a little more."""
    deepest = depth = 0
    for match in _TAG.finditer(text):
        if match[1]:
            depth = max(0, depth - 1)
        elif match[2].lower() not in _SELF_CLOSED:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def _parent(node: LexborNode) -> LexborNode:
    parent = node.parent
    assert parent is not None  # noqa: S101 - only called below the root
    return parent


class _Writer:
    def __init__(self) -> None:
        self.notices: dict[str, None] = {}
        self._sinks: list[list[str]] = [[]]  # the lines of the page, then those of each cell that is open
        self._tables: list[list[list[Cell]]] = []
        self._line: list[str] = []
        self._counts: list[tuple[int, str] | None] = []
        self._verbatim = 0
        self._mark = ""
        self._begun = False  # a 조 was written
        self._headings: set[str] = set()

    def open(self, node: LexborNode) -> bool:
        """Write what begins with ``node``; whether its children are to be written."""
        tag = node.tag or ""
        if node.is_text_node:
            self._words(node.text_content or "")
            return False
        if is_silent(node) or is_furniture(node, begun=self._begun):
            return False
        if is_struck(node):
            struck = " ".join(node.text().split())
            self.notices |= {_STRUCK + struck[:_LONGEST]: None} if struck else {}
            return False
        if tag == "br" or tag in _BLOCKS or tag in _CELLS:
            self._break()
        self._open_block(node, tag)
        return True

    def _open_block(self, node: LexborNode, tag: str) -> None:
        if tag in ("ol", "ul"):
            self._counts.append(_first_number(node) if tag == "ol" else None)
        elif tag == "li" and self._counts:
            self._item(node)
        elif tag == "table":
            self._tables.append([])
        elif tag == "tr" and self._tables:
            self._tables[-1].append([])
        elif tag in _CELLS:
            self._sinks.append([])
        self._verbatim += tag in _VERBATIM

    def close(self, node: LexborNode, *, opened: bool) -> None:
        """Write what ends with ``node``, if it was ``opened``."""
        tag = node.tag or ""
        if not opened:
            return
        if tag in _BLOCKS or tag in _CELLS:
            self._break()
        if tag in _HEADINGS:
            self._headings |= set(self._sinks[-1][-1:])
        elif tag in ("ol", "ul"):
            self._counts.pop()
        elif tag in _CELLS:
            self._close_cell(node)
        elif tag == "table":
            self._sinks[-1] += table_lines(self._tables.pop())
        self._verbatim -= tag in _VERBATIM

    def _close_cell(self, node: LexborNode) -> None:
        lines = tuple(self._sinks.pop())
        if self._tables and self._tables[-1]:
            self._tables[-1][-1].append(Cell(lines, *(_size(node, name) for name in ("colspan", "rowspan"))))
        else:
            self._sinks[-1] += lines

    def text(self, titled: str) -> str:
        """All that was written, the name of the document first. ``titled``: of the page, for where no line names it."""
        self._break()
        lines = _without_ornaments(self._sinks[0])
        first = next((place for place, line in enumerate(lines) if read_article(line)), len(lines))
        headed = [line for line in lines[:first] if line in self._headings and names_document(line)]
        if headed:  # the heading next to the text names it; one above may name the part of the site
            lines.remove(headed[-1])
            lines.insert(0, headed[-1])
        elif not any(names_document(line) for line in lines[:first]):
            names = (" ".join(part.split()) for part in _TITLE_BORDER.split(titled))
            lines[:0] = [name for name in names if names_document(name)][:1]
        return "\n".join(lines) + "\n" if lines else ""

    def _item(self, node: LexborNode) -> None:
        count = self._counts[-1]
        plain = node.parent is not None and _PLAIN_LIST.search(node.parent.attributes.get("style") or "")
        if count is None:
            self._mark = "" if plain else "- "
            return
        own = node.attributes.get("value") or ""
        number, form = int(own) if re.fullmatch(r"\d{1,4}", own) else count[0], count[1]
        self._mark = "" if plain else f"{written(number, form)}. "
        self._counts[-1] = number + 1, form

    def _words(self, text: str) -> None:
        if not self._verbatim:
            self._line.append(text)
            return
        first, *others = re.split(r"\r\n|\r|\n", text)
        self._line.append(first)
        for other in others:
            self._break()
            self._line.append(other)

    def _break(self) -> None:
        pieces = [piece for piece in self._line if piece.strip()]
        line = _BLANKS.sub(" ", "".join(self._line)).strip()
        self._line = []
        if len(pieces) > 1 and _ORNAMENT.fullmatch(pieces[0]):
            rest = _BLANKS.sub(" ", "".join(pieces[1:])).strip()
            line = rest if read_article(rest) else line
        if line:
            self._begun = self._begun or bool(read_article(line))
            # a list that numbers itself in words needs no second number
            numbered = read_marker(line) or reads_as_heading(line)
            self._sinks[-1].append(line if numbered else self._mark + line)
            self._mark = ""


def _without_ornaments(lines: list[str]) -> list[str]:
    """``lines`` without a number alone that an element of its own puts above the heading of a 조."""
    return [line for line, below in zip_longest(lines, lines[1:], fillvalue="") if not _is_ornament(line, below)]


def _is_ornament(line: str, below: str) -> bool:
    return bool(_ORNAMENT.fullmatch(line) and read_article(below))


def _first_number(node: LexborNode) -> tuple[int, str]:
    """Where a numbered list starts, and the form of its numbers."""
    start = node.attributes.get("start") or "1"
    return int(start) if re.fullmatch(r"\d{1,4}", start) else 1, _TYPES.get(
        node.attributes.get("type") or "", "decimal"
    )


def _size(cell: LexborNode, name: str) -> int:
    """How many columns or rows a cell covers."""
    told = cell.attributes.get(name) or ""
    return max(1, int(told)) if re.fullmatch(r"\d{1,3}", told) else 1
