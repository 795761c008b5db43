"""`GET /terms/<terms>/whole`: all articles, annexes and addenda of an edition on one page, plain lines beside them."""

from __future__ import annotations

import logging
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

from bot.addresses import article_url, whole_url
from bot.web.hosts import base_of
from bot.web.http import GET
from bot.web.layout import FILES, render_page, send_page
from bot.web.terms.lookup import find_edition
from bot.web.terms.rows import Block, Piece, in_blocks, make_row
from index.editions.state import edition_state
from index.errors import YakgwanError
from index.parsing.headings import tidy
from index.parsing.lines import core
from index.parsing.outline import ADDENDUM
from index.questions.plain import read_plain
from index.terms import article_heading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.service import Service
    from index.editions.edition import Edition
    from index.questions.plain import PlainLine
    from index.terms import Annex, Article, Terms

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WholeRow:
    """A paragraph. ``id``: names the article too. ``url``: of its own page. ``plain``: "" if nobody wrote one."""

    number: str
    id: str
    url: str
    blocks: tuple[Block, ...]
    plain: str


@dataclass(frozen=True, slots=True)
class Part:
    """An article or an annex. ``url``: the article's own page, "" of an annex. ``above``: the heading that it is below.

    ``blocks``: the text of an annex, and what the file says behind a part without belonging to it.
    """

    id: str
    name: str
    title: str
    heading: str
    start: int
    above: str = ""
    url: str = ""
    rows: tuple[WholeRow, ...] = ()
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """What stands below one heading of a chapter or 부칙; "" for what stands below none."""

    heading: str
    id: str
    parts: tuple[Part, ...]


def build_whole(service: Service) -> APIRouter:
    """The page. To be included before `build_pages`: `/terms/{terms}/{article}` takes any last part."""
    pages = APIRouter(include_in_schema=False)

    @pages.api_route("/terms/{terms}/whole", methods=GET)
    def whole(request: Request, terms: str, edition: str = "") -> Response:
        found = find_edition(service, terms, edition)
        return send_page(request, _page(service, found, base_of(request, service.settings)))

    return pages


def _page(service: Service, edition: Edition, base: str) -> str:
    stands = edition_state(service.in_force, edition)
    before, parts = _with_notes(edition.terms, _parts(edition, stands.address, _plain(service.settings.data, edition)))
    return render_page(
        "whole.html",
        base + whole_url(edition.name, stands.address),
        edition=edition,
        standing=stands,
        before=before,
        sections=_sections(parts),
        plain=any(row.plain for part in parts for row in part.rows),
        whole_style=FILES.url("whole.css"),
        whole_script=FILES.url("whole.js"),
        description=f"{edition.company} {edition.title} 전체를 한 쪽에서 읽고 찾기".strip(),
    )


def _plain(data: Path, edition: Edition) -> Mapping[tuple[str, str], PlainLine]:
    """The plain lines of this edition's document; none where they cannot be read: the terms are shown all the same."""
    try:
        return read_plain(data, [edition])
    except YakgwanError as error:
        log.error("the plain lines cannot be read: %s", error)  # noqa: TRY400  # the message says what is wrong
        return {}


def _parts(edition: Edition, dated: str, plain: Mapping[tuple[str, str], PlainLine]) -> list[Part]:
    """Articles and annexes as they stand in the source."""
    terms = edition.terms
    names = [one.name for one in terms.annexes]
    annexes = [_annex(one, f"-{at + 1}" if one.name in names[:at] else "") for at, one in enumerate(terms.annexes)]
    articles = [_article(edition, one, dated, plain) for one in terms.articles]
    return sorted([*articles, *annexes], key=lambda part: part.start)


def _article(edition: Edition, article: Article, dated: str, plain: Mapping[tuple[str, str], PlainLine]) -> Part:
    rows = []
    for paragraph in article.paragraphs:
        row = make_row(edition, article, paragraph, dated, anchor)
        line = plain.get((edition.name, paragraph.text))
        beside = line.korean if line else ""
        rows.append(WholeRow(row.number, anchor_id(article, row.number), row.url, in_blocks(row.pieces), beside))
    return Part(
        id=anchor_id(article),
        name=article.name,
        title=article.title if article.title != article.name else "",
        heading=article_heading(article),
        start=article.start,
        above=_above(edition.terms, article),
        url=article_url(edition.name, article.address, dated),
        rows=tuple(rows),
    )


def _annex(annex: Annex, suffix: str) -> Part:
    name, title = annex.name, tidy(annex.title)
    return Part(
        name.replace(" ", "") + suffix,
        name,
        title,
        f"{name} {title}".rstrip(),
        annex.start,
        blocks=_text_blocks(annex.text),
    )


def anchor_id(article: Article, paragraph: str = "") -> str:
    """ "a7p3": numbers of paragraphs repeat on this page, those of articles do not."""
    return f"a{article.address}" + (f"p{paragraph}" if paragraph else "")


def anchor(article: Article, paragraph: str = "") -> str:
    """The address of a clause within this page."""
    return f"#{anchor_id(article, paragraph)}"


def _above(terms: Terms, article: Article) -> str:
    """The heading of the chapter or 부칙 that ``article`` is below, "" without one; a 부칙 without 조 has its own."""
    if not article.addendum:
        return article.chapter or ""
    if article.number == ADDENDUM:
        return ""
    lines = [line.text for line in terms.headings if line.start <= article.start]
    return tidy(core(lines[-1])[1]) if lines else ADDENDUM


def _with_notes(terms: Terms, parts: list[Part]) -> tuple[tuple[Block, ...], list[Part]]:
    """What the file says before the first part, and the parts with what it says behind each of them."""
    starts = [part.start for part in parts]
    texts: dict[int, list[str]] = {}
    for line in terms.stray:
        texts.setdefault(bisect_right(starts, line.start), []).append(line.text)
    notes = {at: _text_blocks("\n".join(lines)) for at, lines in texts.items()}
    with_notes = [replace(part, blocks=part.blocks + notes.get(at, ())) for at, part in enumerate(parts, 1)]
    return notes.get(0, ()), with_notes


def _sections(parts: list[Part]) -> list[Section]:
    groups = [(heading, tuple(group)) for heading, group in groupby(parts, lambda part: part.above)]
    return [Section(heading, f"s{number}", group) for number, (heading, group) in enumerate(groups, 1)]


def _text_blocks(text: str) -> tuple[Block, ...]:
    return in_blocks([Piece(text)])
