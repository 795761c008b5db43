"""What the tests of language models share, to be used as a plugin: a lying model, the clauses, a bot over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.writers import QuotingWriter
from index.passages import make_passages
from support.adversary import Adversary, open_adversary, respond

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.answer import Answer
    from bot.writers import Writer
    from index.editions.edition import Edition
    from index.passages import Passage


class Bot:
    """Answers from given clauses."""

    def __init__(self, editions: Sequence[Edition]) -> None:
        self._editions = editions

    def answer(self, writer: Writer, found: list[Passage]) -> Answer:
        return respond(self._editions, writer, found)

    def quote(self, found: list[Passage]) -> str:
        return self.answer(QuotingWriter(), found).text


@pytest.fixture(scope="module")
def shared_adversary() -> Iterator[Adversary]:
    with open_adversary() as opened:
        yield opened


@pytest.fixture
def adversary(shared_adversary: Adversary) -> Adversary:
    """It behaves well and says nothing until it is told otherwise."""
    shared_adversary.forget()
    return shared_adversary


@pytest.fixture(scope="module")
def passages(real_editions: tuple[Edition, ...]) -> dict[str, Passage]:
    return {f"{p.clause.article}.{p.clause.paragraph}": p for p in make_passages(real_editions)}


@pytest.fixture
def bot(real_editions: tuple[Edition, ...]) -> Bot:
    return Bot(real_editions)
