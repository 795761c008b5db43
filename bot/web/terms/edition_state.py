"""The state of an edition beside the others of its document: in force, earlier or announced, and what follows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.addresses import article_url, compare_url, contents_url
from index.editions.counterparts import altered, counterparts
from index.editions.edition import dated

if TYPE_CHECKING:
    from bot.service import Service
    from index.editions.edition import Edition
    from index.terms import Article


@dataclass(frozen=True, slots=True)
class EditionState:
    """``state``: "current", "earlier" or "announced". ``address``: as addresses name the edition, "" if it is in force.

    ``current``: the date of the edition in force, "" if none is. ``dates``: of all editions, the newest first.
    ``coming``: the date of the announced edition, "" if there is none.
    """

    state: str
    address: str
    current: str
    dates: tuple[str, ...]
    coming: str


@dataclass(frozen=True, slots=True)
class Counterpart:
    """``url``: the article of the edition in force on the same subject, or its contents if it has none.

    ``changes``: whether the announced edition changes this article of the edition in force; ``compared``: the address
    of the comparison.
    """

    url: str
    changes: bool
    compared: str


def edition_state(service: Service, edition: Edition) -> EditionState:
    """The state of an edition that `bot.web.terms.lookup.find_edition` gave."""
    now = _current(service, edition)
    coming = service.in_force.announced(edition.name)
    current = now.date if now else ""
    state = "current" if edition.date == current else "earlier" if edition.date < current else "announced"
    dates = tuple(reversed(service.in_force.library.dates(edition.name)))
    return EditionState(state, dated(edition, service.editions), current, dates, coming.date if coming else "")


def counterpart(service: Service, edition: Edition, article: Article) -> Counterpart:
    """What stands for an article in the edition in force, and whether it will change."""
    now = _current(service, edition)
    if now is None:
        return Counterpart(contents_url(edition.name), changes=False, compared="")
    if now != edition:
        found = [new for old, new in counterparts(edition, now).items() if old.article == article.address]
        url = article_url(now.name, found[0].article) if found else contents_url(now.name)
        old, new = sorted((edition.date, now.date))
        return Counterpart(url, changes=False, compared=compare_url(now.name, old, new))
    coming = service.in_force.announced(edition.name)
    changes = coming is not None and any(clause.article == article.address for clause in altered(now, coming))
    compared = compare_url(now.name, now.date, coming.date) if coming else ""
    return Counterpart(article_url(now.name, article.address), changes=changes, compared=compared)


def _current(service: Service, edition: Edition) -> Edition | None:
    return next((one for one in service.editions if one.name == edition.name), None)
