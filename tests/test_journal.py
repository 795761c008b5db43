"""Entries are kept as they were, but for what is personal; they are rated and handed over."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import pytest
from support.entries import CONTACT, DELIVERY, ONE, REFUND, TWO, asked

from bot.journal.entries import Checked, Filter, Logged
from bot.journal.journal import LONGEST_ANSWER, LONGEST_QUESTION, LONGEST_REASON, MOST_CHECKS, _typed
from bot.journal.reader import Reader

if TYPE_CHECKING:
    from support.entries import Clock

    from bot.journal.journal import Journal

pytest_plugins = ["support.databases"]

PERSONAL = {
    "주민등록번호": "900101-1234567",
    "전화번호": "010-1234-5678",
    "카드번호": "1234-5678-9012-3456",
    "계좌번호": "110-123-456789",
    "이메일": "hong@mail.example",
    "사업자번호": "123-45-67890",
}


def only(journal: Journal) -> Logged:
    (row,), total = Reader(journal).entries(Filter(), 1, 10)
    assert total == 1
    return row


def test_an_entry_is_read_as_it_was_written(journal: Journal, clock: Clock) -> None:
    entry = asked(
        checks=(Checked("하나.", "kept", ("제2조 제1항",), ("숫자",), ("낱말 차례",)), Checked("둘.", "dropped")),
        citations=(REFUND, DELIVERY),
        related=(CONTACT,),
        channel="desk",
        answer="하나\n\n- 둘 [제2조](/terms/가게/2)",
    )
    number = journal.record(entry)
    row = only(journal)
    assert (row.id, row.at, row.good, row.reason) == (number, clock.now, None, "")
    assert row.at.tzinfo is UTC
    for name in entry.__slots__:
        assert getattr(row, name) == getattr(entry, name), name


@pytest.mark.parametrize(("kind", "data"), PERSONAL.items())
def test_personal_data_that_a_person_typed_are_not_kept(journal: Journal, kind: str, data: str) -> None:
    number = journal.record(asked(f"저는 {data}인데 환불 되나요?"))
    assert journal.rate(number, ONE, good=False, reason=f"{data}로 연락 주세요")
    row = only(journal)
    assert row.question == row.interpreted == f"저는 [{kind}]인데 환불 되나요?"
    assert row.reason == f"[{kind}]로 연락 주세요"


def test_no_more_checks_are_kept_than_a_person_reads(journal: Journal) -> None:
    journal.record(asked(checks=tuple(Checked(f"{number}일입니다.", "dropped") for number in range(99))))
    assert [check.text for check in only(journal).checks] == [f"{number}일입니다." for number in range(MOST_CHECKS)]


def test_the_answer_keeps_the_numbers_of_the_terms(journal: Journal) -> None:
    journal.record(asked(answer="대표전화 : 070-1234-5678"))
    assert only(journal).answer == "대표전화 : 070-1234-5678"


def test_characters_that_no_database_takes_are_left_out(journal: Journal) -> None:
    number = journal.record(asked("환불\x00 되\ud800나요?"))
    assert journal.rate(number, ONE, good=True, reason="\x00좋아요\udfff")
    assert (only(journal).question, only(journal).reason) == ("환불 되나요?", "좋아요")


def test_long_texts_are_cut(journal: Journal) -> None:
    number = journal.record(asked("가" * 1_000_000, answer="나" * 30_000))
    assert journal.rate(number, ONE, good=True, reason="다" * 30_000)
    row = only(journal)
    lengths = [len(text) for text in (row.question, row.interpreted, row.answer, row.reason)]
    assert lengths == [LONGEST_QUESTION, LONGEST_QUESTION, LONGEST_ANSWER, LONGEST_REASON]


def test_no_half_of_a_number_stays_where_a_text_is_cut() -> None:
    for before in range(LONGEST_QUESTION - 80, LONGEST_QUESTION + 80):
        kept = _typed("가" * before + "900101-1234567 그리고 " + "010-1234-5678 " * 20, LONGEST_QUESTION)
        assert not any(letter.isdigit() for letter in kept), before
        assert len(kept) <= LONGEST_QUESTION
    unseen = "\u200b" * (4 * LONGEST_QUESTION - 8)  # fills the text, and is left out
    assert _typed(unseen + "900101-1234567", LONGEST_QUESTION) == ""


def test_the_last_rating_counts(journal: Journal) -> None:
    number = journal.record(asked())
    assert journal.rate(number, ONE, good=False, reason="틀린 조항")
    assert (only(journal).good, only(journal).reason) == (False, "틀린 조항")
    assert journal.rate(number, ONE, good=True)
    assert (only(journal).good, only(journal).reason) == (True, "")


def test_only_its_own_conversation_rates_an_entry(journal: Journal) -> None:
    number = journal.record(asked())
    assert not journal.rate(number, TWO, good=False)
    assert not journal.rate(number + 1, ONE, good=False)
    assert only(journal).good is None


@pytest.mark.parametrize("number", [-1, 0, 2**31, 2**63, 10**30])
def test_a_number_that_cannot_be_is_no_entry(journal: Journal, number: int) -> None:
    assert not journal.rate(number, ONE, good=True)


@pytest.mark.parametrize("conversation", ["", "1" * 31, "1" * 33, "G" * 32, "\x00" * 32, "1" * 32 + "\n"])
def test_what_is_no_conversation_is_not_written(journal: Journal, conversation: str) -> None:
    number = journal.record(asked())
    with pytest.raises(ValueError, match="32 hex digits"):
        journal.record(asked(conversation=conversation))
    with pytest.raises(ValueError, match="32 hex digits"):
        journal.hand_over(conversation)
    assert not journal.rate(number, conversation, good=True)


def test_a_conversation_keeps_its_code(journal: Journal) -> None:
    code = journal.hand_over(ONE)
    assert len(code) == 6
    assert not set(code) - set("ABCDEFGHJKMNPQRSTUVWXYZ23456789")
    assert journal.hand_over(ONE) == code
    assert journal.hand_over(TWO) != code


def test_a_code_that_is_taken_is_drawn_again(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter("AAAAAA" + "AAAAAA" + "BBBBBB")
    monkeypatch.setattr("bot.journal.journal.secrets.choice", lambda letters: next(drawn))
    assert journal.hand_over(ONE) == "AAAAAA"
    assert journal.hand_over(TWO) == "BBBBBB"
