"""The chat when not all is well: loading, too many questions, faults. A shop's terms, a model that can be held up."""

from __future__ import annotations

import shutil
import threading
import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect
from support.asking import WAIT_MS, ask
from support.fakes import FakeEmbedder
from support.serving import MARKS, serve

from bot.chain import BY_WORDS
from bot.service import FAILED, MISSING, Service

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy as np

    from bot.settings import Settings

pytest_plugins = ["support.browsers"]
pytestmark = MARKS
LOADING = "답변을 준비하고 있습니다. 지금 질문하셔도 됩니다."
UNDER_WAY = 20  # s that three questions take at most on a busy machine
ANSWER = "받은 날부터 7일 안에 환불을 신청할 수 있습니다."


class FailingEmbedder(FakeEmbedder):
    """Embeds anything but "날씨"."""

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        if texts == ["날씨"]:
            raise MemoryError("no memory for 날씨")
        return super().queries(texts)

    passages = queries


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """The model is loaded when this is set, at the end of the test at the latest."""
    opened = threading.Event()

    def load(*_: object) -> FailingEmbedder:
        opened.wait()
        return FailingEmbedder()

    monkeypatch.setattr("index.search.build.load_embedder", load)
    yield opened
    opened.set()


@pytest.fixture
def shop(
    browser: Browser, shop_settings: Settings, shop_index: Path, gate: threading.Event, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """In front of the shop's chat, which takes two questions a minute and is loading until ``gate`` is set.

    It has an index, unless the test's parameter is "no index".
    """
    if getattr(request, "param", "") != "no index":
        shutil.copytree(shop_index, shop_settings.index)
    settings = shop_settings.model_copy(update={"rate": "2/minute"})
    with serve(Service(settings)) as origin:
        context = browser.new_context(locale="ko-KR", base_url=origin)
        opened = context.new_page()
        opened.goto("/")
        yield opened
        context.close()
        gate.set()


def test_a_question_asked_while_the_models_load_is_answered_when_they_are_there(
    shop: Page, gate: threading.Event
) -> None:
    state = shop.locator("#state")
    expect(state).to_contain_text(LOADING)
    ask(shop, "환불 되나요")
    expect(shop.locator("#chat .user.message")).to_have_text("환불 되나요")
    expect(shop.locator("#chat .bot.message")).to_have_text("찾는 중…")
    gate.set()
    expect(shop.locator("#chat .bot.message")).to_contain_text(ANSWER, timeout=WAIT_MS)
    expect(shop.locator("#chat")).not_to_contain_text("찾는 중…")
    expect(state).to_be_hidden()


@pytest.mark.parametrize("shop", ["no index"], indirect=True)
def test_while_the_first_index_is_made_it_answers_by_words_and_says_so(shop: Page, gate: threading.Event) -> None:
    state = shop.locator("#state")
    expect(state).to_have_text(MISSING, timeout=WAIT_MS)
    ask(shop, "환불 되나요")
    answer = shop.locator("#chat .bot.message")
    expect(answer).to_contain_text(ANSWER, timeout=WAIT_MS)
    expect(answer).to_contain_text(BY_WORDS.strip("_"))
    gate.set()
    expect(state).to_be_hidden(timeout=WAIT_MS)
    ask(shop, "환불 되나요?")
    expect(answer.last).to_contain_text(ANSWER, timeout=WAIT_MS)
    expect(answer.last).not_to_contain_text(BY_WORDS.strip("_"))


def test_a_second_question_stays_in_the_box_until_the_first_has_its_answer(shop: Page, gate: threading.Event) -> None:
    ask(shop, "환불 되나요")
    expect(shop.locator("#chat .user.message")).to_have_count(1)
    ask(shop, "배송은 며칠 걸려요")
    expect(shop.get_by_text("앞 질문에 답하고 있습니다.")).to_be_visible()
    expect(shop.get_by_role("textbox", name="질문")).to_have_value("배송은 며칠 걸려요")
    gate.set()
    expect(shop.locator("#chat .bot.message")).to_contain_text(ANSWER, timeout=WAIT_MS)
    expect(shop.get_by_role("button", name="도움이 됐어요")).to_be_enabled()
    shop.get_by_role("textbox", name="질문").press("Enter")
    expect(shop.locator("#chat .bot.message").last).to_contain_text("3일 안에 보냅니다.")
    expect(shop.locator("#chat .user.message")).to_have_text(["환불 되나요", "배송은 며칠 걸려요"])


def test_an_answer_that_comes_after_a_new_conversation_began_does_not_come_back(
    shop: Page, gate: threading.Event
) -> None:
    ask(shop, "환불 되나요")
    expect(shop.locator("#chat .user.message")).to_have_count(1)
    shop.get_by_role("button", name="새 대화").click()
    expect(shop.locator("#starters")).to_be_visible()
    gate.set()
    expect(shop.locator("#state")).to_be_hidden(timeout=WAIT_MS)
    ask(shop, "배송은 며칠 걸려요")
    expect(shop.locator("#chat .bot.message")).to_contain_text("3일 안에 보냅니다.")
    expect(shop.locator("#chat .user.message")).to_have_text(["배송은 며칠 걸려요"])


def test_too_many_questions_are_told_how_long_to_wait(shop: Page, gate: threading.Event) -> None:
    gate.set()
    left = 60 - time.time() % 60
    if left < UNDER_WAY:  # beyond a minute of the clock a part of what was counted before it is forgotten
        time.sleep(left)
    for count in (1, 2):
        ask(shop, "환불 되나요")
        expect(shop.locator("#chat .bot.message")).to_have_count(count, timeout=WAIT_MS)
        expect(shop.get_by_role("button", name="도움이 됐어요")).to_be_enabled()
    ask(shop, "환불 되나요")
    expect(shop.locator("#chat .bot.message").last).to_contain_text("잠시 동안 질문이 너무 많았습니다.")
    expect(shop.locator("#chat .bot.message").last).to_contain_text("초 뒤에 다시 시도해 주세요.")
    expect(shop.get_by_role("button", name="도움이 됐어요")).to_be_hidden()


def test_a_fault_is_told_in_korean_without_its_inside_and_a_new_conversation_goes_on(
    shop: Page, gate: threading.Event
) -> None:
    gate.set()
    ask(shop, "날씨")
    expect(shop.locator("#chat .bot.message")).to_contain_text(FAILED, timeout=WAIT_MS)
    expect(shop.locator("#chat .bot.message")).to_contain_text("02-000-0000")
    expect(shop.get_by_role("button", name="도움이 됐어요")).to_be_hidden()
    assert "no memory" not in shop.content()
    shop.get_by_role("button", name="새 대화").click()
    expect(shop.locator("#starters")).to_be_visible()
    ask(shop, "환불 되나요")
    expect(shop.locator("#chat .bot.message")).to_contain_text(ANSWER)
