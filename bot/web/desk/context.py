"""What the desk's routes work with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.admission import Admission
    from bot.curate import Curator
    from bot.gaps import Vectors
    from bot.journal.journal import Journal
    from bot.journal.reading import Reader
    from bot.service import Service
    from bot.settings import Settings
    from bot.web.desk.rebuild import Rebuild


@dataclass(frozen=True, slots=True)
class Desk:
    """One for each application."""

    service: Service
    admission: Admission
    settings: Settings
    journal: Journal
    reader: Reader
    curator: Curator
    vectors: Vectors
    rebuild: Rebuild
