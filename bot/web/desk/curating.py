"""Routes for what the answers lack: groups of questions, adding a curated question, taking it back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel, Field

from bot.gaps import MOST, group
from bot.journal.statistics import statistics
from bot.question import Ask
from bot.web.desk import shapes
from bot.web.desk.data import edition_named
from bot.web.desk.markdown import to_html
from bot.web.desk.period import Period  # noqa: TC001  # FastAPI reads the annotations
from index.editions import Clause
from index.naming import clause_name
from index.questions import fold_question

if TYPE_CHECKING:
    from datetime import date

    from bot.curate import Change
    from bot.journal.reading import Logged
    from bot.web.desk.context import Desk

THIN = 10  # paragraphs of the list
OUT_OF_SCOPE_NAME = "범위 밖"


class Addition(BaseModel):
    """A curated question for a paragraph; out of scope without one."""

    question: str = Field(max_length=1000)
    terms: str = Field(max_length=200)
    article: str = Field("", max_length=20)
    paragraph: str = Field("", max_length=20)


class Undo(BaseModel):
    """What `POST /api/questions/undo` takes."""

    terms: str = Field(max_length=200)
    token: str = Field(max_length=64)


class Trial(BaseModel):
    """A question to be answered now, without a trace in the journal."""

    question: str = Field(max_length=2000)


def curating_routes(desk: Desk) -> APIRouter:
    """Routes of the gaps; each change starts a rebuild of the index."""
    routes = APIRouter(prefix="/api")

    @routes.get("/gaps")
    def gaps(period: Annotated[Period, Query()]) -> dict[str, Any]:
        since, until = period.days()
        entries = desk.reader.gaps(since, until)
        return {
            "since": str(since),
            "until": str(until),
            "total": len(entries),
            "groups": _groups(desk, entries),
            **_thin(desk, since, until),
        }

    @routes.get("/questions")
    def history() -> list[dict[str, Any]]:
        changes = [pair for one in desk.service.editions for pair in desk.curator.history(one)]
        changes.sort(key=lambda pair: pair[0].at, reverse=True)
        return [_described(change) | {"undoable": undoable} for change, undoable in changes[:20]]

    @routes.post("/questions")
    def add(addition: Addition) -> dict[str, Any]:
        edition = edition_named(desk, addition.terms)
        clause = Clause(addition.terms, addition.article, addition.paragraph) if addition.article else None
        change = desk.curator.add(edition, clause, addition.question)
        desk.rebuild.start()
        return _described(change)

    @routes.post("/questions/undo")
    def undo(body: Undo) -> dict[str, Any]:
        change = desk.curator.undo(edition_named(desk, body.terms), body.token)
        desk.rebuild.start()
        return _described(change)

    @routes.get("/rebuild")
    def rebuild() -> dict[str, str]:
        return desk.rebuild.report()

    @routes.post("/try")
    def attempt(trial: Trial) -> dict[str, Any]:
        answer = desk.admission.run(lambda: desk.service.ask(Ask(trial.question)))
        if answer.status == "error":
            raise HTTPException(503, answer.text)
        return {
            "status": str(answer.status),
            "status_name": shapes.STATUSES[str(answer.status)],
            "answer": to_html(answer.text),
        }

    return routes


def _groups(desk: Desk, entries: list[Logged]) -> list[dict[str, Any]]:
    """The distinct questions, newest first and at most `MOST`, those that ask alike together.

    The most asked group comes first, those that are curated by now last.
    """
    same: dict[str, list[Logged]] = {}
    for entry in entries:
        same.setdefault(fold_question(entry.question) or entry.question, []).append(entry)
    kept = list(same.values())[:MOST]
    texts = [one[0].question for one in kept]
    curated = {fold_question(q.text): _place(q.clauses) for q in desk.service.index().corpus.questions}
    found = []
    for one in group(texts, desk.vectors.of(texts, desk.service.index().embedder)):
        members = [kept[place] for place in one.members]
        asked = sum(map(len, members))
        found.append({"asked": asked, "questions": [_asked(texts[p], kept[p], curated) for p in one.members]})
    return sorted(found, key=lambda one: (all(q["added"] for q in one["questions"]), -one["asked"]))


def _place(clauses: tuple[Clause, ...]) -> str:
    return clause_name(clauses[0].article, clauses[0].paragraph) if clauses else OUT_OF_SCOPE_NAME


def _asked(text: str, entries: list[Logged], curated: dict[str, str]) -> dict[str, Any]:
    newest = entries[0]
    return {
        "text": text,
        "asked": len(entries),
        "bad": sum(entry.good is False for entry in entries),
        "reasons": sorted({entry.reason for entry in entries if entry.reason}),
        "at": shapes.seoul(newest.at),
        "status": newest.status,
        "status_name": shapes.STATUSES.get(newest.status, newest.status),
        "added": curated.get(fold_question(text), ""),
        "conversation": newest.conversation,
        "understood": newest.interpreted if newest.interpreted != text else "",
    }


def _thin(desk: Desk, since: date, until: date) -> dict[str, Any]:
    """``thin``: the paragraphs with the fewest curated questions; ``silent``: articles that no answer cited."""
    curated = Counter(question.clauses[0] for question in desk.service.index().corpus.questions if question.clauses)
    cited = {(one.terms, one.article): one.entries for one in statistics(desk.journal, since, until).articles}
    thin, silent = [], []
    for edition in desk.service.editions:
        for article in edition.terms.articles:
            times = cited.get((edition.name, article.address), 0)
            address = {"terms": edition.name, "article": article.address, "title": article.title}
            if not times:
                silent.append(address | {"name": article.name})
            for one in article.paragraphs:
                mark = clause_name(article.address, one.number)
                count = curated[article.clause(edition.name, one.number)]
                thin.append(address | {"paragraph": one.number, "mark": mark, "curated": count, "cited": times})
    return {"thin": sorted(thin, key=lambda one: (one["curated"], one["cited"]))[:THIN], "silent": silent}


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
