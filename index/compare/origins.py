"""Split and merged: what is certain of where added words came from, and where deleted ones went."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from index.compare.changes import Kind
from index.sentences import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.compare.changes import ParagraphChange, Place

TELLING = 20  # letters, from which on the same words in two places are no chance
MOSTLY = 0.5  # of an article's letters


def note_origins(changes: Sequence[ParagraphChange]) -> list[ParagraphChange]:
    """``changes`` with a note on each added paragraph that stood word by word in an old one, and the reverse."""
    open_ones = [c for c in changes if c.kind in (Kind.CHANGED, Kind.ADDED, Kind.DELETED)]
    olds = [c.old for c in open_ones if c.old]
    news = [c.new for c in open_ones if c.new]
    return [_noted(change, olds, news) for change in changes]


def relation(kind: Kind, changes: Sequence[ParagraphChange]) -> str:
    """ "제5조에서 나뉨" of a new article, "제5조에 합쳐짐" of a deleted one, if most of its letters say so; else ""."""
    if kind not in (Kind.ADDED, Kind.DELETED):
        return ""
    letters: Counter[str] = Counter()
    total = 0
    for change in changes:
        own, other = (change.new, change.old) if kind is Kind.ADDED else (change.old, change.new)
        length = len(own.paragraph.text) if own else 0
        total += length
        if own and other:
            letters[other.article.name] += length
    name, most = letters.most_common(1)[0] if letters else ("", 0)
    if most < MOSTLY * max(total, 1):
        return ""
    return f"현행 {name}에서 나뉨" if kind is Kind.ADDED else f"개정안 {name}에 합쳐짐"


def _noted(change: ParagraphChange, olds: Sequence[Place], news: Sequence[Place]) -> ParagraphChange:
    if change.kind is Kind.ADDED and change.new and (place := _holder(change.new, olds)):
        return replace(change, note=f"현행 {place.name}에 있던 말")
    if change.kind is Kind.DELETED and change.old and (place := _holder(change.old, news)):
        return replace(change, note=f"개정안 {place.name}에 들어 있음")
    return change


def _holder(place: Place, others: Sequence[Place]) -> Place | None:
    text = squeeze(place.paragraph.text)
    if len(text) < TELLING:
        return None
    return next((other for other in others if text in squeeze(other.paragraph.text)), None)
