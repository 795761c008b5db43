"""The same search over the editions of another day: one index, in which other passages can be found."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from index.editions.counterparts import counterparts
from index.passages import make_passages
from index.search.clause_search import UNCURATED

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from index.editions.edition import Edition
    from index.editions.in_force import InForce
    from index.search.clause_search import ClauseSearch

KEPT = 8  # views; one holds a few hundred passages and no vectors of its own that are in the index


def view(
    search: ClauseSearch,
    indexed: Sequence[Edition],
    editions: Sequence[Edition],
    in_force: Collection[Edition] | None = None,
) -> ClauseSearch:
    """The search over ``editions`` by what ``search`` learnt of ``indexed``, the editions that it was made from.

    A question about a subject leads to the paragraph on that subject, whatever it says there: a passage has the column
    of its counterpart in the indexed edition of its document. One without a counterpart is `UNCURATED`; clauses of the
    indexed edition without one are `absent`. ``in_force``: the editions whose links name no day; None: all.
    """
    own = {edition.name: edition for edition in indexed}
    columns = {passage.clause: int(column) for passage, column in zip(search.passages, search.columns, strict=True)}
    known = {
        clause: columns[counterpart]
        for edition in editions
        if edition.name in own
        for clause, counterpart in counterparts(edition, own[edition.name]).items()
        if counterpart in columns
    }
    passages = make_passages(editions, in_force)
    chosen = np.array([known.get(passage.clause, UNCURATED) for passage in passages], dtype=int)
    names, found = {edition.name for edition in editions}, set(chosen.tolist())
    absent = [
        column for clause, column in columns.items() if clause.document in names and column not in {UNCURATED, *found}
    ]
    return replace(search.over_passages(passages, chosen), absent=tuple(absent))


@dataclass(frozen=True, slots=True)
class DaySearch:
    """``editions``: those in force on the day that is asked about, () if none was. ``now``: those in force today."""

    search: ClauseSearch
    editions: tuple[Edition, ...]
    now: tuple[Edition, ...]

    @property
    def other(self) -> frozenset[str]:
        """The documents of which another edition than today's is used."""
        return frozenset(edition.name for edition in self.editions if edition not in self.now)


class SearchByDay:
    """A search with the editions that it was made from, and its views over those of other days, each made once."""

    def __init__(self, search: ClauseSearch, indexed: Sequence[Edition], in_force: InForce) -> None:
        self.indexed = tuple(indexed)
        self.in_force = in_force
        self._search = search
        self._views: dict[tuple[tuple[Edition, ...], ...], ClauseSearch] = {}
        self._lock = threading.Lock()

    @property
    def outdated(self) -> bool:
        """Whether other editions are in force today than the search was made from."""
        return self.in_force.now() != self.indexed

    def now(self) -> DaySearch:
        """What holds today: from midnight on a new edition, before the index is made of it."""
        return self._over(self.in_force.now())

    def on(self, day: dt.date | None, *, or_now: bool = False) -> DaySearch:
        """What held on ``day`` (None, or a day to come: today).

        ``or_now``: of a document that had not taken effect yet, today's edition.

        Raises:
            TermsError: an edition cannot be read.
        """
        if day is None:
            return self.now()
        editions = self.in_force.on(day)
        if or_now:
            held = {edition.name: edition for edition in editions}
            editions = tuple(held.get(edition.name, edition) for edition in self.in_force.now())
        return self._over(editions)

    def _over(self, editions: tuple[Edition, ...]) -> DaySearch:
        now = self.in_force.now()
        if not editions or editions == self.indexed == now:
            return DaySearch(self._search, editions, now)
        with self._lock:
            if (editions, now) not in self._views:
                while len(self._views) >= KEPT:
                    self._views.pop(next(iter(self._views)))
                self._views[editions, now] = view(self._search, self.indexed, editions, now)
            return DaySearch(self._views[editions, now], editions, now)
