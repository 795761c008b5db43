"""HWPX (KS X 6101, an open format of Hangul word processors) → text: a line a paragraph.

The libraries for it are young or do much more; the text is in ``hp:t`` of ``hp:p`` in ``Contents/section*.xml``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.documents.archive import members
from index.documents.markup import parse_member

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_SECTION = re.compile(r"Contents/section(\d{1,4})\.xml")
_BREAKS = {"lineBreak": "\n", "tab": "\t", "nbSpace": " ", "fwSpace": " "}


def read_hwpx(data: bytes) -> str:
    """The text of the document ``data``.

    Raises:
        TermsError: damaged, entities in its XML, or defusedxml is not installed.
    """
    found = [(int(match[1]), name) for name in members(data) if (match := _SECTION.fullmatch(name))]
    lines = (line for _, name in sorted(found) for line in _paragraphs(parse_member(data, name, "hwpx")))
    return "".join(line + "\n" for line in lines)


def _paragraphs(root: Element) -> Iterator[str]:
    """Each paragraph; those of a table follow the paragraph that holds it."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        inner: list[Element] = []
        if _name(element) == "p":
            yield "".join(_words(element, inner))
        else:
            inner = list(element)
        waiting += reversed(inner)


def _words(paragraph: Element, inner: list[Element]) -> Iterator[str]:
    """The words of ``paragraph`` alone; paragraphs in it are put into ``inner``."""
    waiting: list[Element | str] = list(reversed(paragraph))
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif _name(item) == "p":
            inner.append(item)
        elif _name(item) == "t":
            yield item.text or ""
            for child in reversed(item):
                waiting += [child.tail or "", child]
        elif _name(item) in _BREAKS:
            yield _BREAKS[_name(item)]
        else:
            waiting += reversed(item)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
