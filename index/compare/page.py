"""A comparison as HTML, its rows in the words of Korean drafting: (생 략), (현행과 같음), <신 설>, <삭 제>."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from index.compare.changes import NAMES, Kind, Piece
from index.compare.stale_references import left_behind
from index.terms import article_heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.compare.changes import ArticleChange, Compared, ParagraphChange, Place
    from index.compare.notice_period import Notice

OMITTED, AS_BEFORE, ADDED, DELETED = "(생 략)", "(현행과 같음)", "<신 설>", "<삭 제>"
TEMPLATES = Path(__file__).parent / "templates"
STYLE = (TEMPLATES / "compare.css").read_text(encoding="utf-8")
ORDER = (Kind.ADDED, Kind.DELETED, Kind.CHANGED, Kind.MOVED, Kind.SAME)


@dataclass(frozen=True, slots=True)
class Cell:
    """``said``: a word of drafting in place of the text. ``folded``: label and text that may be opened."""

    label: str = ""
    pieces: tuple[Piece, ...] = ()
    said: str = ""
    folded: tuple[tuple[str, tuple[Piece, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """현행 and 개정안 side by side."""

    kind: Kind
    old: Cell
    new: Cell
    reasons: tuple[str, ...] = ()
    note: str = ""


def make_rows(article: ArticleChange) -> list[Row]:
    """The rows below the heading of ``article``; what stayed is one row."""
    if article.kind in (Kind.SAME, Kind.MOVED):
        said = AS_BEFORE
        if article.old and article.kind is Kind.MOVED:
            said = f"(현행 {_and(article.old.name)} 같음)"
        return [Row(article.kind, Cell(said=OMITTED), Cell(said=said, folded=_folded(article.paragraphs)))]
    rows: list[Row] = []
    for stayed, group in groupby(article.paragraphs, lambda change: _stayed(article, change)):
        changes = list(group)
        rows += [_kept(changes)] if stayed else [_row(article, change) for change in changes]
    return rows


def _stayed(article: ArticleChange, change: ParagraphChange) -> bool:
    here = change.old and change.new and (change.old.article, change.new.article) == (article.old, article.new)
    return bool(here) and _unchanged(change) and _label(change.old) == _label(change.new)


def _unchanged(change: ParagraphChange) -> bool:
    return change.kind in (Kind.SAME, Kind.MOVED)


def _kept(changes: Sequence[ParagraphChange]) -> Row:
    first, last = _label(changes[0].new), _label(changes[-1].new)
    label = first if first == last else f"{first} ∼ {last}"
    return Row(Kind.SAME, Cell(label, said=OMITTED), Cell(label, said=AS_BEFORE, folded=_folded(changes)))


def _row(article: ArticleChange, change: ParagraphChange) -> Row:
    old, new = change.old, change.new
    if new and new.article is not article.new:
        gone = Cell(_label(old), _lines(change.before))
        return Row(Kind.MOVED, gone, Cell(said=f"<개정안 {new.name}>"), note="다른 조로 옮김")
    elsewhere = old is not None and old.article is not article.old
    left = "" if old is None else old.name if elsewhere else old.label
    if old and new and _unchanged(change):
        said = f"(현행 {_and(old.name if elsewhere else old.label or old.name)} 같음)"
        return Row(Kind.MOVED, Cell(left, said=OMITTED), Cell(new.label, said=said, folded=_folded([change])))
    before = Cell(left, _lines(change.before)) if old else Cell(said=ADDED)
    after = Cell(new.label, _lines(change.after)) if new else Cell(said=DELETED)
    return Row(change.kind, before, after, change.reasons, change.note)


def _folded(changes: Sequence[ParagraphChange]) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
    return tuple((c.new.label, _lines(c.after)) for c in changes if c.new)


def _label(place: Place | None) -> str:
    return place.label if place else ""


def _lines(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The text with one line break between lines: blank lines are no part of it."""
    return tuple(Piece(re.sub(r"(?<!\s)\s*\n\s*+", "\n", piece.text), piece.changed) for piece in pieces)


def _and(name: str) -> str:
    """ "제7조와", "제2항과", "제10조의3과"."""
    return name + ("과" if name[-1] in "항013678" else "와")


def changed_articles(articles: Sequence[ArticleChange]) -> Iterator[tuple[int, ArticleChange]]:
    """Place and change of the articles whose words changed."""
    return ((i, a) for i, a in enumerate(articles, 1) if a.kind not in (Kind.SAME, Kind.MOVED))


def comparison_page(compared: Compared, dates: tuple[str, str] = ("", ""), about: Notice | None = None) -> str:
    """One page without any other file, for those who decide: with what may be material and the notice periods.

    ``dates``: days of effect, ISO or "".
    """
    body = comparison_body(compared, dates, about, weigh=True)
    title = f"{compared.new.title or '약관'} 신구조문대비표"
    return _environment().get_template("document.html").render(title=title, style=STYLE, body=body)


def comparison_body(
    compared: Compared, dates: tuple[str, str] = ("", ""), about: Notice | None = None, *, weigh: bool = False
) -> str:
    """Summary and table as a safe piece of HTML. ``weigh``: with the reasons why a change may be material."""
    return (
        _environment()
        .get_template("comparison.html")
        .render(
            compared=compared,
            dates=[_long_date(date) for date in dates],
            about=about,
            weigh=weigh,
            articles=[(article, make_rows(article)) for article in compared.articles],
            changed=list(changed_articles(compared.articles)),
            moved=[a for a in compared.articles if a.kind is Kind.MOVED],
            counts=[("조", compared.count_articles()), ("항", compared.count_paragraphs())],
            references=left_behind(compared) if weigh else [],
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(heading=article_heading, names=NAMES, order=ORDER)
    return environment


def _long_date(date: str) -> str:
    """ "2025년 12월 15일", or "" for what is no date."""
    try:
        day = dt.date.fromisoformat(date)
    except ValueError:
        return ""
    return f"{day.year}년 {day.month}월 {day.day}일"
