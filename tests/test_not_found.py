"""What the customer sees when the terms do not answer: what is not there, and the way to a person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.hits import find_hit

from bot.answer import Answer, Sentence, Status
from bot.gate import Finding, decide
from bot.render.rendering import Rendering
from bot.understand.question import Query
from index.references.by_number import Reference

if TYPE_CHECKING:
    from index.editions.edition import Edition
    from index.questions.corpus import Corpus
    from index.search.hits import Hit

SHOP = "/terms/%EA%B0%80%EA%B2%8C"
CONTACT = f"아래로 문의해 주세요.\n- 전화 : 02-000-0000 [제3조 제1항]({SHOP}/3#p1)"
DELIVERY = "물건은 결제한 날부터 3일 안에 보냅니다."

Editions = tuple["Edition", ...]


def refuse(editions: Editions, question: str, *hits: Hit, missing: tuple[Reference, ...] = ()) -> Answer:
    verdict = decide([Finding(question, hits, missing)], max_citations=4)
    return Rendering(editions, Query(question), question, verdict).not_found()


def test_not_found_quotes_what_is_near_shows_the_contact_and_cites_nothing(
    shop_editions: Editions, shop_corpus: Corpus
) -> None:
    given = refuse(shop_editions, "날씨 어때요?", find_hit(shop_corpus, "1.1", 0.1))
    assert given.status is Status.NOT_FOUND
    near = f"이와 가까운 내용으로 약관에는 다음이 있습니다.\n\n[제1조 제1항 · 배송]({SHOP}/1#p1)\n\n> {DELIVERY}"
    assert given.text == f"약관에서 확인되지 않는 내용입니다.\n\n{near}\n\n{CONTACT}"
    assert given.citations == ()
    assert [c.mark for c in given.related] == ["제1조 제1항"]
    assert given.confidence == 0.1


def test_without_contact_and_related_clauses_not_found_is_one_sentence(shop_editions: Editions) -> None:
    editions = (replace(shop_editions[0], contact=()),)
    assert refuse(editions, "날씨 어때요?").text == "약관에서 확인되지 않는 내용입니다."


def test_not_found_is_said_in_english_as_well(shop_editions: Editions) -> None:
    lines = refuse(shop_editions, "How is the weather?").text.split("\n\n")
    assert lines == ["약관에서 확인되지 않는 내용입니다.", "The terms do not say anything about this.", CONTACT]


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        (Reference("99"), "제99조는 이 약관에 없습니다. 이 약관은 제1조부터 제3조까지 있습니다."),
        (Reference("99의3"), "제99조의3은 이 약관에 없습니다. 이 약관은 제1조부터 제3조까지 있습니다."),
        (Reference("99", "2"), "제99조 제2항은 이 약관에 없습니다. 이 약관은 제1조부터 제3조까지 있습니다."),
        (Reference("1", "9"), "제1조 제9항은 이 약관에 없습니다. 제1조에는 제1항부터 제2항까지 있습니다."),
        (Reference("2", "3"), "제2조 제3항은 이 약관에 없습니다. 제2조에는 제1항만 있습니다."),
    ],
)
def test_what_does_not_exist_is_said_with_what_does(shop_editions: Editions, missing: Reference, said: str) -> None:
    given = refuse(shop_editions, "몇 조", missing=(missing,))
    assert given.text == f"{said}\n\n{CONTACT}"


@pytest.mark.parametrize("sentences", [[], [Sentence("안녕하세요.")]], ids=["none", "no clause"])
def test_an_answer_without_a_sentence_on_a_clause_is_not_found(
    shop_editions: Editions, shop_corpus: Corpus, sentences: list[Sentence]
) -> None:
    verdict = decide([Finding("환불", (find_hit(shop_corpus, "2.1"),))], max_citations=4)
    rendering = Rendering(shop_editions, Query("환불 된다던데요?"), "", verdict)
    assert list(rendering.answered(sentences)) == [rendering.not_found()]


def test_a_sentence_without_a_clause_may_lead_one_with(shop_editions: Editions, shop_corpus: Corpus) -> None:
    hit = find_hit(shop_corpus, "2.1")
    rendering = Rendering(shop_editions, Query("환불 되나요?"), "", decide([Finding("환불", (hit,))], max_citations=4))
    pieces = list(rendering.answered([Sentence("안녕하세요."), Sentence("됩니다.", (hit.passage.clause,))]))
    assert [piece.text for piece in pieces] == ["안녕하세요.", f"\n\n됩니다. [제2조 제1항 · 환불]({SHOP}/2#p1)"]
    assert {piece.status for piece in pieces} == {Status.ANSWERED}
