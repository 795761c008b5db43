"""What is answered otherwise after a change: known and recent questions, asked of what answered before and after."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from hashlib import sha256
from time import sleep
from typing import TYPE_CHECKING, Any

from bot.batch import Item, read_items
from bot.errors import BusyError
from bot.journal.entries import Filter
from bot.journal.names import status_name
from bot.understand.question import Ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from bot.admission import Admission
    from bot.answer import Answer
    from bot.journal.reader import Reader
    from bot.loaded import Asking

RECENT_DAYS = 30
RECENT = 500  # questions of the journal
PAUSE = 1.0  # seconds until it is tried again where customers fill all places
CUT = 600  # characters of a clause that are kept to be shown


@dataclass(frozen=True, slots=True)
class Ending:
    """How a question ends: the status, and name and words of what is cited, in its order."""

    status: str
    cited: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, answer: Answer) -> Ending:
        return cls(str(answer.status), tuple((one.mark, " ".join(one.quote.split())) for one in answer.citations))

    @property
    def says(self) -> tuple[str, frozenset[str]]:
        """What counts: a clause that only has another number says the same."""
        return self.status, frozenset(words for _, words in self.cited)

    def without(self, other: Ending) -> Ending:
        """The same without what ``other`` cites as well, by name: what differs, in whatever order it is cited."""
        kept = {words for _, words in other.cited}
        return Ending(self.status, tuple(sorted(pair for pair in self.cited if pair[1] not in kept)))

    def as_plain(self) -> dict[str, Any]:
        cited = [{"mark": mark, "text": text[:CUT]} for mark, text in self.cited]
        return {"status": self.status, "status_name": status_name(self.status), "cited": cited}


def gather(data: Path, reader: Reader, today: dt.date) -> list[Ask]:
    """The evaluation questions below ``data/eval`` and those of the last days of the journal, each once.

    Raises:
        YakgwanError: a file of questions is malformed, or the journal cannot be read.
    """
    items = [item for path in sorted((data / "eval").glob("*.jsonl")) for item in read_items(path, Item)]
    known = [item.ask() for item in items if item.question]
    rows, _ = reader.entries(Filter(since=today - dt.timedelta(days=RECENT_DAYS - 1)), 1, RECENT)
    return list(dict.fromkeys([*known, *(Ask(row.interpreted or row.question) for row in rows)]))


def compare_endings(
    asks: Sequence[Ask],
    before: Asking,
    after: Asking,
    admission: Admission,
    go_on: Callable[[int], bool],
) -> list[dict[str, Any]] | None:
    """The questions that end otherwise, the most alike first; plain, to be kept.

    Those together of which the same is cited no more and the same instead; of each side that alone is told.

    ``go_on``: told after each question how many are done; None is returned once it says no. Each answer waits for its
    place among the customers'.
    """
    changed: dict[tuple[Ending, Ending], list[str]] = {}
    for done, ask in enumerate(asks, 1):
        was, becomes = (answer_beside(admission, asking, ask) for asking in (before, after))
        if was.says != becomes.says:
            changed.setdefault((was.without(becomes), becomes.without(was)), []).append(
                " → ".join([*ask.history, ask.question])
            )
        if not go_on(done):
            return None
    groups = sorted(changed.items(), key=lambda pair: -len(pair[1]))
    return [_group(was, becomes, questions) for (was, becomes), questions in groups]


def answer_beside(admission: Admission, asking: Asking, ask: Ask) -> Ending:
    """How a question ends, asked in its turn among the customers' questions; where there is none yet, it waits."""
    while True:
        try:
            return Ending.of(admission.run(lambda: asking(ask)))
        except BusyError:
            sleep(PAUSE)


def _group(was: Ending, becomes: Ending, questions: Iterable[str]) -> dict[str, Any]:
    listed = [text[:CUT] for text in questions]
    key = sha256(repr((was, becomes, listed)).encode()).hexdigest()[:24]
    return {
        "key": f"a-{key}",
        "why": _why(was, becomes),
        "before": was.as_plain(),
        "after": becomes.as_plain(),
        "questions": listed,
    }


def _why(was: Ending, becomes: Ending) -> str:
    if was.status != becomes.status:
        return f"{status_name(was.status)} → {status_name(becomes.status)}"
    if not becomes.cited:
        return "인용하던 글이 빠짐"
    return "인용하는 글이 달라짐" if was.cited else "인용하는 글이 더해짐"
