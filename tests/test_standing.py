"""What was asked is stated, left or absent: the shop with a few sections of what people ask about its refunds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.hits import find_hit

from bot.answer import Status
from bot.gate import Finding, decide
from bot.render.lead import Wording, make_lead
from bot.standing import Stand, absent_line, stand
from index.aspects import Aspect, Standing
from index.clause import Clause
from index.questions.plain import PlainLine
from index.search.hits import Reading

if TYPE_CHECKING:
    from pathlib import Path

    from bot.service import Service
    from bot.settings import Settings
    from index.questions.corpus import Corpus

REFUND = Clause("가게", "2", "1")
ABSENT = Aspect(REFUND, Standing.ABSENT, "환불 수수료", "금액")
LEFT = Aspect(REFUND, Standing.LEFT, "환불 방법", "방법", "주문서")
YES = Aspect(REFUND, Standing.YES, "7일 안이면 환불된다")
WISH = Aspect(REFUND, Standing.WISH, "환불받고 싶다", "", "환불 신청 절차")


def find(corpus: Corpus, text: str, score: float, *aspects: tuple[Aspect, float], certain: float = 0.0) -> Finding:
    polarity = Standing.YES if certain else None
    reading = Reading(np.zeros(len(corpus.passages)), aspects, polarity=polarity, certain=certain)
    hit = find_hit(corpus, "2.1", score)
    return Finding(text, (hit,), near=(hit,), reading=reading)


def stands(*findings: Finding) -> Stand:
    return stand(decide(findings, max_citations=4))


def test_what_is_not_stated_is_called_by_its_name(shop_corpus: Corpus) -> None:
    found = stands(find(shop_corpus, "환불 수수료 얼마예요?", 0.1, (ABSENT, 0.6)))
    assert found.missing == ("환불 수수료",)
    assert absent_line(found.missing) == "환불 수수료는 약관에 나와 있지 않습니다."


def test_what_nobody_thought_of_is_called_by_its_own_words(shop_corpus: Corpus) -> None:
    found = stands(find(shop_corpus, "그리고 주차되나요?", 0.0))
    assert found.missing == ("주차되나요",)
    assert absent_line(found.missing) == "“주차되나요”에 대한 답은 약관에 나와 있지 않습니다."


def test_what_is_left_to_a_document_is_said(shop_corpus: Corpus) -> None:
    found = stands(find(shop_corpus, "환불은 무엇으로 해 줘요?", 0.9, (LEFT, 0.5)))
    assert found.left == ("환불 방법은 약관이 정하지 않고 주문서에 맡깁니다.",)
    assert not found.missing


@pytest.mark.parametrize(("certain", "said"), [(0.99, "yes"), (0.5, None)])
def test_yes_is_said_only_if_it_is_certain(shop_corpus: Corpus, certain: float, said: str | None) -> None:
    assert stands(find(shop_corpus, "환불되나요?", 0.9, (YES, 0.5), certain=certain)).polarity == said


def test_no_polarity_without_an_answer(shop_corpus: Corpus) -> None:
    assert stands(find(shop_corpus, "환불되나요?", 0.1, (YES, 0.5), certain=0.99)).polarity is None


def test_no_polarity_where_a_nearer_proposition_says_otherwise(shop_corpus: Corpus) -> None:
    no = Aspect(REFUND, Standing.NO, "10일이 지나도 환불된다")
    assert stands(find(shop_corpus, "환불되나요?", 0.9, (no, 0.5), (YES, 0.3), certain=0.99)).polarity is None
    assert stands(find(shop_corpus, "환불되나요?", 0.9, (no, 0.5), (YES, 0.45), certain=0.99)).polarity == "yes"


def test_a_line_that_another_one_holds_is_told_once(shop_corpus: Corpus) -> None:
    rule, both = shop_corpus.passages[0], shop_corpus.passages[1]
    lines = [PlainLine("환불해요."), PlainLine("환불해요. 단, 쓴 것은 빼요.")]
    plain = {(p.clause.document, p.quote): line for p, line in zip((rule, both), lines, strict=True)}
    assert make_lead(Wording(plain), [rule, both], Stand(), english=False) == "환불해요. 단, 쓴 것은 빼요."


def test_a_wish_gets_its_clause_and_what_it_needs_besides(shop_corpus: Corpus) -> None:
    wish = find(shop_corpus, "어제 산 신발을 환불받고 싶어요", 0.3, (WISH, 0.4))
    assert wish.answerable
    assert stands(wish).missing == ("환불 신청 절차",)
    assert not find(shop_corpus, "환불받고 싶은데 되나요?", 0.3, (WISH, 0.4)).answerable


@pytest.mark.parametrize(
    ("text", "wish", "score"),
    [
        ("환불 좀요", WISH, 0.9),  # a few words are no wish
        ("어제 산 신발을 환불받고 싶어요", WISH, 0.3),
        ("어제 산 신발을 환불받고 싶어요", replace(WISH, clause=Clause("가게", "9", "1")), 0.9),
        ("어제 산 신발을 어떻게 환불받고 싶어요", WISH, 0.9),
    ],
)
def test_what_a_wish_needs_is_told_of_a_clear_wish_of_the_cited_clause_alone(
    shop_corpus: Corpus, text: str, wish: Aspect, score: float
) -> None:
    assert not stands(find(shop_corpus, text, 0.9, (wish, score))).missing


def test_parts_are_named_in_the_order_asked(shop_corpus: Corpus) -> None:
    parts = [
        find(shop_corpus, "주차되나요?", 0.0),
        find(shop_corpus, "환불되나요?", 0.9),
        find(shop_corpus, "식당은요?", 0.0),
    ]
    assert stands(*parts).missing == ("주차되나요", "식당은요")


def test_a_lead_has_the_polarity_and_the_plain_lines(shop_corpus: Corpus) -> None:
    passage = find_hit(shop_corpus, "2.1").passage
    line = PlainLine("7일 안에 환불을 신청할 수 있어요.", "You can ask for a refund within 7 days.")
    wording = Wording({("가게", passage.quote): line})
    told = Stand(polarity="yes")
    assert make_lead(wording, [passage], told, english=False) == "네, 7일 안에 환불을 신청할 수 있어요."
    assert make_lead(wording, [passage], told, english=True) == "Yes. You can ask for a refund within 7 days."
    assert make_lead(Wording(), [passage], told, english=False) == ""


@pytest.fixture
def talking_shop(shop_settings: Settings, shop_service: Service) -> Service:
    def write(path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    data = shop_settings.data
    said = "\n".join(f"- 안녕{end}" for end in ("", "하세요", "하십니까", "하신가요", "요", "히"))
    write(data / "conversation" / "greeting.md", f"# greeting\n\n## 답\n반가워요!\n\n## 말\n{said}\n")
    write(data / "plain" / "가게" / "2.md", "# 제2조\n\n## 제1항\n7일 안에 환불을 신청할 수 있어요.\n")
    shop_service.load()
    return shop_service


def test_an_answer_has_its_lead_above_the_quote(talking_shop: Service) -> None:
    from bot.understand.question import Ask

    answer = talking_shop.ask(Ask("환불 되나요"))
    assert answer.status is Status.ANSWERED
    assert answer.lead == "7일 안에 환불을 신청할 수 있어요."
    assert answer.text.startswith(f"**{answer.lead}**\n\n[제2조 제1항 · 환불]")
    assert answer.as_json()["lead"] == answer.lead


def test_a_greeting_is_answered_by_a_greeting(talking_shop: Service) -> None:
    from bot.understand.question import Ask

    answer = talking_shop.ask(Ask("안녕하세요"))
    assert (answer.status, answer.act, answer.text) == (Status.CHAT, "greeting", "반가워요!")


def test_who_is_told_a_sum_is_told_neither_yes_nor_no() -> None:
    told = Stand(polarity="no").with_computed("월 40만 원씩 12개월이면 …")
    assert (told.computed, told.polarity) == ("월 40만 원씩 12개월이면 …", None)
    assert Stand(polarity="no").with_computed("").polarity == "no"
