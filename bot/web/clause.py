"""`GET /terms/<terms>/<article>`: a plain, permanent page of an article; the panel beside the chat shows its body."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from fastapi import APIRouter, Request, Response

from bot.answer import article_name, article_url, clause_name, clause_url
from bot.web.api import find_article, find_edition
from bot.web.conditional import answer_conditionally
from bot.web.templating import render
from index.cross_references import find_cross_references
from index.editions import Clause

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.service import Service
    from index.editions import Edition
    from index.terms import Article, Paragraph

STATIC = Path(__file__).parent / "static"
TYPES = {"clause.css": "text/css", "clause.js": "text/javascript"}
FILES = {name: (STATIC / name).read_bytes() for name in TYPES}
VERSIONS = {name: sha256(content).hexdigest()[:12] for name, content in FILES.items()}
SCRIPT_URL = f"/static/clause.js?v={VERSIONS['clause.js']}"
STYLE_URL = f"/static/clause.css?v={VERSIONS['clause.css']}"
PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
}
REVALIDATE = "no-cache"  # kept by the browser, asked for again, and answered with 304 as long as nothing changed
FOREVER = "public, max-age=31536000, immutable"
MAX_DESCRIPTION = 150  # characters that search engines show
GET = ["GET", "HEAD"]


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


def build_pages(service: Service) -> APIRouter:
    """The pages below `/terms`, and the files that they load."""
    pages = APIRouter(include_in_schema=False)

    @pages.api_route("/terms", methods=GET)
    def all_terms(request: Request) -> Response:
        return _answer(request, all_terms_page(service.editions, _base(request)))

    @pages.api_route("/terms/{terms}", methods=GET)
    def contents(request: Request, terms: str) -> Response:
        return _answer(request, contents_page(find_edition(service, terms), _base(request)))

    @pages.api_route("/terms/{terms}/{article}", methods=GET)
    def clause(request: Request, terms: str, article: str) -> Response:
        edition = find_edition(service, terms)
        return _answer(request, article_page(edition, find_article(edition, article), _base(request)))

    for name in FILES:
        pages.add_api_route(f"/static/{name}", _file(name), methods=GET)
    return pages


def article_page(edition: Edition, article: Article, base: str) -> str:
    """The whole page of an article. ``base``: scheme and host of the permanent addresses."""
    articles = edition.terms.articles
    place = articles.index(article)
    return render(
        "clause.html",
        **_common(edition, base, article_url(edition.name, article.address)),
        article=article,
        rows=[_row(edition, article, paragraph) for paragraph in article.paragraphs],
        before=articles[place - 1] if place else None,
        after=articles[place + 1] if place + 1 < len(articles) else None,
        description=_shorten(f"{article.title}: {' '.join(p.text for p in article.paragraphs)}"),
    )


def contents_page(edition: Edition, base: str) -> str:
    """The table of contents of a document, with its effective date."""
    titles = ", ".join(a.title for a in edition.terms.articles)
    description = _shorten(f"{edition.company} {edition.title} ({effective(edition.date)} 시행): {titles}".strip())
    return render("contents.html", **_common(edition, base, _contents_url(edition)), description=description)


def all_terms_page(editions: tuple[Edition, ...], base: str) -> str:
    """The list of all documents."""
    names = ", ".join(edition.title for edition in editions)
    return render("all_terms.html", **_shared(f"{base}/terms"), editions=editions, description=_shorten(names))


def fault_page(message: str) -> str:
    """What is shown in place of a page that is not there."""
    return render("fault.html", **_shared(""), message=message, description="")


def effective(date: str) -> str:
    """ "2025. 12. 15." for "2025-12-15"."""
    year, month, day = (int(part) for part in date.split("-"))
    return f"{year}. {month}. {day}."


def _shared(address: str) -> dict[str, object]:
    return {
        "address": address,
        "readable": unquote(address),
        "style": STYLE_URL,
        "script": SCRIPT_URL,
        "article_name": article_name,
        "article_url": article_url,
        "contents_url": _contents_url,
        "long_date": _long_date,
    }


def _common(edition: Edition, base: str, path: str) -> dict[str, object]:
    return _shared(base + path) | {"edition": edition}


def _row(edition: Edition, article: Article, paragraph: Paragraph) -> Row:
    name = clause_name(article.address, paragraph.number)
    return Row(
        number=paragraph.number,
        url=clause_url(Clause(edition.name, article.address, paragraph.number)),
        citation=f"「{edition.title}」 {name}({effective(edition.date)} 시행)",
        pieces=tuple(_pieces(edition, article, paragraph)),
    )


def _pieces(edition: Edition, article: Article, paragraph: Paragraph) -> Iterator[Piece]:
    place = 0
    for reference in find_cross_references(edition.terms, article, paragraph):
        named = edition.article(reference.article)
        if reference.dangling or named is None:
            continue
        url = article_url(edition.name, reference.article)
        if reference.paragraph:
            url = clause_url(Clause(edition.name, reference.article, reference.paragraph))
        yield Piece(paragraph.text[place : reference.start])
        text = paragraph.text[reference.start : reference.end]
        yield Piece(text, url, f"{article_name(named.address)} ({named.title})")
        place = reference.end
    yield Piece(paragraph.text[place:])


def _answer(request: Request, page: str) -> Response:
    return answer_conditionally(request, page.encode(), "text/html", PAGE_HEADERS | {"Cache-Control": REVALIDATE})


def _file(name: str) -> Callable[[Request, str], Response]:
    def send(request: Request, v: str = "") -> Response:
        kept = FOREVER if v == VERSIONS[name] else REVALIDATE
        return answer_conditionally(request, FILES[name], TYPES[name], {"Cache-Control": kept})

    return send


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _contents_url(edition: Edition) -> str:
    return article_url(edition.name, "").rstrip("/")


def _long_date(date: str) -> str:
    year, month, day = (int(part) for part in date.split("-"))
    return f"{year}년 {month}월 {day}일"


def _shorten(text: str) -> str:
    return text if len(text) <= MAX_DESCRIPTION else text[: MAX_DESCRIPTION - 1].rstrip() + "…"
