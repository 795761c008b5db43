"""A conversation when not all is well: too many questions, faults, a journal that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import text
from support.chatting import REFUND, begin, put, read_all

from bot.errors import BUSY
from bot.recorder import Recorder
from bot.service import FAILED
from bot.web.chat.conversation import Conversation
from bot.web.chat.events import CONCURRENT, Events
from bot.web.limits import Limiter

if TYPE_CHECKING:
    import pytest

    from bot.journal.journal import Journal
    from bot.service import Service
    from bot.web.metrics import Metrics

pytest_plugins = ["support.chat_events"]


def test_beyond_the_rate_the_answer_is_how_long_to_wait_and_nothing_is_written(
    events: Events, chat_journal: Journal, metrics: Metrics
) -> None:
    turns, state = list[Any](), Conversation()
    for _ in range(4):
        turns, state = put(events, REFUND, state)
    assert turns[-1]["content"].startswith("잠시 동안 질문이 너무 많았습니다.")
    assert (state.answering, state.entry, len(read_all(chat_journal))) == (False, None, 3)
    assert "bot_limited_requests_total 1.0" in metrics.exposition("ready", "")[0].decode()


def test_when_all_places_are_taken_the_answer_is_that_and_they_come_back(
    shop_service: Service, chat_journal: Journal, metrics: Metrics
) -> None:
    shop_service.load()
    events = Events(Recorder(shop_service, chat_journal, metrics), Limiter("1000/hour"), metrics)
    under_way = []
    for _ in range(CONCURRENT):
        under_way.append(begin(events, REFUND, Conversation()))
        next(under_way[-1])
    refused = put(events, REFUND, Conversation())[0][-1]["content"]
    assert refused.startswith(BUSY)
    assert "02-000-0000" in refused
    under_way[0].close()  # type: ignore[attr-defined]  # as Gradio does when a person leaves
    assert "7일 안에" in put(events, REFUND, Conversation())[0][-1]["content"]


def test_whatever_goes_wrong_is_told_and_the_next_question_can_be_asked(
    events: Events, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("secret inside")

    with monkeypatch.context() as patch:
        patch.setattr("bot.service.next_questions", fail)
        turns, state = put(events, REFUND, Conversation())
    assert turns[-1]["content"].startswith(FAILED)
    assert "02-000-0000" in turns[-1]["content"]
    assert "secret inside" in caplog.text
    assert "7일 안에" in put(events, REFUND, state)[0][-1]["content"]


def test_a_journal_that_fails_leaves_contacts_without_a_code_and_no_rating(
    events: Events, chat_journal: Journal
) -> None:
    with chat_journal.database.writing() as session:
        for table in ("entries", "handovers"):
            session.execute(text(f"ALTER TABLE journal_{table} RENAME TO aside_{table}"))
    *_, (turns, good, *_, state) = begin(events, REFUND, Conversation())
    assert "7일 안에" in turns[-1]["content"]
    assert (good["visible"], state.entry) == (False, None)
    card = events.hand_over("", state)[0]
    assert "02-000-0000" in card["value"]
    assert "code" not in card["value"]
    assert events.hand_over(state.id, state)[0] == {"value": "", "visible": False, "__type__": "update"}
