"""Leaving something for an agent: written by the journal's thread, told by the webhook, answered with a code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from bot.journal.requests import LONGEST_ABOUT, plain_lines
from bot.privacy import mask_personal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.journal.journal import Journal
    from bot.journal.requests import Request, Requests
    from bot.journal.writer import Writer
    from bot.opening_hours import Hours
    from bot.webhook import Webhook


CONVERSATION = 32  # characters of its name; a ticket is longer


class Watch(Protocol):
    """Who counts what is left (`bot.web.metrics`)."""

    def left(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Left:
    """What a customer left. ``code``: by which the desk finds it. ``new``: False if it had been left before."""

    code: str
    new: bool
    reachable: bool


class Leaving:
    """Takes what customers leave. Nobody waits for the journal longer than a second, or for the webhook at all."""

    def __init__(
        self,
        journal: Journal,
        requests: Requests,
        writer: Writer,
        watch: Watch,
        hours: Hours,
        webhook: Webhook | None = None,
    ) -> None:
        self.days = journal.request_days
        self.webhook = webhook
        self._journal = journal
        self._requests = requests
        self._writer = writer
        self._watch = watch
        self._hours = hours

    @property
    def open(self) -> bool:
        """Whether anything can be left now: the journal is there."""
        return self._journal.database.opened

    def ticket(self, conversation: str) -> str:
        """What `leave` takes in the place of a conversation."""
        return self._requests.ticket(conversation)

    def leave(self, conversation: str, about: str, contact: str) -> Left | None:
        """Leave ``about`` for an agent; None if it is not written within a second: sent again, it is there once.

        Raises:
            JournalError: it will not be written.
            ValueError: as `Requests.leave`, or a ticket that was not given out.
        """
        if len(conversation) > CONVERSATION:
            conversation = self._requests.conversation_of(conversation) or ""
        return self._writer.perform(partial(self._leave, conversation, about, contact))

    def find(self, conversation: str) -> Left | None:
        """What was left in a conversation; None as well if it cannot be read within a second. Raises JournalError."""
        return self._writer.perform(partial(self._find, conversation))

    def hours_told(self) -> str:
        """When somebody will look; "" if somebody does now, or no hours are known."""
        return self._hours.told(self._journal.clock())

    def confirmation(self, left: Left) -> str:
        """What the customer is told of what was left: one text without markup."""
        begin = "상담원에게 남겼습니다." if left.new else "이 대화에서는 이미 남기셨습니다."
        reach = (
            "남기신 연락처로 연락드립니다."
            if left.reachable
            else "연락처를 남기지 않으셨으니, 문의하실 때 이 번호를 말씀해 주세요."
        )
        return " ".join(filter(None, [f"{begin} 상담 번호는 {left.code}입니다.", self.hours_told(), reach]))

    def _leave(self, conversation: str, about: str, contact: str) -> Left:
        request, new = self._requests.leave(conversation, about, contact, tell=self.webhook is not None)
        if new:
            self._watch.left()
            if self.webhook is not None and not self.webhook.tell(request):
                self._requests.mark(request.code, "failed")
        return _left(request, new=new)

    def _find(self, conversation: str) -> Left | None:
        request = self._requests.of_conversation(conversation)
        return _left(request, new=False) if request else None


def summary(questions: Sequence[str], marks: Sequence[str]) -> str:
    """What a conversation is about, masked, in lines; the newest questions as far as `LONGEST_ABOUT` reaches."""
    cited = f"안내한 조항: {', '.join(marks)}"[: LONGEST_ABOUT // 4] if marks else ""
    room = LONGEST_ABOUT - len(cited) - 1
    lines: list[str] = []
    for question in reversed(questions):
        line = f"- {mask_personal(plain_lines(question))}"
        room -= len(line) + 1
        if room < 0:
            break
        lines.insert(0, line)
    return "\n".join(filter(None, [*lines, cited]))


def _left(request: Request, *, new: bool) -> Left:
    return Left(request.code, new, request.reachable)
