"""The answering chain; read this file first.

    Ask ─ read ─ understand+search ─ decide ─ write+verify ─▶ Answer (in pieces that add up)

It is a LangChain Runnable: ``invoke`` gives the whole answer, ``stream`` its pieces, ``batch`` several.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from langchain_core.runnables import Runnable, RunnableBranch, RunnableGenerator, RunnableLambda

from bot.answer import Answer, Status
from bot.errors import RejectedError
from bot.gate import Verdict, decide
from bot.question import Ask, Query, read_question
from bot.render import Rendering
from bot.understand import find
from bot.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.settings import Settings
    from bot.writers import Writer
    from index.editions import Edition
    from index.search import ClauseSearch


@dataclass(frozen=True, slots=True)
class Decided:
    """What the writer needs: the question as understood and what was decided on it."""

    query: Query
    interpreted: str
    verdict: Verdict


def build_chain(
    search: ClauseSearch, writer: Writer, editions: Sequence[Edition], settings: Settings
) -> Runnable[Ask, Answer]:
    """Put the steps together."""

    def read(ask: Ask) -> Query | Answer:
        try:
            return read_question(
                ask, max_characters=settings.max_characters, max_history=settings.max_history
            )
        except RejectedError as hint:
            return Answer(Status.REJECTED, str(hint))

    def search_and_decide(query: Query) -> Decided:
        interpreted, findings = find(query, search)
        verdict = decide(findings, max_citations=settings.max_citations)
        return Decided(query, interpreted, verdict)

    def write(inputs: Iterator[Decided]) -> Iterator[Answer]:
        for decided in inputs:
            verdict = decided.verdict
            rendering = Rendering(editions, decided.query, decided.interpreted, verdict)
            if not verdict.hits:
                yield rendering.not_found()
                continue
            evidence = [hit.passage for hit in verdict.hits]
            sentences = writer.write(decided.interpreted, verdict.hits)
            yield from rendering.answered(verify(sentences, evidence))

    answer = RunnableLambda(search_and_decide) | RunnableGenerator(write)
    as_it_is = RunnableLambda(lambda answer: answer)
    return RunnableLambda(read) | RunnableBranch(
        (lambda read: isinstance(read, Answer), as_it_is), answer
    )
