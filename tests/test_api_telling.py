"""A question from another program, whatever happens to its answer."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from bot.answer import Answer, Status
from bot.service import FAILED
from bot.understand.question import Ask
from bot.web.api.answering import answer_whole, stream_answer
from bot.web.api.schemas import AnswerShape, PieceShape

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from index.search.hits import Hit

FIRST = Answer(Status.ANSWERED, "가", interpreted="질문", confidence=0.5)
SECOND = Answer(Status.ANSWERED, "나", interpreted="질문", confidence=0.5)


class Script:
    """Gives ``pieces``, then the row 7; remembers the conversation."""

    def __init__(self, *pieces: Answer) -> None:
        self.pieces = pieces
        self.conversation = ""

    def ask(self, ask: Ask, conversation: str, channel: str) -> Answer:
        return reduce(add, self.stream(ask, conversation, channel))

    def stream(self, ask: Ask, conversation: str, channel: str) -> Iterator[Answer]:
        assert (ask.question, channel) == ("환불", "mcp")
        self.conversation = conversation
        yield from self.pieces
        yield reduce(add, self.pieces).closing(7)

    def written(self, question: str, answer: str, day: dt.date | None = None, base: str = "") -> str:
        return f"{question} {answer} {base}"

    def search(self, text: str, k: int, day: dt.date | None = None) -> list[Hit]:
        raise NotImplementedError


def test_pieces_come_before_the_whole_with_its_row() -> None:
    *pieces, whole = stream_answer(Script(FIRST, SECOND), Ask("환불"), None, "mcp")
    assert pieces == [PieceShape(text="가", citations=[]), PieceShape(text="나", citations=[])]
    assert isinstance(whole, AnswerShape)
    assert (whole.status, whole.answer, whole.confidence, whole.entry) == ("answered", "가나", 0.5, 7)
    assert whole.elapsed_ms >= 0


def test_half_an_answer_never_passes_for_a_whole_one() -> None:
    failed = Script(FIRST, Answer(Status.ERROR, FAILED))
    assert [getattr(one, "answer", "piece") for one in stream_answer(failed, Ask("환불"), None, "mcp")] == [
        "piece",
        FAILED,
    ]
    whole = answer_whole(failed, Ask("환불"), None, "mcp", "https://bot.example.com")
    assert whole.text == f"환불 {FAILED} https://bot.example.com"
    assert (whole.status, whole.answer, whole.entry) == ("error", FAILED, 7)


def test_a_question_without_a_conversation_begins_one() -> None:
    first, second, named = Script(FIRST), Script(FIRST), Script(FIRST)
    answer_whole(first, Ask("환불"), None, "mcp")
    answer_whole(second, Ask("환불"), None, "mcp")
    answer_whole(named, Ask("환불"), "a" * 32, "mcp")
    assert len(first.conversation) == len(second.conversation) == 32
    assert first.conversation != second.conversation
    assert named.conversation == "a" * 32
