"""Routes for what the answers lack: groups of questions, adding a curated question, taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel, Field

from bot.curation.asked import group_asked
from bot.curation.curator import without_note
from bot.curation.gaps import MOST, Remembering
from bot.curation.thin import silent, thinnest
from bot.journal.names import status_name
from bot.journal.statistics import statistics
from bot.render.markup import to_html
from bot.talk import asks_nothing
from bot.understand.question import Ask
from bot.web.desk import views
from bot.web.desk.guard import Present  # noqa: TC001  # FastAPI reads the annotations
from bot.web.desk.routes import (
    Period,  # FastAPI reads the annotations
    edition_named,
)
from index.clause import Clause, clause_name

if TYPE_CHECKING:
    from datetime import date

    from bot.curation.asked import Asked
    from bot.curation.curator import Change
    from bot.curation.gaps import Vectors
    from bot.journal.entries import Logged
    from bot.web.desk.guard import Visit
    from bot.web.desk.state import Desk
    from index.search.clause_search import ClauseSearch
    from index.terms import Article

THIN = 10  # paragraphs of the list
MORE = 5  # further paragraphs of a question
Number = Annotated[str, Field(max_length=20)]
OUT_OF_SCOPE_NAME = "범위 밖"


class Addition(BaseModel):
    """A curated question for a paragraph; out of scope without one. ``more``: others that its answer needs."""

    question: str = Field(max_length=1000)
    terms: str = Field(max_length=200)
    article: str = Field("", max_length=20)
    paragraph: str = Field("", max_length=20)
    more: list[tuple[Number, Number]] = Field(default=[], max_length=MORE)

    @property
    def clauses(self) -> list[Clause]:
        places = [(self.article, self.paragraph), *self.more] if self.article else []
        return [Clause(self.terms, article, paragraph) for article, paragraph in dict.fromkeys(places)]


class Undo(BaseModel):
    """What `POST /api/questions/undo` takes."""

    terms: str = Field(max_length=200)
    token: str = Field(max_length=64)


class Trial(BaseModel):
    """A question to be answered now, without a trace in the journal."""

    question: str = Field(max_length=2000)


def curating_routes(desk: Desk) -> APIRouter:
    """Routes of the gaps; each change is answered from within seconds, and the index made anew behind it."""
    routes = APIRouter(prefix="/api")

    @routes.get("/gaps")
    def gaps(visit: Present, period: Annotated[Period, Query()]) -> dict[str, Any]:
        since, until = period.days()
        desk.note(visit, "search", about=f"빈틈, since={since}, until={until}")
        groups = _groups(desk, desk.reader.gaps(since, until))
        return {
            "since": str(since),
            "until": str(until),
            "total": sum(one["asked"] for one in groups),
            "groups": groups,
            **_thin(desk, since, until),
        }

    @routes.get("/questions")
    def history() -> list[dict[str, Any]]:
        changes = [pair for one in desk.service.editions for pair in desk.curator.history(one)]
        changes.sort(key=lambda pair: pair[0].at, reverse=True)
        return [_described(change) | {"undoable": undoable} for change, undoable in changes[:20]]

    @routes.post("/questions")
    def add(visit: Present, addition: Addition) -> dict[str, Any]:
        edition = edition_named(desk, addition.terms)
        change = desk.curator.add(edition, addition.clauses, addition.question)
        _take_over(desk, addition.question)
        return _noted(desk, visit, "더함", change)

    @routes.post("/questions/undo")
    def undo(visit: Present, body: Undo) -> dict[str, Any]:
        change = desk.curator.undo(edition_named(desk, body.terms), body.token)
        _take_over(desk, without_note(change.question))
        return _noted(desk, visit, "되돌림", change)

    @routes.post("/try")
    def attempt(trial: Trial) -> dict[str, Any]:
        answer = desk.admission.run(lambda: desk.service.ask(Ask(trial.question)))
        if answer.status == "error":
            raise HTTPException(503, answer.text)
        return {
            "status": str(answer.status),
            "status_name": status_name(answer.status),
            "answer": to_html(answer.text),
        }

    return routes


def effect_routes(desk: Desk) -> APIRouter:
    """Whether the last change is answered from, and what it did."""
    routes = APIRouter(prefix="/api")

    @routes.get("/rebuild")
    def rebuild() -> dict[str, str]:
        return desk.service.background.report()

    @routes.get("/effect")
    def effect(visit: Present) -> dict[str, Any]:
        found = desk.effects.report()
        if found.changes:  # questions of people are shown; it is looked at until it is done, so this is once a look
            desk.note(visit, "search", about="빈틈, 달라진 답")
        return found.as_plain()

    return routes


def _take_over(desk: Desk, question: str) -> None:
    desk.effects.begin(question)
    desk.service.background.questions_changed()


def _groups(desk: Desk, entries: list[Logged]) -> list[dict[str, Any]]:
    index = desk.service.index()
    asking = _without_talk(entries, index, desk.vectors)
    groups = group_asked(asking, index.corpus.questions, desk.vectors, index.embedder)
    return [
        {"asked": sum(len(one.entries) for one in group), "questions": list(map(_asked, group))} for group in groups
    ]


def _without_talk(entries: list[Logged], search: ClauseSearch, vectors: Vectors) -> list[Logged]:
    """The entries that ask something: no greeting and no nonsense; of at most `MOST` distinct texts."""
    texts = list(dict.fromkeys(entry.question for entry in entries))[:MOST]
    if search.embedder:
        search = search.with_embedder(Remembering(search.embedder, vectors))
    asking = {text for text, scored in zip(texts, search.score(texts), strict=True) if not asks_nothing(scored)}
    return [entry for entry in entries if entry.question in asking]


def _asked(asked: Asked) -> dict[str, Any]:
    newest = asked.newest
    return {
        "text": newest.question,
        "asked": len(asked.entries),
        "bad": asked.bad,
        "reasons": asked.reasons,
        "at": views.seoul(newest.at),
        "status": newest.status,
        "status_name": status_name(newest.status),
        "added": "" if asked.clauses is None else _place(asked.clauses),
        "conversation": newest.conversation,
        "understood": newest.interpreted if newest.interpreted != newest.question else "",
    }


def _place(clauses: tuple[Clause, ...]) -> str:
    return clauses[0].name if clauses else OUT_OF_SCOPE_NAME


def _thin(desk: Desk, since: date, until: date) -> dict[str, Any]:
    """``thin``: the paragraphs with the fewest curated questions; ``silent``: articles that no answer cited."""
    editions, curated = desk.service.editions, desk.service.index().corpus.questions
    cited = {(one.terms, one.article): one.entries for one in statistics(desk.journal, since, until).articles}
    thin = [
        _address(one.clause.document, one.article)
        | {"paragraph": one.clause.paragraph, "mark": one.clause.name, "curated": one.curated, "cited": one.cited}
        for one in thinnest(editions, curated, cited, THIN)
    ]
    quiet = [_address(edition.name, article) | {"name": article.name} for edition, article in silent(editions, cited)]
    return {"thin": thin, "silent": quiet}


def _address(document: str, article: Article) -> dict[str, str]:
    return {"terms": document, "article": article.address, "title": article.title}


def _noted(desk: Desk, visit: Visit, done: str, change: Change) -> dict[str, Any]:
    shown = _described(change)
    desk.note(visit, "curate", about=f"{done}, {change.terms} {shown['where']}:", typed=change.question)
    return shown


def _described(change: Change) -> dict[str, Any]:
    article, heading = change.file.removesuffix(".md"), change.heading
    paragraph = heading.removeprefix("## 제").removesuffix("항")
    return {
        "token": change.token,
        "at": change.at,
        "terms": change.terms,
        "question": change.question,
        "where": clause_name(article, paragraph) if heading else OUT_OF_SCOPE_NAME,
    }
