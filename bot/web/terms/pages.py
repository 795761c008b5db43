"""`GET /terms/<terms>/<article>`: a plain, permanent page of an article; the panel beside the chat shows its body.

Without `?edition=` it is that of the edition in force, with it that of the edition that took effect on that day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

from bot.addresses import article_url, contents_url
from bot.korean import short_date
from bot.web.hosts import base_of
from bot.web.http import GET
from bot.web.layout import FILES, render_page, send_page
from bot.web.terms.counterpart import counterpart
from bot.web.terms.lookup import find_article, find_edition
from bot.web.terms.rows import make_row, to_own_pages
from index.editions.state import edition_state

if TYPE_CHECKING:
    from bot.service import Service
    from index.editions.edition import Edition
    from index.terms import Article


def build_pages(service: Service) -> APIRouter:
    """The pages below `/terms`, and the files that they load."""
    pages = APIRouter(include_in_schema=False)

    @pages.api_route("/terms", methods=GET)
    def all_terms(request: Request) -> Response:
        return send_page(request, _all_terms_page(service.editions, base_of(request, service.settings)))

    @pages.api_route("/terms/{terms}", methods=GET)
    def contents(request: Request, terms: str, edition: str = "") -> Response:
        return send_page(
            request, _contents_page(service, find_edition(service, terms, edition), base_of(request, service.settings))
        )

    @pages.api_route("/terms/{terms}/{article}", methods=GET)
    def clause(request: Request, terms: str, article: str, edition: str = "") -> Response:
        found = find_edition(service, terms, edition)
        return send_page(
            request, _article_page(service, found, find_article(found, article), base_of(request, service.settings))
        )

    pages.include_router(FILES.routes())
    return pages


def _article_page(service: Service, edition: Edition, article: Article, base: str) -> str:
    articles = edition.terms.articles
    place = articles.index(article)
    stands = edition_state(service.in_force, edition)
    to = to_own_pages(edition, stands.address)
    return render_page(
        "clause.html",
        base + article_url(edition.name, article.address, stands.address),
        edition=edition,
        standing=stands,
        counterpart=counterpart(service.in_force, edition, article),
        article=article,
        rows=[make_row(edition, article, one, stands.address, to) for one in article.paragraphs],
        before=articles[place - 1] if place else None,
        after=articles[place + 1] if place + 1 < len(articles) else None,
        description=f"{article.title}: {' '.join(p.text for p in article.paragraphs)}",
    )


def _contents_page(service: Service, edition: Edition, base: str) -> str:
    stands = edition_state(service.in_force, edition)
    titles = ", ".join(a.title for a in edition.terms.articles)
    description = f"{edition.company} {edition.title} ({short_date(edition.date)} 시행): {titles}".strip()
    return render_page(
        "contents.html",
        base + contents_url(edition.name, stands.address),
        edition=edition,
        standing=stands,
        description=description,
    )


def _all_terms_page(editions: tuple[Edition, ...], base: str) -> str:
    names = ", ".join(edition.title for edition in editions)
    return render_page("all_terms.html", f"{base}/terms", editions=editions, description=names)
