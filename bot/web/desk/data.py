"""Reading routes below /desk/api: clauses, conversations, statistics."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, HTTPException, Query

from bot.dates import short_date
from bot.journal.statistics import statistics
from bot.web.desk import shapes
from bot.web.desk.finding import find
from bot.web.desk.period import Period, WantedPage  # noqa: TC001  # FastAPI reads the annotations
from bot.web.desk.plotting import describe
from bot.web.lookup import dated, find_article
from bot.web.shapes import Day  # the same

if TYPE_CHECKING:
    from datetime import date

    from bot.web.desk.context import Desk
    from index.editions import Edition

OfDay = Annotated[Day | None, Query()]
Name = Annotated[str, Query(max_length=200)]
Numeral = Annotated[str, Query(max_length=20)]
PAGE = 25  # entries
HITS = 12


def clause_routes(desk: Desk) -> APIRouter:
    """Hits for what an agent types, and whole articles."""
    routes = APIRouter(prefix="/api")

    @routes.get("/search")
    def search(q: Annotated[str, Query(max_length=500)] = "", day: OfDay = None) -> dict[str, Any]:
        text = q[: desk.settings.max_characters]
        basis = desk.service.basis(day)
        look = partial(find, basis.search, text, HITS, basis.other)
        hits = desk.admission.run(look) if basis.editions else []
        dates = dict.fromkeys(short_date(one.date) for one in basis.editions if one.name in basis.other)
        said = f"{', '.join(dates)} 시행 판에서" if dates else ""
        return {"query": q, "hits": hits, "from": said, "absent": "" if basis.editions else shapes.absent(desk.service)}

    @routes.get("/article")
    def article(terms: Name, number: Numeral, day: OfDay = None) -> dict[str, Any]:
        edition = edition_named(desk, terms, day)
        return shapes.article(edition, find_article(edition, number), dated(desk.service, edition))

    return routes


def journal_routes(desk: Desk) -> APIRouter:
    """Conversations and statistics."""
    routes = APIRouter(prefix="/api")

    @routes.get("/conversations")
    def conversations(wanted: Annotated[WantedPage, Query()]) -> dict[str, Any]:
        rows, total = desk.reader.entries(wanted.filter(), wanted.page, PAGE)
        return {"rows": [shapes.row(one) for one in rows], "total": total, "page": wanted.page, "size": PAGE}

    @routes.get("/conversations/{id}")
    def conversation(id: str) -> dict[str, Any]:
        entries = desk.reader.conversation(id)
        if not entries:
            raise HTTPException(404, "그런 대화가 없습니다. 보관 기간이 지났을 수 있습니다.")
        return {"id": id, "entries": [shapes.whole(one) for one in entries]}

    @routes.get("/codes/{code}")
    def by_code(code: str) -> dict[str, str]:
        found = desk.reader.by_code(code)
        if found is None:
            raise HTTPException(404, "그런 상담 번호가 없습니다. 글자와 숫자 6자리를 확인해 주세요.")
        return {"conversation": found}

    @routes.get("/statistics")
    def numbers(period: Annotated[Period, Query()]) -> dict[str, Any]:
        since, until = period.days()
        return describe(statistics(desk.journal, since, until), desk.service.editions)

    return routes


def edition_named(desk: Desk, terms: str, day: date | None = None) -> Edition:
    """The document in the edition of ``day`` (None: today). Raises HTTPException 404 if there is none."""
    editions = desk.service.in_force.on(day) if day else desk.service.editions
    found = next((one for one in editions if one.name == terms), None)
    if found is None:
        raise HTTPException(404, "그런 약관이 없습니다.")
    return found
