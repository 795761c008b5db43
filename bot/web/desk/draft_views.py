"""A draft as the desk's page gets it (JSON): how it was read, what is to be seen, how far its rehearsal is."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bot.drafts.publishing import follower
from bot.drafts.review import LISTED
from index.checking import examine
from index.editions.state import states_on
from index.terms import article_heading

if TYPE_CHECKING:
    import datetime as dt

    from bot.drafts.rehearsals import Rehearsals
    from bot.drafts.review import Review
    from bot.drafts.store import Draft, Drafts


def documents(drafts: Drafts, today: dt.date) -> list[dict[str, Any]]:
    """All documents with the newest edition, the draft's day, and to what they can be rolled back ("" for none)."""
    return [_document(drafts, name, today) for name in drafts.library.names() if drafts.library.dates(name)]


def _document(drafts: Drafts, name: str, today: dt.date) -> dict[str, Any]:
    dates = drafts.library.dates(name)
    newest, file, pair = drafts.library.edition(name, dates[-1]), drafts.file(name), follower(drafts, name)
    return {
        "name": name,
        "title": newest.title if newest else name,
        "newest": dates[-1],
        "state": states_on(dates, today.isoformat())[dates[-1]].name_shown,
        "draft": file.stem if file else "",
        "back_to": pair[1] if pair and pair[1] <= today.isoformat() else "",
    }


def reading(draft: Draft) -> dict[str, Any]:
    """How the file was read: articles and paragraphs, annexes, lines of no article, and what `check` finds."""
    terms = draft.edition.terms
    return {
        "articles": [
            {
                "heading": article_heading(one),
                "paragraphs": [{"number": paragraph.number, "text": paragraph.text} for paragraph in one.paragraphs],
            }
            for one in terms.articles
        ],
        "paragraphs": sum(len(one.paragraphs) for one in terms.articles),
        "annexes": [f"{one.name} {one.title}".rstrip() for one in terms.annexes],
        "stray": [{"line": line.number, "text": line.text.strip()[:LISTED]} for line in terms.stray],
        "faults": [{"line": fault.line, "message": fault.message} for fault in examine(terms)],
    }


def answers(draft: Draft, rehearsals: Rehearsals, review: Review) -> dict[str, Any]:
    """How far the rehearsal is, what it found, who has seen what, and how much is left."""
    return {
        "progress": asdict(rehearsals.progress(draft)),
        "changes": rehearsals.changes(draft),
        "seen": review.seen(draft),
        "left": review.left(draft),
    }
