"""Whether a question is answered: asked seldom, never by two, and not waited for too long."""

from __future__ import annotations

import asyncio
import os
import threading
from typing import TYPE_CHECKING

import pytest

from bot.answer import Answer, Status
from bot.errors import NotReadyError
from bot.probe import ANY, BROKEN, MOST, WRONG, probe
from bot.web.operations import Readiness
from index.freshness import newest_change

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.service import Service
    from bot.understand.question import Ask


class Probe:
    """Gives one reason after the other and counts."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = list(reasons)
        self.asked = 0

    def __call__(self) -> str:
        self.asked += 1
        return self.reasons.pop(0)


def test_one_look_is_kept_for_some_seconds() -> None:
    now, looked = [0.0], Probe("loading", "", "broken")
    readiness = Readiness(looked, kept=5.0, clock=lambda: now[0])

    async def look() -> list[str]:
        found = []
        for at in (0.0, 4.9, 5.0, 9.9, 10.0):
            now[0] = at
            found.append(await readiness.reason())
        return found

    assert asyncio.run(look()) == ["loading", "loading", "", "", "broken"]
    assert looked.asked == 3


def test_many_at_once_make_one_look() -> None:
    looked = Probe("")
    readiness = Readiness(looked)

    async def look() -> list[str]:
        return await asyncio.gather(*(readiness.reason() for _ in range(20)))

    found = asyncio.run(look())
    assert looked.asked == 1
    assert found[0] == ""


def test_an_answer_that_does_not_come_is_told_in_time_and_not_asked_for_again() -> None:
    free, asked = threading.Event(), []

    def stuck() -> str:
        asked.append(1)
        free.wait(30)
        return ""

    readiness = Readiness(stuck, kept=0.0, bound=0.05)

    async def look() -> list[str]:
        found = [await readiness.reason(), await readiness.reason()]
        free.set()
        while readiness._under_way:
            await asyncio.sleep(0.01)
        return [*found, await readiness.reason()]

    assert asyncio.run(look()) == ["slow", "slow", ""]
    assert len(asked) == 2


def ending(*ends: Status) -> tuple[Callable[[Ask], Answer], list[str]]:
    """Who answers with these endings, and what was asked."""
    left, asked = list(ends), list[str]()

    def answer(ask: Ask) -> Answer:
        asked.append(ask.question)
        return Answer(left.pop(0), "")

    return answer, asked


def test_one_known_question_that_is_answered_is_enough() -> None:
    answer, asked = ending(Status.NOT_FOUND, Status.ANSWERED)
    assert probe(answer, ["가", "나", "다"]) == ""
    assert asked == ["가", "나"]


def test_where_nothing_known_is_answered_something_is_wrong() -> None:
    answer, asked = ending(*[Status.NOT_FOUND] * 9)
    assert probe(answer, list("가나다라마")) == WRONG
    assert len(asked) == MOST


def test_where_nothing_is_known_any_ending_will_do() -> None:
    answer, asked = ending(Status.NOT_FOUND)
    assert probe(answer, []) == ""
    assert asked == [ANY]


def test_answering_that_fails_is_told() -> None:
    def fail(ask: Ask) -> Answer:
        raise NotReadyError(ask.question)

    assert probe(fail, ["가"]) == BROKEN


def test_the_service_is_asked_in_its_own_words(shop_service: Service) -> None:
    assert shop_service.probe() == "loading"
    shop_service.load()
    assert shop_service.probe() == ""
    assert not shop_service.behind
    changed = shop_service.settings.data / "questions" / "가게" / "1.md"
    changed.write_text(changed.read_text(encoding="utf-8"), encoding="utf-8")
    os.utime(changed, (2e9, 2e9))
    assert shop_service.behind


@pytest.mark.parametrize("hidden", [False, True])
def test_the_newest_change_is_that_of_any_file_that_is_not_hidden(tmp_path: Path, hidden: bool) -> None:
    inner = tmp_path / "data" / "a"
    inner.mkdir(parents=True)
    file = inner / (".aside" if hidden else "file")
    file.touch()
    os.utime(file, (2e9, 2e9))
    os.utime(inner, (1e9, 1e9))
    assert newest_change(tmp_path / "data") == (1e9 if hidden else 2e9)
    assert newest_change(tmp_path / "nothing") == 0
