"""The stream of a language model → sentences with the clauses that their labels ([1][2]) name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.answer import Sentence
from index.editions import Clause

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# A sentence ends with a full stop behind a letter, and the labels behind that; what follows must have begun.
_END = re.compile(r"[^\n]*?[가-힣A-Za-z\"”’)\]][.。!?](?:\s{0,9}\[\d{1,18}\])*(?=\s{1,9}[^\s\[])|[^\n]*\n")
_LABEL = re.compile(r"\s{0,9}\[(\d{1,9})\]")
_BULLET = re.compile(r"^\s{0,9}(?:[-*•]|\d{1,2}[.)])\s{1,9}")


def read_sentences(pieces: Iterable[str], clauses: Sequence[Clause]) -> Iterator[Sentence]:
    """The sentences of a text that comes in ``pieces``, each as soon as its end is certain.

    A label that names none of ``clauses`` gives a clause of no terms, which nothing supports.
    """
    text = ""
    for piece in pieces:
        text += piece
        while match := _END.match(text):
            text = text[match.end() :].lstrip(" ")
            yield from _read(match[0], clauses)
    yield from _read(text, clauses)


def _read(text: str, clauses: Sequence[Clause]) -> Iterator[Sentence]:
    numbers = [int(number) for number in _LABEL.findall(text)]
    named = (clauses[n - 1] if 0 < n <= len(clauses) else Clause("", str(n), "") for n in numbers)
    said = _BULLET.sub("", _LABEL.sub("", text)).replace("**", "").strip()
    if any(map(str.isalnum, said)):
        yield Sentence(said, tuple(dict.fromkeys(named)))
