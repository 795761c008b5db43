"""Routes for 개정: two editions side by side, and what follows from the new one for the company."""

from __future__ import annotations

import datetime as dt  # FastAPI reads the annotations
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import HTMLResponse

from bot.journal.statistics import count_citations
from bot.web.desk.guard import Present  # noqa: TC001  # FastAPI reads the annotations
from index.compare import Kind, comparison_body, comparison_page, notice
from index.editions.counterparts import altered, compared, counterparts
from index.editions.edition import today
from index.editions.library import Library
from index.editions.state import newest_change, states_on
from index.questions.following import Anchors, carry_over

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.web.desk.state import Desk
    from index.clause import Clause
    from index.compare import Compared
    from index.compare.notice_period import Notice
    from index.editions.edition import Edition
    from index.questions.files import Question
    from index.questions.following import CarriedOver

LISTED = 200  # questions of a list: more than anybody reads in one go
Name = Annotated[str, Query(max_length=200)]
Day = Annotated[str, Query(pattern=r"^\d{4}-\d{2}-\d{2}$")]


def revising_routes(desk: Desk) -> APIRouter:
    """What editions there are, and a pair of them compared."""
    routes = APIRouter()
    library = Library(desk.settings.data)

    @routes.get("/api/editions")
    def editions() -> list[dict[str, Any]]:
        return [_document(library, name) for name in library.names()]

    @routes.get("/api/revision")
    def revision(visit: Present, terms: Name, old: Day, new: Day, announced: dt.date | None = None) -> dict[str, Any]:
        before, after = _edition(library, terms, old), _edition(library, terms, new)
        found = compared(before, after)
        about = _notice(found, announced, after)
        desk.note(visit, "search", about=f"개정, {terms} {old} {new}")
        anchored = Anchors(desk.settings.data).follow(before).served
        return {
            "html": comparison_body(found, (before.date, after.date), about, weigh=True),
            "changed": sum(found.count_paragraphs()[kind] for kind in Kind if kind is not Kind.SAME),
            "questions": _questions(carry_over(found, anchored)),
            "added": [change.new.name for change in found.paragraphs if change.kind is Kind.ADDED and change.new],
            "logged": _logged(desk, before, after),
            "contacts": _contacts(before, after),
        }

    @routes.get("/revision.html")
    def download(terms: Name, old: Day, new: Day, announced: dt.date | None = None) -> HTMLResponse:
        before, after = _edition(library, terms, old), _edition(library, terms, new)
        found = compared(before, after)
        page = comparison_page(found, (before.date, after.date), _notice(found, announced, after))
        name = {"Content-Disposition": f'attachment; filename="comparison-{old}-{new}.html"'}
        return HTMLResponse(page, headers=name)

    return routes


def _document(library: Library, name: str) -> dict[str, Any]:
    """A document with its editions, the newest first, and the pair that is looked at first: the one that comes next."""
    dates = library.dates(name)
    now = today().isoformat()
    states = states_on(dates, now)
    title = library.edition(name, dates[-1]) if dates else None
    return {
        "name": name,
        "title": title.title if title else name,
        "editions": [{"date": date, "state": states[date].name_shown} for date in reversed(dates)],
        "pair": newest_change(dates, now),
    }


def _edition(library: Library, terms: str, date: str) -> Edition:
    found = library.edition(terms, date)
    if found is None:
        raise HTTPException(404, "그런 시행일의 약관이 없습니다.")
    return found


def _notice(found: Compared, announced: dt.date | None, after: Edition) -> Notice:
    return notice(found, announced, dt.date.fromisoformat(after.date))


def _questions(followed: CarriedOver) -> dict[str, Any]:
    """How many follow, and those that a person must look at, by where they stood."""
    return {
        "kept": len(followed.kept),
        "changed": [_question(before, after) for before, after in followed.changed[:LISTED]],
        "changed_count": len(followed.changed),
        "lost": [_question(question) for question in followed.lost[:LISTED]],
        "lost_count": len(followed.lost),
        "unsettled_count": len(followed.unsettled),
    }


def _question(before: Question, after: Question | None = None) -> dict[str, str]:
    return {"text": before.text, "old": _name(before.clauses), "new": _name(after.clauses) if after else ""}


def _name(clauses: Sequence[Clause]) -> str:
    return clauses[0].name


def _logged(desk: Desk, before: Edition, after: Edition) -> list[dict[str, Any]]:
    """Clauses that answers cited and that say something else now, or are gone."""
    gone = altered(before, after)
    return [
        {
            "mark": one.clause.name,
            "gone": gone[one.clause],
            "count": one.count,
            "day": str(one.day),
            "conversation": one.conversation,
            "question": one.question,
        }
        for one in count_citations(desk.journal, before.name, before.date)
        if one.clause in gone
    ]


def _contacts(before: Edition, after: Edition) -> list[dict[str, str]]:
    """The contact clauses whose number changes; ``new`` is "" for one that is gone."""
    known = counterparts(before, after)
    moved = [(clause, known.get(clause)) for clause in before.contact if known.get(clause) != clause]
    return [{"old": _name([old]), "new": _name([new]) if new else ""} for old, new in moved]
