"""References that the renumbering left behind: "제7조 제3항" that once named one clause and now names another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.clause import article_name
from index.compare.changes import Kind
from index.references.between_clauses import find_cross_references

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.compare.changes import Compared, ParagraphChange, Place
    from index.references.between_clauses import CrossReference

_Target = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Left:
    """``place`` of the new edition says ``text``, as before, but what that named is at ``now`` ("": deleted)."""

    place: Place
    text: str
    now: str


def left_behind(compared: Compared) -> list[Left]:
    """The references of the new edition that a person should check, in its order.

    Only what is certain: the paragraph is still there, its references pair one to one, and the words of the reference
    are the old ones though the clause has another number now.
    """
    moved = _moves(compared)
    found = [left for c in compared.paragraphs if c.old and c.new for left in _of(compared, c, moved)]
    return sorted(found, key=lambda left: left.place.paragraph.start)


def _of(compared: Compared, change: ParagraphChange, moved: dict[_Target, _Target | None]) -> Iterator[Left]:
    before, after = _references(compared, change)
    if len(before) != len(after) or change.new is None:
        return
    for was, is_now in zip(before, after, strict=True):
        target = (was.article, was.paragraph)
        goes = moved.get(target, target)
        if not was.dangling and target == (is_now.article, is_now.paragraph) and goes != target:
            text = change.new.paragraph.text[is_now.start : is_now.end]
            yield Left(change.new, text, _name(goes) if goes else "")


def _references(compared: Compared, change: ParagraphChange) -> tuple[list[CrossReference], list[CrossReference]]:
    if change.old is None or change.new is None or change.old.article.addendum or change.new.article.addendum:
        return [], []
    before = find_cross_references(compared.old, change.old.article, change.old.paragraph)
    return before, find_cross_references(compared.new, change.new.article, change.new.paragraph)


def _moves(compared: Compared) -> dict[_Target, _Target | None]:
    """Where each clause of the old edition is now; None: deleted."""
    moves: dict[_Target, _Target | None] = {}
    for article in compared.articles:
        if article.old and not article.old.addendum:
            kept = article.new is not None and article.kind is not Kind.DELETED
            moves[(article.old.address, None)] = (article.new.address, None) if kept and article.new else None
    for change in compared.paragraphs:
        if change.old and not change.old.article.addendum:
            new = change.new if change.kind is not Kind.DELETED else None
            here = (change.old.article.address, change.old.paragraph.number)
            moves[here] = (new.article.address, new.paragraph.number) if new else None
    return moves


def _name(target: _Target) -> str:
    number, paragraph = target
    return article_name(number) + (f" 제{paragraph}항" if paragraph else "")
