"""Which of several documents a message is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.by_number import points_to_neighbour
from index.document_names import named_document
from index.reference import find_references

if TYPE_CHECKING:
    from bot.follow_up import Topic
    from index.search import ClauseSearch


def scoped(text: str, topic: Topic | None, search: ClauseSearch) -> ClauseSearch:
    """``search`` in the document that ``text`` names; for a clause by number alone in that of the conversation.

    Without a conversation a number alone is one of the first document.
    """
    titles = search.titles
    if len(titles) < 2:
        return search
    named = named_document(text, titles)
    if named is None and (find_references(text) or (topic and points_to_neighbour(text))):
        named = topic.clause.terms if topic else next(iter(titles))
    return search.of_document(named) if named else search
