"""The answering chain; read this file first.

    Ask ─ read ─ find ─ decide ─ write ─ verify ─▶ Answer (in pieces that add up)

It is a LangChain Runnable: ``invoke`` gives the whole answer, ``stream`` its pieces, ``batch`` several.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from langchain_core.runnables import Runnable, RunnableGenerator, RunnableLambda

from bot.answer import Answer, Status
from bot.errors import RejectedError
from bot.gate import Verdict, decide
from bot.question import Ask, Query, read_question
from bot.render import Rendering
from bot.understand import find
from bot.verify import Verification
from bot.writers.quoting import QuotingWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.gate import Finding
    from bot.settings import Settings
    from bot.writers import Writer
    from index.editions import Edition
    from index.search import ClauseSearch

    Understand = Callable[[Query, ClauseSearch], tuple[str, list[Finding]]]


@dataclass(frozen=True, slots=True)
class Decided:
    """What the writer needs: the question as understood and what was decided on it."""

    query: Query
    interpreted: str
    verdict: Verdict


def build_chain(
    search: ClauseSearch,
    writer: Writer,
    editions: Sequence[Edition],
    settings: Settings,
    understand: Understand = find,
) -> Runnable[Ask, Answer]:
    """Put the steps together. ``understand``: `find`, or less of it to measure what it is worth."""

    def decide_on(ask: Ask) -> Decided | Answer:
        try:
            query = read_question(ask, max_characters=settings.max_characters, max_history=settings.max_history)
        except RejectedError as hint:
            return Answer(Status.REJECTED, str(hint))
        interpreted, findings = understand(query, search)
        return Decided(query, interpreted, decide(findings, max_citations=settings.max_citations))

    def write(decisions: Iterator[Decided | Answer]) -> Iterator[Answer]:
        for decided in decisions:
            if isinstance(decided, Answer):
                yield decided
                continue
            verdict = decided.verdict
            rendering = Rendering(editions, decided.query, decided.interpreted, verdict)
            if not verdict.hits:
                yield rendering.not_found()
                continue
            question, evidence = decided.interpreted, [hit.passage for hit in verdict.hits]
            quotes = QuotingWriter().write(question, verdict.hits)
            verified = Verification(writer.write(question, verdict.hits), evidence, quotes)
            yield from rendering.answered(verified)
            if verified.checks:
                yield rendering.checked(verified.checks)

    return RunnableLambda(decide_on) | RunnableGenerator(write)
