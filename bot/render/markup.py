"""The Markdown of an answer as a page and as plain text: what the desk shows, and what people paste elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.editions.edition import Edition

TERMS, QUOTE = "/terms/", "blockquote"
APART = {"softbreak", "hardbreak", "paragraph"}  # no word goes on over these
_READER = MarkdownIt("js-default", {"html": False}).disable("image")
_READER.validateLink = lambda url: url.startswith((TERMS, "tel:", "mailto:"))  # type: ignore[method-assign]


def to_html(text: str) -> str:
    """HTML without any tag of ``text`` itself, without pictures, with links only to clauses, phone and mail."""
    return str(_READER.render(text))


def plain_text(question: str, answer: str, editions: Sequence[Edition], base: str) -> str:
    """An answer as a person pastes it into a messenger or a mail; "" for none.

    The question ("" to leave it out), the words of the answer, each quote with the name of its clause above and the
    address below, and from which day the terms hold.

    Args:
        question: as it was asked.
        answer: Markdown as `bot.render.rendering` makes it.
        editions: in force when it was given; a link to another edition names its day.
        base: scheme and host before the addresses of clauses; "" leaves them relative.
    """
    blocks = SyntaxTreeNode(_READER.parse(answer)).children
    # a quote stands close to the name of its clause
    text = "".join(
        ("\n" if block.type == QUOTE else "\n\n") + "\n".join(_lines(block, base)) for block in blocks
    ).strip()
    asked = " ".join(question.split())
    days = ", ".join(dict.fromkeys(_days([url for block in blocks for url in _links(block)], editions)))
    return "\n\n".join(filter(None, [asked and f"질문: {asked}", text, days])) if text else ""


def _lines(block: SyntaxTreeNode, base: str) -> Iterator[str]:
    """The lines of one block; those of a quote end with the addresses of the clauses named above it."""
    if block.type in {"bullet_list", "ordered_list"}:
        yield from (f"- {_words(item)}" for item in block.children)
        return
    above, below = block.previous_sibling, block.next_sibling
    quoted = block.type == QUOTE
    yield f"“{_words(block)}”" if quoted else _words(block)
    if quoted or below is None or below.type != QUOTE:
        named = above if quoted else block
        yield from (f"{base}{url}" for url in (_links(named) if named else ()))


def _words(node: SyntaxTreeNode) -> str:
    texts = (" " if one.type in APART else "" if one.children else one.content for one in node.walk())
    return " ".join("".join(texts).split())


def _links(node: SyntaxTreeNode) -> list[str]:
    """The addresses of terms, in the order in which they are linked."""
    urls = [str(one.attrs["href"]) for one in node.walk() if one.type == "link"]
    return [url for url in urls if url.startswith(TERMS)]


def _days(urls: Sequence[str], editions: Sequence[Edition]) -> Iterator[str]:
    """ "서비스 이용약관 (시행일 2025-12-15)" for each link."""
    known = {edition.name: edition for edition in editions}
    for url in urls:
        parts = urlsplit(url)
        edition = known.get(unquote(parts.path.removeprefix(TERMS).partition("/")[0]))
        if edition:
            day = parse_qs(parts.query).get("edition", [edition.date])[0]
            yield f"{edition.title} (시행일 {day})"
