"""Routes for 요청: what customers left, with the conversation beside it, and how far it is dealt with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from bot.journal.names import NOTICES, REQUEST_STATES, RequestState
from bot.web.desk import views
from bot.web.desk.guard import Present  # noqa: TC001  # FastAPI reads the annotations

if TYPE_CHECKING:
    from bot.journal.requests import Request, Whole
    from bot.web.desk.state import Desk

PAGE = 25  # requests
GONE = "그런 요청이 없습니다. 보관 기간이 지났을 수 있습니다."
Code = Annotated[str, Path(max_length=40)]


class Wanted(BaseModel):
    """Which requests; an empty field of a form stands for "all"."""

    model_config = ConfigDict(str_strip_whitespace=True)

    state: RequestState | Literal[""] = ""
    text: str = Field("", max_length=200)
    page: int = Field(1, ge=1, le=1_000_000)


class Changed(BaseModel):
    """The state that a request is put into."""

    state: RequestState


def request_routes(desk: Desk) -> APIRouter:
    """Lists and counts, one request, its state; deleting it with its conversation."""
    routes = APIRouter(prefix="/api")

    @routes.get("/requests")
    def requests(visit: Present, wanted: Annotated[Wanted, Query()]) -> dict[str, Any]:
        desk.note(visit, "search", about=" ".join(filter(None, ["요청", wanted.state])), typed=wanted.text)
        rows, total = desk.requests.page(wanted.state or None, wanted.text, wanted.page, PAGE)
        shown = [_line(one) for one in rows]
        return {"rows": shown, "total": total, "page": wanted.page, "size": PAGE, "counts": _counts(desk)}

    @routes.get("/requests-counted")
    def counted() -> dict[str, Any]:
        return {"counts": _counts(desk)}

    @routes.get("/requests/{code}")
    def request(visit: Present, code: Code) -> dict[str, Any]:
        found = _found(desk, code)
        desk.note(visit, "read", conversation=found.conversation, about=f"요청 {found.code}")
        entries = [views.whole(one) for one in desk.reader.conversation(found.conversation)]
        return _line(found) | {"contact": found.contact, "conversation": found.conversation, "entries": entries}

    @routes.post("/requests/{code}/state")
    def change(visit: Present, code: Code, changed: Changed) -> dict[str, Any]:
        if not desk.requests.change(code, changed.state):
            raise HTTPException(404, GONE)
        desk.note(visit, "handle", about=f"요청 {code}: {REQUEST_STATES[changed.state]}")
        return {"state": changed.state, "state_name": REQUEST_STATES[changed.state], "counts": _counts(desk)}

    @routes.post("/requests/{code}/forget")
    def forget(visit: Present, code: Code) -> dict[str, Any]:
        found = _found(desk, code)
        desk.note(visit, "delete", conversation=found.conversation, about=f"요청 {found.code}")
        desk.journal.forget(found.conversation)
        return {"counts": _counts(desk)}

    return routes


def _found(desk: Desk, code: str) -> Whole:
    found = desk.requests.read(code)
    if found is None:
        raise HTTPException(404, GONE)
    return found


def _counts(desk: Desk) -> dict[str, int]:
    found = desk.requests.counts()
    return {state: found.get(state, 0) for state in REQUEST_STATES}


def _line(one: Request) -> dict[str, Any]:
    """A request as a line of a list, without how to reach the customer."""
    return {
        "code": one.code,
        "at": views.seoul(one.at),
        "iso": one.at.isoformat(),
        "about": one.about,
        "reachable": one.reachable,
        "state": one.state,
        "state_name": REQUEST_STATES[one.state],
        "notice": one.notice,
        "notice_name": NOTICES[one.notice],
    }
