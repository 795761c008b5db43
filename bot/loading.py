"""What answers, opened: search, writer and chain over the editions in force."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.question import Ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from langchain_core.runnables import Runnable

    from bot.answer import Answer
    from bot.basis import Shelf
    from bot.settings import Settings
    from index.editions import Clause
    from index.embedding import Embedder
    from index.in_force import InForce
    from index.representatives import Representative
    from index.search import ClauseSearch

log = logging.getLogger(__name__)

WARM_UP = Ask("이 약관은 무엇에 관한 것인가요?")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What answers: swapped as a whole."""

    shelf: Shelf
    search: ClauseSearch
    chain: Runnable[Ask, Answer]
    representatives: dict[Clause, Representative]


def open_answering(
    settings: Settings,
    in_force: InForce,
    embedder: Embedder | None = None,
    on_model_failure: Callable[[str], None] = lambda reason: None,
) -> Loaded:
    """Everything over the editions that are in force. ``embedder``: one that is loaded already.

    ``on_model_failure``: told one of `bot.errors.MODEL_FAILURES`.

    Raises:
        YakgwanError: the data or the settings are faulty, or the index cannot be written.
    """
    # imported here: torch, scikit-learn and LangChain take seconds, and the page must answer before
    from bot.basis import Shelf
    from bot.chain import build_chain
    from bot.judge import open_judge
    from bot.lead import open_wording
    from bot.writers import open_writer
    from index.build import open_search
    from index.representatives import find_representatives

    editions = in_force.now()
    search = open_search(settings, editions, embedder=embedder)
    shelf = Shelf(search, editions, in_force)
    judge = open_judge(settings, on_model_failure)
    wording = open_wording(settings.data, editions)
    chain = build_chain(shelf, open_writer(settings, on_model_failure), settings, judge=judge, wording=wording)
    _warm_up(chain)
    return Loaded(shelf, search, chain, find_representatives(search))


def _warm_up(chain: Runnable[Ask, Answer]) -> None:
    """Do here what LangChain and the model put off until the first question; a failure now is none of a customer's."""
    try:
        chain.invoke(WARM_UP)
    except Exception:
        log.exception("warming up failed")
