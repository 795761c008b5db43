"""The state of an edition, by date alone."""

from __future__ import annotations

import pytest

from index.editions.state import State, newest_change, states_on
from index.sentences import is_proviso, only_letters, split_sentences

DATES = ("2024-01-01", "2025-01-01", "2026-01-01")


@pytest.mark.parametrize(
    ("day", "states", "pair"),
    [
        ("2023-12-31", ["시행 예정"] * 3, DATES[:2]),
        ("2024-06-01", ["시행 중", "시행 예정", "시행 예정"], DATES[:2]),
        ("2025-01-01", ["지난 판", "시행 중", "시행 예정"], DATES[1:]),
        ("2026-06-01", ["지난 판", "지난 판", "시행 중"], DATES[1:]),
    ],
)
def test_editions_by_day(day: str, states: list[str], pair: tuple[str, str]) -> None:
    assert [state.name_shown for state in states_on(DATES, day).values()] == states
    assert newest_change(DATES, day) == pair


def test_a_single_edition_has_no_change() -> None:
    assert newest_change(DATES[:1], "2025-06-01") is None


def test_where_no_edition_is_in_force_all_are_announced() -> None:
    assert State.of("2025-01-01", "") is State.ANNOUNCED


def test_sentences_and_their_provisos() -> None:
    sentences = split_sentences("환불합니다. 다만, 뜯은 것은 빼고 합니다.")
    assert list(map(is_proviso, sentences)) == [False, True]
    assert not is_proviso("단계마다 다릅니다.")
    assert only_letters("가게 약관(Ver. 2)") == "가게약관ver2"
