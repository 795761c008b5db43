"""The desk's state: what its routes work with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.admission import Admission
    from bot.curation.curator import Curator
    from bot.curation.gaps import Vectors
    from bot.journal.journal import Journal
    from bot.journal.reader import Reader
    from bot.journal.requests import Requests
    from bot.service import Service
    from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Desk:
    """One for each application."""

    service: Service
    admission: Admission
    settings: Settings
    journal: Journal
    reader: Reader
    requests: Requests
    curator: Curator
    vectors: Vectors
