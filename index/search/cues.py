"""What the words of a yes/no question and of a clause say about yes and no, whatever their subject."""

from __future__ import annotations

import re

_QUESTION = tuple(
    re.compile(pattern)
    for pattern in (
        # asked in the negative; no exception left; past a condition; may it be done; must it; a belief to be confirmed
        r"안\s|안되|안돼|못|없|아니|아닌|않|\bnot\b|n't",
        r"만\s|만요|만이|만으로|무조건|항상|늘\s|언제나|반드시|절대|전부|다\s|모두|당연|바로|평생|영원",
        r"마음대로|맘대로|일방|혼자|알아서|그냥|대신|말로|구두|먼저|나중|아무",
        r"수\s?있|수도\s?있|되나|돼|가능|해도|써도|되죠",
        r"해야|야\s?하|야\s?돼|야\s?되|필요|의무",
        r"죠|맞|지\?|거지|잖",
    )
)
_CLAUSE = tuple(
    re.compile(pattern)
    for pattern in (
        r"할 수 있|될 수 있",
        r"금지|안 되|안 됩|수 없|않|제외|면제",
        r"해야|하여야|의무|부담|책임",
        r"다만|단,|경우|시\s|한\s",
    )
)
_NUMBER = re.compile(r"\d{1,18}")
CUES = len(_QUESTION) + len(_CLAUSE) + 2


def polarity_cues(text: str, clause: str) -> list[float]:
    """`CUES` flags: of the question, of the clause, and whether it lacks or has a number of the question."""
    numbers, stated = set(_NUMBER.findall(text)), set(_NUMBER.findall(clause))
    own = [*(p.search(text) for p in _QUESTION), *(p.search(clause) for p in _CLAUSE)]
    return [float(bool(found)) for found in [*own, numbers - stated, numbers & stated]]
