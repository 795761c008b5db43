"""The automatic numbers of an HWPX document: ``hh:numbering`` and ``hh:paraPr`` → what stands before a 항."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.documents.numbering import Counters, Level, bullet, written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_FORMS = {
    "CIRCLED_DIGIT": "circled",
    "ROMAN_CAPITAL": "ROMAN",
    "ROMAN_SMALL": "roman",
    "LATIN_CAPITAL": "LETTER",
    "LATIN_SMALL": "letter",
    "HANGUL_SYLLABLE": "hangul",
    "HANGUL_JAMO": "jamo",
    "HANGUL_PHONETIC": "sino",
    "IDEOGRAPH": "hanja",
    "DECAGON_CIRCLE": "stem",
    "CIRCLED_HANGUL_SYLLABLE": "circled hangul",
    "CIRCLED_LATIN_SMALL": "circled letter",
}


def name_of(node: Element) -> str:
    """The tag of ``node`` without its namespace."""
    return node.tag.rpartition("}")[2]


def written_number(node: Element) -> str:
    """What ``hp:autoNum`` shows: the number of a table or a picture."""
    shown = next((inner for inner in node if name_of(inner) == "autoNumFormat"), None)
    form, before, behind = "DIGIT", "", ""
    if shown is not None:
        form, before, behind = (shown.get(key, "") for key in ("type", "prefixChar", "suffixChar"))
    number = node.get("num", "")
    return before + (written(int(number), _FORMS.get(form, "decimal")) if number.isdecimal() else number) + behind


class ParagraphNumbers:
    """Asked for each paragraph in the order of the document. ``header``: the root of Contents/header.xml."""

    def __init__(self, header: Element | None) -> None:
        self._lists: dict[tuple[str, str], dict[int, Level]] = {}
        self._headings: dict[str, tuple[str, str, int]] = {}
        self._counters: dict[tuple[str, str], Counters] = {}
        self._outline = ""
        for node in header.iter() if header is not None else ():
            name = name_of(node)
            if name == "numbering":
                self._lists["NUMBER", node.get("id", "")] = dict(_levels(node))
            elif name == "bullet":
                level = bullet(node.get("char", ""))
                self._lists["BULLET", node.get("id", "")] = dict.fromkeys(range(10), level)
            elif name == "paraPr":
                for inner in node.iter():
                    if name_of(inner) == "heading":
                        place = _number(inner.get("level"), 0)
                        self._headings[node.get("id", "")] = inner.get("type", ""), inner.get("idRef", ""), place

    def begin_section(self, root: Element) -> None:
        """The outline of a section has the numbering that the section names."""
        for node in root.iter():
            if name_of(node) == "secPr":
                self._outline = node.get("outlineShapeIDRef", "")
                return

    def label(self, paragraph: Element) -> str:
        """What Hangul writes before ``paragraph``, with the blank behind it; "" for one without a number."""
        kind, number, at = self._headings.get(paragraph.get("paraPrIDRef", ""), ("NONE", "", 0))
        home = ("NUMBER", self._outline) if kind == "OUTLINE" else (kind, number)
        if home not in self._lists:
            return ""
        return self._counters.setdefault(home, Counters()).label(self._lists[home], at)


def _levels(numbering: Element) -> Iterator[tuple[int, Level]]:
    for node in numbering:
        if name_of(node) == "paraHead":
            text = "".join(node.itertext()).strip().replace("^", "%")
            form = _FORMS.get(node.get("numFormat", ""), "decimal")
            at = _number(node.get("level"), 1) - 1
            yield at, Level(form, f"{text} " if text else "", _number(node.get("start"), 1))


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 5 else otherwise
