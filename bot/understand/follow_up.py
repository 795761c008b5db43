"""Follow-ups: "언제까지요?", "그럼 요금은요?", "그 조항 번호는요?" are read together with what was asked before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.gate import Finding
from bot.understand.clause_numbers import choose_within
from bot.understand.question import count_letters

if TYPE_CHECKING:
    from index.clause import Clause
    from index.search.clause_search import ClauseSearch
    from index.search.hits import Hit

# Measured on the follow-ups of data/eval/validation.jsonl and on its single questions put behind another question.
STANDS = 0.42  # score of the best clause, from which a question stands alone whatever its form
# out-of-scope score, from which it does: up to 0.31 of those that lean, from 0.67 of what is out of scope (the same on
# holdout.jsonl and test.jsonl)
STRANGE = 0.5
STRANGE_SHORT = 0.3  # the same for a short question that has only its shortness
STRANGE_BARE = 0.8  # the same for a question word with next to nothing else
SHORT, SHORTER, SHORTEST = 16, 10, 9  # letters

_POINTS = re.compile(
    r"^(?:그럼|그러면|그거|그건|그게|그것|그 |그쪽|그때|그래도|그래서|그렇|거기|이거|이건|이게|저거|반대로|아까|위에"
    r"|방금|그중|그런|또 |다음|and |what about|how about)",
    re.IGNORECASE,
)
_ASKS_FIRST = re.compile(r"^(?:어떤|어떻게|며칠|얼마|언제|누가|누구|왜|어디|몇)")
_TRAILS_OFF = re.compile(
    r"(?:면|은|는|도|건|라도|까지|부터|만|한테)(?:요)?\s{0,9}[?？]{0,20}$|면\s{0,9}(?:어떻|어떡|어케|어찌)\S{0,60}(?:\s\S{1,3})?$"
)
_POLITE = re.compile(r"요\s{0,9}[?？]{0,20}$")
_SPOKEN_OF = re.compile(
    r"그거|그건|그게|그것|그 |이거|이건|이게|방금|아까|위에|말한|답한|알려\s{0,9}준|말씀하신|내용|조항|근거|혹시"
    r"|정확히|거는|건|거|것|이에요|예요|인가요|인지|인데|이죠|죠|이야|야|요|나요|은|는|이|가|의|을|를|좀|알려\s{0,9}줘|알려\s{0,9}주세요|있어|있나|와"
)
_WHERE = re.compile(
    r"(?:그거|그건|그게|그 내용|그 조항|이거|이건|그|방금|거|이|조항|의|은|는|이|가|을|를)?\s{0,9}"
    r"(?:제?\s{0,9}몇\s{0,9}조|몇\s{0,9}항|조항\s{0,9}번호|어느\s{0,9}조항?|무슨\s{0,9}조항?|어디에?\s{0,9}(?:나와|있|적혀))"
)


@dataclass(frozen=True, slots=True)
class Topic:
    """What the conversation is about: the last answered question and its hits."""

    text: str
    hits: tuple[Hit, ...]

    @property
    def clause(self) -> Clause:
        """The clause cited first."""
        return self.hits[0].passage.clause


def asks_where(text: str) -> bool:
    """Whether ``text`` asks for nothing but the number of the clause spoken of: "그거 몇 조예요?"."""
    return bool(_WHERE.search(text)) and count_letters(_SPOKEN_OF.sub("", _WHERE.sub("", text))) <= 1


def read_follow_up(text: str, topic: Topic, search: ClauseSearch) -> Finding | None:
    """``text`` read together with ``topic``; None if it stands alone.

    It leans on the topic if its form does (it points back, trails off, or is a few words) and neither a clause nor the
    out-of-scope questions know it. What is searched then is both together, the new words counted once more and the
    topic held down, for a follow-up mostly asks for the next thing.
    """
    if not _may_lean(text):
        return None
    joined = f"{topic.text} {text}"
    alone, together, before = search.score([text, joined, topic.text])
    best, strange = float(alone.scores[:-1].max()), float(alone.scores[-1])
    if best >= STANDS or strange >= _strangeness(text):
        return None
    if topic.hits[0].named:
        title = topic.hits[0].passage.article_title
        chosen = choose_within(topic.clause, search.score([f"{title} {text}"])[0], search)
        return Finding(joined, tuple(chosen)) if chosen else None
    return Finding.of(search.follow(alone, together, before, topic.clause), search, asked=text)


def _strangeness(text: str) -> float:
    """The out-of-scope score from which ``text`` is a question of its own; a bare "며칠 전에요?" hardly ever is."""
    if not _leans(text):
        return STRANGE_SHORT
    return STRANGE_BARE if _ASKS_FIRST.search(text) and count_letters(text) <= SHORTER else STRANGE


def _may_lean(text: str) -> bool:
    return _leans(text) or (count_letters(text) <= SHORTEST and bool(_POLITE.search(text)))


def _leans(text: str) -> bool:
    letters = count_letters(text)
    return (
        (letters <= SHORT + SHORTEST and bool(_POINTS.search(text)))
        or (letters <= SHORTER and bool(_ASKS_FIRST.search(text)))
        or (letters <= SHORT and bool(_TRAILS_OFF.search(text)))
    )
