"""What stands for an article of an edition in the one that is in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.addresses import article_url, compare_url, contents_url
from index.editions.counterparts import altered, counterparts
from index.editions.state import edition_in_force

if TYPE_CHECKING:
    from index.editions.edition import Edition
    from index.editions.in_force import InForce
    from index.terms import Article


@dataclass(frozen=True, slots=True)
class Counterpart:
    """``url``: the article of the edition in force on the same subject, or its contents if it has none.

    ``changes``: whether the announced edition changes this article of the edition in force; ``compared``: the address
    of the comparison.
    """

    url: str
    changes: bool
    compared: str


def counterpart(in_force: InForce, edition: Edition, article: Article) -> Counterpart:
    """What stands for an article in the edition in force, and whether it will change."""
    now = edition_in_force(in_force, edition.name)
    if now is None:
        return Counterpart(contents_url(edition.name), changes=False, compared="")
    if now != edition:
        found = [new for old, new in counterparts(edition, now).items() if old.article == article.address]
        url = article_url(now.name, found[0].article) if found else contents_url(now.name)
        old, new = sorted((edition.date, now.date))
        return Counterpart(url, changes=False, compared=compare_url(now.name, old, new))
    coming = in_force.announced(edition.name)
    changes = coming is not None and any(clause.article == article.address for clause in altered(now, coming))
    compared = compare_url(now.name, now.date, coming.date) if coming else ""
    return Counterpart(article_url(now.name, article.address), changes=changes, compared=compared)
