"""함께 볼 조항: the clauses that an answer's clauses refer to."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import pytest

from bot.gate import Finding, decide
from bot.render.remarks import MOST, see_also
from bot.render.rendering import Rendering
from bot.understand.question import Query
from bot.writers import QuotingWriter
from index.editions.library import load_editions
from index.passages import make_passages
from index.search.hits import Hit

if TYPE_CHECKING:
    from pathlib import Path

    from index.clause import Clause
    from index.editions.edition import Edition
    from index.passages import Passage

RENTAL = """대여 약관
제1조 (요금)
① 요금은 제3조에 따라 정합니다.
② 전항의 요금은 제4조 제2항의 날까지 냅니다. 본 조는 상법 제46조에 앞섭니다.
제2조 (반납)
① 제1조 제1항, 제3조 제2항과 제9조에 따릅니다.
제3조 (요율)
① 하루 만원입니다.
② 이틀부터 반값입니다.
③ 제1항은 성수기에도 같습니다.
④ 끝자리는 버립니다.
제4조 (기한)
① 기한은 한 달입니다.
② 말일에 끝납니다.
"""


@pytest.fixture
def editions(tmp_path: Path) -> tuple[Edition, ...]:
    folder = tmp_path / "terms" / "대여"
    folder.mkdir(parents=True)
    (folder / "2024-01-01.txt").write_text(RENTAL, encoding="utf-8")
    return load_editions(tmp_path)


def passages(editions: tuple[Edition, ...], *addresses: str) -> list[Passage]:
    found = {f"{p.clause.article}.{p.clause.paragraph}": p for p in make_passages(editions)}
    return [found[address] for address in addresses]


def known(editions: tuple[Edition, ...]) -> dict[Clause, Passage]:
    return {passage.clause: passage for passage in make_passages(editions)}


@pytest.mark.parametrize(
    ("cited", "wanted"),
    [
        (["1.1"], ["3.1", "3.2", "3.3"]),  # of a whole article the first ones
        (["1.2"], ["1.1", "4.2"]),  # 전항; not 본 조, not another law's
        (["2.1"], ["1.1", "3.2"]),  # 제9조 does not exist
        (["1.2", "1.1"], ["4.2", "3.1", "3.2", "3.3"]),  # 1.1 is cited itself
        (["3.3"], ["3.1"]),
        (["4.1"], []),
        ([], []),
    ],
)
def test_what_a_clause_names_is_to_be_seen_with_it(
    editions: tuple[Edition, ...], cited: list[str], wanted: list[str]
) -> None:
    found = see_also(passages(editions, *cited), editions, known(editions))
    assert [f"{p.clause.article}.{p.clause.paragraph}" for p in found] == wanted
    assert all(p.quote in RENTAL and p.edition == "2024-01-01" for p in found)


def test_there_are_never_more_than_a_few(editions: tuple[Edition, ...]) -> None:
    assert len(see_also(passages(editions, "1.1", "1.2", "2.1"), editions, known(editions))) == MOST


def test_a_clause_of_another_edition_names_none_of_this_one(editions: tuple[Edition, ...]) -> None:
    (passage,) = passages(editions, "1.1")
    assert see_also([replace(passage, edition="2023-01-01")], editions, known(editions)) == ()
    assert see_also([passage], (), known(editions)) == ()


def test_an_answer_brings_them_as_related(editions: tuple[Edition, ...]) -> None:
    (passage,) = passages(editions, "1.2")
    hit = Hit(passage=passage, score=0.9)
    verdict = decide([Finding("언제 내요", (hit,))], max_citations=4)
    sentences = QuotingWriter().write("언제 내요", verdict.hits)
    rendering = Rendering(editions, Query("언제 내요"), "언제 내요", verdict, known=known(editions))
    answer = reduce(add, rendering.answered(sentences))
    assert [c.mark for c in answer.related] == ["제1조 제1항", "제4조 제2항"]
    assert "함께 볼 조항: [제1조 제1항 · 요금](/terms/" in answer.text
    assert "#p2)" in answer.text.rpartition("[제4조 제2항 · 기한]")[2]
