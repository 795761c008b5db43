"""Which of several documents a text names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.sentences import only_letters

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAST = 3  # letters of the last word of a title ("처리방침"), from which it stands for the document


def named_document(text: str, titles: Mapping[str, str]) -> str | None:
    """The document whose name, title or last word of the title stands in ``text``; None if none or several do.

    ``titles``: by name.
    """
    said = only_letters(text)
    forms = {name: {only_letters(name), only_letters(title), _last(title)} - {""} for name, title in titles.items()}
    found = [
        name
        for name, own in forms.items()
        if any(form in said for form in own - set().union(*(other for n, other in forms.items() if n != name)))
    ]
    return found[0] if len(found) == 1 else None


def _last(title: str) -> str:
    words = title.split()
    return words[-1] if len(words) > 1 and len(words[-1]) >= LEAST else ""
