"""Sentences as they come: kept, replaced by the clauses' own words, dropped; the quotes when nothing is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.hits import find_hit

from bot.answer import Outcome, Sentence
from bot.errors import ModelError
from bot.verify import Verification
from bot.verify.faults import Fault
from bot.writers import QuotingWriter
from index.clause import Clause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.questions.corpus import Corpus
    from index.search.hits import Hit

REFUND = Clause("가게", "2", "1")
NOTICE = Clause("가게", "1", "2")
GOOD = Sentence("받은 날부터 칠일 안에 환불을 신청할 수 있습니다.", (REFUND,))
BAD = Sentence("받은 날부터 9일 안에 환불을 신청할 수 있습니다.", (REFUND,))
LATE = Sentence("배송이 늦으면 문자로 알립니다.", (NOTICE,))
WRONG = Sentence("배송이 늦으면 전화로 알립니다.", (NOTICE,))
STRANGE = Sentence("환불을 보장합니다.", (Clause("가게", "3", "1"),))


@pytest.fixture
def hits(shop_corpus: Corpus) -> list[Hit]:
    return [find_hit(shop_corpus, "2.1"), find_hit(shop_corpus, "1.2")]


def check(hits: list[Hit], sentences: list[Sentence]) -> tuple[list[Sentence], list[str]]:
    quotes = QuotingWriter().write("질문", hits)
    verified = Verification(sentences, [hit.passage for hit in hits], quotes)
    shown = list(verified)
    return shown, [str(c.outcome) for c in verified.checks]


def quotes(hits: list[Hit]) -> list[Sentence]:
    return list(QuotingWriter().write("질문", hits))


def test_the_quotes_pass_unchecked(hits: list[Hit]) -> None:
    assert check(hits, quotes(hits)) == (quotes(hits), [])


def test_what_stands_is_kept(hits: list[Hit]) -> None:
    assert check(hits, [GOOD]) == ([GOOD], ["kept"])


@pytest.mark.parametrize(
    "sentences",
    [[], [BAD], [BAD, GOOD], [LATE, BAD], [LATE], [STRANGE]],
    ids=lambda s: "+".join(x.text[:4] for x in s) or "none",
)
def test_without_the_core_the_quotes_are_the_answer(hits: list[Hit], sentences: list[Sentence]) -> None:
    shown, outcomes = check(hits, sentences)
    assert shown == quotes(hits)
    assert set(outcomes) <= {"dropped"}


def test_a_sentence_that_goes_with_the_core_says_why(hits: list[Hit]) -> None:
    verification = Verification([LATE], [hit.passage for hit in hits], quotes(hits))
    assert list(verification) == quotes(hits)
    assert [check.faults for check in verification.checks] == [(Fault.CORE,)]


def test_a_further_false_sentence_gives_way_to_its_clause_once(hits: list[Hit]) -> None:
    shown, outcomes = check(hits, [GOOD, WRONG, WRONG, STRANGE])
    assert shown == [GOOD, quotes(hits)[1]]
    assert outcomes == ["kept", "replaced", "replaced", "dropped"]


def test_a_proviso_that_was_left_out_is_brought(hits: list[Hit]) -> None:
    shown, _ = check(hits, [GOOD, LATE])
    assert shown == [GOOD, LATE, quotes(hits)[1]]


def test_a_proviso_without_its_rule_does_not_stand(hits: list[Hit]) -> None:
    proviso = Sentence("다만, 명절에는 알리지 않습니다.", (NOTICE,))
    assert check(hits, [GOOD, proviso]) == ([GOOD, quotes(hits)[1]], ["kept", "replaced"])
    assert check(hits, [GOOD, LATE, proviso])[1] == ["kept", "kept", "kept"]


def test_a_sentence_without_a_label_gets_the_clause_that_supports_it(hits: list[Hit]) -> None:
    assert check(hits, [Sentence(GOOD.text)]) == ([GOOD], ["kept"])
    assert check(hits, [GOOD, Sentence("안녕하십니다.")]) == ([GOOD], ["kept", "dropped"])
    verification = Verification([GOOD, Sentence("안녕하십니다.")], [hit.passage for hit in hits], quotes(hits))
    assert list(verification) == [GOOD]
    assert verification.checks[1].faults == (Fault.UNSUPPORTED,)


def test_a_label_that_was_not_given_does_not_stand(hits: list[Hit]) -> None:
    both = Sentence(GOOD.text, (REFUND, Clause("가게", "1", "1")))
    assert check(hits, [both])[0] == quotes(hits)


def test_nothing_is_passed_on_before_the_core_stands(hits: list[Hit]) -> None:
    taken: list[str] = []

    def write() -> Iterator[Sentence]:
        for sentence in (LATE, GOOD, LATE):
            taken.append(sentence.text)
            yield sentence

    verified = iter(Verification(write(), [hit.passage for hit in hits], quotes(hits)))
    assert next(verified) == LATE
    assert taken == [LATE.text, GOOD.text]
    assert next(verified) == GOOD


def test_a_writer_that_breaks_down_amid_is_completed_with_the_quotes(hits: list[Hit]) -> None:
    def write() -> Iterator[Sentence]:
        yield GOOD
        raise ModelError("slow")

    verified = Verification(write(), [hit.passage for hit in hits], quotes(hits))
    assert list(verified) == [GOOD, *quotes(hits)]
    assert [c.outcome for c in verified.checks] == [Outcome.KEPT]
