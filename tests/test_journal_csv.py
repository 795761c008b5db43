"""The journal as a table that Excel opens and that runs nothing."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from support.entries import CONTACT, DELIVERY, ONE, REFUND, asked

from bot.journal.entries import Filter
from bot.journal.reader import Reader

if TYPE_CHECKING:
    from bot.journal.journal import Journal

pytest_plugins = ["support.databases"]


def table(journal: Journal, wanted: Filter | None = None) -> list[dict[str, str]]:
    text = "".join(Reader(journal).csv(wanted or Filter()))
    assert text.startswith("\ufeff번호,")
    return list(csv.DictReader(text.removeprefix("\ufeff").splitlines(keepends=True)))


def test_every_cell_of_an_entry_is_in_korean(journal: Journal) -> None:
    number = journal.record(asked(citations=(REFUND, DELIVERY), related=(CONTACT,), answer='둘\n\n"셋", 넷'))
    journal.rate(number, ONE, good=False, reason="틀렸어요")
    assert table(journal) == [
        {
            "번호": "1",
            "대화": ONE,
            "시각": "2026-03-02 09:00:00",
            "창구": "chat",
            "상태": "답함",
            "질문": "환불 되나요?",
            "이해한 질문": "환불 되나요?",
            "답변": '둘\n\n"셋", 넷',
            "인용": "가게(2024-03-01) 제2조 제1항, 가게(2024-03-01) 제1조 제1항",
            "관련 조항": "가게(2024-03-01) 제3조 제1항",
            "확신도": "0.8750",
            "걸린 시간(ms)": "20.0",
            "평가": "나쁨",
            "평가 이유": "틀렸어요",
        }
    ]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")', "\uff0d1", "\uff1d1", "\uff0b1", "\uff20A"]
)
def test_no_cell_is_a_formula(journal: Journal, text: str) -> None:
    journal.record(asked(answer=text))
    (row,) = table(journal)
    assert row["답변"] == f"'{text}"


@pytest.mark.parametrize("text", ["\t=1", "\r=1", "\n=1", " =1", "\t1", "\r1", "\n1"])
def test_no_cell_hides_a_formula_behind_a_space(journal: Journal, text: str) -> None:
    journal.record(asked(answer=text))
    assert "".join(Reader(journal).csv(Filter())).count(f"'{text}") == 1


@pytest.mark.parametrize("text", ["1-1", "a=b", "가@나", "'=1", "제7조 - 요금"])
def test_other_cells_stay_as_they_are(journal: Journal, text: str) -> None:
    journal.record(asked(text))
    assert table(journal)[0]["질문"] == text


def test_the_table_holds_what_the_filter_finds_in_pieces(journal: Journal) -> None:
    for number in range(1, 1002):
        journal.record(asked(channel="desk" if number == 7 else "chat"))
    pieces = list(Reader(journal).csv(Filter()))
    assert [piece.count("\r\n") for piece in pieces] == [1, 500, 500, 1]
    assert [int(row["번호"]) for row in table(journal)] == list(range(1001, 0, -1))
    assert [row["번호"] for row in table(journal, Filter(channel="desk"))] == ["7"]


def test_what_comes_while_the_table_is_written_is_neither_lost_nor_held_up(journal: Journal) -> None:
    journal.record(asked())
    pieces = Reader(journal).csv(Filter())
    next(pieces)
    assert journal.record(asked()) == 2
    assert len(list(pieces)) == 1


def test_a_table_without_entries_has_its_headings(journal: Journal) -> None:
    assert len(list(Reader(journal).csv(Filter()))) == 1
