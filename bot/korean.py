"""Korean as it is written on screen: particles after any word, days in short and long form."""

from __future__ import annotations

import datetime as dt


def with_particle(word: str, pair: str) -> str:
    """``word`` with the one of ``pair`` ("은는", "이가") that its last spoken syllable asks for.

    The first follows a consonant, the second a vowel: "제2항은", "제2조는", "제10조의3은", "“10%”는".
    """
    last = word.rstrip("”’」』)")[-1:]
    closed = (ord(last) - ord("가")) % 28 > 0 if "가" <= last <= "힣" else last in set("013678")
    return word + pair[0 if closed else 1]


def parse_day(text: str) -> dt.date:
    """The day that another program or a form gives: "2026-03-01".

    Raises:
        ValueError: it has another form, or no such day exists; the message is for people.
    """
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise ValueError("2026-03-01처럼 달력에 있는 날짜를 적어 주세요.")
    return day


def short_date(date: str) -> str:
    """ "2025. 12. 15." for "2025-12-15"."""
    day = dt.date.fromisoformat(date)
    return f"{day.year}. {day.month}. {day.day}."


def long_date(date: str) -> str:
    """ "2025년 12월 15일" for "2025-12-15"."""
    day = dt.date.fromisoformat(date)
    return f"{day.year}년 {day.month}월 {day.day}일"
