"""The desk's state: what its routes work with, and the index made anew in the background after a change."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import YakgwanError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.curation.curator import Curator
    from bot.curation.gaps import Vectors
    from bot.journal.journal import Journal
    from bot.journal.reader import Reader
    from bot.service import Service
    from bot.settings import Settings

log = logging.getLogger(__name__)
FAILED = "색인을 다시 만들지 못했습니다. 이전 색인으로 계속 답합니다."


class Rebuild:
    """Runs ``reload`` in a thread; changes that come while it runs are taken over by one more run."""

    def __init__(self, reload: Callable[[], None]) -> None:
        self._reload = reload
        self._lock = threading.Lock()
        self._wanted = False
        self._running = False
        self._error = ""

    def start(self) -> None:
        """Ask for a run; returns at once."""
        with self._lock:
            self._wanted = True
            if self._running:
                return
            self._running = True
        threading.Thread(target=self._run, name="rebuild", daemon=True).start()

    def report(self) -> dict[str, str]:
        """``state``: running, ready or failed; ``message`` says what failed."""
        with self._lock:
            state = "running" if self._running else "failed" if self._error else "ready"
            return {"state": state, "message": self._error}

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._wanted:
                    self._running = False
                    return
                self._wanted = False
            error = ""
            try:
                self._reload()
            except YakgwanError as fault:
                error = f"{FAILED} {fault}"
                log.error("rebuilding failed: %s", fault)  # noqa: TRY400  # the message says what to do
            except Exception:
                error = FAILED
                log.exception("rebuilding failed")
            with self._lock:
                self._error = error


@dataclass(frozen=True, slots=True)
class Desk:
    """One for each application."""

    service: Service
    settings: Settings
    journal: Journal
    reader: Reader
    curator: Curator
    vectors: Vectors
    rebuild: Rebuild
