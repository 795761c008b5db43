"""Korean numerals, and that they have one home."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from index.numerals import COUNTING, ONES, SINO, SPELLED, TENS, numeral_value, one_of

ROOT = Path(__file__).parents[1]
A_TABLE = re.compile(r"[일이]이?삼사오육|[\"']세[\"']: 3|한\|두\|세")


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("14", 14), ("십사", 14), ("백이십", 120), ("이십", 20), ("일이", 12), ("육", 6), ("륙", 6), ("공칠", 7)],
)
def test_a_numeral_has_its_value(numeral: str, value: int) -> None:
    assert numeral_value(numeral) == value


def test_the_longest_numeral_is_read() -> None:
    assert re.findall(one_of(COUNTING), "열두 달, 열 달, 석 달") == ["열두", "열", "석"]
    assert TENS["스물"] + ONES["셋"] == 23


def test_zeros_are_spelled_and_stand_in_no_number() -> None:
    assert set(SPELLED) - set(SINO) == {"공", "영", "빵"}


def test_no_other_file_has_a_table_of_numerals() -> None:
    files = [path for folder in ("bot", "index") for path in (ROOT / folder).rglob("*.py")]
    told = {path.relative_to(ROOT).as_posix() for path in files if A_TABLE.search(path.read_text(encoding="utf-8"))}
    assert told == {"index/numerals.py"}
