"""The desk's page, its files, plots and the table for Excel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from bot.journal.reading import Filter
from bot.journal.statistics import statistics
from bot.web.desk import shapes
from bot.web.desk.data import OfDay  # noqa: TC001  # FastAPI reads the annotations
from bot.web.desk.period import Period, Wanted  # noqa: TC001  # FastAPI reads the annotations
from bot.web.desk.plotting import TITLES, draw
from bot.web.templating import render
from index.compare.page import STYLE
from index.editions import principal, today

if TYPE_CHECKING:
    from bot.web.desk.context import Desk

STATIC = Path(__file__).parent.parent / "static"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
# a plot colours itself by a style of its own, and may do nothing else
PLOT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
LATEST = 1000  # entries of which the times are drawn


def static_routes() -> APIRouter:
    """Style, scripts and sign; the page to log in needs them too."""
    routes = APIRouter()
    files = {path.name: path.read_bytes() for path in STATIC.glob("desk*") if path.suffix in KINDS}
    files["compare.css"] = STYLE.encode()

    @routes.get("/static/{name}")
    def file(name: str) -> Response:
        if name not in files:
            raise HTTPException(404, "그런 주소가 없습니다.")
        return Response(files[name], media_type=KINDS[Path(name).suffix])

    return routes


def page_routes(desk: Desk) -> APIRouter:
    """The page for whoever is logged in."""
    routes = APIRouter()

    @routes.get("/")
    def home() -> HTMLResponse:
        editions = desk.service.editions
        speaks = principal(editions)
        values = {"documents": shapes.contents(editions, editions), "company": speaks.company, "principal": speaks.name}
        days = {"today": desk.service.in_force.today(), "first_day": desk.service.in_force.library.first_day()}
        names = {"statuses": shapes.STATUSES, "channels": shapes.CHANNELS}
        return HTMLResponse(render("desk.html", **values, **days, **names, absent="", days=desk.settings.journal_days))

    @routes.get("/contents")
    def contents(day: OfDay = None) -> HTMLResponse:
        editions = desk.service.in_force.on(day) if day else desk.service.editions
        documents = shapes.contents(editions, desk.service.editions)
        return HTMLResponse(render("desk_contents.html", documents=documents, absent=shapes.absent(desk.service)))

    @routes.get("/export.csv")
    def export(wanted: Annotated[Wanted, Query()]) -> StreamingResponse:
        name = {"Content-Disposition": f'attachment; filename="conversations-{today()}.csv"'}
        return StreamingResponse(desk.reader.csv(wanted.filter()), media_type="text/csv; charset=utf-8", headers=name)

    @routes.get("/plot/{name}.svg")
    def plot(name: str, period: Annotated[Period, Query()]) -> Response:
        if name not in TITLES:
            raise HTTPException(404, "그런 그림이 없습니다.")
        since, until = period.days()
        rows, _ = desk.reader.entries(Filter(since, until), 1, LATEST)
        times = [one.elapsed_ms for one in rows]
        svg = draw(name, statistics(desk.journal, since, until), desk.service.editions, times)
        return Response(svg, media_type="image/svg+xml", headers={"Content-Security-Policy": PLOT_POLICY})

    return routes
