"""A clause of which less was told than was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.answer import Sentence
from bot.verify import Verification
from bot.verify.verification import leaves_out
from bot.writers import QuotingWriter
from index.passages import make_passages
from index.search.hits import Hit

if TYPE_CHECKING:
    from index.editions.edition import Edition
    from index.passages import Passage

OWNER = "고객이 제공한 로고·컨텐츠·데이터 등은 고객에게 귀속됩니다."
USE = "회사는 서비스 제공을 위해서만 사용할 수 있습니다."


@pytest.fixture(scope="module")
def logos(real_editions: tuple[Edition, ...]) -> Passage:
    return next(p for p in make_passages(real_editions) if p.clause.article == "13" and p.clause.paragraph == "2")


@pytest.mark.parametrize(
    ("told", "question", "owed"),
    [
        ([OWNER], "로고는 누구에게 귀속되나요?", False),
        ([OWNER], "회사가 서비스 제공에만 사용하나요?", True),
        ([OWNER], "우리 거 맞아?", True),  # its words do not tell which half
        ([OWNER, USE], "우리 거 맞아?", False),
        ([USE], "로고는 누구에게 귀속되나요?", True),
    ],
)
def test_the_asked_half_is_owed(logos: Passage, told: list[str], question: str, owed: bool) -> None:
    assert leaves_out(told, logos.quote, question) is owed


def test_a_proviso_is_owed_whatever_was_asked() -> None:
    quote = "배송이 늦으면 문자로 알립니다. 다만, 명절에는 알리지 않습니다."
    assert leaves_out(["배송이 늦으면 문자로 알립니다."], quote, "배송이 늦으면 문자로 알리나요?")


def test_the_clause_follows_when_its_asked_half_was_left_out(logos: Passage) -> None:
    hit = Hit(passage=logos, score=1.0, reasons=())
    quotes = list(QuotingWriter().write("", [hit]))
    told = Sentence(OWNER, (logos.clause,))
    asked = Verification([told], [logos], quotes, "회사가 서비스 제공에만 사용하나요?")
    assert list(asked) == [told, *quotes]
    assert list(Verification([told], [logos], quotes, "로고는 누구에게 귀속되나요?")) == [told]


def test_the_clauses_own_words_need_no_analyser(
    real_editions: tuple[Edition, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bot without a language model has none installed, and no memory for one."""

    def fail() -> None:
        raise AssertionError("the analyser was loaded")

    monkeypatch.setattr("bot.verify.morphemes.load_analyser", fail)
    for passage in make_passages(real_editions):
        hit = Hit(passage=passage, score=0.9)
        question = f"{passage.article_title}이 어떻게 되나요 {passage.clause.paragraph}?"
        quotes = list(QuotingWriter().write(question, [hit]))
        assert list(Verification(quotes, [passage], quotes, question)) == quotes
