"""What is made of all passages is made once: no later question goes over them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from bot.understand.figures import without_days
from bot.understand.find import afford, find
from bot.understand.question import Query
from index.passages import Passage
from index.search.passage_table import PassageTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.questions.corpus import Corpus
    from index.search.clause_search import ClauseSearch


class Watched(tuple[Passage, ...]):
    """Passages that count how often somebody goes over all of them."""

    __slots__ = ()
    times = 0

    def __iter__(self) -> Iterator[Passage]:
        type(self).times += 1
        return super().__iter__()


@pytest.mark.parametrize(
    ("text", "history"),
    [
        ("환불 되나요?", ()),
        ("1조 마지막 항", ()),
        ("1조 명절", ()),
        ("다른가게 이용약관 1조", ()),
        ("다음 조는?", ("환불 되나요?",)),
        ("첫 항은?", ("1조 2항",)),
        ("아까 환불 얘기로 돌아가서 기한은요?", ("환불 되나요?", "배송은 며칠 걸려요?")),
        ("예외는 없나요?", ("1조 2항",)),
    ],
)
def test_only_the_first_question_goes_over_all_passages(
    shop_search: ClauseSearch, text: str, history: tuple[str, ...]
) -> None:
    table = shop_search.table
    table.passages = Watched(table.passages)

    def ask() -> int:
        Watched.times = 0
        query = Query(text, history)
        find(query, afford(query, shop_search))
        without_days(f"2020년 3월 2일에 샀는데 {text}", dt.date(2026, 1, 1), shop_search)
        return Watched.times

    ask()
    assert ask() == 0


def test_what_is_made_once_is_kept(shop_corpus: Corpus) -> None:
    table: PassageTable[ClauseSearch] = PassageTable(shop_corpus.passages)
    made = []

    def count(passages: object) -> int:
        made.append(passages)
        return len(shop_corpus.passages)

    assert [table.once(count), table.once(count)] == [4, 4]
    assert len(made) == 1


def test_the_table_knows_words_documents_and_last_paragraphs(shop_corpus: Corpus) -> None:
    table: PassageTable[ClauseSearch] = PassageTable(shop_corpus.passages)
    assert "명절" in table.words
    assert "가게 약관" in table.words
    assert [clause.article for clause in table.of_document("가게")] == ["1", "1", "2", "3"]
    assert table.of_document("남의 것") == ()
    assert [table.last_paragraph(number) for number in ("1", "2", "9")] == ["2", "1", None]
