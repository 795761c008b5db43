"""What a change of the curated questions did: its own question before and after, then known and recent questions."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, replace
from time import sleep
from typing import TYPE_CHECKING, Any

from bot.background import Runs
from bot.errors import NotReadyError
from bot.rehearsal import answer_beside, compare_endings, gather
from bot.understand.question import Ask
from index.errors import YakgwanError

if TYPE_CHECKING:
    from pathlib import Path

    from bot.admission import Admission
    from bot.journal.reader import Reader
    from bot.loaded import Asking
    from bot.rehearsal import Ending
    from bot.service import Service

log = logging.getLogger(__name__)
LOOK = 0.1  # seconds between two looks whether the change is answered from
FAILED = "답을 견주지 못했습니다. 질문은 그대로 남아 있습니다."


@dataclass(frozen=True, slots=True)
class Effect:
    """``state``: none, waiting (until the change is answered from), running, done or failed.

    ``own``: how the question itself ended before and ends now, None as long as it was not asked. ``changes``: of the
    other questions, as `bot.rehearsal.compare_endings` gives them; ``done`` of ``total`` were asked.
    """

    question: str = ""
    state: str = "none"
    own: tuple[Ending, Ending] | None = None
    done: int = 0
    total: int = 0
    changes: tuple[dict[str, Any], ...] = ()
    message: str = ""

    def as_plain(self) -> dict[str, Any]:
        own = self.own and {"before": self.own[0].as_plain(), "after": self.own[1].as_plain()}
        rest = {"done": self.done, "total": self.total, "changes": list(self.changes), "message": self.message}
        return {"question": self.question, "state": self.state, "own": own} | rest


class Effects:
    """The effect of the last change, worked out in one thread behind customers' questions.

    What answered before is held on to until that is done: a search more in memory, and no index is made for it. A
    change that comes meanwhile takes the place of the one before.
    """

    def __init__(self, data: Path, service: Service, admission: Admission, reader: Reader) -> None:
        self._data = data
        self._service = service
        self._admission = admission
        self._reader = reader
        self._lock = threading.Lock()
        self._effect = Effect()
        self._before: Asking | None = None
        self._turn = 0
        self._runs = Runs("effect", self._run)

    def begin(self, question: str) -> None:
        """A change with this question was written and is not answered from yet; returns at once."""
        try:
            before = self._service.quoting()
        except NotReadyError:
            return  # nothing answered before it
        with self._lock:
            self._turn += 1
            self._effect, self._before = Effect(question, "waiting"), before
        self._runs.ask()

    def report(self) -> Effect:
        """How far the last one is."""
        with self._lock:
            return self._effect

    def _run(self) -> None:
        with self._lock:
            turn, before, effect = self._turn, self._before, self._effect
        if before is None:
            return
        try:
            self._compare(turn, before, effect)
        except YakgwanError as error:
            log.error("the effect of a change could not be found: %s", error)  # noqa: TRY400  # the message says why
            self._note(turn, replace(effect, state="failed", message=FAILED))
        except Exception:
            log.exception("the effect of a change could not be found")
            self._note(turn, replace(effect, state="failed", message=FAILED))
        with self._lock:
            if turn == self._turn:
                self._before = None

    def _compare(self, turn: int, before: Asking, effect: Effect) -> None:
        after = self._wait(turn, before)
        if after is None:
            return
        ask = Ask(effect.question)
        own = answer_beside(self._admission, before, ask), answer_beside(self._admission, after, ask)
        asks = [one for one in gather(self._data, self._reader, self._service.in_force.today()) if one != ask]
        running = replace(effect, state="running", own=own, total=len(asks))
        if not self._note(turn, running):
            return
        found = compare_endings(
            asks, before, after, self._admission, lambda done: self._note(turn, replace(running, done=done))
        )
        if found is not None:
            self._note(turn, replace(running, state="done", done=len(asks), changes=tuple(found)))

    def _wait(self, turn: int, before: Asking) -> Asking | None:
        """What answers once the change is taken over; None if another change came first, or none is."""
        while self._is_last(turn):
            after = self._service.quoting()
            if after != before:
                return after
            told = self._service.background.report()
            if told["state"] == "failed":
                self._note(turn, replace(self.report(), state="failed", message=told["message"]))
                return None
            sleep(LOOK)
        return None

    def _is_last(self, turn: int) -> bool:
        with self._lock:
            return turn == self._turn

    def _note(self, turn: int, effect: Effect) -> bool:
        """Whether no other change came since; then ``effect`` is told."""
        with self._lock:
            if turn != self._turn:
                return False
            self._effect = effect
            return True
