"""HTML → text as a browser lays it out in lines: blocks begin lines, numbered lists keep their numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from index.errors import TermsError
from index.parsing.paragraphs import read_marker

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SILENT = {"script", "style", "noscript", "template", "head", "svg", "select", "button", "iframe"}
_VERBATIM = {"pre", "textarea"}
_BLOCKS = {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div"}
_BLOCKS |= {"dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS |= {"header", "hr", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody"}
_BLOCKS |= {"textarea", "tfoot", "thead", "tr", "ul"}
_CELLS = {"td", "th"}
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


def read_html(text: str) -> str:
    """The text of the page, one line a block; nothing of scripts and styles.

    Raises:
        TermsError: its tags are nested deeper than `DEEPEST`: reading takes the square of that.
    """
    if _depth(text) > DEEPEST:
        raise TermsError(f"태그가 {DEEPEST:,}겹보다 깊이 겹쳐 있습니다.")
    root = LexborHTMLParser(text).root
    writer = _Writer()
    # by hand, for a page may nest deeper than Python calls
    node, depth = root, 0
    while node is not None:
        opened = writer.open(node)
        child = node.child if opened else None
        if child is not None:
            node, depth = child, depth + 1
            continue
        writer.close(node)
        while depth and node.next is None:
            node, depth = _parent(node), depth - 1
            writer.close(node)
        node = node.next if depth else None
    return writer.text()


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
        self.lines: list[str] = []
        self.line: list[str] = []
        self.counts: list[int | None] = []
        self.verbatim = 0
        self.mark = ""

    def open(self, node: LexborNode) -> bool:
        """Write what begins with ``node``; whether its children are to be written."""
        tag = node.tag or ""
        if node.is_text_node:
            self._words(node.text_content or "")
            return False
        if tag in _SILENT or node.is_comment_node:
            return False
        if tag == "br" or tag in _BLOCKS:
            self._break()
        if tag in ("ol", "ul"):
            start = str(node.attributes.get("start") or "1")
            self.counts.append(int(start) if tag == "ol" and re.fullmatch(r"\d{1,4}", start) else None)
        elif tag == "li" and self.counts:
            self._item()
        self.verbatim += tag in _VERBATIM
        return True

    def close(self, node: LexborNode) -> None:
        """Write what ends with ``node``."""
        tag = node.tag or ""
        if tag in ("ol", "ul") and self.counts:
            self.counts.pop()
        if tag in _BLOCKS:
            self._break()
        elif tag in _CELLS:
            self.line.append(" | ")
        self.verbatim -= tag in _VERBATIM

    def text(self) -> str:
        """All that was written."""
        self._break()
        return "\n".join(self.lines) + "\n" if self.lines else ""

    def _item(self) -> None:
        count = self.counts[-1]
        self.mark = "- " if count is None else f"{count}. "
        if count is not None:
            self.counts[-1] = count + 1

    def _words(self, text: str) -> None:
        if not self.verbatim:
            self.line.append(text)
            return
        first, *others = re.split(r"\r\n|\r|\n", text)
        self.line.append(first)
        for other in others:
            self._break()
            self.line.append(other)

    def _break(self) -> None:
        line = _BLANKS.sub(" ", "".join(self.line)).strip().removesuffix("|").rstrip()
        self.line = []
        if line:
            # a list that numbers itself in words needs no second number
            self.lines.append(line if read_marker(line) else self.mark + line)
            self.mark = ""
