"""Finding the shop's clauses: by number first, then by likeness; with the embedder and by words alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.fakes import FakeEmbedder

from index.clause import Clause
from index.references.by_number import Reference
from index.search.clause_search import ClauseSearch
from index.search.collection import Collection
from index.search.hits import BY_MEANING, BY_NUMBER, BY_WORDS, Hit
from index.search.retriever import ClauseRetriever

if TYPE_CHECKING:
    from index.questions.corpus import Corpus

ONE = Clause("가게", "1", "1")
ALL = ["1.1", "1.2", "2.1", "3.1"]


@pytest.fixture
def words_search(shop_search: ClauseSearch) -> ClauseSearch:
    return ClauseSearch.over(shop_search.corpus, shop_search.collection, None, {})


@pytest.fixture(params=["meaning", "words"])
def search(request: pytest.FixtureRequest, shop_search: ClauseSearch, words_search: ClauseSearch) -> ClauseSearch:
    return shop_search if request.param == "meaning" else words_search


def addresses(hits: list[Hit]) -> list[str]:
    return [f"{hit.passage.clause.article}.{hit.passage.clause.paragraph}" for hit in hits]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("배송은 며칠 걸려요", "1.1"),
        ("늦으면 알림 문자 와요", "1.2"),
        ("환불 기한", "2.1"),
        ("전화번호 알려 주세요", "3.1"),
    ],
)
def test_the_clause_that_answers_comes_first(search: ClauseSearch, question: str, first: str) -> None:
    assert addresses(search.find(question))[0] == first


def test_clauses_asked_for_by_number_come_before_all_others(search: ClauseSearch) -> None:
    hits = search.find("제2조 배송")
    assert addresses(hits)[:2] == ["2.1", "1.1"]
    assert [(hit.score, hit.reasons, hit.named) for hit in hits[:1]] == [(1.0, (BY_NUMBER,), True)]
    assert not any(hit.named for hit in hits[1:])
    assert sorted(addresses(hits)) == ALL


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("제1조", ["1.1", "1.2"]),
        ("1조 2항", ["1.2"]),
        ("3조 1조 1항", ["3.1", "1.1"]),
        ("제3조, 제2조?", ["3.1", "2.1"]),
    ],
)
def test_a_question_of_numbers_alone_finds_them_alone(search: ClauseSearch, question: str, found: list[str]) -> None:
    assert addresses(search.find(question)) == found


def test_a_number_that_does_not_exist_names_nothing(search: ClauseSearch) -> None:
    assert search.named(Reference("9")) == []
    assert search.named(Reference("1", "3")) == []
    assert not any(hit.named for hit in search.find("제9조 환불"))


@pytest.mark.parametrize("k", [1, 2, 4, 9])
def test_there_are_at_most_k_hits(search: ClauseSearch, k: int) -> None:
    for question in ("환불 되나요", "제1조 환불"):
        assert len(search.find(question, k)) == min(k, 4)


def test_the_best_hit_has_the_probability_and_the_others_shares_of_it(search: ClauseSearch) -> None:
    scored = search.score(["배송은 며칠 걸려요"])[0]
    hits = search.hits(scored)
    assert sorted(addresses(hits)) == ALL
    assert hits[0].score == pytest.approx(scored.answerable)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 <= hit.score <= 1 for hit in hits)


def test_what_is_out_of_scope_is_less_answerable_than_what_is_in_it(search: ClauseSearch) -> None:
    outside, inside = search.score(["오늘 날씨 어때요", "환불 되나요"])
    assert outside.answerable < 0.5 < inside.answerable


def test_within_an_article_only_its_clauses_are_found(search: ClauseSearch) -> None:
    scored = search.score(["환불 되나요"])[0]
    assert sorted(addresses(search.hits(scored, within=ONE))) == ["1.1", "1.2"]
    assert addresses(search.hits(scored, within=ONE, k=1)) == addresses(search.hits(scored, within=ONE))[:1]
    assert search.hits(scored, within=Clause("가게", "9", "1")) == []


def test_several_texts_are_scored_as_each_alone(search: ClauseSearch) -> None:
    texts = ["환불 되나요", "오늘 날씨 어때요"]
    together = search.score(texts)
    assert [scored.text for scored in together] == texts
    for scored in together:
        alone = search.score([scored.text])[0]
        assert scored.answerable == pytest.approx(alone.answerable)
        assert scored.scores == pytest.approx(alone.scores, abs=1e-6)
    assert search.score([]) == []


def test_nothing_is_found_for_an_empty_text(search: ClauseSearch) -> None:
    assert search.find("") == []


def test_a_retriever_gives_what_find_gives(search: ClauseSearch) -> None:
    for question in ("환불 되나요", "제1조 환불"):
        for k in (2, 10):
            found = ClauseRetriever(search=search, k=k).invoke(question)
            assert [(one.page_content, one.metadata["article"], one.metadata["score"]) for one in found] == [
                (hit.passage.quote, hit.passage.clause.article, hit.score) for hit in search.find(question, k)
            ]


def test_a_hit_is_the_paragraph_as_it_is_written(shop_search: ClauseSearch) -> None:
    hit = shop_search.find("환불 되나요")[0]
    assert hit.passage.quote == "받은 날부터 7일 안에 환불을 신청할 수 있습니다."


def test_reasons_tell_what_found_a_clause(shop_search: ClauseSearch, words_search: ClauseSearch) -> None:
    # "배송" alone has the vector of the curated question "배송은 며칠 걸려요"; nothing else of it is in the shop
    assert BY_MEANING in shop_search.find("배송")[0].reasons
    assert shop_search.find("배송은 며칠 걸려요")[0].reasons == (BY_MEANING, BY_WORDS)
    assert {hit.reasons for hit in words_search.find("배송은 며칠 걸려요")} == {(BY_WORDS,)}


def test_without_an_embedder_the_search_goes_by_words(shop_search: ClauseSearch, words_search: ClauseSearch) -> None:
    assert shop_search.embedding
    assert not words_search.embedding


def test_a_collection_without_vectors_needs_no_embedder(shop_corpus: Corpus, words_search: ClauseSearch) -> None:
    collection = Collection.of(shop_corpus, None)
    search = ClauseSearch.over(shop_corpus, collection, FakeEmbedder(), {})
    assert not search.embedding
    assert addresses(search.find("환불 기한")) == addresses(words_search.find("환불 기한"))
