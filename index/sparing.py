"""What one question may cost: its texts are embedded once each, and only as many characters as it is allowed.

What goes beyond that is searched by its words alone, which cost next to nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.embedding import Embedder

_DEAR = re.compile(r"[^가-힣A-Za-z\s]")


class Sparing:
    """An `Embedder` over another one, for a single question and its history; not shared by threads."""

    def __init__(self, embedder: Embedder, allowed: int, known: dict[str, np.ndarray] | None = None) -> None:
        self.name = embedder.name
        self.dimension = embedder.dimension
        self._embedder = embedder
        self._known = {} if known is None else known
        self._left = allowed

    def aside(self, allowed: int) -> Sparing:
        """Another allowance, so many characters, over the same texts: what one of them paid for both know."""
        return Sparing(self._embedder, allowed, self._known)

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors as the other one's; zeros for what cannot be afforded."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known and self._pays(text)]
        if new:
            self._known.update(zip(new, self._embedder.queries(new), strict=True))
        nothing = np.zeros(self.dimension, np.float32)
        return np.stack([self._known.get(text, nothing) for text in texts])

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        """Of the terms, which are no customer's: not counted."""
        return self._embedder.passages(texts)

    def _pays(self, text: str) -> bool:
        cost = cost_of(text)
        if cost > self._left:
            return False
        self._left -= cost
        return True


def cost_of(text: str) -> int:
    """Characters; those that are neither Hangul nor Latin letters count thrice: each is a token of its own."""
    return len(text) + 2 * len(_DEAR.findall(text))
