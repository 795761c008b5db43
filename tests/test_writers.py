"""The clauses speak for themselves; a proviso never stands without its rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.hits import find_hit

from bot.answer import Sentence
from bot.writers import LONG, QuotingWriter, quote_relevant

if TYPE_CHECKING:
    from index.questions.corpus import Corpus

RULE = "배송이 늦으면 문자로 알립니다."
PROVISO = "다만, 명절에는 알리지 않습니다."
SECOND = "단, 설날에는 전화로 알립니다."
OTHER = "환불은 신청한 날부터 처리합니다."
FILLER = "이 문장은 자리를 채우려고 길게 적어 둔 것으로 다른 뜻이 없습니다. " * (LONG // 35)


def test_each_hit_becomes_a_sentence_with_its_clause_in_order(shop_corpus: Corpus) -> None:
    hits = [find_hit(shop_corpus, "2.1"), find_hit(shop_corpus, "1.2")]
    assert list(QuotingWriter().write("환불 되나요?", hits)) == [
        Sentence("받은 날부터 7일 안에 환불을 신청할 수 있습니다.", (hits[0].passage.clause,)),
        Sentence(f"{RULE} {PROVISO}", (hits[1].passage.clause,)),
    ]


def test_nothing_found_is_nothing_written() -> None:
    assert list(QuotingWriter().write("환불 되나요?", [])) == []


def test_a_short_paragraph_is_quoted_whole() -> None:
    assert quote_relevant("환불", f"{RULE} {PROVISO} {OTHER}") == f"{RULE} {PROVISO} {OTHER}"


def test_a_long_sentence_is_quoted_whole() -> None:
    sentence = "물건과 " * LONG + "책을 보냅니다."
    assert quote_relevant("물건", sentence) == sentence


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("환불은 언제 처리하나요", OTHER),
        ("배송이 늦으면 문자 오나요", f"{RULE} {PROVISO} {SECOND}"),
        ("명절에는 어떻게 되나요", f"{RULE} {PROVISO} {SECOND}"),
        ("설날에는 전화 오나요", f"{RULE} {PROVISO} {SECOND}"),
    ],
)
def test_of_a_long_paragraph_the_rule_is_quoted_with_all_its_provisos(question: str, quoted: str) -> None:
    assert quote_relevant(question, f"{FILLER}{RULE} {PROVISO} {SECOND} {OTHER}") == quoted


def test_a_proviso_at_the_end_is_kept() -> None:
    assert quote_relevant("배송이 늦으면", f"{FILLER}{RULE} {PROVISO}") == f"{RULE} {PROVISO}"


@pytest.mark.parametrize(
    "next_sentence", ["단체 주문은 따로 정합니다.", "단위는 원으로 정합니다.", "다만들 것을 정합니다."]
)
def test_a_word_that_begins_like_a_proviso_is_none(next_sentence: str) -> None:
    assert quote_relevant("배송이 늦으면", f"{FILLER}{RULE} {next_sentence}") == RULE


@pytest.mark.parametrize("proviso", ["단 명절에는 알리지 않습니다.", "다만 명절에는 알리지 않습니다."])
def test_a_proviso_needs_no_comma(proviso: str) -> None:
    assert quote_relevant("배송이 늦으면", f"{FILLER}{RULE} {proviso}") == f"{RULE} {proviso}"


@given(st.lists(st.sampled_from([RULE, PROVISO, SECOND, OTHER, FILLER.strip()]), min_size=1), st.text(max_size=30))
def test_a_quote_is_always_a_piece_of_the_paragraph(sentences: list[str], question: str) -> None:
    paragraph = " ".join(sentences)
    quoted = quote_relevant(question, paragraph)
    assert quoted
    assert quoted in paragraph
