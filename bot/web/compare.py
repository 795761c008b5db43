"""`GET /terms/<terms>/compare?old=DATE&new=DATE`: two editions of one document side by side (신구조문대비표).

Customers read it: what may be material and the notice periods are left to `python -m index compare`.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import unquote

from fastapi import APIRouter, HTTPException, Request, Response
from markupsafe import Markup

from bot.answer import article_url
from bot.web.api import find_edition
from bot.web.clause import FOREVER, PAGE_HEADERS, REVALIDATE, SCRIPT_URL, STYLE_URL
from bot.web.conditional import answer_conditionally
from bot.web.templating import render
from index.compare import compare, comparison_body
from index.compare.page import STYLE
from index.errors import TermsError
from index.terms import inspect

if TYPE_CHECKING:
    from pathlib import Path

    from bot.service import Service
    from index.editions import Edition

CONTENT = STYLE.encode()
VERSION = sha256(CONTENT).hexdigest()[:12]
COMPARE_STYLE_URL = f"/static/compare.css?v={VERSION}"
GET = ["GET", "HEAD"]
KEPT = 16  # bodies in memory; one of the real terms is some 40 kB and takes 0.1 s


def build_compare(service: Service) -> APIRouter:
    """The page and its style. To be included before `build_pages`: `/terms/{terms}/{article}` takes any last part."""
    pages = APIRouter(include_in_schema=False)

    @pages.api_route("/terms/{terms}/compare", methods=GET)
    def comparison(request: Request, terms: str, old: str = "", new: str = "") -> Response:
        edition = find_edition(service, terms)
        files = _files(service.settings.data / "terms", edition)
        base = str(request.base_url).rstrip("/") + compare_url(edition.name)
        page = _list_page(edition, list(files), base)
        if old or new:
            if old not in files or new not in files:
                raise HTTPException(404, "그런 시행일의 약관이 없습니다.")
            page = _page(edition, (old, new), (files[old], files[new]), f"{base}?old={old}&new={new}")
        return answer_conditionally(request, page.encode(), "text/html", PAGE_HEADERS | {"Cache-Control": REVALIDATE})

    @pages.api_route("/static/compare.css", methods=GET)
    def style(request: Request, v: str = "") -> Response:
        kept = FOREVER if v == VERSION else REVALIDATE
        return answer_conditionally(request, CONTENT, "text/css", {"Cache-Control": kept})

    return pages


def compare_url(terms: str) -> str:
    """The address of the list of comparisons of a document."""
    return article_url(terms, "compare")


def _files(root: Path, edition: Edition) -> dict[str, Path]:
    """The editions of a document by their days of effect, the oldest first."""
    # file systems differ in how they compose Hangul; names of editions do not
    folders = [folder for folder in root.iterdir() if normalize("NFC", folder.name) == edition.name]
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.txt")) if _long_date(path.stem)}


def _page(edition: Edition, dates: tuple[str, str], files: tuple[Path, Path], address: str) -> str:
    body = _body(dates, files, tuple(file.stat().st_mtime_ns for file in files))
    return render("compare.html", **_shared(edition, address), dates=dates, body=Markup(body))  # noqa: S704 - escaped


@lru_cache(KEPT)
def _body(dates: tuple[str, str], files: tuple[Path, Path], _: tuple[int, ...]) -> str:
    """``_``: when the files were changed: a changed one is compared anew."""
    try:
        old, new = (inspect(file) for file in files)
    except TermsError as error:
        raise HTTPException(404, "이 약관은 견줄 수 없습니다.") from error
    return comparison_body(compare(old, new), dates)


def _list_page(edition: Edition, dates: list[str], address: str) -> str:
    pairs = list(pairwise(dates))[::-1]
    return render("compare_list.html", **_shared(edition, address), pairs=pairs)


def _shared(edition: Edition, address: str) -> dict[str, object]:
    return {
        "edition": edition,
        "address": address,
        "readable": unquote(address),
        "style": STYLE_URL,
        "script": SCRIPT_URL,
        "compare_style": COMPARE_STYLE_URL,
        "contents_url": article_url(edition.name, "").rstrip("/"),
        "compare_url": compare_url(edition.name),
        "long_date": _long_date,
        "description": f"{edition.title} 신구조문대비표",
    }


def _long_date(date: str) -> str:
    """ "2025년 12월 15일"; "" for what is no date as file names have it."""
    try:
        day = dt.date.fromisoformat(date)
    except ValueError:
        return ""
    return f"{day.year}년 {day.month}월 {day.day}일" if day.isoformat() == date else ""
