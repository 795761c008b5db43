"""What happens in a conversation: asking, answering, rating, the way to a person, what was left, beginning anew.

The conversation lives here, on the server. From a browser comes text, and which button was pressed; whatever else is
sent in the place of a text counts as none.
"""

from __future__ import annotations

import datetime as dt
import logging
import secrets
import threading
from collections.abc import Iterator  # noqa: TC003  # Gradio resolves the hints of events when the page is built
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import gradio as gr

from bot.answer import Status, add_up
from bot.errors import BUSY, BusyError
from bot.leaving import summary
from bot.render.contacts import ways_to_a_person
from bot.trace import REFUSED, tracing
from bot.understand.question import LONG_HINT, Ask
from bot.web.chat.conversation import MAX_TURNS, Conversation, answer_shown
from bot.web.chat.fragments import Form, following, handover_card, kept
from bot.web.chat.keys import Cookies, new_key, number_of, read_key
from bot.web.limits import wait_hint
from bot.web.request_log import answer_told
from index.editions.edition import SEOUL, principal
from index.errors import YakgwanError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answer import Answer
    from bot.journal.entries import Logged
    from bot.leaving import Leaving, Left
    from bot.recorder import Recorder
    from bot.trace import Trace
    from bot.web.limits import Limiter
    from bot.web.metrics import Metrics

log = logging.getLogger(__name__)

CONCURRENT = 32  # questions that wait for the models or are answered at the same time
RATED = {Status.ANSWERED, Status.NOT_FOUND}
HANDOFF = "handoff"  # act of a conversation: a wish for a person
STILL_ANSWERING = "앞 질문에 답하고 있습니다. 답이 나온 뒤에 보내 주세요."
MAX_REASON = 300  # characters
NOT_RATED = "지금은 의견을 남길 수 없습니다. 잠시 뒤 다시 보내 주세요."
THANKS = "의견 고맙습니다. 답변을 고치는 데 쓰겠습니다."

Update = dict[str, Any]  # of a component, as `gr.update` makes it
Updates = tuple[Any, ...]


