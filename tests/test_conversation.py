"""A conversation on the page's events: asking, answers that grow, suggestions, ratings."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

import pytest
from support.chatting import ADDRESS, REFUND, begin, put, read_all

from bot.answer import Answer, Status, bullets
from bot.recorder import Recorder
from bot.web.chat.conversation import SEARCHING, Conversation
from bot.web.chat.events import Events, below

if TYPE_CHECKING:
    from collections.abc import Generator

    from bot.journal.journal import Journal

pytest_plugins = ["support.chat_events"]


def test_a_question_is_shown_escaped_and_kept_as_typed(events: Events) -> None:
    asked = cast("tuple[Any, ...]", events.ask("<b>*환불*</b>", Conversation()))
    assert asked[0] == ""
    assert asked[2]["value"][0] == {"role": "user", "content": r"&lt;b>\*환불\*&lt;/b>"}
    assert asked[-1].questions == ("<b>*환불*</b>",)
    assert len(asked[-1].id) == 32


def test_until_it_has_an_answer_a_question_is_shown_to_be_looked_into(events: Events) -> None:
    asked = cast("tuple[Any, ...]", events.ask(REFUND, Conversation()))
    assert asked[2]["value"][1:] == [{"role": "assistant", "content": SEARCHING}]
    assert asked[-1].turns == ({"role": "user", "content": REFUND},)
    turns, state = put(events, REFUND, Conversation())
    assert SEARCHING not in [turn["content"] for turn in (*turns, *state.turns)]


@pytest.mark.parametrize("text", ["", " ", "\n\t \u3000"])
def test_nothing_happens_without_words(events: Events, text: str) -> None:
    assert events.ask(text, Conversation()) == {"__type__": "update"}


def test_the_answer_grows_and_ends_with_rating_and_the_journals_row(events: Events, chat_journal: Journal) -> None:
    steps = list(begin(events, "제1조", Conversation()))
    texts = [turns[-1]["content"] for turns, *_ in steps]
    assert all(later.startswith(earlier) for earlier, later in pairwise(texts))
    assert [good["visible"] for _, good, *_ in steps] == [False, False, True]
    state = steps[-1][-1]
    assert (state.entry, state.answering) == (read_all(chat_journal)[0].id, False)
    assert state.marks == ("제1조 제1항", "제1조 제2항")


def say(events: Events, patch: pytest.MonkeyPatch, answer: Answer) -> tuple[Any, ...]:
    """The last step of an answer."""

    def stream(*_: object) -> Generator[Answer, None, int]:
        yield answer
        return 7

    patch.setattr(Recorder, "stream", stream)
    *_, last = begin(events, "말", Conversation())
    return cast("tuple[Any, ...]", last)


def test_who_wishes_for_a_person_gets_the_way_to_one(events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    turns, good, _, person, handed_over, _, state = say(events, monkeypatch, Answer(Status.CHAT, "네.", act="handoff"))
    assert (person["visible"], handed_over) == (True, state.id)
    assert "02-000-0000" in person["value"]
    assert 'class="code"' in person["value"]
    assert good["visible"] is False
    assert (turns[-1]["content"], state.answering) == ("네.", False)


@pytest.mark.parametrize("act", ["greeting", "complaint"])
def test_other_conversation_opens_nothing_and_is_not_rated(
    events: Events, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    _, good, bad, person, handed_over, *_ = say(events, monkeypatch, Answer(Status.CHAT, "안녕하세요!", act=act))
    assert person == handed_over == {"__type__": "update"}
    assert good["visible"] is bad["visible"] is False


def test_topics_to_choose_from_stand_below_what_is_asked_back(events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    topics = ("배송 (제1조)", "환불 되나요?")
    asked_back = Answer(Status.CLARIFY, f"무엇을 찾으세요?\n\n{bullets(topics)}", act="vague", topics=topics)
    turns, *_, below, _ = say(events, monkeypatch, asked_back)
    assert turns[-1]["content"] == "무엇을 찾으세요?"
    assert re.findall('data-question="(.*?)"', below["value"]) == list(topics)


def test_a_follow_up_says_how_it_was_understood_and_stays_in_the_conversation(
    events: Events, chat_journal: Journal
) -> None:
    turns, state = put(events, REFUND, Conversation())
    assert "이렇게 이해했습니다" not in turns[-1]["content"]
    turns, after = put(events, "며칠이요?", state)
    assert turns[-1]["content"].endswith("*이렇게 이해했습니다: 환불 되나요 며칠이요?*")
    assert after.id == state.id
    assert [row.conversation for row in read_all(chat_journal)] == [state.id, state.id]


def test_a_question_while_the_one_before_is_answered_changes_nothing(events: Events, chat_journal: Journal) -> None:
    asked = cast("tuple[Any, ...]", events.ask(REFUND, Conversation()))
    assert events.ask("배송은요", asked[-1]) == {"__type__": "update"}
    _, state = put(events, REFUND, Conversation())
    assert list(events.reply(state, ADDRESS)) == [{"__type__": "update"}]
    assert len(read_all(chat_journal)) == 1


def test_the_next_questions_go_with_the_next_question(events: Events) -> None:
    state = Conversation(id="1" * 32, questions=(REFUND,)).told("답", ['<b>"배송"</b>은요?'])
    assert 'data-question="&lt;b&gt;&#34;배송&#34;&lt;/b&gt;은요?"' in below(state)["value"]
    asked = cast("tuple[Any, ...]", events.ask("배송은 며칠 걸리나요?", state))
    assert asked[-4] == {"value": "", "visible": False, "__type__": "update"}


def test_what_stands_below_an_answer_is_another_each_time() -> None:
    first = Conversation().told("답")
    assert below(first)["value"] != below(first.told("답"))["value"]


@pytest.mark.parametrize(
    "value", [None, 7, 1.5, True, ["환불"], {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}]
)
def test_what_is_no_text_counts_as_none(events: Events, chat_journal: Journal, value: object) -> None:
    assert events.ask(value, Conversation()) == {"__type__": "update"}
    _, state = put(events, REFUND, Conversation())
    events.rate(False, state)
    assert events.explain(value, state) == {"visible": False, "value": "", "__type__": "update"}
    assert read_all(chat_journal)[0].reason == ""


def test_a_question_that_is_too_long_is_told_so_without_being_looked_at(events: Events, chat_journal: Journal) -> None:
    asked = cast("tuple[Any, ...]", events.ask("가" * 4_000_000, Conversation()))
    question, answer = asked[2]["value"]
    assert len(question["content"]) == 501
    assert answer["content"] == "질문이 너무 깁니다. 500자 안으로 줄여서 다시 적어 주세요."
    assert list(events.reply(asked[-1], ADDRESS)) == [{"__type__": "update"}]
    assert (asked[-1].questions, read_all(chat_journal)) == ((), [])


def test_a_reason_that_is_too_long_is_cut(events: Events, chat_journal: Journal) -> None:
    _, state = put(events, REFUND, Conversation())
    events.explain("나" * 4_000_000, state)
    assert read_all(chat_journal)[0].reason == "나" * 300


def test_a_conversation_keeps_its_last_turns(events: Events) -> None:
    state = Conversation()
    for number in range(150):
        state = cast("tuple[Any, ...]", events.ask(f"질문 {number}", state))[-1].told(f"답 {number}")
        state = replace(state, answering=False)
    assert len(state.turns) == 200
    assert (state.turns[0]["content"], state.turns[-1]["content"]) == ("질문 50", "답 149")
    assert (state.questions[0], state.questions[-1], len(state.questions)) == ("질문 50", "질문 149", 100)


def test_ratings_need_an_answer_and_a_reason_some_text(events: Events, chat_journal: Journal) -> None:
    events.rate(True, Conversation())
    _, state = put(events, REFUND, Conversation())
    events.rate(False, state)
    events.explain("  ", state)
    assert [(row.good, row.reason) for row in read_all(chat_journal)] == [(False, "")]
    events.explain("다른 내용이에요", state)
    assert [(row.good, row.reason) for row in read_all(chat_journal)] == [(False, "다른 내용이에요")]
