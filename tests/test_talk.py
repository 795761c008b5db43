"""Conversation and what is too vague, on the project's own utterances and terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.answer import Status
from bot.talk import TOPICS, asks_nothing, hear
from bot.understand.question import Ask, Query

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


@pytest.mark.parametrize("text", ["며칠까지예요?", "되나요 안 되나요?", "그건 왜 그런데요?", "누가 해야 하는데요?"])
def test_a_question_without_its_subject_is_asked_back_and_taken_for_nothing_else(
    real_service: Service, text: str
) -> None:
    answer = real_service.ask(Ask(text))
    assert (answer.status, answer.act, answer.citations) == (Status.CLARIFY, "vague", ())


@pytest.mark.parametrize("text", ["회사 것은요?", "그럼 알바생은?", "느그 거는예?"])
def test_what_asks_on_in_a_conversation_is_no_remark(real_search: ClauseSearch, text: str) -> None:
    query = Query(text, ("고객 데이터는 누구 거예요?",))
    assert hear(query, real_search).act == ""


def test_what_is_too_vague_gets_topics_that_are_answered_when_they_are_asked(real_service: Service) -> None:
    asked_back = real_service.ask(Ask("요금"))
    assert (asked_back.status, asked_back.citations) == (Status.CLARIFY, ())
    assert 2 <= len(asked_back.topics) <= TOPICS
    assert asked_back.topics[0] == "이용요금 및 지불조건 (제7조)"
    for topic in asked_back.topics:
        assert f"- {topic}" in asked_back.text
        assert real_service.ask(Ask(topic, ("요금",))).status is Status.ANSWERED
