"""What answers, as a whole: made of the saved index and the editions in force, and swapped as one object."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from time import time
from typing import TYPE_CHECKING

from bot.understand.question import Ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from langchain_core.runnables import Runnable

    from bot.answer import Answer
    from bot.settings import Settings
    from index.clause import Clause
    from index.editions.in_force import InForce
    from index.search.by_day import SearchByDay
    from index.search.clause_search import ClauseSearch
    from index.search.embedding import Embedder
    from index.search.representatives import Representative

    Asking = Callable[[Ask], Answer]

log = logging.getLogger(__name__)
WARM_UP = Ask("이 약관은 무엇에 관한 것인가요?")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What answers: swapped as a whole. ``quoting``: without a language model. ``read_at``: seconds since 1970."""

    by_day: SearchByDay
    search: ClauseSearch
    chain: Runnable[Ask, Answer]
    representatives: dict[Clause, Representative]
    quoting: Runnable[Ask, Answer]
    read_at: float


def open_answering(
    settings: Settings,
    in_force: InForce,
    embedder: Embedder | None = None,
    before: Loaded | None = None,
    on_model_failure: Callable[[str], None] = lambda reason: None,
    *,
    quickly: bool = False,
) -> Loaded:
    """Everything over the editions that are in force, from the saved index; ``quickly``: without one, by words alone.

    ``before``: what answers now; if only some questions changed since, its search is updated, and what it offers to be
    asked stays, but for what is gone.
    ``on_model_failure``: told one of `bot.errors.MODEL_FAILURES`.

    Raises:
        StoreError: there is no index, or more than some questions changed since it was made.
        YakgwanError: the data or the settings are faulty.
    """
    # imported here: torch, scikit-learn and LangChain take seconds, and the page must answer before
    from bot.chain import build_chain
    from bot.render.lead import open_wording
    from bot.writers import QuotingWriter, open_writer
    from index.search.build import open_at_once, open_quickly
    from index.search.by_day import SearchByDay
    from index.search.representatives import find_representatives

    read_at, editions = time(), in_force.now()
    if quickly:
        search = open_quickly(settings, editions)
    else:
        search = open_at_once(settings, editions, embedder, before.search if before else None)
    by_day = SearchByDay(search, editions, in_force)
    wording = open_wording(settings.data, editions)
    chain = build_chain(by_day, open_writer(settings, on_model_failure), settings, wording=wording)
    _warm_up(chain)
    if quickly:
        representatives = {}
    elif before and search.updated:
        asked = {question.text for question in search.corpus.questions}
        representatives = {clause: one for clause, one in before.representatives.items() if one.text in asked}
    else:
        representatives = find_representatives(search)
    quoting = build_chain(by_day, QuotingWriter(), settings, wording=wording)
    return Loaded(by_day, search, chain, representatives, quoting, read_at)


def _warm_up(chain: Runnable[Ask, Answer]) -> None:
    """Do here what LangChain and the model put off until the first question; a failure now is none of a customer's."""
    try:
        chain.invoke(WARM_UP)
    except Exception:
        log.exception("warming up failed")


def quote_over(loaded: Loaded, in_force: InForce, settings: Settings) -> Asking:
    """What ``loaded`` would answer, in the clauses' own words, if the editions of ``in_force`` held.

    Raises:
        YakgwanError: what is written for the answers is faulty.
    """
    from bot.chain import build_chain
    from bot.render.lead import open_wording
    from bot.writers import QuotingWriter
    from index.search.by_day import SearchByDay

    by_day = SearchByDay(loaded.search, loaded.by_day.indexed, in_force)
    return build_chain(by_day, QuotingWriter(), settings, wording=open_wording(settings.data, in_force.now())).invoke
