"""Which of several documents a message is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.reference import find_references

if TYPE_CHECKING:
    from bot.follow_up import Topic
    from index.search import ClauseSearch

LEAST = 3  # letters of the last word of a title ("처리방침"), from which it stands for the document


def scoped(text: str, topic: Topic | None, search: ClauseSearch) -> ClauseSearch:
    """``search`` in the document that ``text`` names; for a clause by number alone in that of the conversation.

    Without a conversation a number alone is one of the first document.
    """
    titles = {passage.clause.terms: passage.terms_title for passage in search.passages}
    if len(titles) < 2:
        return search
    named = named_document(text, titles)
    if named is None and any(reference.article for reference in find_references(text)):
        named = topic.hits[0].passage.clause.terms if topic else next(iter(titles))
    return search.of_document(named) if named else search


def named_document(text: str, titles: dict[str, str]) -> str | None:
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
