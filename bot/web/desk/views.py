"""The journal, the terms and the gaps as the desk's pages get them (JSON)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.addresses import clause_url
from bot.journal.names import CHANNELS, OUTCOMES, RATINGS, status_name
from bot.korean import short_date
from bot.render.markup import to_html
from bot.web.desk.clause_finder import quotation
from index.editions.edition import SEOUL, dated

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.journal.entries import Checked, Cited, Logged
    from bot.service import Service
    from index.editions.edition import Edition
    from index.terms import Article

ABSENT = "그날 시행 중이던 약관은 확인되지 않습니다. 가장 이른 판은 {first}부터 시행되었습니다."


def absent(service: Service) -> str:
    """That no edition was in force on a day, and since when one is."""
    return ABSENT.format(first=short_date(service.in_force.library.first_day()))


def seoul(at: datetime) -> str:
    """ "2025. 12. 15. 14:03", in Seoul."""
    here = at.astimezone(SEOUL)
    return f"{here.year}. {here.month}. {here.day}. {here:%H:%M}"


def row(entry: Logged) -> dict[str, Any]:
    """An entry as a line of a table."""
    return {
        "id": entry.id,
        "conversation": entry.conversation,
        "at": seoul(entry.at),
        "iso": entry.at.isoformat(),
        "question": entry.question,
        "status": entry.status,
        "status_name": status_name(entry.status),
        "channel_name": CHANNELS.get(entry.channel, entry.channel),
        "good": entry.good,
        "rating_name": RATINGS[entry.good],
        "reason": entry.reason,
        "citations": [cited(one) for one in entry.citations],
        "elapsed_ms": round(entry.elapsed_ms, 1),
    }


def whole(entry: Logged) -> dict[str, Any]:
    """An entry with its answer; ``answer`` is HTML that holds nothing but what Markdown makes."""
    understood = entry.interpreted if entry.interpreted != entry.question else ""
    return row(entry) | {
        "answer": to_html(entry.answer),
        "interpreted": understood,
        "confidence": round(entry.confidence, 3),
        "related": [cited(one) for one in entry.related],
        "checks": [checked(one) for one in entry.checks],
    }


def checked(one: Checked) -> dict[str, str]:
    """What became of a sentence of a language model, and why."""
    return {
        "text": one.text,
        "clauses": ", ".join(one.clauses),
        "outcome": one.outcome,
        "outcome_name": OUTCOMES.get(one.outcome, one.outcome),
        "faults": ", ".join(one.faults),
        "unchecked": ", ".join(one.unchecked),
    }


def cited(one: Cited) -> dict[str, str]:
    """Name and permanent address of a clause that an answer cites."""
    return {"mark": one.clause.name, "url": clause_url(one.clause, one.edition), "edition": one.edition}


def article(edition: Edition, found: Article, day: str) -> dict[str, Any]:
    """An article with all its paragraphs, each with what is copied of it.

    ``day``: what addresses say of the edition (`index.editions.edition.dated`).
    """
    addresses = [one.address for one in edition.terms.articles]
    place = addresses.index(found.address)
    return {
        "terms": edition.name,
        "document": edition.title,
        "number": found.address,
        "name": found.name,
        "title": found.title,
        "edition": edition.date,
        "other": bool(day),
        "previous": addresses[place - 1] if place else "",
        "next": addresses[place + 1] if place + 1 < len(addresses) else "",
        "paragraphs": [paragraph(edition, found, one.number, one.text, day) for one in found.paragraphs],
    }


def paragraph(edition: Edition, found: Article, number: str, text: str, day: str) -> dict[str, str]:
    """A paragraph: its number and text, address, and what is copied of it."""
    clause = found.clause(edition.name, number)
    return {
        "number": number,
        "mark": clause.name,
        "text": text,
        "url": clause_url(clause, day),
        "copy": quotation(edition.title, clause.name, edition.date, text),
    }


def contents(editions: Sequence[Edition], current: Sequence[Edition]) -> list[dict[str, Any]]:
    """All documents with all their articles. ``current``: the editions in force today."""
    return [
        {
            "name": edition.name,
            "title": edition.title,
            "edition": edition.date,
            "other": edition not in current,
            "articles": [article(edition, one, dated(edition, current)) for one in edition.terms.articles],
        }
        for edition in editions
    ]
