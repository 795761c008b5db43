"""Citation recall and precision, computed by hand on three sentences."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from support.hits import find_passage

from bot.answer import Answer, Check, Outcome, Status
from bot.evaluation.faithfulness import measure_faithfulness

if TYPE_CHECKING:
    from index.questions.corpus import Corpus

REFUND = "받은 날부터 7일 안에 환불을 신청할 수 있습니다."


def test_recall_counts_sentences_and_precision_citations(shop_corpus: Corpus) -> None:
    refund, delivery = (find_passage(shop_corpus, address).clause for address in ("2.1", "1.1"))
    checks = (
        Check(REFUND, (refund,), Outcome.KEPT),
        Check("받은 날부터 칠일 안에 환불을 신청할 수 있습니다.", (refund, delivery), Outcome.KEPT),
        Check("9일 안에 환불을 신청할 수 있습니다.", (refund,), Outcome.REPLACED),
        Check("환불을 보장합니다.", (), Outcome.DROPPED),
    )
    found = measure_faithfulness([Answer(Status.ANSWERED, "", checks=checks)], shop_corpus.passages)
    assert found.sentences == 4
    assert found.figures() == pytest.approx(
        {
            "faithfulness.recall": 2 / 4,
            "faithfulness.precision": 2 / 4,
            "faithfulness.kept": 2 / 4,
            "faithfulness.replaced": 1 / 4,
            "faithfulness.dropped": 1 / 4,
        }
    )


def test_two_clauses_that_are_both_needed_both_count(shop_corpus: Corpus) -> None:
    clauses = tuple(find_passage(shop_corpus, address).clause for address in ("1.1", "2.1"))
    text = "물건은 결제한 날부터 3일 안에 보내며, 받은 날부터 7일 안에 환불을 신청할 수 있습니다."
    answer = Answer(Status.ANSWERED, "", checks=(Check(text, clauses, Outcome.KEPT),))
    found = measure_faithfulness([answer], shop_corpus.passages)
    assert (found.recall, found.precision) == (1.0, 1.0)


def test_without_sentences_there_is_nothing_to_measure() -> None:
    found = measure_faithfulness([Answer(Status.ANSWERED, "원문")], [])
    assert found.sentences == 0
    assert math.isnan(found.recall)
    assert math.isnan(found.kept)
