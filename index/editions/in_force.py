"""Which editions are in force today in Seoul: decided once a day, so that nothing but midnight changes it."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING

from index.editions.edition import today
from index.errors import TermsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.editions.edition import Edition
    from index.editions.library import Library

log = logging.getLogger(__name__)


class InForce:
    """The editions of today, of another day, and the next of a document.

    A file that comes in with a day of effect that has passed waits for the next midnight, or for `renew`.

    Raises:
        TermsError: no document is in force today, or one of them cannot be read.
    """

    def __init__(self, library: Library, clock: Callable[[], dt.date] = today) -> None:
        self.library = library
        self._clock = clock
        self._decided: tuple[dt.date, tuple[Edition, ...]]
        self.renew()
        self._fault = ""

    def today(self) -> dt.date:
        """Today in Seoul."""
        return self._clock()

    def now(self) -> tuple[Edition, ...]:
        """The editions in force today; yesterday's, with an error in the log, if today's cannot be read."""
        day, editions = self._decided
        current = self._clock()
        if current != day:
            try:
                editions = self.library.in_force(current)
            except TermsError:
                log.exception(
                    "the editions in force since %s cannot be read; the earlier ones go on answering", current
                )
            self._decided = current, editions
        return editions

    def renew(self) -> None:
        """Decide anew what is in force today: the files of an edition came in, or went.

        Raises:
            TermsError: nothing is in force, or it cannot be read; what was decided stays.
        """
        day = self._clock()
        editions = self.library.in_force(day)
        if not editions:
            raise TermsError(f"{self.library.root}:1: {day}에 시행 중인 약관이 없습니다.")
        self._decided = day, editions

    def on(self, day: dt.date) -> tuple[Edition, ...]:
        """The editions in force on ``day``, today's for a day to come; () if none was.

        Raises:
            TermsError: one of them cannot be read.
        """
        now = self.now()
        if day >= self._clock():
            return now
        known = {(edition.name, edition.date): edition for edition in now}
        return tuple(known.get((one.name, one.date), one) for one in self.library.in_force(day))

    def announced(self, name: str) -> Edition | None:
        """The edition of a document that takes effect next, None if there is none that can be read."""
        try:
            return self.library.announced(name, self._clock())
        except TermsError as error:
            if str(error) != self._fault:
                log.error("the announced edition cannot be read: %s", error)  # noqa: TRY400  # it says what is wrong
            self._fault = str(error)
            return None

    def revised(self) -> dt.date:
        """Since when the terms are as they are now: the last revision of any document, else the first day of effect."""
        now = self.now()
        revised = [edition.date for edition in now if self.library.dates(edition.name)[0] < edition.date]
        return dt.date.fromisoformat(max(revised) if revised else min(edition.date for edition in now))
