"""How much of the personal data of a file of texts is found, by kind, and how much of what is masked is personal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pydantic import BaseModel

from bot.privacy.masking import Found, find_personal
from index.numerals import SPELLED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DIGITS = frozenset(f"0123456789{SPELLED}")
_WHOLE = frozenset({"이름", "주소", "이메일"})  # told by their letters: of a number less than four digits may be left
_FEW = 4


class MarkedText(BaseModel):
    """A line of the file. ``spans``: start, end (exclusive) and kind of all personal data in ``text``."""

    id: str
    text: str
    spans: list[tuple[int, int, str]]


def measure(texts: Iterable[MarkedText]) -> Iterator[tuple[str, int, int]]:
    """Name, hits and all: recall of each kind and of "recall", then "precision" of the masked spans."""
    hidden: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    right = masked = 0
    for text in texts:
        found = find_personal(text.text)
        for start, end, kind in text.spans:
            marked[kind] += 1
            hidden[kind] += _is_hidden(text.text, start, end, kind, found)
        masked += len(found)
        right += sum(any(f.start < end and start < f.end for start, end, _ in text.spans) for f in found)
    yield from ((kind, hidden[kind], count) for kind, count in marked.items())
    yield "recall", hidden.total(), marked.total()
    yield "precision", right, masked


def _is_hidden(text: str, start: int, end: int, kind: str, found: list[Found]) -> bool:
    left = "".join(text[i] for i in range(start, end) if not any(f.start <= i < f.end for f in found))
    if kind in _WHOLE:
        return sum(letter.isalnum() for letter in left) <= 1
    return sum(letter.isdigit() or letter in _DIGITS for letter in left) < _FEW
