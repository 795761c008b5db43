"""A paragraph as pages show it: its text in pieces, some of which lead to other clauses, and the form of that text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from bot.addresses import article_url, clause_url
from bot.korean import short_date
from index.documents.tables import BORDER
from index.parsing.paragraphs import read_marker
from index.references.between_clauses import find_cross_references

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from index.editions.edition import Edition
    from index.terms import Article, Paragraph

    To = Callable[[Article, str], str]  # the address of a paragraph of an article; of the article itself for ""

DEEPER = {"hangul", "letter"}  # what marks the items of an item: 가., a.


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a paragraph's text; ``url`` and ``title`` if it names another clause, else ""."""

    text: str
    url: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph as the page shows it. ``citation``: how a copied quotation names it."""

    number: str
    url: str
    citation: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A line of a text, or a table. ``kind``: "line", "item", "deeper" (an item of an item) or "table".

    ``rows``: the cells of each row, each some pieces; of a line one row with one cell.
    """

    kind: str
    rows: tuple[tuple[tuple[Piece, ...], ...], ...]


def to_own_pages(edition: Edition, dated: str) -> To:
    """What links to other clauses lead to where each article has a page of its own.

    ``dated``: how addresses name the edition (`index.editions.state.EditionState.address`).
    """

    def to(article: Article, paragraph: str) -> str:
        if paragraph:
            return clause_url(article.clause(edition.name, paragraph), dated)
        return article_url(edition.name, article.address, dated)

    return to


def make_row(edition: Edition, article: Article, paragraph: Paragraph, dated: str, to: To) -> Row:
    """``to``: where the clauses that the text names are; the paragraph's own address is that of its page."""
    clause = article.clause(edition.name, paragraph.number)
    return Row(
        number=paragraph.number,
        url=clause_url(clause, dated),
        citation=f"「{edition.title}」 {clause.name}({short_date(edition.date)} 시행)",
        pieces=tuple(_pieces(edition, article, paragraph, to)),
    )


def _pieces(edition: Edition, article: Article, paragraph: Paragraph, to: To) -> Iterator[Piece]:
    place = 0
    for reference in find_cross_references(edition.terms, article, paragraph):
        named = edition.article(reference.article)
        if reference.dangling or named is None:
            continue
        yield Piece(paragraph.text[place : reference.start])
        text = paragraph.text[reference.start : reference.end]
        yield Piece(text, to(named, reference.paragraph or ""), f"{named.name} ({named.title})")
        place = reference.end
    yield Piece(paragraph.text[place:])


def in_blocks(pieces: Iterable[Piece]) -> tuple[Block, ...]:
    """The lines of a text with their form: rows of cells are a table where two or more follow one another."""
    whole = [replace(piece, text=piece.text.replace("\r\n", "\n").replace("\r", "\n")) for piece in pieces]
    lines = [line for line in _split(whole, "\n") if _text(line).strip()]
    found: list[Block] = []
    for rows, group in groupby(lines, lambda line: BORDER in _text(line)):
        together = list(group)
        if rows and len(together) > 1:
            found.append(Block("table", tuple(tuple(_split(line, BORDER)) for line in together)))
        else:
            found += [Block(_kind(line), ((line,),)) for line in together]
    return tuple(found)


def _split(pieces: Sequence[Piece], separator: str) -> list[tuple[Piece, ...]]:
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split(separator)
        parts[-1].append(replace(piece, text=first))
        parts += [[replace(piece, text=text)] for text in others]
    return [tuple(piece for piece in part if piece.text) for part in parts]


def _text(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _kind(line: Iterable[Piece]) -> str:
    marker = read_marker(_text(line))
    if marker is None:
        return "line"
    return "deeper" if marker.kind in DEEPER else "item"
