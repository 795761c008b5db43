"""Only what the cited clauses support is passed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hits import find_hit, find_passage

from bot.answer import Sentence
from bot.verify import verify
from bot.writers import QuotingWriter

if TYPE_CHECKING:
    from index.collection import Corpus


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("7일 안에 환불을 신청할 수 있습니다.", True),
        ("환불을 신청할 수 있습니다.", True),
        ("받은 날부터 7, 곧 이레입니다.", True),
        ("8일 안에 환불을 신청할 수 있습니다.", False),
        ("17일 안에 환불을 신청할 수 있습니다.", False),
        ("7.5일 안에 환불을 신청할 수 있습니다.", False),
        ("7일이나 14일 안에 환불을 신청할 수 있습니다.", False),
    ],
)
def test_a_sentence_stands_if_its_numbers_are_in_its_clause(shop_corpus: Corpus, text: str, stands: bool) -> None:
    passage = find_passage(shop_corpus, "2.1")
    sentence = Sentence(text, (passage.clause,))
    assert list(verify([sentence], [passage])) == ([sentence] if stands else [])


@pytest.mark.parametrize("number", ["10,000", "0.5", "99.9"])
def test_a_number_with_a_comma_or_point_is_one_number(shop_corpus: Corpus, number: str) -> None:
    passage = find_passage(shop_corpus, "2.1")
    part = number.replace(",", ".").split(".")[1]
    whole = type(passage)(passage.clause, passage.edition, "", "", 0, 9, f"요금은 {number}입니다.")
    assert list(verify([Sentence(f"{part}입니다.", (passage.clause,))], [whole])) == []
    assert len(list(verify([Sentence(f"{number}입니다.", (passage.clause,))], [whole]))) == 1


def test_a_clause_that_was_not_given_as_evidence_is_not_cited(shop_corpus: Corpus) -> None:
    given, other = find_passage(shop_corpus, "2.1"), find_passage(shop_corpus, "1.1")
    sentences = [Sentence("환불", (other.clause,)), Sentence("환불", (given.clause, other.clause))]
    assert list(verify(sentences, [given])) == []


def test_a_number_of_another_clause_does_not_support_a_sentence(shop_corpus: Corpus) -> None:
    refund, delivery = find_passage(shop_corpus, "2.1"), find_passage(shop_corpus, "1.1")
    wrong = Sentence("3일 안에 환불을 신청할 수 있습니다.", (refund.clause,))
    both = Sentence("3일 안에 보내고 7일 안에 환불합니다.", (refund.clause, delivery.clause))
    assert list(verify([wrong, both], [refund, delivery])) == [both]


def test_a_sentence_without_clauses_passes() -> None:
    lead = Sentence("24시간 상담원에게 물어보세요.")
    assert list(verify([lead], [])) == [lead]


def test_sentences_that_stand_keep_their_order_when_others_fall(shop_corpus: Corpus) -> None:
    passage = find_passage(shop_corpus, "2.1")
    first, false, last = (Sentence(t, (passage.clause,)) for t in ("환불됩니다.", "9일입니다.", "7일입니다."))
    assert list(verify([first, false, last], [passage])) == [first, last]


def test_what_the_clauses_say_themselves_always_stands(shop_corpus: Corpus) -> None:
    hits = [find_hit(shop_corpus, address) for address in ("1.1", "1.2", "2.1", "3.1")]
    sentences = list(QuotingWriter().write("환불 되나요?", hits))
    assert list(verify(sentences, shop_corpus.passages)) == sentences
