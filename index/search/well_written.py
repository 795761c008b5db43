"""Whether a curated question may be shown to people: many are written as customers type, and show how not to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.search.spelling import Spelling

ENDING = re.compile(r"(?:요|까|죠)\??$")
LONGEST_WORD = 10  # letters; longer ones are several words without the blanks between


def is_well_written(text: str, spelling: Spelling) -> bool:
    """Whether it asks in Korean, politely, in words with blanks between, and without a misspelt one.

    Of the curated questions a half are. Of the clauses found first for the questions of ``data/eval/dev.jsonl`` 0.52
    have one near, and 0.56 have any.
    """
    words = text.split()
    separate = len(words) > 1 and max(map(len, words)) <= LONGEST_WORD
    return separate and bool(ENDING.search(text)) and spelling.correct(text) == text
