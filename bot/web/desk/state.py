"""The desk's state: what its routes work with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.admission import Admission
    from bot.curation.curator import Curator
    from bot.curation.gaps import Vectors
    from bot.drafts.rehearsals import Rehearsals
    from bot.drafts.review import Review
    from bot.drafts.store import Drafts
    from bot.effects import Effects
    from bot.journal.access import AccessRecord
    from bot.journal.accounts import Accounts
    from bot.journal.journal import Journal
    from bot.journal.login_failures import LoginFailures
    from bot.journal.logins import Logins
    from bot.journal.names import Act
    from bot.journal.reader import Reader
    from bot.journal.requests import Requests
    from bot.openid.company import Company
    from bot.openid.ticket import Tickets
    from bot.service import Service
    from bot.settings import Settings
    from bot.web.desk.guard import Visit


@dataclass(frozen=True, slots=True)
class Desk:
    """One for each application. ``company``: its log-in, if it has one."""

    service: Service
    admission: Admission
    settings: Settings
    journal: Journal
    reader: Reader
    requests: Requests
    curator: Curator
    effects: Effects
    vectors: Vectors
    accounts: Accounts
    logins: Logins
    failures: LoginFailures
    record: AccessRecord
    tickets: Tickets
    company: Company | None
    drafts: Drafts
    rehearsals: Rehearsals
    review: Review

    def note(self, visit: Visit, act: Act, *, conversation: str = "", about: str = "", typed: str = "") -> None:
        """Write into the access record what a visit does; ``typed``: what the person wrote for it.

        What is shown or deleted is noted before, so that nothing goes unrecorded: JournalError if it cannot be.
        """
        self.record.write(visit.account.name, visit.address, act, conversation=conversation, about=about, typed=typed)
