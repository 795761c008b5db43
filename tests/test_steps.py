"""The seconds of the steps: each alone, those within it apart."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from index import steps as module
from index.steps import Steps, each, listening, step

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look at the clock is one second after the one before."""
    seconds = count()
    monkeypatch.setattr(module, "perf_counter", lambda: float(next(seconds)))


def test_a_step_within_another_is_not_a_part_of_it() -> None:
    steps = Steps()
    with listening(steps), step("decide"), step("rank"), step("embed"):
        pass
    # entered at 0, 1 and 2; left at 3, 4 and 5
    assert steps.seconds == {"decide": 2.0, "rank": 2.0, "embed": 1.0}


def test_a_step_that_is_done_twice_adds_up() -> None:
    steps = Steps()
    with listening(steps):
        for _ in range(2):
            with step("embed"):
                pass
    assert steps.seconds == {"embed": 2.0}


def test_what_is_done_between_the_things_is_no_step_of_their_making() -> None:
    steps = Steps()
    with listening(steps):
        for _ in each("write", "ab"):
            with step("verify"):
                pass
    # "a", "b" and the end of them
    assert steps.seconds == {"write": 3.0, "verify": 2.0}


def test_a_step_that_fails_is_left() -> None:
    steps = Steps()
    with listening(steps):
        with pytest.raises(ValueError, match="no"), step("write"):
            raise ValueError("no")
        with step("verify"):
            pass
    assert steps.seconds == {"write": 1.0, "verify": 1.0}


def test_where_nobody_listens_nothing_is_kept() -> None:
    steps = Steps()
    with listening(steps):
        pass
    with step("read"):
        assert list(each("write", "ab")) == ["a", "b"]
    assert steps.seconds == {}


def test_a_generator_is_closed_with_what_reads_it() -> None:
    closed = []

    def made() -> Iterator[int]:
        try:
            yield 1
        finally:
            closed.append(True)

    things = each("write", made())
    next(things)
    things.close()
    assert closed == [True]
