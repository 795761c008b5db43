"""The changed words of two texts, by words and never by letters: "7일" → "14일", not "7" → "14"."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from index.compare.changes import Piece
from index.compare.pairing import pair, similarities

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SAME_LINE = 0.4  # see `alignment`: between the wrong pairs and the right ones
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*\w*|\w+|\s+|[^\w\s]")
_WORD = re.compile(r"\w")


def mark(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The two texts in pieces. Lines (호, 목) are paired first: one that moved is not taken for another."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    alone = len(before) == len(after) == 1
    pairs = {0: 0} if alone else dict(pair(similarities(before, after), SAME_LINE))
    olds = [[Piece(line, changed=True)] for line in before]
    news = [[Piece(line, changed=True)] for line in after]
    for i, j in pairs.items():
        olds[i], news[j] = _mark_line(before[i], after[j])
    return _join(piece for line in olds for piece in line), _join(piece for line in news for piece in line)


def mark_whole(text: str) -> tuple[Piece, ...]:
    """All of ``text`` as changed, in pieces."""
    return _join([Piece(text, changed=True)])


def _mark_line(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    # a space that became a line break, or two spaces, are the same
    plain_a, plain_b = ([" " if token.isspace() else token for token in tokens] for tokens in (a, b))
    steps = SequenceMatcher(None, plain_a, plain_b, autojunk=False).get_opcodes()
    before, after = [], []
    for place, (step, i, j, k, m) in enumerate(steps):
        inside = 0 < place < len(steps) - 1
        # a comma or a space between two changed words reads better as a part of the change
        changed = step != "equal" or (inside and not any(map(_WORD.match, a[i:j])))
        before.append(Piece("".join(a[i:j]), changed))
        after.append(Piece("".join(b[k:m]), changed))
    return before, after


def _join(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    joined: list[Piece] = []
    for piece in (part for whole in pieces for part in _without_breaks(whole)):
        if joined and joined[-1].changed == piece.changed:
            joined[-1] = Piece(joined[-1].text + piece.text, piece.changed)
        elif piece.text:
            joined.append(piece)
    return tuple(joined)


def _without_breaks(piece: Piece) -> Iterator[Piece]:
    """White space with a line break is no change of words: it stands between the marks, not in them."""
    for text in re.split(r"((?<!\s)\s*\n\s*+)", piece.text):
        yield Piece(text, piece.changed and "\n" not in text)


def changed_sentences(pieces: Sequence[Piece]) -> str:
    """The sentences that a change touches, joined by a line break; "" if none is."""
    text = "".join(piece.text for piece in pieces)
    spans, place = [], 0
    for piece in pieces:
        if piece.changed:
            spans.append((place, place + len(piece.text)))
        place += len(piece.text)
    sentences = re.finditer(r"[^\n]+?(?:[.!?](?=\s|$)|$)", text, re.MULTILINE)
    touched = [s[0].strip() for s in sentences if any(start < s.end() and s.start() < end for start, end in spans)]
    return "\n".join(touched)
