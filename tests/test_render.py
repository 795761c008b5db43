"""What the customer sees: marks, leads and notes."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import pytest
from support.hits import find_hit, find_passage, make_hit

from bot.answer import Answer, Sentence, Status
from bot.gate import Finding, Verdict, decide
from bot.render.lead import Wording, make_lead
from bot.render.rendering import Rendering
from bot.standing import Stand
from bot.understand.question import Query
from bot.writers import QuotingWriter
from index.questions.plain import PlainLine
from index.references.by_number import Reference

if TYPE_CHECKING:
    from index.editions.edition import Edition
    from index.questions.corpus import Corpus
    from index.search.hits import Hit

SHOP = "/terms/%EA%B0%80%EA%B2%8C"
REFUND = f"받은 날부터 7일 안에 환불을 신청할 수 있습니다. [제2조 제1항 · 환불]({SHOP}/2#p1)"
PHONE = f"전화 : 02-000-0000 [제3조 제1항 · 연락처]({SHOP}/3#p1)"
LEAD = "약관에는 다음과 같이 되어 있습니다."
ENGLISH = "The terms answer this in Article {} (1). The original Korean text:"

Editions = tuple["Edition", ...]


def decide_on(*hits: Hit, missing: tuple[Reference, ...] = ()) -> Verdict:
    return decide([Finding("질문", hits, missing)], max_citations=4)


def answer(editions: Editions, question: str, verdict: Verdict) -> Answer:
    sentences = QuotingWriter().write(question, verdict.hits)
    return reduce(add, Rendering(editions, Query(question), question, verdict).answered(sentences))


def test_several_clauses_are_each_quoted_below_their_name(shop_editions: Editions, shop_corpus: Corpus) -> None:
    verdict = decide_on(find_hit(shop_corpus, "2.1", 0.9), find_hit(shop_corpus, "1.1", 0.8))
    given = answer(shop_editions, "환불 되나요?", verdict)
    assert given.status is Status.ANSWERED
    assert given.text == (
        f"[제2조 제1항 · 환불]({SHOP}/2#p1)\n\n> 받은 날부터 7일 안에 환불을 신청할 수 있습니다.\n\n"
        f"[제1조 제1항 · 배송]({SHOP}/1#p1)\n\n> 물건은 결제한 날부터 3일 안에 보냅니다."
    )
    assert [(c.mark, c.quote) for c in given.citations] == [
        ("제2조 제1항", "받은 날부터 7일 안에 환불을 신청할 수 있습니다."),
        ("제1조 제1항", "물건은 결제한 날부터 3일 안에 보냅니다."),
    ]
    assert (given.interpreted, given.confidence, given.related) == ("환불 되나요?", 0.9, ())


def test_a_sentence_on_two_clauses_carries_both_marks(shop_editions: Editions, shop_corpus: Corpus) -> None:
    verdict = decide_on(find_hit(shop_corpus, "2.1"), find_hit(shop_corpus, "1.1"))
    sentence = Sentence("정리합니다.", tuple(hit.passage.clause for hit in verdict.hits))
    (piece,) = Rendering(shop_editions, Query("환불 되나요?"), "", verdict).answered([sentence])
    assert piece.text == f"정리합니다. [제2조 제1항 · 환불]({SHOP}/2#p1) [제1조 제1항 · 배송]({SHOP}/1#p1)"
    assert len(piece.citations) == 2


def test_markup_in_the_terms_is_shown_as_text_and_quoted_as_it_is(shop_editions: Editions, shop_corpus: Corpus) -> None:
    passage = replace(find_passage(shop_corpus, "2.1"), quote="<b>환불</b>은 *7일* 안에 합니다.")
    given = answer(shop_editions, "환불 되나요?", decide_on(make_hit(passage)))
    assert given.text.startswith(r"&lt;b>환불&lt;/b>은 \*7일\* 안에 합니다. [제2조")
    assert given.citations[0].quote == "<b>환불</b>은 *7일* 안에 합니다."


@pytest.mark.parametrize(
    ("question", "address", "lead"),
    [
        ("환불 되나요?", "2.1", ""),
        ("환불은 몇 조에 있어요?", "2.1", "제2조 제1항에 있는 내용입니다.\n\n"),
        ("환불이 된다던데 정말요?", "2.1", f"{LEAD}\n\n"),
        ("전화번호 뭐예요?", "3.1", f"{LEAD}\n\n"),
        ("Can I get a refund?", "2.1", f"{ENGLISH.format(2)}\n\n"),
        ("What is the phone number?", "3.1", f"{ENGLISH.format(3)}\n\n"),
    ],
)
def test_the_lead_fits_the_question(
    shop_editions: Editions, shop_corpus: Corpus, question: str, address: str, lead: str
) -> None:
    given = answer(shop_editions, question, decide_on(find_hit(shop_corpus, address)))
    assert given.text == lead + (REFUND if address == "2.1" else PHONE)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("환불은 14일 안에 된다던데요?", "“14일”은"),
        ("14일이나 3개월 안이라던데, 14일 맞나요?", "“14일”, “3개월”은"),
        ("수수료 10% 낸다면서요?", "“10%”는"),
    ],
)
def test_a_number_that_the_clause_lacks_is_not_confirmed(
    shop_editions: Editions, shop_corpus: Corpus, question: str, named: str
) -> None:
    given = answer(shop_editions, question, decide_on(find_hit(shop_corpus, "2.1")))
    assert given.text == f"{LEAD}\n\n{REFUND}\n\n질문에 적으신 {named} 위 조항에서 확인되지 않습니다."


@pytest.mark.parametrize(
    "question", ["환불은 7일 안에 된다던데요?", "7 일 맞나요?", "받은 지 14일 됐는데 환불 되나요?"]
)
def test_a_number_that_is_right_or_only_told_gets_no_note(
    shop_editions: Editions, shop_corpus: Corpus, question: str
) -> None:
    given = answer(shop_editions, question, decide_on(find_hit(shop_corpus, "2.1")))
    assert given.text.endswith(REFUND)


@pytest.mark.parametrize(
    ("quote", "question", "noted"),
    [
        ("받은 날부터 15일 안에 합니다.", "환불은 5일 안이라던데요?", "“5일”은"),
        ("요금은 10,000원입니다.", "요금이 20,000원이라던데요?", "“20,000원”은"),
        ("요금은 120,000원입니다.", "요금이 20,000원이라던데요?", "“20,000원”은"),
        ("요금은 20,000원입니다.", "요금이 20000 원이라던데요?", ""),
    ],
)
def test_a_number_is_compared_whole(
    shop_editions: Editions, shop_corpus: Corpus, quote: str, question: str, noted: str
) -> None:
    passage = replace(find_passage(shop_corpus, "2.1"), quote=quote)
    note = answer(shop_editions, question, decide_on(make_hit(passage))).text.split("\n\n")[2:]
    assert note == ([f"질문에 적으신 {noted} 위 조항에서 확인되지 않습니다."] if noted else [])


def test_a_part_without_an_answer_is_said_behind_the_answered_one(shop_editions: Editions, shop_corpus: Corpus) -> None:
    parts = [Finding("환불 되나요?", (find_hit(shop_corpus, "2.1"),)), Finding("날씨는요?", ())]
    given = answer(shop_editions, "환불 되나요? 날씨는요?", decide(parts, max_citations=4))
    assert given.text == f"{REFUND}\n\n함께 물으신 나머지 내용은 약관에서 확인되지 않습니다."


def test_a_lead_stands_in_bold_above_the_quotes_each_under_its_clauses_name(
    shop_editions: Editions, shop_corpus: Corpus
) -> None:
    lines = {"2.1": "받고 7일 안이면 환불을 신청할 수 있어요. 사유는 묻지 않아요.", "1.1": "결제하고 3일 안에 보내요."}
    passages = {address: find_passage(shop_corpus, address) for address in lines}
    wording = Wording({("가게", passages[a].quote): PlainLine(line, "") for a, line in lines.items()})
    verdict = decide_on(find_hit(shop_corpus, "2.1", 0.9), find_hit(shop_corpus, "1.1", 0.8))
    rendering = Rendering(
        shop_editions, Query("환불 되나요?"), "", verdict, stand=Stand(polarity="yes"), wording=wording
    )
    given = reduce(add, rendering.answered(QuotingWriter().write("환불 되나요?", verdict.hits)))
    assert given.text.split("\n\n") == [
        "**네, 받고 7일 안이면 환불을 신청할 수 있어요.** 사유는 묻지 않아요. 결제하고 3일 안에 보내요.",
        f"[제2조 제1항 · 환불]({SHOP}/2#p1)",
        "> 받은 날부터 7일 안에 환불을 신청할 수 있습니다.",
        f"[제1조 제1항 · 배송]({SHOP}/1#p1)",
        "> 물건은 결제한 날부터 3일 안에 보냅니다.",
    ]
    assert (given.lead, given.polarity) == (f"네, {lines['2.1']} {lines['1.1']}", "yes")


def test_a_rule_that_was_told_is_not_told_again_before_its_exception(shop_corpus: Corpus) -> None:
    rule, exception = find_passage(shop_corpus, "1.1"), find_passage(shop_corpus, "1.2")
    lines = {rule.quote: "3일 안에 보내요.", exception.quote: "3일 안에 보내요. 단, 명절에는 늦어요."}
    wording = Wording({("가게", quote): PlainLine(line, "") for quote, line in lines.items()})
    assert make_lead(wording, [rule, exception], Stand(), english=False) == "3일 안에 보내요. 단, 명절에는 늦어요."


def test_a_sentence_that_is_not_the_clauses_own_is_no_quote(shop_editions: Editions, shop_corpus: Corpus) -> None:
    hit = find_hit(shop_corpus, "2.1")
    wording = Wording({("가게", hit.passage.quote): PlainLine("7일 안이면 돼요.", "")})
    rendering = Rendering(shop_editions, Query("환불 되나요?"), "", decide_on(hit), wording=wording)
    told = [piece.text for piece in rendering.answered([Sentence("7일 안에 됩니다.", (hit.passage.clause,))])]
    assert told == ["**7일 안이면 돼요.**\n\n", f"7일 안에 됩니다. [제2조 제1항 · 환불]({SHOP}/2#p1)"]


def test_a_missing_article_is_said_behind_the_one_that_exists(shop_editions: Editions, shop_corpus: Corpus) -> None:
    verdict = decide_on(find_hit(shop_corpus, "2.1", named=True), missing=(Reference("9"),))
    given = answer(shop_editions, "2조랑 9조", verdict)
    assert given.text == f"{REFUND}\n\n제9조는 이 약관에 없습니다. 이 약관은 제1조부터 제3조까지 있습니다."
