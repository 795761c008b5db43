"""Conversation and what is too vague, on the project's own utterances and terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.answer import Status
from bot.talk import TOPICS, asks_nothing
from bot.understand.question import Ask

if TYPE_CHECKING:
    from bot.service import Service
    from index.search.clause_search import ClauseSearch

pytestmark = pytest.mark.model

NONSENSE = ["ㅁㄴㅇㄹ", "asdf", "ㅋㅋㅋㅋ", "qwer1234"]
SAID = ["안녕하세요", "고맙습니다!", "상담원 연결해 주세요"]


@pytest.mark.parametrize("text", [*NONSENSE, *SAID])
def test_nonsense_and_greetings_ask_nothing(real_search: ClauseSearch, text: str) -> None:
    assert asks_nothing(real_search.score([text])[0])


@pytest.mark.parametrize(
    "text", ["주차되나요?", "연체 이자율은 몇 퍼센트예요?", "해지하면 환불되나요?", "SLA가 뭐예요?"]
)
def test_questions_ask_something_whether_the_terms_answer_them_or_not(real_search: ClauseSearch, text: str) -> None:
    assert not asks_nothing(real_search.score([text])[0])


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense_is_asked_back(real_service: Service, text: str) -> None:
    assert real_service.ask(Ask(text)).status is Status.CLARIFY


def test_what_is_too_vague_gets_topics_that_are_answered_when_they_are_asked(real_service: Service) -> None:
    asked_back = real_service.ask(Ask("요금"))
    assert (asked_back.status, asked_back.citations) == (Status.CLARIFY, ())
    assert 2 <= len(asked_back.topics) <= TOPICS
    assert asked_back.topics[0] == "이용요금 및 지불조건 (제7조)"
    for topic in asked_back.topics:
        assert f"- {topic}" in asked_back.text
        assert real_service.ask(Ask(topic, ("요금",))).status is Status.ANSWERED
