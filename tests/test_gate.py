"""What is cited, what is only related, and when nothing is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.hits import find_hit

from bot.gate import ANSWER, CITE, MAX_RELATED, RELATED, Finding, Verdict, decide

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.questions.corpus import Corpus
    from index.search.hits import Hit


def finding(corpus: Corpus, *scores: tuple[str, float], named: bool = False) -> Finding:
    return Finding("질문", tuple(find_hit(corpus, address, score, named=named) for address, score in scores))


def addresses(hits: Iterable[Hit]) -> list[str]:
    return [f"{hit.passage.clause.article}.{hit.passage.clause.paragraph}" for hit in hits]


def test_the_best_clause_and_those_near_to_it_are_cited(shop_corpus: Corpus) -> None:
    found = finding(shop_corpus, ("2.1", 0.8), ("1.1", 0.8 * CITE), ("1.2", 0.8 * CITE - 0.01))
    verdict = decide([found], max_citations=3)
    assert addresses(verdict.hits) == ["2.1", "1.1"]
    assert verdict.related == ()
    assert verdict.confidence == 0.8


def test_no_more_than_the_allowed_citations_are_made(shop_corpus: Corpus) -> None:
    found = finding(shop_corpus, ("2.1", 0.8), ("1.1", 0.8), ("1.2", 0.8), ("3.1", 0.8))
    assert addresses(decide([found], max_citations=2).hits) == ["2.1", "1.1"]


def test_a_question_by_number_gets_all_it_names_and_nothing_else(shop_corpus: Corpus) -> None:
    named = finding(shop_corpus, ("1.1", 1.0), ("1.2", 1.0), named=True)
    found = Finding("제1조", (*named.hits, find_hit(shop_corpus, "2.1", 1.0)))
    assert addresses(decide([found], max_citations=1).hits) == ["1.1", "1.2"]


@pytest.mark.parametrize(("score", "cited"), [(ANSWER, ["2.1"]), (ANSWER - 0.01, [])])
def test_a_question_is_answered_from_the_threshold_on(shop_corpus: Corpus, score: float, cited: list[str]) -> None:
    verdict = decide([finding(shop_corpus, ("2.1", score))], max_citations=3)
    assert addresses(verdict.hits) == cited
    assert verdict.confidence == score


def test_without_an_answer_the_near_clauses_are_related_best_first(shop_corpus: Corpus) -> None:
    findings = [
        finding(shop_corpus, ("1.1", 0.10), ("1.2", RELATED - 0.01)),
        finding(shop_corpus, ("2.1", 0.20), ("3.1", RELATED)),
    ]
    verdict = decide(findings, max_citations=3)
    assert verdict.hits == ()
    assert addresses(verdict.related) == ["2.1", "1.1", "3.1"]
    assert verdict.confidence == 0.20


def test_few_clauses_are_related_and_none_twice(shop_corpus: Corpus) -> None:
    one = finding(shop_corpus, ("1.1", 0.3), ("1.2", 0.2), ("2.1", 0.15), ("3.1", 0.1))
    assert addresses(decide([one, one], max_citations=3).related) == ["1.1", "1.2", "2.1"]
    assert MAX_RELATED == 3


def test_each_question_is_decided_by_itself(shop_corpus: Corpus) -> None:
    findings = [finding(shop_corpus, ("1.1", 0.9)), finding(shop_corpus, ("2.1", 0.1))]
    verdict = decide(findings, max_citations=3)
    assert [addresses(group) for group in verdict.cited] == [["1.1"], []]
    assert verdict.related == ()


def test_a_clause_that_two_questions_cite_is_given_once(shop_corpus: Corpus) -> None:
    findings = [finding(shop_corpus, ("1.1", 0.9), ("1.2", 0.8)), finding(shop_corpus, ("1.2", 0.9), ("2.1", 0.8))]
    assert addresses(decide(findings, max_citations=3).hits) == ["1.1", "1.2", "2.1"]


def test_the_first_questions_clauses_come_first(shop_corpus: Corpus) -> None:
    findings = [finding(shop_corpus, ("1.1", 0.9)), finding(shop_corpus, ("2.1", 0.9), ("1.1", 0.8))]
    hits = decide(findings, max_citations=3).hits
    assert addresses(hits) == ["1.1", "2.1"]
    assert hits[0].score == 0.9


def test_nothing_found_is_nothing_answered() -> None:
    found = Finding("제99조", ())
    assert not found.answerable
    assert decide([found], max_citations=3) == Verdict((found,), ((),), (), 0.0)
