"""What of a page is not of its document, told by structure: menus, the foot of the page, ornaments, struck words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.parsing.chapters import read_addendum, read_chapter
from index.parsing.headings import read_article

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SILENT = {"script", "style", "noscript", "template", "head", "svg", "select", "iframe"}
_STRUCK = {"del", "s", "strike"}
_INLINE = {"span", "i", "em", "b", "strong", "small", "sup", "sub", "u", "font", "mark"}
_ROLES = {"navigation", "menu", "menubar", "search", "contentinfo", "tablist", "toolbar"}
_NAMES = re.compile(
    r"(?:gnb|lnb|snb|tnb|fnb|nav|navi|navbar|navigation|menu|submenu|breadcrumbs?|footer|sitemap|skip|skipnav)",
    re.IGNORECASE,
)
_TEXT = {"main", "article", "section"}  # a header or footer inside of these is one of the text
_SPLIT = re.compile(r"[\s_-]+")
_WORD = re.compile(r"\w")
_HEADING_INSIDE = re.compile(r"(?:제|第)\s*\d{1,4}\s*(?:조|條)")
_LEAST = 2  # links that make a list of them a menu


def is_silent(node: LexborNode) -> bool:
    """Whether nothing in ``node`` is ever shown as text of a document."""
    tag = node.tag or ""
    if tag in _SILENT or node.is_comment_node:
        return True
    if tag == "button":
        return not reads_as_heading(_words(node))
    return tag in _INLINE and node.attributes.get("aria-hidden") == "true"


def is_struck(node: LexborNode) -> bool:
    """Whether the page marks ``node`` as text that no longer holds."""
    return node.tag in _STRUCK


def is_furniture(node: LexborNode, *, begun: bool) -> bool:
    """Whether ``node`` is a menu or the foot of the page. ``begun``: a 조 stands above it.

    A list of nothing but links to other pages is a menu only above the text. What holds a 조 is never furniture.
    """
    tag = node.tag or ""
    if tag in ("ul", "ol", "p"):
        return not begun and _only_links(node) and not _holds_text(node)
    named = tag == "nav" or node.attributes.get("role") in _ROLES or (tag == "footer" and not _in_text(node))
    return (named or (tag in ("div", "aside") and _is_named(node))) and not _holds_text(node)


def reads_as_heading(line: str) -> bool:
    """Whether ``line`` is the heading of a 조, a 장 or a 부칙."""
    return bool(read_article(line) or read_chapter(line) or read_addendum(line))


def _words(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())


def _is_named(node: LexborNode) -> bool:
    names = f"{node.attributes.get('id') or ''} {node.attributes.get('class') or ''}"
    return any(_NAMES.fullmatch(part) for part in _SPLIT.split(names))


def _in_text(node: LexborNode) -> bool:
    above = node.parent
    while above is not None:
        if above.tag in _TEXT:
            return True
        above = above.parent
    return False


def _holds_text(node: LexborNode) -> bool:
    """Whether 조 are in ``node`` that are no links to them."""
    linked = sum(len(_HEADING_INSIDE.findall(link.text())) for link in node.css("a"))
    return len(_HEADING_INSIDE.findall(node.text())) > linked


def _only_links(node: LexborNode) -> bool:
    links = [link for link in node.css("a") if (link.attributes.get("href") or "#")[0] != "#"]
    if len(links) < _LEAST or any(read_article(_words(link)) for link in links):
        return False
    return len(_WORD.findall(node.text())) == sum(len(_WORD.findall(link.text())) for link in links)
