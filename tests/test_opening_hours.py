"""When agents look at what customers left."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.opening_hours import Hours, read_hours
from index.editions.edition import SEOUL
from index.errors import SettingsError

WEEK = "월-금 09:00-18:00, 토 10:00-13:00"


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """In March 2026, whose second day is a Monday."""
    return dt.datetime(2026, 3, day, hour, minute, tzinfo=SEOUL)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (at(2, 9), None),
        (at(2, 17, 59), None),
        (at(2, 18), at(3, 9)),
        (at(2, 8, 59), at(2, 9)),
        (at(6, 20), at(7, 10)),
        (at(7, 12, 59), None),
        (at(7, 13), at(9, 9)),
        (at(8, 12), at(9, 9)),
    ],
)
def test_the_next_opening(now: dt.datetime, opens: dt.datetime | None) -> None:
    assert read_hours(WEEK).next_opening(now) == opens
    assert read_hours(WEEK).next_opening(now.astimezone(dt.UTC)) == opens


def test_what_is_told() -> None:
    hours = read_hours(f"  {WEEK} ")
    assert hours.told(at(2, 12)) == ""
    assert hours.told(at(7, 20)) == f"지금은 상담 시간({WEEK})이 아닙니다. 3월 9일(월) 09:00부터 차례로 확인합니다."


def test_without_hours_nothing_is_told() -> None:
    assert read_hours(" ") == Hours()
    assert Hours().told(at(1, 3)) == ""


def test_other_ways_to_write_them() -> None:
    assert read_hours("매일 00:00-24:00").next_opening(at(1, 23, 59)) is None
    assert read_hours("토-월 9:00 - 12:00").next_opening(at(3, 9)) == at(7, 9)
    lunch = read_hours("월 09:00-12:00, 월 13:00-18:00")
    assert lunch.next_opening(at(2, 12, 30)) == at(2, 13)
    assert lunch.next_opening(at(2, 18)) == at(9, 9)


@pytest.mark.parametrize(
    "value",
    [
        "월-금",
        "9-18",
        "월-금 18:00-09:00",
        "월 09:00-09:00",
        "Mon-Fri 09:00-18:00",
        "월 09:60-18:00",
        "월 09:00-24:01",
        WEEK * 9,
        "월-금 09:00-18:00,",
        "월\n화",
    ],
)
def test_a_wrong_value_is_told_in_one_line(value: str) -> None:
    with pytest.raises(SettingsError, match=r"^설정 BOT_HOURS='.*': '월-금 09:00-18:00, 토 10:00-13:00'처럼 .+$"):
        read_hours(value)


@given(st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 1, 1)))
def test_at_the_next_opening_somebody_looks(now: dt.datetime) -> None:
    hours = read_hours(WEEK)
    opens = hours.next_opening(now.replace(tzinfo=SEOUL))
    assert opens is None or (opens > now.replace(tzinfo=SEOUL) and hours.next_opening(opens) is None)
