"""Whether what is loaded answers: a few questions whose answers are known are asked."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.answer import Status
from bot.understand.question import Ask

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.answer import Answer

log = logging.getLogger(__name__)

MOST = 3  # questions that are asked at most
ANY = "이 약관은 무엇에 관한 것인가요?"  # where no answer is known: any ending will do
BROKEN, WRONG = "broken", "wrong"


def probe(answer: Callable[[Ask], Answer], known: Sequence[str]) -> str:
    """ "" if ``answer`` answers one of the first ``known`` questions, else why not, in one word.

    `BROKEN`: it fails; `WRONG`: nothing that the terms answer is answered.
    """
    try:
        ends = (answer(Ask(text)).status for text in known[:MOST] or (ANY,))
        return "" if any(status is Status.ANSWERED or not known for status in ends) else WRONG
    except Exception:
        # whatever is wrong with answering is what is looked for
        log.exception("a question asked to see whether all is well failed")
        return BROKEN
