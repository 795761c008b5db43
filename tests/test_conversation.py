"""A conversation on the page's events: asking, answers that grow, suggestions, ratings."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from chatting import ADDRESS, REFUND, begin, put, read_all

from bot.web.conversation import Conversation, Events

if TYPE_CHECKING:
    import gradio as gr

    from bot.journal.journal import Journal

pytest_plugins = ["chat_events"]


def test_a_question_is_shown_escaped_and_kept_as_typed(events: Events) -> None:
    asked = cast("tuple[Any, ...]", events.ask("<b>*환불*</b>", [], Conversation()))
    assert asked[0] == ""
    assert asked[2]["value"] == [{"role": "user", "content": r"&lt;b>\*환불\*&lt;/b>"}]
    assert asked[-1].questions == ("<b>*환불*</b>",)
    assert len(asked[-1].id) == 32


def test_the_answer_grows_and_ends_with_rating_and_the_journals_row(events: Events, journal: Journal) -> None:
    steps = list(begin(events, "제1조", [], Conversation()))
    texts = [turns[-1]["content"] for turns, *_ in steps]
    assert all(later.startswith(earlier) for earlier, later in pairwise(texts))
    assert [good["visible"] for _, good, _, _ in steps] == [False, False, True]
    state = steps[-1][3]
    assert (state.entry, state.answering) == (read_all(journal)[0].id, False)
    assert state.marks == ("제1조 제1항", "제1조 제2항")


def test_a_follow_up_says_how_it_was_understood_and_stays_in_the_conversation(events: Events, journal: Journal) -> None:
    turns, state = put(events, REFUND, [], Conversation())
    assert "이렇게 이해했습니다" not in turns[-1]["content"]
    turns, after = put(events, "며칠이요?", turns, state)
    assert turns[-1]["content"].endswith("*이렇게 이해했습니다: 환불 되나요 며칠이요?*")
    assert after.id == state.id
    assert [row.conversation for row in read_all(journal)] == [state.id, state.id]


def test_a_question_while_the_one_before_is_answered_changes_nothing(events: Events, journal: Journal) -> None:
    asked = cast("tuple[Any, ...]", events.ask(REFUND, [], Conversation()))
    assert events.ask("배송은요", asked[2]["value"], asked[-1]) == {"__type__": "update"}
    turns, state = put(events, REFUND, [], Conversation())
    assert list(events.reply(turns, state, ADDRESS)) == [{"__type__": "update"}]
    assert len(read_all(journal)) == 1


def test_only_the_last_answer_keeps_its_suggestions(events: Events) -> None:
    turns = [{"role": "assistant", "content": "답", "options": [{"value": "배송은 며칠 걸리나요?"}]}]
    option = cast("gr.SelectData", SimpleNamespace(value="배송은 며칠 걸리나요?"))
    picked = events.pick(turns, Conversation(id="1" * 32, questions=(REFUND,)), option)
    assert isinstance(picked, tuple)
    assert picked[2]["value"] == [
        {"role": "assistant", "content": "답"},
        {"role": "user", "content": "배송은 며칠 걸리나요?"},
    ]


def test_ratings_need_an_answer_and_a_reason_some_text(events: Events, journal: Journal) -> None:
    events.rate(True, Conversation())
    _, state = put(events, REFUND, [], Conversation())
    events.rate(False, state)
    events.explain("  ", state)
    assert [(row.good, row.reason) for row in read_all(journal)] == [(False, "")]
    events.explain("다른 내용이에요", state)
    assert [(row.good, row.reason) for row in read_all(journal)] == [(False, "다른 내용이에요")]
