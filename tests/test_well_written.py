"""Curated questions that may be shown to people, and none of the others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from index.search.nearest_questions import nearest_questions
from index.search.spelling import Spelling
from index.search.well_written import is_well_written

if TYPE_CHECKING:
    from index.search.clause_search import ClauseSearch

SPELLING = Spelling(["환불 되나요"] * 200)


@pytest.mark.parametrize("text", ["환불 되나요", "환불은 언제까지 되나요?", "해지할 수 있습니까?", "환불되는 거죠"])
def test_a_polite_question_in_words_is(text: str) -> None:
    assert is_well_written(text, SPELLING)


@pytest.mark.parametrize(
    "text",
    ["환뷸 되나요", "환불되나요", "중도에해지하면환불되는지 되나요", "환불 신청", "환불 돼?", "Is there a refund?", ""],
)
def test_what_is_misspelt_run_together_or_no_question_is_not(text: str) -> None:
    assert not is_well_written(text, SPELLING)


def test_the_nearest_question_that_is_shown_is_a_well_written_one(shop_search: ClauseSearch) -> None:
    (refund,) = [p.clause for p in shop_search.passages if p.clause.article == "2"]
    assert nearest_questions(shop_search, "환불 되나")[refund] == "환불 되나요"
    questions = tuple(
        replace(one, text="환불되나요") if one.text == "환불 되나요" else one for one in shop_search.corpus.questions
    )
    typed = replace(shop_search, corpus=replace(shop_search.corpus, questions=questions))
    assert nearest_questions(typed, "환불 되나")[refund] == "환불 기한이 며칠이에요"
