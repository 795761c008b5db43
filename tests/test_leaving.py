"""The form in the way to a person, and the confirmation in the conversation, as Gradio calls for them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from support.chatting import REFUND, put
from support.entries import DAYS, ONE, Clock
from support.leaving import ABOUT, CONTACT, requests_of
from support.pages import Page

from bot.journal.journal import Journal
from bot.journal.requests import LONGEST_ABOUT
from bot.leaving import Leaving, summary
from bot.opening_hours import read_hours
from bot.recorder import Recorder
from bot.web.chat.conversation import Conversation
from bot.web.chat.events import Events
from bot.web.limits import Limiter
from bot.web.metrics import Metrics

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.service import Service

UNCHANGED = {"__type__": "update"}
HOURS = "월-금 10:00-18:00"  # the clock of the tests shows Monday, 09:00


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(f"sqlite:///{tmp_path}/journal.db", DAYS, Clock(), request_days=14)
    yield opened
    opened.close()


@pytest.fixture
def recorder(shop_service: Service, journal: Journal) -> Recorder:
    shop_service.load()
    return Recorder(shop_service, journal, Metrics({}))


@pytest.fixture
def leaving(recorder: Recorder, journal: Journal) -> Leaving:
    return Leaving(journal, requests_of(journal), recorder.writer, Metrics({}), read_hours(HOURS))


@pytest.fixture
def events(recorder: Recorder, leaving: Leaving) -> Events:
    return Events(recorder, Limiter("3/hour"), Metrics({}), leaving)


def opened(events: Events, state: Conversation) -> tuple[str, str]:
    """The card and the conversation that it is for."""
    card, _, conversation = events.hand_over("", state)
    return card["value"], conversation


def confirmed(events: Events, conversation: str, state: Conversation) -> tuple[Any, ...]:
    told = events.confirm(conversation, state)
    assert isinstance(told, tuple)
    return told


def test_the_form_begins_with_what_was_asked_and_cited(events: Events) -> None:
    _, state = put(events, f"{REFUND} 제 번호는 {CONTACT}", Conversation())
    html, conversation = opened(events, state)
    page = Page(html)
    assert conversation == state.id
    assert state.id not in html  # the name under which the journal keeps it stays here
    assert "- 환불 되나요 제 번호는 " in page.texts["leave-about"]
    assert "[전화번호]\n안내한 조항: 제2조 제1항" in page.texts["leave-about"]
    assert "2345" not in html
    assert 'data-limit="1000"' in html
    assert "14일 뒤에" in html
    assert "checked" not in html
    assert f"지금은 상담 시간({HOURS})이 아닙니다. 3월 2일(월) 10:00부터 차례로 확인합니다." in html
    assert "\n\n" not in html  # Markdown would end the HTML there


def test_without_a_question_it_is_for_a_new_conversation_that_is_gone_on_with(events: Events, leaving: Leaving) -> None:
    html, conversation = opened(events, Conversation())
    ticket = re.search(r'data-ticket="([^"]+)"', html)
    assert ticket
    left = leaving.leave(ticket[1], ABOUT, "")
    assert left is not None
    assert left == replace(leaving.find(conversation) or left, new=True)
    assert leaving.leave(leaving.ticket(conversation), ABOUT, "") == replace(left, new=False)
    *_, state = confirmed(events, conversation, Conversation())
    assert state.id == conversation
    assert state.turns[-1]["content"].startswith(f"상담원에게 남겼습니다. 상담 번호는 **{left.code}**입니다. 지금은")
    again, _ = opened(events, state)
    assert f"이 대화에서는 이미 남기셨습니다. 상담 번호는 {left.code}입니다." in again
    asked = events.ask(REFUND, state)
    assert isinstance(asked, tuple)
    assert asked[-1].id == conversation


@pytest.mark.parametrize("still", [True, False])
def test_what_was_left_is_confirmed_below_the_answer_and_in_the_card(
    events: Events, leaving: Leaving, still: bool
) -> None:
    """Also if a question has closed the card meanwhile."""
    _, state = put(events, REFUND, Conversation())
    opened_for = state.id if still else ""
    left = leaving.leave(state.id, ABOUT, CONTACT)
    assert left is not None
    first, chat, good, bad, below, told = confirmed(events, opened_for, state)
    assert [part["visible"] for part in (first, chat, good, bad, below)] == [False, True, False, False, True]
    assert chat["value"][:-1] == list(state.turns)
    assert f"**{left.code}**" in chat["value"][-1]["content"]
    assert "남기신 연락처로 연락드립니다." in chat["value"][-1]["content"]
    assert (told.offered, told.entry, told.questions) == (state.offered, None, state.questions)
    html, _ = opened(events, told)
    assert "이 대화에서는 이미 남기셨습니다." in html
    assert "<form" not in html
    assert "2345" not in html + str(told)


@pytest.mark.parametrize("state", [Conversation(), Conversation(id=ONE, answering=True)])
def test_nothing_is_confirmed_that_was_not_left_or_while_an_answer_is_under_way(
    events: Events, leaving: Leaving, state: Conversation
) -> None:
    if state.answering:
        leaving.leave(ONE, ABOUT, "")
    assert events.confirm(ONE, state) == UNCHANGED
    assert events.confirm("", state) == UNCHANGED


def test_where_nothing_can_be_left_the_card_is_as_before(recorder: Recorder) -> None:
    events = Events(recorder, Limiter("3/hour"), Metrics({}))
    _, state = put(events, REFUND, Conversation())
    html, _ = opened(events, state)
    assert "남기기" not in html
    assert 'class="code"' in html


def test_without_a_journal_there_is_no_form(events: Events, journal: Journal) -> None:
    journal.database.opened = False
    html, _ = opened(events, Conversation())
    assert "남기기" not in html


def test_within_the_hours_nothing_is_said_of_them(recorder: Recorder, journal: Journal) -> None:
    journal.clock = lambda: dt.datetime(2026, 3, 2, 3, tzinfo=dt.UTC)
    leaving = Leaving(journal, requests_of(journal), recorder.writer, Metrics({}), read_hours(HOURS))
    left = leaving.leave(ONE, ABOUT, CONTACT)
    assert left is not None
    assert "상담 시간" not in leaving.confirmation(left)


def test_what_the_webhook_has_no_room_for_is_marked(recorder: Recorder, journal: Journal) -> None:
    class Full:
        def tell(self, _: object) -> bool:
            return False

    full: Any = Full()
    leaving = Leaving(journal, requests_of(journal), recorder.writer, Metrics({}), read_hours(""), full)
    leaving.leave(ONE, ABOUT, "")
    assert [one.notice for one in requests_of(journal).untold(10)] == ["failed"]


def test_a_summary_keeps_the_newest_questions_and_its_length() -> None:
    questions = [f"질문 {number} " + "가" * 90 for number in range(40)]
    text = summary(questions, ["제7조 제3항"] * 100)
    assert len(text) <= LONGEST_ABOUT
    lines = text.split("\n")
    assert lines[-2].startswith("- 질문 39 ")
    assert lines[-1].startswith("안내한 조항: 제7조 제3항")
    assert len(lines) > 5
    assert summary([], []) == ""
