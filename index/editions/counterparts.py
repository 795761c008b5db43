"""Which paragraph of one edition is which of another, as `index.compare` pairs them; the last pairs are kept."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from index.compare import Compared, Kind, compare

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.clause import Clause
    from index.compare.changes import Place
    from index.editions.edition import Edition

KEPT = 32  # pairs of editions; one of the real terms takes 0.1 s
ALIKE = {Kind.SAME, Kind.MOVED, Kind.CHANGED}  # on the same subject, whatever they say of it


@lru_cache(KEPT)
def compared(old: Edition, new: Edition) -> Compared:
    """What became of each paragraph of ``old`` in ``new``, a later or an earlier edition of the same document."""
    return compare(old.terms, new.terms)


@lru_cache(KEPT)
def counterparts(old: Edition, new: Edition) -> Mapping[Clause, Clause]:
    """For each clause of ``old`` that ``new`` has something like, the one of ``new``."""
    return MappingProxyType(
        {
            _clause(old, change.old): _clause(new, change.new)
            for change in compared(old, new).paragraphs
            if change.old and change.new and change.kind in ALIKE
        }
    )


@lru_cache(KEPT)
def altered(old: Edition, new: Edition) -> Mapping[Clause, bool]:
    """The clauses of ``old`` that say something else in ``new``; True: that are not there any more."""
    return MappingProxyType(
        {
            _clause(old, change.old): change.kind is Kind.DELETED
            for change in compared(old, new).paragraphs
            if change.old and change.kind in {Kind.CHANGED, Kind.DELETED}
        }
    )


def _clause(edition: Edition, place: Place) -> Clause:
    return place.article.clause(edition.name, place.paragraph.number)
