"""The access record (접속기록) as a page and as a table, and the conversations as a table: each for a manager."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from bot.journal.access import AccessFilter
from bot.journal.names import ACTS, Act
from bot.web.desk import views
from bot.web.desk.guard import Present  # noqa: TC001  # FastAPI reads the annotations
from bot.web.desk.routes import Wanted
from bot.web.templating import render
from index.editions.edition import today

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.web.desk.state import Desk

PAGE = 50  # lines
CSV = "text/csv; charset=utf-8"


class WantedAccess(BaseModel):
    """Which lines of the access record; an empty field of a form stands for "all"."""

    model_config = ConfigDict(str_strip_whitespace=True)

    since: dt.date | Literal[""] = ""
    until: dt.date | Literal[""] = ""
    act: Act | Literal[""] = ""
    text: str = Field("", max_length=200)
    page: int = Field(1, ge=1, le=1_000_000)

    def filter(self) -> AccessFilter:
        return AccessFilter(self.since or None, self.until or None, self.act or None, self.text)

    def said(self) -> str:
        """What is looked for but the text, which somebody typed, in one line for the record itself."""
        given = self.model_dump(exclude={"text", "page"})
        return ", ".join(f"{name}={value}" for name, value in given.items() if value)


class Export(Wanted):
    """Which conversations are taken away, and for what."""

    reason: str = Field(min_length=2, max_length=300)


def access_routes(desk: Desk) -> APIRouter:
    """GET /access, POST /access.csv, POST /export.csv."""
    routes = APIRouter()

    @routes.get("/access")
    def show(visit: Present, wanted: Annotated[WantedAccess, Query()]) -> HTMLResponse:
        desk.note(visit, "access", about=wanted.said(), typed=wanted.text)
        lines, total = desk.record.page(wanted.filter(), wanted.page, PAGE)
        shown = [
            {
                "at": views.seoul(one.at),
                "name": one.name,
                "address": one.address,
                "act": ACTS.get(one.act, one.act),
                "conversation": one.conversation,
                "about": one.about,
            }
            for one in lines
        ]
        values = {name: str(value) for name, value in wanted.model_dump(exclude={"page"}).items()}
        page = render(
            "desk_access.html",
            lines=shown,
            total=total,
            acts=ACTS,
            values=values,
            query=urlencode({name: value for name, value in values.items() if value}),
            page=wanted.page,
            last=max(1, -(-total // PAGE)),
            today=today(),
            days=desk.journal.access_days,
        )
        return HTMLResponse(page)

    @routes.post("/access.csv")
    def download(visit: Present, wanted: Annotated[WantedAccess, Form()]) -> StreamingResponse:
        desk.note(visit, "access", about=" ".join(filter(None, ["CSV", wanted.said()])), typed=wanted.text)
        return _table(desk.record.csv(wanted.filter()), "access")

    @routes.post("/export.csv")
    def export(visit: Present, wanted: Annotated[Export, Form()]) -> StreamingResponse:
        looked = f", 글: {wanted.text}" if wanted.text else ""
        desk.note(visit, "export", about=wanted.said("reason"), typed=f"까닭: {wanted.reason}{looked}")
        return _table(desk.reader.csv(wanted.filter()), "conversations")

    return routes


def _table(pieces: Iterator[str], name: str) -> StreamingResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}-{today()}.csv"'}
    return StreamingResponse(pieces, media_type=CSV, headers=headers)
