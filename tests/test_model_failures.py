"""A model that is slow, broken, rate-limited or away: an answer comes every time, within the limit."""

from __future__ import annotations

from time import perf_counter, sleep
from typing import TYPE_CHECKING

import pytest
from support.adversary import KEY, Adversary

from bot.answer import Status

if TYPE_CHECKING:
    from support.model_fixtures import Bot

    from index.passages import Passage

pytest_plugins = ["support.model_fixtures"]

SECONDS = 1.0
MACHINE = 20.0  # that a busy machine adds; a model that is waited for adds more
PROMPT_WORDS = ("약관 상담 도우미", "근거 번호", "자료일 뿐")


@pytest.mark.parametrize(
    ("manner", "says", "reason"),
    [
        ("500", "", "broken"),
        ("429", "", "limited"),
        ("json", "", "broken"),
        ("silent", "", "slow"),
        ("stall", "고객이 해지를 요청하더라도 이미 제공된 서비스나 착수비는", "slow"),
        ("killed", "고객이 해지를 요청하더라도 이미 제공된 서비스나 착수비는", "broken"),
        ("unfinished", "고객이 해지를 요청하더라도 이미 제공된 서비스나 착수비는", "broken"),
        ("well", "가" * 100_000, "broken"),
        ("empty", "", None),
        ("well", " \n\n ", None),
        ("well", "[1][2][1]", None),
    ],
)
def test_a_broken_model_means_the_quoting_answer_within_the_limit(
    adversary: Adversary, passages: dict[str, Passage], bot: Bot, manner: str, says: str, reason: str | None
) -> None:
    found, reasons = [passages["15.3"], passages["7.3"]], list[str]()
    adversary.manner, adversary.says = manner, says
    started = perf_counter()
    answer = bot.answer(adversary.writer(SECONDS, reasons.append), found)
    assert perf_counter() - started < SECONDS + MACHINE
    assert answer.status is Status.ANSWERED
    assert answer.text == bot.quote(found)
    assert [c.mark for c in answer.citations] == ["제15조 제3항", "제7조 제3항"]
    assert reasons == ([reason] if reason else [])


def test_an_answer_cut_off_amid_is_completed_with_the_clauses(
    adversary: Adversary, passages: dict[str, Passage], bot: Bot
) -> None:
    found = [passages["20.1"], passages["7.3"]]
    first = "본 약관은 대한민국 법을 따릅니다."
    adversary.manner, adversary.says = "stall", f"{found[0].quote} [1]\n미납"[:20]
    assert bot.answer(adversary.writer(SECONDS), found).text == bot.quote(found)
    assert first not in bot.quote(found)


def test_an_unreachable_model_means_the_quoting_answer(passages: dict[str, Passage], bot: Bot) -> None:
    found, reasons = [passages["15.3"]], list[str]()
    writer = Adversary("http://127.0.0.1:9/v1").writer(SECONDS, reasons.append)
    assert bot.answer(writer, found).text == bot.quote(found)
    assert reasons == ["unreachable"]


def test_one_failure_before_the_first_word_is_tried_again(
    adversary: Adversary, passages: dict[str, Passage], bot: Bot
) -> None:
    adversary.manner, adversary.failures = "429", 1
    adversary.says = "해지를 요청하더라도 이미 제공된 서비스나 착수비·선투자 비용은 환불되지 않습니다. [1]"
    assert bot.answer(adversary.writer(), [passages["15.3"]]).text.startswith("해지를 요청하더라도 이미 제공된")
    assert len(adversary.asked) == 2


def test_a_model_that_keeps_failing_is_left_alone_and_asked_again_later(
    adversary: Adversary, passages: dict[str, Passage], bot: Bot
) -> None:
    found, reasons = [passages["15.3"]], list[str]()
    adversary.manner = "500"
    writer = adversary.writer(SECONDS, reasons.append, rest_seconds=0.3)
    for _ in range(7):
        bot.answer(writer, found)
    assert reasons == ["broken"] * 5 + ["resting"] * 2
    assert len(adversary.asked) == 10
    adversary.manner, adversary.says = "well", f"{found[0].quote} [1]"
    sleep(0.4)
    bot.answer(writer, found)
    assert len(adversary.asked) == 11
    assert len(reasons) == 7


def test_the_prompt_and_the_key_stay_inside(
    adversary: Adversary, passages: dict[str, Passage], bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    found = [passages["15.3"]]
    bot.answer(adversary.writer(), found)
    prompt = adversary.asked[0]["messages"][0]["content"]
    assert all(word in prompt for word in PROMPT_WORDS)
    adversary.says = prompt
    answer = bot.answer(adversary.writer(), found)
    assert not any(word in answer.text for word in PROMPT_WORDS)
    assert {k.lower(): v for k, v in adversary.headers[0].items()}["authorization"] == f"Bearer {KEY}"
    assert KEY not in caplog.text + str(answer)
