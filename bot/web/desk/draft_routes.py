"""Routes for 새 판: a draft taken in, shown as it was read, rehearsed, and marked as seen piece by piece."""

from __future__ import annotations

import datetime as dt  # FastAPI reads the annotations
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field

from bot.drafts.store import DraftError
from bot.web.desk import draft_views
from bot.web.desk.guard import Present  # noqa: TC001  # FastAPI reads the annotations
from index.compare import Kind, comparison_body
from index.editions.counterparts import compared

if TYPE_CHECKING:
    from bot.drafts.store import Draft
    from bot.web.desk.guard import Visit
    from bot.web.desk.state import Desk

Name = Annotated[str, Query(max_length=200)]
EMPTY = "빈 파일입니다."
MOVED_ON = "그 사이에 초안이 바뀌었습니다. 화면을 새로 고쳐 주세요."


class Named(BaseModel):
    """A document, and the day of its draft or edition as the person sees it."""

    terms: str = Field(max_length=200)
    date: dt.date


class Seen(Named):
    """What is marked as seen, or not."""

    key: str = Field(max_length=64)
    seen: bool = True


def draft_routes(desk: Desk) -> APIRouter:
    """All before the publication, for who may publish."""
    routes = APIRouter(prefix="/api")

    @routes.get("/drafts")
    def listed() -> list[dict[str, Any]]:
        return draft_views.documents(desk.drafts, desk.service.in_force.today())

    @routes.post("/drafts")
    async def upload(
        visit: Present, terms: Name, date: Annotated[dt.date, Query()], request: Request
    ) -> dict[str, Any]:
        content = await request.body()  # not before it is known who sends it
        return await run_in_threadpool(_take, desk, visit, (terms, date), content)

    @routes.get("/draft")
    def draft(terms: Name) -> dict[str, Any]:
        one = desk.drafts.find(terms)
        pair, curated = compared(one.before, one.edition), desk.review.curated(one)
        return {
            "terms": terms,
            "date": one.edition.date,
            "before": one.before.date,
            "reading": draft_views.reading(one),
            "html": comparison_body(pair, (one.before.date, one.edition.date), weigh=True),
            "changed": sum(pair.count_paragraphs()[kind] for kind in Kind if kind is not Kind.SAME),
            "kept": curated.kept,
            "groups": [group.as_plain() for group in curated.groups],
        }

    @routes.get("/draft/answers")
    def answers(terms: Name) -> dict[str, Any]:
        return draft_views.answers(desk.drafts.find(terms), desk.rehearsals, desk.review)

    @routes.post("/draft/answers")
    def rehearse(named: Named) -> dict[str, Any]:
        one = draft_of(desk, named)
        desk.rehearsals.ask(named.terms)
        return draft_views.answers(one, desk.rehearsals, desk.review)

    @routes.post("/draft/seen")
    def seen(visit: Present, marked: Seen) -> dict[str, Any]:
        one = draft_of(desk, marked)
        desk.review.mark(one, marked.key, visit.account.name, seen=marked.seen)
        note(desk, visit, f"{'확인함' if marked.seen else '확인 취소'} {marked.key}", one)
        return draft_views.answers(one, desk.rehearsals, desk.review)

    return routes


def draft_of(desk: Desk, named: Named) -> Draft:
    """The draft that the person sees. Raises DraftError if it is another one by now, or gone."""
    found = desk.drafts.find(named.terms)
    if found.edition.date != named.date.isoformat():
        raise DraftError(MOVED_ON)
    return found


def note(desk: Desk, visit: Visit, done: str, draft: Draft, said: str = "", *, typed: str = "") -> None:
    """Write into the access record what was done with a draft."""
    about = ", ".join(filter(None, [done, f"{draft.edition.name} {draft.edition.date}", said]))
    desk.note(visit, "publish", about=about, typed=typed)


def _take(desk: Desk, visit: Visit, wanted: tuple[str, dt.date], content: bytes) -> dict[str, Any]:
    if not content:
        raise DraftError(EMPTY)
    taken = desk.drafts.take(*wanted, content, desk.service.in_force.today())
    note(desk, visit, "초안 올림", taken)
    desk.rehearsals.ask(wanted[0])
    return {"date": taken.edition.date}
