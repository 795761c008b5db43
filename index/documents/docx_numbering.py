"""The automatic numbers of a Word document: numbering.xml and the styles linked to it → what stands before a 항.

Lists that share an abstract definition share its counters; one that overrides a start begins that level anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.documents.numbering import Counters, Level, bullet

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORMS = {
    "decimalZero": "padded",
    "decimalEnclosedCircle": "circled",
    "decimalEnclosedCircleChinese": "circled",
    "decimalEnclosedParen": "paren",
    "decimalEnclosedFullstop": "stop",
    "numberInDash": "dashed",
    "ganada": "hangul",
    "chosung": "jamo",
    "lowerLetter": "letter",
    "upperLetter": "LETTER",
    "lowerRoman": "roman",
    "upperRoman": "ROMAN",
    "koreanCounting": "sino",
    "koreanDigital": "sino",
    "koreanDigital2": "hanja",
    "ideographDigital": "hanja",
    "japaneseCounting": "hanja",
    "chineseCounting": "hanja",
    "none": "none",
}
_DEEPEST = 100  # styles that one style is based on, links from a list to a style: more is a circle
Node = Any  # an lxml element: lxml ships no types


def name_of(node: Node) -> str:
    """The tag of ``node`` without its namespace; "" for a comment."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def child(node: Node | None, *path: str) -> Node | None:
    """The first child of that name, and so on along ``path``; None where one is missing."""
    for name in path:
        node = next((one for one in node if name_of(one) == name), None) if node is not None else None
    return node


def value(node: Node | None, name: str = "val") -> str | None:
    """An attribute of ``node``, whatever its namespace."""
    if node is None:
        return None
    return next((text for key, text in node.attrib.items() if key.rpartition("}")[2] == name), None)


def is_on(node: Node | None) -> bool:
    """Whether a switch such as ``<w:vanish/>`` is there and not turned off."""
    return node is not None and value(node) not in ("0", "false", "off")


class ParagraphNumbers:
    """Asked for each paragraph in the order of the document. ``numbering``, ``styles``: roots of their parts."""

    def __init__(self, numbering: Node | None, styles: Node | None) -> None:
        self._abstract = {value(node, "abstractNumId"): node for node in _children(numbering, "abstractNum")}
        self._lists = {value(node, "numId"): node for node in _children(numbering, "num")}
        self._styles = {value(node, "styleId"): node for node in _children(styles, "style")}
        paragraphs = (node for node in self._styles.values() if value(node, "type") == "paragraph")
        self._default = next((value(node, "styleId") for node in paragraphs if value(node, "default") == "1"), None)
        self._counters: dict[str | None, Counters] = {}
        self._levels: dict[str, dict[int, Level]] = {}

    def label(self, paragraph: Node) -> str:
        """What Word writes before ``paragraph``, with the blank behind it; "" for one without a number."""
        number, at = self._place(paragraph)
        if number is None or number not in self._lists:
            return ""
        home = self._home(number)
        counters = self._counters.setdefault(home, Counters())
        if number not in self._levels:
            self._levels[number] = self._read(number, home)
            for override in _children(self._lists[number], "lvlOverride"):
                if child(override, "startOverride") is not None:
                    counters.restart(_number(value(override, "ilvl"), 0))
        return counters.label(self._levels[number], at)

    def _place(self, paragraph: Node) -> tuple[str | None, int]:
        """The list of a paragraph and its level there: its own, else that of its style."""
        own = child(paragraph, "pPr", "numPr")
        number, at = value(child(own, "numId")), value(child(own, "ilvl"))
        style = value(child(paragraph, "pPr", "pStyle")) or self._default
        for step in self._chain(style):
            inherited = child(self._styles[step], "pPr", "numPr")
            if number is None:
                number = value(child(inherited, "numId"))
                linked = self._linked(number, step)
                at = at or (str(linked) if linked is not None else None)
            at = at or value(child(inherited, "ilvl"))
        return (None if number == "0" else number), _number(at, 0)

    def _chain(self, style: str | None) -> Iterator[str]:
        """``style`` and what it is based on."""
        for _ in range(_DEEPEST):
            if style is None or style not in self._styles:
                return
            yield style
            style = value(child(self._styles[style], "basedOn"))

    def _linked(self, number: str | None, style: str) -> int | None:
        """The level of a list that is linked to a style."""
        for level in _children(self._abstract.get(self._home(number)), "lvl"):
            if value(child(level, "pStyle")) == style:
                return _number(value(level, "ilvl"), 0)
        return None

    def _home(self, number: str | None) -> str | None:
        """The abstract definition of a list, also where it is given by the name of a style of lists."""
        for _ in range(_DEEPEST):
            home = value(child(self._lists.get(number), "abstractNumId"))
            link = value(child(self._abstract.get(home), "numStyleLink"))
            if link is None:
                return home
            number = value(child(self._styles.get(link), "pPr", "numPr", "numId"))
        return None

    def _read(self, number: str, home: str | None) -> dict[int, Level]:
        nodes = {_number(value(node, "ilvl"), 0): node for node in _children(self._abstract.get(home), "lvl")}
        starts = {}
        for override in _children(self._lists[number], "lvlOverride"):
            at = _number(value(override, "ilvl"), 0)
            own = child(override, "lvl")
            if own is not None:
                nodes[at] = own
            starts[at] = value(child(override, "startOverride"))
        return {at: _level(node, starts.get(at)) for at, node in nodes.items()}


def _level(node: Node, start: str | None) -> Level:
    form = value(child(node, "numFmt")) or "decimal"
    text = value(child(node, "lvlText")) or ""
    if form == "bullet":
        return bullet(text)
    behind = "" if not text or value(child(node, "suff")) == "nothing" else " "
    anew = value(child(node, "lvlRestart"))
    return Level(
        _FORMS.get(form, "decimal"),
        text + behind,
        _number(start or value(child(node, "start")), 1),
        None if anew is None else _number(anew, 0),
        is_on(child(node, "isLgl")),
    )


def _children(node: Node | None, name: str) -> Iterator[Node]:
    return (one for one in (() if node is None else node) if name_of(one) == name)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 5 else otherwise