class Events:
    """One method for each thing that a person does; each returns what changes on the page."""

    def __init__(self, recorder: Recorder, limiter: Limiter, metrics: Metrics, leaving: Leaving | None = None) -> None:
        self._recorder = recorder
        self._limiter = limiter
        self._metrics = metrics
        self._leaving = leaving
        self._room = threading.BoundedSemaphore(CONCURRENT)

    def ask(
        self, question: object, state: Conversation, token: object = "", request: gr.Request | None = None
    ) -> Updates | Update:
        """The question goes into the conversation; the first one takes the place of the greeting.

        It stays in the box if the one before has no answer yet: two answers at a time would overwrite each other. One
        that is too long is not even looked at, and nothing happens without words. ``token``: of a conversation that
        this server may not have any more, as after a restart.
        """
        text, limit = _text(question), self._recorder.service.settings.max_characters
        if state.answering and text.strip():
            gr.Info(STILL_ANSWERING)
        if state.answering or not text.strip():
            unchanged: Update = gr.skip()
            return unchanged
        state = state if state.id else self._opened(token, request, anew=state.anew)
        if len(text) > limit:
            asked = self._said(state.asked(f"{text[:limit]}…"), LONG_HINT.format(limit=limit), text)
        else:
            questions = (*state.questions, text)[-MAX_TURNS // 2 :]
            asked = replace(state.asked(text), questions=questions, answering=True)
        hidden, empty = gr.update(visible=False), gr.update(value="", visible=False)
        return (
            "",
            hidden,
            gr.update(value=asked.shown, visible=True),
            *(hidden, hidden, empty, empty, ""),
            empty if asked.answering else below(asked),
            *(asked.token, self._kept(asked.token)),
            asked,
        )

    def restore(self, token: object, state: Conversation, request: gr.Request) -> Updates:
        """The conversation of ``token`` on a page that has none yet; of any other token nothing is told but that."""
        known, entries = ("", []) if state.id or state.anew else self._find(token, request)
        if not entries:
            return (*(gr.skip() for _ in range(5)), self._kept(state.token), state)
        found = Conversation.restored(known, read_key(token), entries)
        last = entries[-1]
        rated = gr.update(visible=found.entry is not None and last.status in RATED, interactive=True)
        copies = [self._recorder.written(e.question, e.answer, e.at.astimezone(SEOUL).date()) for e in entries]
        shown = gr.update(value=found.shown, visible=True)
        beneath = gr.update(value=following((), len(found.turns), copies[-1], restored=True), visible=True)
        return gr.update(visible=False), shown, rated, rated, beneath, self._kept(found.token, copies), found

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
            with answer_told(request, "chat") as trace:
                trace.end(REFUSED)
            refused = self._said(free, self._with_contacts(BUSY if wait is None else wait_hint(wait)))
            yield refused.shown, hidden, hidden, gr.skip(), gr.skip(), below(refused), refused
            return
        try:
            with answer_told(request, "chat") as trace:
                yield from self._answer(state, trace)
        except BusyError as busy:
            refused = self._said(free, self._with_contacts(str(busy)))
            yield refused.shown, hidden, hidden, gr.skip(), gr.skip(), below(refused), refused
        except Exception:
            # the outermost layer: the conversation must not stop at a question that never gets its answer
            log.exception("replying failed")
            failed = self._said(free, self._recorder.service.failed().text)
            yield failed.shown, hidden, hidden, gr.skip(), gr.skip(), below(failed), failed
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
        if self._leaving is None or left is None or any(left.code in turn["content"] for turn in state.turns):
            unchanged: Update = gr.skip()
            return unchanged
        hidden = gr.update(visible=False)
        text = self._leaving.confirmation(replace(left, new=True)).replace(left.code, f"**{left.code}**", 1)
        told = replace(state.told(text, state.offered), id=state.id or conversation, entry=None)
        return hidden, gr.update(value=told.shown, visible=True), hidden, hidden, below(told), told

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
            "",
            self._kept(""),
            Conversation(anew=True),
        )

    def _answer(self, state: Conversation, trace: Trace) -> Iterator[Updates]:
        same = (gr.skip(), gr.skip())
        hidden, shown = gr.update(visible=False), gr.update(visible=True, interactive=True)
        *earlier, question = state.questions
        whole = self._recorder.service.failed()
        with tracing(trace):
            pieces = self._recorder.stream(Ask(question, tuple(earlier)), state.id, "chat")
        for piece, whole in add_up(pieces):
            if piece.text:
                yield list(state.told(whole.text).turns), hidden, hidden, *same, gr.skip(), state
        marks = dict.fromkeys((*state.marks, *(citation.mark for citation in whole.citations)))
        rated = shown if whole.entry is not None and whole.status in RATED else hidden
        done = replace(self._told(whole, state), marks=tuple(marks), entry=whole.entry, answering=False)
        person = self._person(done) if whole.act == HANDOFF else same
        yield done.shown, rated, rated, *person, below(done), done

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
        options = answer.topics or self._recorder.service.next_questions(answer, state.questions)
        copy = self._recorder.written(state.questions[-1], answer.text)
        return state.told(answer_shown(answer, state.questions), options, copy)

    def _said(self, state: Conversation, text: str, question: str = "") -> Conversation:
        """With ``text`` in place of an answer to the last question, or to one that was not taken."""
        return state.told(text, copy=self._recorder.written(question or state.questions[-1], text))

    def _opened(self, token: object, request: gr.Request | None, *, anew: bool) -> Conversation:
        """The conversation of ``token`` if there is one and it was not given up, else one that has just begun."""
        known, entries = ("", []) if anew else self._find(token, request)
        if entries:
            return Conversation.restored(known, read_key(token), entries)
        cookie = self._cookie(request)
        fresh = new_key() if cookie else ""
        return Conversation(id=number_of(fresh, cookie) if cookie else "", token=fresh)

    def _find(self, token: object, request: gr.Request | None) -> tuple[str, list[Logged]]:
        """The number of a conversation that goes on, and what the journal has of it; nothing for any other token."""
        key, cookie = read_key(token), self._cookie(request)
        if not (key and cookie):
            return "", []
        known, hours = number_of(key, cookie), dt.timedelta(hours=self._hours)
        return known, self._recorder.recall(known, hours, MAX_TURNS // 2)

    def _cookie(self, request: gr.Request | None) -> str:
        return Cookies(self._hours).read(request.headers.get("cookie", "")) if request else ""

    def _kept(self, token: str, copies: Sequence[str] = ()) -> Update:
        update: Update = gr.update(value=kept(self._hours, token, copies))
        return update

    @property
    def _hours(self) -> int:
        return self._recorder.service.settings.conversation_hours

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


def below(state: Conversation) -> Update:
    """What stands below the last answer."""
    update: Update = gr.update(value=following(state.offered, len(state.turns), state.copy), visible=True)
    return update


def _text(value: object) -> str:
    """What was sent in the place of a text, if it is one."""
    return value if isinstance(value, str) else ""
