"""The day of the contract as an English question says it."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.day import read_day, without_day
from bot.errors import RejectedError

TODAY, REVISED = dt.date(2026, 11, 25), dt.date(2025, 12, 15)


@pytest.mark.parametrize(
    ("text", "first", "last", "rest"),
    [
        ("We signed in March 2026, can we cancel?", "2026-03-01", "2026-03-31", "can we cancel?"),
        ("I signed up on March 2nd, 2026. Is it refunded?", "2026-03-02", "2026-03-02", "Is it refunded?"),
        ("Our contract dated 2 March 2026, who pays?", "2026-03-02", "2026-03-02", "who pays?"),
        ("we have been customers since 2025 and who owns the data?", "2025-01-01", "2025-12-31", "who owns the data?"),
        ("We entered into the agreement on 2025-12-20. Refund?", "2025-12-20", "2025-12-20", "Refund?"),
        ("Can we cancel? We signed the contract back in Feb. 2026.", "2026-02-01", "2026-02-28", "Can we cancel?"),
        ("We signed in November 2026. Refund?", "2026-11-01", "2026-11-25", "Refund?"),  # it is not over
    ],
)
def test_the_day_of_the_contract_is_read(text: str, first: str, last: str, rest: str) -> None:
    said = read_day(text, TODAY, REVISED)
    assert said
    assert (said.first.isoformat(), said.last.isoformat()) == (first, last)
    assert without_day(text, said) == rest


@pytest.mark.parametrize(
    "text",
    [
        "When do these terms take effect, December 2025?",
        "Is the invoice of March 2026 refunded?",
        "Our contract ends in March 2026, what then?",
        "The contract expires on 2026-03-02.",
        "We cancelled in March 2026.",
        "Can you give my data to the police since 2025?",
    ],
)
def test_another_day_is_none(text: str) -> None:
    assert read_day(text, TODAY, REVISED) is None


def test_a_day_that_does_not_exist_is_told() -> None:
    with pytest.raises(RejectedError, match="30 February 2026"):
        read_day("We signed on 30 February 2026. Refund?", TODAY, REVISED)


@given(st.text(st.sampled_from("We signed on the contract dated 2026-13 March 0 , .?"), max_size=80))
def test_any_text_is_read(text: str) -> None:
    with suppress(RejectedError):
        read_day(text, TODAY, REVISED)
