"""One plain question for each clause, which the search itself answers with that clause."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from bot.chain import build_chain
from bot.settings import Settings
from bot.understand.question import Ask
from bot.writers import QuotingWriter
from index.editions.in_force import InForce
from index.editions.library import Library, load_editions
from index.search.build import open_search
from index.search.by_day import SearchByDay
from index.search.representatives import CANDIDATES, PLAIN, SURE, find_representatives

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from index.clause import Clause
    from index.editions.edition import Edition
    from index.search.clause_search import ClauseSearch
    from index.search.representatives import Representative


@pytest.fixture(scope="module")
def found(real_search: ClauseSearch) -> dict[Clause, Representative]:
    return find_representatives(real_search)


@pytest.mark.parametrize(
    "text",
    ["환불은 언제까지 되나요?", "계정을 함께 써도 되나요?", "한 달 요금은 얼마인가요?", "7일 안에 해지할 수 있을까요?"],
)
def test_a_plain_polite_question_may_be_offered(text: str) -> None:
    assert PLAIN.fullmatch(text)


@pytest.mark.parametrize(
    "text",
    [
        "환불되나요?",
        "환불 돼?",
        "환불은 언제까지 되나요",
        "<b>환불</b> 언제 되나요?",
        "환불! 언제까지 되나요?",
        "가" * 33 + "나요?",
    ],
)
def test_short_rude_odd_and_long_ones_may_not(text: str) -> None:
    assert not PLAIN.fullmatch(text)


@pytest.mark.model
def test_nearly_every_clause_has_one_of_its_own_curated_questions(
    found: dict[Clause, Representative], real_search: ClauseSearch
) -> None:
    clauses = {passage.clause for passage in real_search.corpus.passages}
    assert len(found) >= 0.9 * len(clauses)
    for clause, representative in found.items():
        plain = [q.text for q in real_search.corpus.questions if q.clauses[:1] == (clause,) and PLAIN.fullmatch(q.text)]
        assert representative.text in plain[:CANDIDATES]


@pytest.mark.model
def test_the_near_ones_are_all_other_clauses(found: dict[Clause, Representative], real_search: ClauseSearch) -> None:
    clauses = {passage.clause for passage in real_search.corpus.passages}
    for clause, representative in found.items():
        assert len(representative.near) == len(clauses) - 1
        assert set(representative.near) == clauses - {clause}


@pytest.mark.model
def test_what_is_near_is_on_the_same_subject(found: dict[Clause, Representative]) -> None:
    first = {f"{clause.article}.{clause.paragraph}": one.near[:3] for clause, one in found.items()}
    names = {address: {f"{c.article}.{c.paragraph}" for c in near} for address, near in first.items()}
    assert {"7.1", "7.2"} <= names["7.3"]
    assert {"15.1", "15.2"} <= names["15.3"]
    assert {"11.2", "11.3"} <= names["11.1"]


@pytest.mark.model
def test_whoever_asks_what_is_offered_is_answered_with_that_clause(
    found: dict[Clause, Representative], real_search: ClauseSearch, real_editions: tuple[Edition, ...]
) -> None:
    by_day = SearchByDay(real_search, real_editions, InForce(Library(Settings().data)))
    chain = build_chain(by_day, QuotingWriter(), Settings(_env_file=None))
    missed = []
    for clause, representative in found.items():
        answer = chain.invoke(Ask(representative.text))
        if clause not in [c.clause for c in answer.citations]:
            missed.append((clause, representative.text))
    assert missed == []


@pytest.fixture
def add(shop_settings: Settings, tmp_path: Path) -> Callable[..., list[tuple[str, str]]]:
    """Article and question of all that may be offered, with more questions by file; the words alone choose.

    ``probability``: what the gate says of every question, in place of what it learnt.
    """

    def choose(more: dict[str, list[str]], probability: float | None = None) -> list[tuple[str, str]]:
        for name, questions in more.items():
            path = shop_settings.data / "questions" / "가게" / name
            lines = "".join(f"- {question}\n" for question in questions)
            text = path.read_text(encoding="utf-8").replace("## 제1항\n", f"## 제1항\n{lines}")
            path.write_text(text, encoding="utf-8")
        settings = shop_settings.model_copy(update={"embedding": str(tmp_path / "none")})
        search = open_search(settings, load_editions(settings.data))
        assert not search.embedding
        if probability is not None:
            gate = np.array([np.log(probability / (1 - probability)), 0.0, 0.0])
            collection = replace(search.collection, by_words=replace(search.ranker, gate=gate))
            search = replace(search, collection=collection)
        return [(clause.article, found.text) for clause, found in find_representatives(search).items()]

    return choose


def test_without_the_model_the_words_alone_choose(add: Callable[..., list[tuple[str, str]]]) -> None:
    assert add({"2.md": ["환불 기한은 며칠인가요?"]}) == [("2", "환불 기한은 며칠인가요?")]


@pytest.mark.parametrize(("probability", "offered"), [(SURE - 0.01, False), (SURE + 0.01, True)])
def test_what_the_terms_hardly_answer_is_not_offered(
    add: Callable[..., list[tuple[str, str]]], probability: float, offered: bool
) -> None:
    assert bool(add({"2.md": ["환불 기한은 며칠인가요?"]}, probability)) is offered


def test_without_a_plain_question_there_is_none(shop_search: ClauseSearch) -> None:
    assert find_representatives(shop_search) == {}  # the shop's questions have no question mark
