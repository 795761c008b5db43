"""Which of several documents a text names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAST = 3  # letters of the last word of a title ("처리방침"), from which it stands for the document


def named_document(text: str, titles: Mapping[str, str]) -> str | None:
    """The document whose name, title or last word of the title stands in ``text``; None if none or several do.

    ``titles``: by name.
    """
    said = _squeeze(text)
    forms = {name: {_squeeze(name), _squeeze(title), _last(title)} - {""} for name, title in titles.items()}
    found = [
        name
        for name, own in forms.items()
        if any(form in said for form in own - set().union(*(other for n, other in forms.items() if n != name)))
    ]
    return found[0] if len(found) == 1 else None


def _last(title: str) -> str:
    words = title.split()
    return words[-1] if len(words) > 1 and len(words[-1]) >= LEAST else ""


def _squeeze(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()
