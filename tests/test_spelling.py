"""Spellings that sound alike, and the right one for a wrong one."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.find import find
from bot.understand.question import Query
from index.search.spelling import MIN_COUNT, RATIO, Spelling
from index.words import fold_sounds

if TYPE_CHECKING:
    from index.search.clause_search import ClauseSearch


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("환뷸", "환불"),
        ("게약", "계약"),
        ("아이뒤", "아이디"),
        ("업는", "없는"),
        ("대나", "되나"),
        ("써비스", "서비스"),
        ("\uff21\uff33", "AS"),
    ],
)
def test_what_sounds_alike_folds_alike(wrong: str, right: str) -> None:
    assert fold_sounds(wrong) == fold_sounds(right)


@pytest.mark.parametrize(
    ("one", "other"), [("버스", "버그"), ("감기", "감시"), ("사람", "사랑"), ("팔", "발"), ("보살", "보상")]
)
def test_other_words_stay_others(one: str, other: str) -> None:
    assert fold_sounds(one) != fold_sounds(other)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    folded = fold_sounds(text)
    assert fold_sounds(folded) == folded
    assert len(folded) == len(unicodedata.normalize("NFKD", text))


@pytest.fixture
def spelling() -> Spelling:
    return Spelling(["환불 되나요"] * RATIO + ["계약 기간"] * MIN_COUNT + ["개악 반대"] + ["드문 말"] * (MIN_COUNT - 1))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("환뷸 되나요", "환불 되나요"),
        ("환뷸은요?", "환불은요?"),  # what follows the known beginning stays
        ("2번 환불, 게약!", "2번 환불, 계약!"),
        ("두문 말", "두문 말"),  # not common enough to be what others meant
        ("개악", "개악"),  # 계약 is not `RATIO` times as common
        ("refund", "refund"),
        ("", ""),
    ],
)
def test_rare_words_become_the_common_ones_that_sound_the_same(spelling: Spelling, written: str, meant: str) -> None:
    assert spelling.correct(written) == meant


@given(st.text(alphabet="환불뷸계약게약되나 요"))
def test_what_is_corrected_is_right(text: str) -> None:
    spelling = Spelling(["환불 되나요 계약"] * MIN_COUNT)
    corrected = spelling.correct(text)
    assert spelling.correct(corrected) == corrected
    assert fold_sounds(corrected) == fold_sounds(text)


def test_a_misspelt_question_finds_what_it_means_and_is_told_as_it_was_written(shop_search: ClauseSearch) -> None:
    spelling = Spelling(["환불"] * MIN_COUNT)
    search = replace(shop_search, spelling=spelling)
    text, (finding,) = find(Query("환뷸 되나요"), search)
    assert text == "환뷸 되나요"
    assert finding.text == "환불 되나요"
    assert finding.hits[0].score > find(Query("환뷸 되나요"), shop_search)[1][0].hits[0].score


def test_a_correction_that_makes_nothing_better_is_left(shop_search: ClauseSearch) -> None:
    search = replace(shop_search, spelling=Spelling(["환뷸"] * MIN_COUNT))
    assert search.spelling.correct("환불 되나요") == "환뷸 되나요"
    _, (finding,) = find(Query("환불 되나요"), search)
    assert finding.text == "환불 되나요"
