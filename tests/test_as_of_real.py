"""The company's own terms with an invented next edition, by the real search: views, numbers that move, what is new."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from support.editions import Clock

from bot.answer import Status
from bot.chain import build_chain
from bot.settings import Settings
from bot.understand.question import Ask
from bot.writers import QuotingWriter
from index.editions.counterparts import counterparts
from index.editions.in_force import InForce
from index.editions.library import Library
from index.search.by_day import SearchByDay

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from bot.answer import Answer
    from index.editions.edition import Edition
    from index.search.clause_search import ClauseSearch

pytestmark = pytest.mark.model
NAME = "서비스이용약관"
NEXT = "2026-03-01"
ADDED = "제 7 조 (예시 조항)\n- 이 조항은 판이 바뀌는 것을 시험하려고 지어낸 것입니다.\n"
LATE, LATER = "2회 이상 연체될 경우", "3회 이상 연체될 경우"
OVERDUE = "요금을 두 번 밀리면 어떻게 되나요?"
BETA = "- 무료로 제공되는 베타 기능·파일럿은"


def next_edition(source: str) -> str:
    """A new 제7조, so that all later ones move; one number changed, one paragraph dropped."""
    moved = re.sub(r"제 (\d+) 조 \(", lambda m: f"제 {int(m[1]) + (int(m[1]) >= 7)} 조 (", source)
    kept = [line for line in moved.replace(LATE, LATER).splitlines(keepends=True) if not line.startswith(BETA)]
    return "".join(kept).replace("제 8 조 (", f"{ADDED}제 8 조 (", 1)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, real_editions: tuple[Edition, ...]) -> Library:
    data = tmp_path_factory.mktemp("real") / "data"
    shutil.copytree(Settings().data / "terms", data / "terms")
    path = data / "terms" / NAME / f"{NEXT}.txt"
    path.write_text(next_edition(real_editions[0].terms.source), encoding="utf-8")
    return Library(data)


def by_day_on(day: str, search: ClauseSearch, editions: tuple[Edition, ...], library: Library) -> SearchByDay:
    return SearchByDay(search, editions, InForce(library, Clock(dt.date.fromisoformat(day))))


@pytest.fixture
def before(real_search: ClauseSearch, real_editions: tuple[Edition, ...], library: Library) -> Runnable[Ask, Answer]:
    """The chain on a day before the next edition."""
    return build_chain(by_day_on("2026-02-01", real_search, real_editions, library), QuotingWriter(), Settings())


@pytest.fixture
def after(real_search: ClauseSearch, real_editions: tuple[Edition, ...], library: Library) -> Runnable[Ask, Answer]:
    """The chain on a day after it, with the index of the edition before."""
    return build_chain(by_day_on("2026-06-01", real_search, real_editions, library), QuotingWriter(), Settings())


def cited(answer: Answer) -> list[tuple[str, str, str]]:
    return [(c.edition, c.clause.article, c.clause.paragraph) for c in answer.citations]


def test_an_announced_change_is_told_and_not_used(before: Runnable[Ask, Answer]) -> None:
    answer = before.invoke(Ask(OVERDUE))
    assert cited(answer)[0] == ("2025-12-15", "7", "3")
    assert LATE in answer.text
    assert "2026. 3. 1.부터 바뀝니다." in answer.text


def test_a_clause_that_the_announced_edition_drops_is_told(before: Runnable[Ask, Answer]) -> None:
    answer = before.invoke(Ask("제8조 제4항"))
    assert cited(answer) == [("2025-12-15", "8", "4")]
    assert "이 조항은 2026. 3. 1.부터 없어집니다." in answer.text


def test_the_new_edition_answers_with_its_own_words_and_numbers(after: Runnable[Ask, Answer]) -> None:
    answer = after.invoke(Ask(OVERDUE))
    assert cited(answer)[0] == (NEXT, "8", "3")
    assert LATER in answer.text
    assert LATE not in answer.text


def test_a_day_that_is_asked_for_is_answered_from_its_edition(after: Runnable[Ask, Answer]) -> None:
    answer = after.invoke(Ask(OVERDUE, day=dt.date(2026, 1, 5)))
    assert answer.text.startswith("**2025. 12. 15.부터 시행된 판으로 답합니다.**")
    assert cited(answer)[0] == ("2025-12-15", "7", "3")
    assert LATE in answer.text


def test_the_day_of_a_contract_is_answered_from_its_edition(after: Runnable[Ask, Answer]) -> None:
    answer = after.invoke(Ask(f"2026년 1월에 계약했는데 {OVERDUE}"))
    assert cited(answer)[0] == ("2025-12-15", "7", "3")
    assert LATE in answer.text


def test_a_contract_older_than_all_editions_is_answered_from_the_one_in_force(after: Runnable[Ask, Answer]) -> None:
    answer = after.invoke(Ask(f"2024년 3월에 계약했는데 {OVERDUE}"))
    assert cited(answer)[0] == (NEXT, "8", "3")
    assert LATER in answer.text


def test_what_the_new_edition_dropped_is_answered_for_an_earlier_contract_alone(
    after: Runnable[Ask, Answer],
) -> None:
    asked = "무료 베타 기능이 갑자기 없어지면 보상되나요?"
    assert ("2025-12-15", "8", "4") in cited(after.invoke(Ask(asked, day=dt.date(2026, 1, 5))))
    answer = after.invoke(Ask(asked))
    assert (answer.status, answer.citations) == (Status.NOT_FOUND, ())


def test_a_clause_that_only_the_new_edition_has_is_found_by_its_own_words(
    before: Runnable[Ask, Answer], after: Runnable[Ask, Answer]
) -> None:
    asked = Ask("판이 바뀌는 것을 시험하려고 지어낸 조항이 있나요?")
    assert cited(after.invoke(asked)) == [(NEXT, "7", "1")]
    assert (NEXT, "7", "1") not in cited(before.invoke(asked))


def test_contacts_and_references_by_number_move_along(after: Runnable[Ask, Answer]) -> None:
    assert "[제22조 제4항]" in after.invoke(Ask("오늘 날씨 어때요?")).text
    assert cited(after.invoke(Ask("제8조 제3항"))) == [(NEXT, "8", "3")]
    assert cited(after.invoke(Ask("제8조 제3항", day=dt.date(2026, 1, 5)))) == [("2025-12-15", "8", "3")]


def test_a_view_leads_questions_to_the_counterparts_of_what_the_index_finds(
    real_search: ClauseSearch, real_editions: tuple[Edition, ...], library: Library
) -> None:
    basis = by_day_on("2026-06-01", real_search, real_editions, library).now()
    counterpart = counterparts(real_editions[0], basis.editions[0])
    texts = [q.text for q in real_search.corpus.questions if q.clauses and set(q.clauses) <= counterpart.keys()][::97]
    assert len(texts) > 50
    for old, new in zip(real_search.score(texts), basis.search.score(texts), strict=True):
        found = real_search.hits(old, 1)[0].passage.clause
        if found in counterpart:
            assert basis.search.hits(new, 1)[0].passage.clause == counterpart[found]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2024년 봄에 계정이 털려서 손해를 봤는데 누구 책임이에요?", True),
        ("재작년 여름에 낸 돈이 한 번 밀렸는데 계약이 해지될 수 있어요?", True),
        ("2026년 2월에 낸 돈이 한 번 밀렸는데 계약이 해지될 수 있어요?", False),
        ("약관이 2025년 12월 9일에 제정된 게 맞나요?", False),
        ("3월 2일에 서버가 멈췄는데 배상되나요?", False),  # of which year is not said
    ],
)
def test_a_story_older_than_the_terms_is_told_that_others_may_have_applied(
    before: Runnable[Ask, Answer],
    question: str,
    told: bool,
) -> None:
    assert ("시행 전의 일이라면" in before.invoke(Ask(question)).text) is told
