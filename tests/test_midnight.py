"""What is done when a day begins in Seoul."""

from __future__ import annotations

import asyncio
import datetime as dt
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from bot.background import AFTER, at_midnight, seconds_left
from index.editions.edition import SEOUL

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("clock", "seconds"), [("23:59:59", 1), ("00:00:00", 86_400), ("00:00:01", 86_399), ("12:00:00", 43_200)]
)
def test_the_seconds_left_end_just_after_midnight(clock: str, seconds: int) -> None:
    now = dt.datetime.fromisoformat(f"2025-12-14T{clock}").replace(tzinfo=SEOUL)
    assert seconds_left(now) == seconds + AFTER


def test_it_is_done_at_once_and_again_after_midnight_whatever_fails(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    slept: list[float] = []
    done: list[int] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            raise asyncio.CancelledError

    def act() -> None:
        done.append(len(done))
        if len(done) == 1:
            raise OSError("no disk")

    times = iter(["12:00:00", "23:59:30", "23:59:59"])
    clock: Callable[[], dt.datetime] = lambda: dt.datetime.fromisoformat(f"2025-12-14T{next(times)}+09:00")  # noqa: E731
    # not in asyncio itself: servers of other tests sleep too
    own = SimpleNamespace(sleep=sleep, to_thread=asyncio.to_thread)
    monkeypatch.setattr("bot.background.asyncio", own)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(at_midnight(act, clock))
    assert (done, slept) == ([0, 1, 2], [3600.0, 31.0, 2.0])
    assert "no disk" in caplog.text
