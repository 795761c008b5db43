"""Suggest what to ask next: questions that the terms do answer, near what was just cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.answer import Answer
    from index.clause import Clause
    from index.search.representatives import Representative

MOST = 3


def next_questions(
    answer: Answer, asked: Sequence[str], representatives: Mapping[Clause, Representative]
) -> tuple[str, ...]:
    """At most `MOST` questions: of the related clauses if nothing was answered, else of those near the cited ones.

    None that was ``asked`` already, and none whose clause was just cited.
    """
    cited = [citation.clause for citation in answer.citations]
    wanted = cited and _near(cited, representatives)
    if not cited:
        wanted = [citation.clause for citation in answer.related]
    texts = (representatives[clause].text for clause in wanted if clause in representatives)
    return tuple(dict.fromkeys(text for text in texts if text not in asked))[:MOST]


def _near(cited: Sequence[Clause], representatives: Mapping[Clause, Representative]) -> list[Clause]:
    """Near clauses in turns: the nearest of each cited one, then the second nearest of each."""
    lists: Iterable[tuple[Clause, ...]] = [representatives[c].near for c in cited if c in representatives]
    turns = [clause for row in zip(*lists, strict=False) for clause in row]
    return [clause for clause in dict.fromkeys(turns) if clause not in cited]
