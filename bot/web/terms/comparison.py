"""`GET /terms/<terms>/compare?old=DATE&new=DATE`: two editions of one document side by side (신구조문대비표).

Customers read it: what may be material and the notice periods are left to `python -m index compare`.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from fastapi import APIRouter, HTTPException, Request, Response
from markupsafe import Markup

from bot.addresses import compare_url
from bot.web.hosts import base_of
from bot.web.http import GET
from bot.web.layout import FILES, render_page, send_page
from bot.web.terms.lookup import find_edition
from index.compare import comparison_body
from index.editions.counterparts import compared

if TYPE_CHECKING:
    from bot.service import Service
    from index.editions.edition import Edition

KEPT = 16  # bodies in memory; one of the real terms is some 40 kB and takes 0.1 s


def build_compare(service: Service) -> APIRouter:
    """The page. To be included before `build_pages`: `/terms/{terms}/{article}` takes any last part."""
    pages = APIRouter(include_in_schema=False)

    @pages.api_route("/terms/{terms}/compare", methods=GET)
    def comparison(request: Request, terms: str, old: str = "", new: str = "") -> Response:
        edition = find_edition(service, terms)
        base = base_of(request, service.settings)
        if not (old or new):
            return send_page(request, _list_page(edition, service.in_force.library.dates(edition.name), base))
        if not (old and new):
            raise HTTPException(404, "그런 시행일의 약관이 없습니다.")
        return send_page(request, _page(find_edition(service, terms, old), find_edition(service, terms, new), base))

    return pages


def _page(old: Edition, new: Edition, base: str) -> str:
    body = Markup(_body(old, new))  # noqa: S704 - escaped
    return _render("compare.html", new, base + compare_url(new.name, old.date, new.date), body=body)


@lru_cache(KEPT)
def _body(old: Edition, new: Edition) -> str:
    return comparison_body(compared(old, new), (old.date, new.date))


def _list_page(edition: Edition, dates: tuple[str, ...], base: str) -> str:
    pairs = list(pairwise(dates))[::-1]
    return _render("compare_list.html", edition, base + compare_url(edition.name), pairs=pairs)


def _render(template: str, edition: Edition, address: str, **values: object) -> str:
    values = {"edition": edition, "compare_style": FILES.url("compare.css")} | values
    return render_page(template, address, f"{edition.title} 신구조문대비표", **values)
