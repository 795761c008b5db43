"""The desk's page, its plots, and the reading routes below /desk/api: clauses, conversations, statistics."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field

from bot.answer import Status
from bot.journal.entries import Filter
from bot.journal.names import CHANNELS, REQUEST_STATES, ROLES, STATUSES, Channel, Rating, Role
from bot.journal.statistics import statistics
from bot.korean import short_date
from bot.web.api.schemas import Day  # the same
from bot.web.body_limit import MAX_FILE
from bot.web.desk import views
from bot.web.desk.charts import TITLES, describe, draw
from bot.web.desk.clause_finder import find
from bot.web.desk.guard import Present  # noqa: TC001  # FastAPI reads the annotations
from bot.web.http import TYPES, StaticFiles
from bot.web.templating import STATIC, render
from bot.web.terms.lookup import find_article
from index.compare.page import STYLE
from index.editions.edition import dated, principal, today

if TYPE_CHECKING:
    from datetime import date

    from bot.web.desk.state import Desk
    from index.editions.edition import Edition

LONGEST = 366  # days
USUAL = 30
OfDay = Annotated[Day | None, Query()]
Name = Annotated[str, Query(max_length=200)]
Numeral = Annotated[str, Query(max_length=20)]
PAGE = 25  # entries
HITS = 12
# a plot colours itself by a style of its own, and may do nothing else
PLOT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
LATEST = 1000  # entries of which the times are drawn


class Period(BaseModel):
    """Days of Asia/Seoul, both included; by default the last `USUAL`."""

    since: dt.date | None = None
    until: dt.date | None = None

    def days(self) -> tuple[dt.date, dt.date]:
        """Raises HTTPException 422 if the days are the wrong way round or too many."""
        until = self.until or today()
        since = self.since or until - dt.timedelta(days=USUAL - 1)
        if since > until:
            raise HTTPException(422, "시작일이 종료일보다 늦습니다.")
        if (until - since).days >= LONGEST:
            raise HTTPException(422, f"기간은 {LONGEST}일까지 볼 수 있습니다.")
        return since, until


class Wanted(BaseModel):
    """Which entries of the journal; an empty field of a form stands for "all"."""

    model_config = ConfigDict(str_strip_whitespace=True)

    since: dt.date | Literal[""] = ""
    until: dt.date | Literal[""] = ""
    status: Status | Literal[""] = ""
    rating: Rating | Literal[""] = ""
    text: str = Field("", max_length=200)
    article: str = Field("", max_length=20)
    channel: Channel | Literal[""] = ""

    def filter(self) -> Filter:
        return Filter(
            since=self.since or None,
            until=self.until or None,
            status=self.status or None,
            rating=self.rating or None,
            text=self.text,
            article=self.article or None,
            channel=self.channel or None,
        )

    def said(self, *without: str) -> str:
        """What is looked for but the text, which somebody typed, in one line for the access record."""
        given = self.model_dump(exclude={"text", "page", *without})
        return ", ".join(f"{name}={value}" for name, value in given.items() if value)


class WantedPage(Wanted):
    """A page of entries, from 1."""

    page: int = Field(1, ge=1, le=1_000_000)


def clause_routes(desk: Desk) -> APIRouter:
    """Hits for what an agent types, and whole articles."""
    routes = APIRouter(prefix="/api")

    @routes.get("/search")
    def search(q: Annotated[str, Query(max_length=500)] = "", day: OfDay = None) -> dict[str, Any]:
        text = q[: desk.settings.max_characters]
        basis = desk.service.basis(day)
        look = partial(find, basis.search, text, HITS)
        hits = desk.admission.run(look) if basis.editions else []
        dates = dict.fromkeys(short_date(one.date) for one in basis.editions if one.name in basis.other)
        said = f"{', '.join(dates)} 시행 판에서" if dates else ""
        return {"query": q, "hits": hits, "from": said, "absent": "" if basis.editions else views.absent(desk.service)}

    @routes.get("/article")
    def article(terms: Name, number: Numeral, day: OfDay = None) -> dict[str, Any]:
        edition = edition_named(desk, terms, day)
        return views.article(edition, find_article(edition, number), dated(edition, desk.service.editions))

    return routes


def journal_routes(desk: Desk) -> APIRouter:
    """Conversations and statistics."""
    routes = APIRouter(prefix="/api")

    @routes.get("/conversations")
    def conversations(visit: Present, wanted: Annotated[WantedPage, Query()]) -> dict[str, Any]:
        desk.note(visit, "search", about=wanted.said(), typed=wanted.text)
        rows, total = desk.reader.entries(wanted.filter(), wanted.page, PAGE)
        return {"rows": [views.row(one) for one in rows], "total": total, "page": wanted.page, "size": PAGE}

    @routes.get("/conversations/{id}")
    def conversation(visit: Present, id: str) -> dict[str, Any]:
        entries = desk.reader.conversation(id)
        if not entries:
            raise HTTPException(404, "그런 대화가 없습니다. 보관 기간이 지났을 수 있습니다.")
        desk.note(visit, "read", conversation=id)
        return {"id": id, "entries": [views.whole(one) for one in entries]}

    @routes.get("/codes/{code}")
    def by_code(visit: Present, code: str) -> dict[str, str]:
        found = desk.reader.by_code(code)
        if found is None:
            raise HTTPException(404, "그런 상담 번호가 없습니다. 글자와 숫자 6자리를 확인해 주세요.")
        desk.note(visit, "search", conversation=found, about="상담 번호")
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


def static_routes() -> APIRouter:
    """Style, scripts and sign; the page to log in needs them too."""
    files = {path.name: path.read_bytes() for path in STATIC.glob("desk*") if path.suffix in TYPES}
    files |= {"compare.css": STYLE.encode(), "enter.js": (STATIC / "enter.js").read_bytes()}
    return StaticFiles(files, kept=False).routes()


def page_routes(desk: Desk) -> APIRouter:
    """The page for whoever is logged in."""
    routes = APIRouter()

    @routes.get("/")
    def home(visit: Present) -> HTMLResponse:
        editions = desk.service.editions
        speaks = principal(editions)
        values = {"documents": views.contents(editions, editions), "company": speaks.company, "principal": speaks.name}
        days = {"today": desk.service.in_force.today(), "first_day": desk.service.in_force.library.first_day()}
        names = {"statuses": STATUSES, "channels": CHANNELS, "request_states": REQUEST_STATES}
        kept = {"days": desk.journal.days, "request_days": desk.journal.request_days}
        account = visit.account
        who = {"name": account.name, "role_name": ROLES[account.role], "manages": account.role is Role.MANAGER}
        return HTMLResponse(
            render("desk.html", **values, **days, **names, **kept, **who, upload_limit=MAX_FILE, absent="")
        )

    @routes.get("/contents")
    def contents(day: OfDay = None) -> HTMLResponse:
        editions = desk.service.in_force.on(day) if day else desk.service.editions
        documents = views.contents(editions, desk.service.editions)
        return HTMLResponse(render("desk_contents.html", documents=documents, absent=views.absent(desk.service)))

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
