"""Documents with the same article numbers: what is said of one is not taken from another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.fakes import FakeEmbedder
from support.hits import make_hit

from bot.gate import Finding, decide
from bot.render.rendering import Rendering
from bot.understand.find import find
from bot.understand.question import Query
from index.clause import Clause
from index.editions.edition import principal
from index.editions.library import load_editions
from index.questions.corpus import read_corpus
from index.references.by_number import Reference
from index.search.build import build
from index.search.clause_search import ClauseSearch
from index.search.hits import Scored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.settings import Settings
    from index.editions.edition import Edition
    from index.search.hits import Hit

SAFE = """보관 약관
제1조 (맡기기)
- 짐은 접수대에서 맡깁니다.
- 맡긴 짐의 목록을 드립니다.
제2조 (찾기)
- 짐은 신분증을 보이고 찾습니다.
- 대신 찾는 사람은 위임장을 보입니다.
"""
METADATA = 'title = "보관 약관"\ncompany = "예시보관"\ncontact = ["2.2"]\n'


@pytest.fixture
def editions(shop_settings: Settings) -> tuple[Edition, ...]:
    folder = shop_settings.data / "terms" / "보관"
    folder.mkdir()
    (folder / "2024-01-01.txt").write_text(SAFE, encoding="utf-8")
    (folder / "terms.toml").write_text(METADATA, encoding="utf-8")
    return load_editions(shop_settings.data)


@pytest.fixture
def both(shop_settings: Settings, editions: tuple[Edition, ...]) -> ClauseSearch:
    corpus = read_corpus(shop_settings.data, editions)
    collection, manifest = build(shop_settings, corpus, FakeEmbedder())
    return ClauseSearch.over(corpus, collection, FakeEmbedder(), manifest)


def addresses(search: ClauseSearch, text: str, *history: str) -> list[str]:
    _, findings = find(Query(text, history), search)
    return [str_of(hit.passage.clause) for finding in findings for hit in finding.hits]


def str_of(clause: Clause) -> str:
    return f"{clause.document} {clause.article}.{clause.paragraph}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("그럼 2항은?", "보관 1.2"),
        ("다음 항은?", "보관 1.2"),
        ("1조 마지막 항?", "보관 1.2"),
        ("2조 1항은?", "보관 2.1"),
    ],
)
def test_a_number_after_an_answer_stays_in_its_document(text: str, found: str, both: ClauseSearch) -> None:
    assert addresses(both, text, "보관 약관 1조 1항")[0] == found
    assert {address.split()[0] for address in addresses(both, text, "보관 약관 1조 1항")} == {"보관"}


def test_a_missing_neighbour_is_missing_in_the_document_spoken_of(both: ClauseSearch) -> None:
    _, (finding,) = find(Query("다음 항은?", ("보관 약관 2조 2항",)), both)
    assert finding.missing == (Reference("2", "3", "보관"),)


def test_an_article_is_favoured_in_its_own_document_alone(both: ClauseSearch) -> None:
    nothing = Scored("", np.zeros(len(both.passages) + 1), 0.5, np.zeros(len(both.passages)))
    scores = both.favour(nothing, Clause("보관", "1", "1"), 0.3).scores
    favoured = [str_of(p.clause) for p, s in zip(both.passages, scores, strict=False) if s > 0]
    assert favoured == ["보관 1.1", "보관 1.2"]
    within = both.hits(nothing, within=Clause("보관", "2", "1"))
    assert {str_of(hit.passage.clause) for hit in within} == {"보관 2.1", "보관 2.2"}


def test_a_clause_is_named_in_its_document_or_in_all(both: ClauseSearch) -> None:
    assert [str_of(h.passage.clause) for h in both.named(Reference("2", "1", "보관"))] == ["보관 2.1"]
    assert {str_of(h.passage.clause) for h in both.named(Reference("2", "1"))} == {"가게 2.1", "보관 2.1"}


def test_what_is_looked_up_goes_to_the_document_that_it_names(both: ClauseSearch) -> None:
    assert [str_of(hit.passage.clause) for hit in both.find("보관 약관 2조")][:2] == ["보관 2.1", "보관 2.2"]
    assert {hit.passage.clause.document for hit in both.find("보관 약관 짐")} == {"보관"}
    assert {hit.passage.clause.document for hit in both.find("2조")} == {"가게", "보관"}


def test_what_is_made_of_one_document_is_made_once(both: ClauseSearch) -> None:
    first, second = both.of_document("보관"), both.remembering().of_document("보관")
    assert first.table is second.table
    assert first.unlearnt is second.unlearnt
    assert second.memory == {}


def test_nothing_is_embedded_again_for_one_document_of_several(both: ClauseSearch) -> None:
    asked: list[str] = []

    class Counting(FakeEmbedder):
        def passages(self, texts: Sequence[str]) -> np.ndarray:
            asked.extend(texts)
            return super().passages(texts)

    seen = replace(both, embedder=Counting())
    # a view over other passages than the index holds embeds them once
    other = tuple(replace(passage, article_title="달리") for passage in seen.passages)
    view = seen.over_passages(other, seen.columns)
    embedded = len(asked)
    assert embedded
    view.of_document("보관").of_document("보관")
    assert len(asked) == embedded


def refused(editions: Sequence[Edition], *near: Hit) -> str:
    verdict = decide([Finding("질문", near)], max_citations=4)
    return Rendering(editions, Query("질문"), "질문", verdict).not_found().text


def test_the_contacts_are_those_of_the_document_that_is_near(editions: tuple[Edition, ...], both: ClauseSearch) -> None:
    passages = {str_of(p.clause): p for p in both.passages}
    assert "위임장" in refused(editions, make_hit(passages["보관 1.1"], 0.1))
    assert "02-000-0000" in refused(editions, make_hit(passages["가게 1.1"], 0.1))
    assert "02-000-0000" in refused(editions)
    assert "위임장" in refused(editions[::-1])


def test_a_document_without_contacts_leaves_them_to_one_that_has_some(editions: tuple[Edition, ...]) -> None:
    shop, safe = editions
    assert principal((replace(shop, contact=()), safe)) == safe
    assert principal((shop, safe)) == shop
    assert principal((replace(shop, contact=()),)).name == "가게"
