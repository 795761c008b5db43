"""The answering chain over the shop: its endings, and one answer by `invoke`, `stream` and `batch`."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import pytest

from bot.answer import Answer, Sentence, Status
from bot.chain import build_chain
from bot.understand.question import EMPTY_HINT, LONG_HINT, Ask
from bot.writers import QuotingWriter
from index.clause import Clause
from index.editions.in_force import InForce
from index.editions.library import Library
from index.search.by_day import SearchByDay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from langchain_core.runnables import Runnable

    from bot.settings import Settings
    from bot.writers import Writer
    from index.editions.edition import Edition
    from index.search.clause_search import ClauseSearch
    from index.search.hits import Hit

    Chain = Runnable[Ask, Answer]

REFUND = "받은 날부터 7일 안에 환불을 신청할 수 있습니다."
QUESTIONS = ("환불 되나요", "배송은 며칠 걸려요? 환불 되나요?", "제1조", "제9조", "오늘 날씨 어때요", "")


class FixedWriter:
    """Writes the same sentences whatever the question."""

    def __init__(self, *sentences: Sentence) -> None:
        self._sentences = sentences

    def write(self, question: str, hits: Sequence[Hit]) -> Iterator[Sentence]:
        del question, hits
        yield from self._sentences


@pytest.fixture
def chain_with(
    shop_search: ClauseSearch, shop_editions: tuple[Edition, ...], shop_settings: Settings
) -> Callable[[Writer], Chain]:
    by_day = SearchByDay(shop_search, shop_editions, InForce(Library(shop_settings.data)))
    return lambda writer: build_chain(by_day, writer, shop_settings)


@pytest.fixture
def chain(chain_with: Callable[[Writer], Chain]) -> Chain:
    return chain_with(QuotingWriter())


def cited(answer: Answer) -> list[str]:
    return [f"{c.clause.article}.{c.clause.paragraph}" for c in answer.citations]


def test_what_the_terms_say_is_answered_with_its_clause(chain: Chain) -> None:
    answer = chain.invoke(Ask("환불 되나요"))
    assert answer.status is Status.ANSWERED
    assert answer.text == f"{REFUND} [제2조 제1항 · 환불](/terms/%EA%B0%80%EA%B2%8C/2#p1)"
    assert cited(answer) == ["2.1"]
    assert answer.citations[0].quote == REFUND
    assert answer.interpreted == "환불 되나요"
    assert 0.5 < answer.confidence < 1


def test_two_questions_get_the_clauses_of_both(chain: Chain) -> None:
    answer = chain.invoke(Ask("배송은 며칠 걸려요? 환불 되나요?"))
    assert answer.status is Status.ANSWERED
    assert cited(answer) == ["1.1", "2.1"]


def test_an_article_by_number_is_answered_with_all_its_paragraphs(chain: Chain) -> None:
    answer = chain.invoke(Ask("제1조"))
    assert (answer.status, cited(answer), answer.confidence) == (Status.ANSWERED, ["1.1", "1.2"], 1.0)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("오늘 날씨 어때요", "약관에서 확인되지 않는 내용입니다."),
        ("제9조", "제9조는 이 약관에 없습니다. 이 약관은 제1조부터 제3조까지 있습니다."),
        ("제1조 제7항", "제1조 제7항은 이 약관에 없습니다. 제1조에는 제1항부터 제2항까지 있습니다."),
    ],
)
def test_what_the_terms_do_not_say_is_said_not_to_be_there(chain: Chain, question: str, text: str) -> None:
    answer = chain.invoke(Ask(question))
    assert answer.status is Status.NOT_FOUND
    assert answer.text.splitlines()[0] == text
    assert "전화 : 02-000-0000 [제3조 제1항]" in answer.text
    assert answer.citations == ()


@pytest.mark.parametrize(
    ("question", "hint"), [("", EMPTY_HINT), (" ?!", EMPTY_HINT), ("가" * 501, LONG_HINT.format(limit=500))]
)
def test_what_is_no_question_is_rejected_with_a_hint(chain: Chain, question: str, hint: str) -> None:
    assert chain.invoke(Ask(question)) == Answer(Status.REJECTED, hint)


def test_the_limit_itself_is_taken(chain: Chain) -> None:
    assert chain.invoke(Ask("환불 되나요 " + "가" * 493)).status is not Status.REJECTED


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_pieces_of_a_stream_add_up_to_the_whole(chain: Chain, question: str) -> None:
    pieces = list(chain.stream(Ask(question)))
    assert reduce(add, pieces) == chain.invoke(Ask(question))


def test_each_clause_is_a_piece_of_its_own(chain: Chain) -> None:
    pieces = list(chain.stream(Ask("제1조")))
    assert [cited(piece) for piece in pieces] == [["1.1"], ["1.2"]]


def test_a_batch_is_answered_in_order(chain: Chain) -> None:
    asks = [Ask(question) for question in QUESTIONS]
    assert chain.batch(asks) == [chain.invoke(ask) for ask in asks]


def test_only_what_the_evidence_supports_is_shown(chain_with: Callable[[Writer], Chain]) -> None:
    refund = (Clause("가게", "2", "1"),)
    writer = FixedWriter(
        Sentence("받은 날부터 칠일 안에 환불을 신청할 수 있습니다.", refund),
        Sentence("30일 안에 환불됩니다.", refund),
        Sentence("전화로 환불됩니다.", (Clause("가게", "3", "1"),)),
    )
    answer = chain_with(writer).invoke(Ask("환불 되나요"))
    assert answer.text.startswith("받은 날부터 칠일 안에 환불을 신청할 수 있습니다. [제2조 제1항 · 환불]")
    assert "30일" not in answer.text
    assert "전화" not in answer.text
    assert cited(answer) == ["2.1"]
