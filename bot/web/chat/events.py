"""What happens in a conversation: asking, answering, rating, the way to a person, what was left, beginning anew.

The conversation lives here, on the server. From a browser comes text, and which button was pressed; whatever else is
sent in the place of a text counts as none.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Iterator  # noqa: TC003  # Gradio resolves the hints of events when the page is built
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

import gradio as gr

from bot.answer import Answer, Status, add_up, bullets, escape_markdown
from bot.errors import BUSY, BusyError
from bot.leaving import summary
from bot.render.contacts import ways_to_a_person
from bot.understand.question import LONG_HINT, Ask
from bot.web.chat.fragments import Form, following, handover_card
from bot.web.limits import wait_hint
from index.editions.edition import principal
from index.errors import YakgwanError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.leaving import Leaving, Left
    from bot.recorder import Recorder
    from bot.web.limits import Limiter
    from bot.web.metrics import Metrics

log = logging.getLogger(__name__)

CONCURRENT = 32  # questions that wait for the models or are answered at the same time
HANDOFF = "handoff"  # act of a conversation: a wish for a person
STILL_ANSWERING = "앞 질문에 답하고 있습니다. 답이 나온 뒤에 보내 주세요."
MAX_TURNS = 200  # of a conversation; older ones go
MAX_REASON = 300  # characters
SEARCHING = "*찾는 중…*"
NOT_RATED = "지금은 의견을 남길 수 없습니다. 잠시 뒤 다시 보내 주세요."
THANKS = "의견 고맙습니다. 답변을 고치는 데 쓰겠습니다."

Turn = dict[str, Any]  # of a conversation, as Gradio keeps it: role, content
Update = dict[str, Any]  # of a component, as `gr.update` makes it
Updates = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Conversation:
    """``questions``: as typed, while the page shows them escaped. ``entry``: the journal's row of the last answer.

    ``turns``: what was said, at most `MAX_TURNS`. ``offered``: the next questions, of the last answer alone.
    ``answering``: the last question has no answer yet.
    """

    id: str = ""
    turns: tuple[Turn, ...] = ()
    questions: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    entry: int | None = None
    answering: bool = False

    def told(self, text: str, options: Sequence[str] = ()) -> Self:
        """With an answer as its last turn and the next questions that it offers."""
        return replace(self, turns=(*self.turns, _turn("assistant", text))[-MAX_TURNS:], offered=tuple(options))

    def asked(self, text: str) -> Self:
        """With a question as its last turn."""
        kept = (*self.turns, _turn("user", escape_markdown(text)))[-MAX_TURNS:]
        return replace(self, id=self.id or secrets.token_hex(16), turns=kept, offered=(), entry=None)

    @property
    def shown(self) -> list[Turn]:
        """What the page shows: a question without an answer is being looked into."""
        return [*self.turns, *([_turn("assistant", SEARCHING)] if self.answering else ())]

    @property
    def below(self) -> Update:
        """What stands below the last answer."""
        update: Update = gr.update(value=following(self.offered, len(self.turns)), visible=True)
        return update


class Events:
    """One method for each thing that a person does; each returns what changes on the page."""

    def __init__(self, recorder: Recorder, limiter: Limiter, metrics: Metrics, leaving: Leaving | None = None) -> None:
        self._recorder = recorder
        self._limiter = limiter
        self._metrics = metrics
        self._leaving = leaving
        self._room = threading.BoundedSemaphore(CONCURRENT)

    def ask(self, question: object, state: Conversation) -> Updates | Update:
        """The question goes into the conversation; the first one takes the place of the greeting.

        It stays in the box if the one before has no answer yet: two answers at a time would overwrite each other. One
        that is too long is not even looked at, and nothing happens without words.
        """
        text, limit = _text(question), self._recorder.service.settings.max_characters
        if state.answering and text.strip():
            gr.Info(STILL_ANSWERING)
        if state.answering or not text.strip():
            unchanged: Update = gr.skip()
            return unchanged
        if len(text) > limit:
            asked = state.asked(f"{text[:limit]}…").told(LONG_HINT.format(limit=limit))
        else:
            questions = (*state.questions, text)[-MAX_TURNS // 2 :]
            asked = replace(state.asked(text), questions=questions, answering=True)
        hidden, empty = gr.update(visible=False), gr.update(value="", visible=False)
        return (
            "",
            hidden,
            gr.update(value=asked.shown, visible=True),
            *(hidden, hidden, empty, empty, ""),
            empty if asked.answering else asked.below,
            asked,
        )

    def reply(self, state: Conversation, request: gr.Request) -> Iterator[Updates | Update]:
        """The conversation with a growing answer to its last question, then with what to ask next.

        Who wishes for a person gets the way to one.
        """
        if not state.answering:
            yield gr.skip()
            return
        hidden, free = gr.update(visible=False), replace(state, answering=False)
        wait = self._limiter.allow(request.client.host if request.client else "")
        if wait is not None or not self._room.acquire(blocking=False):
            self._metrics.limited()
            refused = free.told(self._with_contacts(BUSY if wait is None else wait_hint(wait)))
            yield refused.shown, hidden, hidden, gr.skip(), gr.skip(), refused.below, refused
            return
        try:
            yield from self._answer(state)
        except BusyError as busy:
            refused = free.told(self._with_contacts(str(busy)))
            yield refused.shown, hidden, hidden, gr.skip(), gr.skip(), refused.below, refused
        except Exception:
            # the outermost layer: the conversation must not stop at a question that never gets its answer
            log.exception("replying failed")
            failed = free.told(self._recorder.service.failed().text)
            yield failed.shown, hidden, hidden, gr.skip(), gr.skip(), failed.below, failed
        finally:
            self._room.release()

    def rate(self, good: bool, state: Conversation) -> Updates:  # noqa: FBT001
        """👍 or 👎 of the last answer; after 👎 a reason may be given."""
        if state.entry is not None:
            self._write(good=good, reason="", state=state)
        chosen = gr.update(interactive=False)
        thanks = gr.update(visible=not good, value="", placeholder="예: 찾는 내용이 아니에요")
        return (chosen, gr.update(visible=False), thanks) if good else (gr.update(visible=False), chosen, thanks)

    def explain(self, reason: object, state: Conversation) -> Update:
        """The reason of a 👎; what is beyond `MAX_REASON` is cut."""
        text = _text(reason)[:MAX_REASON]
        if state.entry is not None and text.strip() and self._write(good=False, reason=text, state=state):
            gr.Info(THANKS)
        return gr.update(visible=False, value="")

    def hand_over(self, opened: str, state: Conversation) -> Updates:
        """The way to a person, with a code by which the desk finds this conversation; a second click closes it.

        ``opened``: for which conversation it is on the page, "" if it is not; not a part of ``state``, which an answer
        under way may change meanwhile.
        """
        if opened:
            return gr.update(value="", visible=False), gr.update(), ""
        card, conversation = self._person(state)
        return card, gr.update(visible=False), conversation

    def confirm(self, opened: str, state: Conversation) -> Updates | Update:
        """What the page has left for an agent (`POST /api/requests`) is confirmed in the conversation as well.

        Not while an answer is under way, which would write over it. ``opened``: as `hand_over` gives it; a question
        takes it away.
        """
        conversation = opened or state.id
        left = self._left(conversation) if conversation and not state.answering else None
        if self._leaving is None or left is None:
            unchanged: Update = gr.skip()
            return unchanged
        hidden = gr.update(visible=False)
        text = self._leaving.confirmation(replace(left, new=True)).replace(left.code, f"**{left.code}**", 1)
        told = replace(state.told(text, state.offered), id=state.id or conversation, entry=None)
        return hidden, gr.update(value=told.shown, visible=True), hidden, hidden, told.below, told

    def begin(self) -> Updates:
        """A new conversation: nothing of the old one is left on the page."""
        hidden, empty = gr.update(visible=False), gr.update(value="", visible=False)
        return (
            "",
            gr.update(visible=True),
            gr.update(value=[], visible="hidden"),
            hidden,
            hidden,
            empty,
            empty,
            "",
            empty,
            Conversation(),
        )

    def _answer(self, state: Conversation) -> Iterator[Updates]:
        same = (gr.skip(), gr.skip())
        hidden, shown = gr.update(visible=False), gr.update(visible=True, interactive=True)
        *earlier, question = state.questions
        whole = self._recorder.service.failed()
        for piece, whole in add_up(self._recorder.stream(Ask(question, tuple(earlier)), state.id, "chat")):
            if piece.text:
                yield list(state.told(whole.text).turns), hidden, hidden, *same, gr.skip(), state
        marks = dict.fromkeys((*state.marks, *(citation.mark for citation in whole.citations)))
        rated = shown if whole.entry is not None and whole.status in {Status.ANSWERED, Status.NOT_FOUND} else hidden
        done = replace(self._told(whole, state), marks=tuple(marks), entry=whole.entry, answering=False)
        person = self._person(done) if whole.act == HANDOFF else same
        yield done.shown, rated, rated, *person, done.below, done

    def _person(self, state: Conversation) -> tuple[Update, str]:
        """The way to a person, opened, and the conversation that it is for: a new one if nothing was asked yet."""
        conversation = state.id or secrets.token_hex(16)
        code = ""
        if state.questions:
            try:
                code = self._recorder.hand_over(state.id)
            except YakgwanError:
                log.exception("no code for a conversation")
        written = bool(code) or not state.questions  # else the journal is not waited for a second time
        left = self._left(conversation) if written and state.id else None
        form = self._form(conversation, state) if written else None
        told = self._leaving.confirmation(left) if self._leaving and left else ""
        edition = principal(self._recorder.service.editions)
        shown = handover_card(edition, code, state.questions, state.marks, form, told)
        card: Update = gr.update(value=shown, visible=True)
        return card, conversation

    def _left(self, conversation: str) -> Left | None:
        """What was left in a conversation, as far as that can be read."""
        try:
            return self._leaving.find(conversation) if self._leaving else None
        except YakgwanError:
            log.exception("whether something was left cannot be read")
            return None

    def _form(self, conversation: str, state: Conversation) -> Form | None:
        if self._leaving is None or not self._leaving.open:
            return None
        about = summary(state.questions, state.marks)
        return Form(self._leaving.ticket(conversation), about, self._leaving.hours_told(), self._leaving.days)

    def _told(self, answer: Answer, state: Conversation) -> Conversation:
        *earlier, question = state.questions
        if answer.topics:
            text = answer.text.removesuffix(bullets(answer.topics)).rstrip()
            return state.told(text, answer.topics)
        text = answer.text
        if earlier and answer.interpreted and answer.interpreted != question:
            text += f"\n\n*이렇게 이해했습니다: {escape_markdown(answer.interpreted)}*"
        return state.told(text, self._recorder.service.next_questions(answer, state.questions))

    def _with_contacts(self, text: str) -> str:
        return "\n\n".join([text, *ways_to_a_person([principal(self._recorder.service.editions)])])

    def _write(self, *, good: bool, reason: str, state: Conversation) -> bool:
        """Whether the rating is written, or will be; a person is told if not."""
        assert state.entry is not None  # noqa: S101  # both callers look
        try:
            self._recorder.rate(state.entry, state.id, good=good, reason=reason)
        except YakgwanError:
            log.exception("a rating could not be written")
            gr.Info(NOT_RATED)
            return False
        self._metrics.rated(good)
        return True


def _turn(role: str, text: str) -> Turn:
    return {"role": role, "content": text}


def _text(value: object) -> str:
    """What was sent in the place of a text, if it is one."""
    return value if isinstance(value, str) else ""
