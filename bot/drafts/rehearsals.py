"""The rehearsals of drafts, one after another in the background: asked for, watched, and kept with the draft."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.background import Runs
from bot.drafts.store import DraftError, libraries, read_notes, write_notes
from bot.rehearsal import compare_endings, gather
from index.editions.in_force import InForce
from index.errors import YakgwanError

if TYPE_CHECKING:
    from bot.admission import Admission
    from bot.drafts.store import Draft, Drafts
    from bot.journal.reader import Reader
    from bot.service import Service

log = logging.getLogger(__name__)
NOTES = "answers.json"
FAILED = "답을 견주지 못했습니다. 다시 해 보고, 그래도 안 되면 서버의 로그를 살펴보세요."


@dataclass(frozen=True, slots=True)
class Progress:
    """``state``: waiting, running, done, failed, or none where nobody asked for it. ``message``: why it failed."""

    state: str
    done: int = 0
    total: int = 0
    message: str = ""


class Rehearsals:
    """Runs them in one thread; what is asked for twice runs once."""

    def __init__(self, drafts: Drafts, service: Service, admission: Admission, reader: Reader) -> None:
        self._drafts = drafts
        self._service = service
        self._admission = admission
        self._reader = reader
        self._lock = threading.Lock()
        self._progress: dict[str, Progress] = {}
        self._runs = Runs("rehearsal", self._run_all)

    def ask(self, name: str) -> None:
        """Have the draft of a document rehearsed; returns at once. Raises DraftError without one."""
        self._drafts.find(name)
        with self._lock:
            known = self._progress.get(name)
            if known is not None and known.state in {"waiting", "running"}:
                return
            self._progress[name] = Progress("waiting")
        self._runs.ask()

    def forget(self, name: str) -> None:
        """The draft is gone; a rehearsal that runs ends."""
        with self._lock:
            self._progress.pop(name, None)

    def progress(self, draft: Draft) -> Progress:
        """How far it is; done as well if an earlier process did it."""
        with self._lock:
            known = self._progress.get(draft.edition.name)
        if known is not None:
            return known
        kept = _kept(draft)
        return Progress("done", int(kept["asked"]), int(kept["asked"])) if kept else Progress("none")

    def changes(self, draft: Draft) -> list[dict[str, Any]]:
        """What it found, as `compare_endings` gives it; [] as long as it is not done."""
        return list(_kept(draft).get("changes", ())) if self.progress(draft).state == "done" else []

    def _run_all(self) -> None:
        while name := self._next():
            try:
                self._run(name)
            except YakgwanError as error:
                log.error("a rehearsal failed: %s", error)  # noqa: TRY400  # the message says what is wrong
                self._note(name, Progress("failed", message=str(error) if isinstance(error, DraftError) else FAILED))
            except Exception:
                log.exception("a rehearsal failed")
                self._note(name, Progress("failed", message=FAILED))

    def _next(self) -> str:
        with self._lock:
            return next((name for name, one in self._progress.items() if one.state == "waiting"), "")

    def _note(self, name: str, progress: Progress) -> bool:
        """Whether the draft is still of interest; then it is at ``progress``."""
        with self._lock:
            if name not in self._progress:
                return False
            self._progress[name] = progress
            return True

    def _run(self, name: str) -> None:
        self._note(name, Progress("running"))
        draft = self._drafts.find(name)
        asks = gather(self._drafts.data, self._reader, self._service.in_force.today())
        running = Progress("running", 0, len(asks))
        with libraries(self._drafts, draft) as (without, beside):
            clock = partial(_day, draft)
            before = self._service.quoting_over(InForce(without, clock))
            after = self._service.quoting_over(InForce(beside, clock))
            found = compare_endings(
                asks,
                before,
                after,
                self._admission,
                lambda done: self._note(name, replace(running, done=done)),
            )
        if found is not None:
            write_notes(draft, NOTES, {"before": draft.before.date, "asked": len(asks), "changes": found})
            self._note(name, Progress("done", len(asks), len(asks)))


def _kept(draft: Draft) -> dict[str, Any]:
    """What is kept of a rehearsal against the edition that still comes before the draft; {} without one."""
    kept = read_notes(draft, NOTES)
    return kept if kept.get("before") == draft.before.date else {}


def _day(draft: Draft) -> dt.date:
    """The first day of the draft: before and after it are asked as of this day, so that nothing else differs."""
    return dt.date.fromisoformat(draft.edition.date)
