"""What is asked: clauses by number, a follow-up made self-contained by the history, one question or several.

No rule decides alone: rules propose readings, the trained search says which of them the terms answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answer import reference_name
from bot.by_number import own_references, read_numbers, relative_references
from bot.follow_up import Topic, asks_where, read_follow_up
from bot.gate import Finding
from bot.parts import read_parts
from bot.question import Query
from index.reference import Reference, find_references

if TYPE_CHECKING:
    from index.search import ClauseSearch


def find(query: Query, search: ClauseSearch) -> tuple[str, list[Finding]]:
    """The self-contained question and one `Finding` for each separate question in it."""
    topic: Topic | None = None
    for earlier in query.history:
        text, findings = _read(Query(earlier), topic, search)
        if findings[0].answerable:
            topic = Topic(text, findings[0].hits)
    return _read(query, topic, search)


def _read(query: Query, topic: Topic | None, search: ClauseSearch) -> tuple[str, list[Finding]]:
    text = query.text
    references = _references(text, topic, search)
    if references:
        finding = read_numbers(text, references, search)
        own = find_references(text)
        return (text if own and own[0].article else ", ".join(map(reference_name, references))), [finding]
    if asks_where(text):  # without a topic there is nothing whose number could be told
        return (topic.text, [Finding(topic.text, topic.hits)]) if topic else (text, [Finding(text, ())])
    followed = read_follow_up(text, topic, search) if topic else None
    if followed:
        return followed.text, [followed]
    return text, read_parts(query, search, topic.article if topic else None)


def _references(text: str, topic: Topic | None, search: ClauseSearch) -> list[Reference]:
    found = own_references(text, search)
    if topic and not found:
        found = relative_references(text, topic.hits[0].passage)
    if topic:  # a lone "2항" belongs to the article spoken of
        found = [Reference(r.article or topic.article, r.paragraph) for r in found]
    return [reference for reference in found if reference.article]
