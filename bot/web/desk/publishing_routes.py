"""Routes for 새 판: a draft published for its day or thrown away, and the newest edition taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from pydantic import Field

from bot.drafts.publishing import publish, withdraw
from bot.drafts.review import REASON
from bot.drafts.store import DraftError
from bot.web.desk.draft_routes import MOVED_ON, Named, draft_of, note
from bot.web.desk.guard import Present  # noqa: TC001  # FastAPI reads the annotations
from index.errors import YakgwanError

if TYPE_CHECKING:
    from bot.web.desk.state import Desk


class Publication(Named):
    """``reason``: why it is published although something was not seen."""

    reason: str = Field("", max_length=REASON[1])


def publishing_routes(desk: Desk) -> APIRouter:
    """What changes what customers read; each is in the access record before it is done."""
    routes = APIRouter(prefix="/api/draft")

    @routes.post("/publish")
    def put_out(visit: Present, wanted: Publication) -> dict[str, Any]:
        draft = draft_of(desk, wanted)
        left = desk.review.check(draft, wanted.reason)
        said = f"확인하지 않은 것 {left}개, 까닭:" if left else "모두 확인함"
        note(desk, visit, "게시", draft, said, typed=wanted.reason if left else "")
        try:
            publish(desk.drafts, draft, desk.service.in_force.today())
        except YakgwanError:
            note(desk, visit, "게시하지 못함", draft)
            raise
        desk.rehearsals.forget(wanted.terms)
        desk.service.editions_changed()
        return {"date": draft.edition.date}

    @routes.post("/discard")
    def discard(visit: Present, named: Named) -> dict[str, Any]:
        file = desk.drafts.file(named.terms)
        if file is None or file.stem != named.date.isoformat():
            raise DraftError(MOVED_ON)
        desk.note(visit, "publish", about=f"초안 버림, {named.terms} {named.date}")
        desk.rehearsals.forget(named.terms)
        desk.drafts.discard(named.terms)
        return {}

    @routes.post("/withdraw")
    def take_back(visit: Present, named: Named) -> dict[str, Any]:
        about = f"{named.terms} {named.date}"
        desk.note(visit, "publish", about=f"되돌림, {about}")
        try:
            date = withdraw(desk.drafts, named.terms, named.date.isoformat(), desk.service.in_force.today())
        except YakgwanError:
            desk.note(visit, "publish", about=f"되돌리지 못함, {about}")
            raise
        desk.service.editions_changed()
        return {"date": date}

    return routes
