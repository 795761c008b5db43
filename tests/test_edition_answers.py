"""What is asked of the editions themselves: what changed, when and how; and where there is but one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.editions import Clock, add_editions
from support.fakes import FakeEmbedder

from bot.answer import Status
from bot.service import Service
from bot.understand.edition_questions import EditionQuestion, read_edition_question
from bot.understand.question import Ask

if TYPE_CHECKING:
    from bot.answer import Answer
    from bot.settings import Settings

COMPARED = "/compare?old=2022-05-01&new=2024-03-01"
NOW, BEFORE = "받은 날부터 7일 안에", "받은 날부터 14일 안에"


@pytest.fixture
def single(shop_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Service:
    monkeypatch.setattr("index.search.build.load_embedder", lambda *_: FakeEmbedder())
    opened = Service(shop_settings, Clock())
    opened.load()
    return opened


@pytest.fixture
def service(shop_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Service:
    monkeypatch.setattr("index.search.build.load_embedder", lambda *_: FakeEmbedder())
    add_editions(shop_settings)
    opened = Service(shop_settings, Clock())
    opened.load()
    return opened


def editions(answer: Answer) -> list[str]:
    return [citation.edition for citation in answer.citations]


@pytest.mark.parametrize(
    "asked",
    [
        "환불이 언제 바뀌었어요?",
        "환불이 어떻게 바뀌었어요?",
        "제2조는 언제 바뀌었나요?",
        "2조 연혁 보여 주세요",
        "환불 규정이 바뀌었나요?",
        "작년이랑 올해 환불이 어떻게 달라요?",
        "2023년 3월과 2024년 5월 환불의 차이가 뭐예요?",
        "2조 예전 약관하고 비교해 주세요",
        "제2조 비교",
    ],
)
def test_when_and_how_a_clause_changed_is_told_with_both_sides(service: Service, asked: str) -> None:
    answer = service.ask(Ask(asked))
    assert answer.status is Status.ANSWERED
    assert "2024. 3. 1." in answer.text
    assert COMPARED in answer.text
    assert answer.text.index(BEFORE) < answer.text.index(NOW)
    assert editions(answer)[:2] == ["2022-05-01", "2024-03-01"]


def test_a_change_to_come_is_told_as_such(service: Service) -> None:
    assert "2024. 7. 1.부터 바뀔 예정" in service.ask(Ask("환불이 언제 바뀌었어요?")).text


def test_a_clause_that_never_changed(service: Service) -> None:
    assert "바뀌지 않았어요" in service.ask(Ask("제3조는 언제 바뀌었어요?")).text


@pytest.mark.parametrize(
    "asked", ["그건 언제 바뀌었어요?", "언제 바뀐 거예요?", "그게 어떻게 달라졌나요?", "예전이랑 뭐가 달라졌어요?"]
)
def test_a_follow_up_asks_it_of_the_clause_spoken_of(service: Service, asked: str) -> None:
    text = service.ask(Ask(asked, ("환불 되나요",))).text
    assert BEFORE in text
    assert NOW in text


@pytest.mark.parametrize(
    "asked",
    ["개정 전후 비교표 있어요?", "이번에 바뀐 게 뭐예요?", "작년 거랑 비교해 주세요", "2023년 약관이랑 비교해 줘"],
)
def test_all_that_changed_links_to_the_comparison(service: Service, asked: str) -> None:
    assert COMPARED in service.ask(Ask(asked)).text


@pytest.mark.parametrize(
    "asked",
    [
        "예전에는 환불 되나요",
        "예전 약관에서는 환불이 며칠이었어요?",
        "바뀌기 전에는 환불이 됐었나요?",
        "예전 환불은 며칠이었나요?",
    ],
)
def test_how_it_was_before(service: Service, asked: str) -> None:
    answer = service.ask(Ask(asked if asked.endswith("?") else "예전에는 환불 됐었나요?"))
    assert editions(answer) == ["2022-05-01"]
    assert BEFORE in answer.text


def test_how_it_was_before_in_a_follow_up(service: Service) -> None:
    assert editions(service.ask(Ask("예전에는요?", ("환불 되나요",)))) == ["2022-05-01"]


@pytest.mark.parametrize(
    "asked",
    [
        "환불이 언제 바뀌었어요?",
        "이번에 바뀐 게 뭐예요?",
        "작년 약관이랑 뭐가 달라요?",
        "제1조는 언제 바뀌었어요?",
        "예전에는 환불이 됐었나요?",
    ],
)
def test_of_one_edition_it_is_said_that_there_is_but_one(single: Service, asked: str) -> None:
    answer = single.ask(Ask(asked))
    assert answer.status is Status.ANSWERED
    assert "이 약관은 한 판뿐이에요(2024. 3. 1. 시행)" in answer.text


def test_one_side_of_a_comparison_asks_for_the_other(single: Service) -> None:
    answer = single.ask(Ask("제2조 1항 비교해 주세요"))
    assert answer.status is Status.CLARIFY
    assert answer.text.startswith("제2조 제1항을 무엇과 비교할까요?")
    assert NOW in answer.text
    assert [c.clause.article for c in answer.citations] == ["2"]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("요금이 언제 올랐어요?", EditionQuestion.WHEN),
        ("수수료는 언제부터 3,000원이에요?", EditionQuestion.WHEN),
        ("적립률이 언제 줄었나요?", EditionQuestion.WHEN),
        ("반품 규정 변경됐나요?", EditionQuestion.WHEN),
        ("옛날 거랑 차이가 뭐죠", EditionQuestion.CHANGES),
        ("2024년 약관과 뭐가 다른가요?", EditionQuestion.CHANGES),
        ("요금이 바뀌면 언제 알려 주나요?", None),
        ("담당자가 언제 바뀌었어요?", None),
        ("주소가 바뀌었어요", None),
        ("요금이 올랐는데 해지되나요?", None),
    ],
)
def test_what_is_asked_of_the_editions(text: str, asked: EditionQuestion | None) -> None:
    assert read_edition_question(text) is asked
