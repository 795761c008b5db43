"""Answers that show an annex (별표) as it is, with the clauses that refer to it; or say which there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.addresses import contents_url
from bot.answer import Answer, Citation, Status, block_quote, escape_markdown
from bot.korean import with_particle
from bot.render.contacts import ways_to_a_person
from bot.understand.annexes import list_annexes, named_annexes
from index.editions.edition import dated
from index.passages import make_passages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.editions.edition import Edition
    from index.passages import Passage
    from index.terms import Annex

MOST = 3  # clauses that refer to an annex, which are quoted below it


def tell_annexes(text: str, editions: Sequence[Edition], now: Sequence[Edition]) -> Answer | None:
    """The answer to a question that names annexes by number; None if it names none, or the terms know of none.

    ``editions``: that are answered from; ``now``: those in force, to which links name no day.
    """
    names = named_annexes(text)
    known = [(edition, annex) for edition in editions for annex in edition.terms.annexes]
    if not names or not known:
        return None
    found = [(edition, annex) for name in names for edition, annex in known if annex.name == name]
    there = {annex.name for _, annex in found}
    absent = [name for name in names if name not in there]
    listed = list_annexes([annex for _, annex in known])
    lines = [
        f"{with_particle(', '.join(absent), '은는')} 약관에 없는 별표입니다({with_particle(listed, '이가')} 있음)."
    ]
    if not found:
        return Answer(Status.NOT_FOUND, "\n\n".join([*lines, *ways_to_a_person(now)]), missing=tuple(absent))
    shown = [_shown(edition, annex, now) for edition, annex in found]
    cited = [p for edition, annex in found for p in _referring(edition, annex, now)]
    citations = tuple(dict.fromkeys(map(Citation.of, cited)))[:MOST]
    quotes = [f"[{c.mark} · {escape_markdown(c.title)}]({c.url})\n\n{block_quote(c.quote)}" for c in citations]
    told = [*shown, *quotes, *(lines if absent else [])]
    return Answer(Status.ANSWERED, "\n\n".join(told), citations, missing=tuple(absent))


def _shown(edition: Edition, annex: Annex, now: Sequence[Edition]) -> str:
    day = dated(edition, now)
    link = f"[{escape_markdown(f'{edition.title} {annex.name}')}]({contents_url(edition.name, day)})"
    return f"{link}\n\n{block_quote(edition.terms.source[annex.start : annex.end].strip())}"


def _referring(edition: Edition, annex: Annex, now: Sequence[Edition]) -> list[Passage]:
    """The clauses of an edition that name an annex."""
    return [p for p in make_passages([edition], now) if annex.name in named_annexes(p.quote)]
