"""The state of an edition among those of its document: in force, earlier or announced."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from index.editions.edition import dated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.editions.edition import Edition
    from index.editions.in_force import InForce


class State(StrEnum):
    """``name_shown``: what people read."""

    CURRENT = "current"
    EARLIER = "earlier"
    ANNOUNCED = "announced"

    @classmethod
    def of(cls, date: str, current: str) -> State:
        """Of the edition of ``date`` where that of ``current`` is in force ("" if none is); both ISO."""
        if date == current:
            return cls.CURRENT
        return cls.EARLIER if date < current else cls.ANNOUNCED

    @property
    def name_shown(self) -> str:
        return {"current": "시행 중", "earlier": "지난 판", "announced": "시행 예정"}[self.value]


@dataclass(frozen=True, slots=True)
class EditionState:
    """``address``: as addresses name the edition, "" if it is in force.

    ``current``: the date of the edition in force, "" if none is. ``dates``: of all editions, the newest first.
    ``coming``: the date of the announced edition, "" if there is none.
    """

    state: State
    address: str
    current: str
    dates: tuple[str, ...]
    coming: str

    def of(self, date: str) -> State:
        """The state of another edition of the document."""
        return State.of(date, self.current)


def edition_state(in_force: InForce, edition: Edition) -> EditionState:
    """The state of an edition of a document that ``in_force`` knows."""
    now = edition_in_force(in_force, edition.name)
    coming = in_force.announced(edition.name)
    current = now.date if now else ""
    dates = tuple(reversed(in_force.library.dates(edition.name)))
    state = State.of(edition.date, current)
    address = dated(edition, in_force.now())
    return EditionState(state, address, current, dates, coming.date if coming else "")


def edition_in_force(in_force: InForce, name: str) -> Edition | None:
    """The edition of the document that is in force today, None if none is."""
    return next((one for one in in_force.now() if one.name == name), None)


def states_on(dates: Sequence[str], day: str) -> dict[str, State]:
    """The state on ``day`` of each of a document's ``dates``, given and returned with the oldest first; all ISO."""
    current = max((date for date in dates if date <= day), default="")
    return {date: State.of(date, current) for date in dates}


def newest_change(dates: Sequence[str], day: str) -> tuple[str, str] | None:
    """The two editions that are compared first on ``day``: the next change to come, else the last; None of one."""
    pairs = list(pairwise(dates))
    coming = [pair for pair in pairs if pair[1] > day][:1] or pairs[-1:]
    return coming[0] if coming else None
