"""Sentences that people wrote of clauses, faithful ones and such that leave out what bounds them → cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from bot.evaluation.verifier.cases import Case, Kind, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.passages import Passage


class Told(BaseModel):
    """A line of the file. ``clause``: 조 and 항, such as "7.3". ``faithful``: whether ``text`` follows from it."""

    model_config = ConfigDict(frozen=True)

    clause: str
    text: str
    faithful: bool


def written_cases(told: Iterable[Told], passages: Iterable[Passage]) -> Iterator[Case]:
    """Those whose clause is among ``passages``."""
    known = {f"{p.clause.article}.{p.clause.paragraph}": p for p in passages}
    for one in told:
        if passage := known.get(one.clause):
            kind = Kind.PARAPHRASE if one.faithful else Kind.LEFT_OUT
            yield Case(kind, "적은 문장", Source(passage, passage.quote), one.text)
