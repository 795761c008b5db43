"""Find what is asked: clauses by number, a follow-up made self-contained by the history, one question or several.

No rule decides alone: rules propose readings, the trained search says which of them the terms answer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answer import reference_name
from bot.gate import Finding
from bot.understand.clause_numbers import (
    names_other_terms,
    own_references,
    points_to_neighbour,
    read_numbers,
    relative_references,
)
from bot.understand.conversation import (
    asks_exception,
    asks_whole,
    go_back,
    read_exception,
    read_other_side,
    set_right,
)
from bot.understand.definitions import read_definitions
from bot.understand.follow_up import Topic, asks_where, read_follow_up
from bot.understand.parts import read_parts, read_parts_of_follow_up
from bot.understand.question import Query, count_letters
from index.references.by_document_name import named_document
from index.references.by_number import Reference, find_references
from index.search.embedding import Sparing, cost_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.search.clause_search import ClauseSearch
    from index.search.hits import Hit

# characters that are embedded at most for a question in all its readings (630 is the most for one of data/eval), and
# for the earlier ones before it; see `index.search.embedding`
QUESTION_CHARACTERS, HISTORY_CHARACTERS = 800, 400
SPOKEN_OF = 0.3  # likeness to a clause's subject, from which a question that is not answered is about it
LONG, PIECES = 200, 150  # a question longer than `LONG` is a story: embedded once as a whole, and so much of its pieces


def find(query: Query, search: ClauseSearch) -> tuple[str, list[Finding]]:
    """The self-contained question and one `Finding` for each separate question in it.

    A misspelt question is read as it stands and corrected; the reading that the terms answer better is taken.
    """
    return _read_well(query, find_topic(query, search), search)


def afford(query: Query, search: ClauseSearch) -> ClauseSearch:
    """``search`` for this one question, with what may be spent on it."""
    search = search.remembering()
    if search.embedder is None:
        return search
    long = len(query.text) > LONG
    allowed = min(QUESTION_CHARACTERS, cost_of(query.text) + PIECES) if long else QUESTION_CHARACTERS
    return search.with_embedder(Sparing(search.embedder, allowed))


def find_topic(query: Query, search: ClauseSearch) -> Topic | None:
    """What the conversation before ``query`` is about: the last of its questions on a subject of the terms.

    That may be one that they do not answer: whoever asks on speaks of the clause that was shown beside it.
    """
    topic: Topic | None = None
    if isinstance(search.embedder, Sparing):
        search = search.with_embedder(search.embedder.aside(HISTORY_CHARACTERS))
    for earlier in query.history:
        text, findings = _read_well(Query(set_right(earlier)), topic, search)
        hits = findings[0].hits if findings[0].answerable else _subjects(findings[0])
        if hits:
            before = (*topic.earlier, topic) if topic else ()
            topic = Topic(text, hits, before)
    return topic


def _subjects(finding: Finding) -> tuple[Hit, ...]:
    """The clause that a question is about although it does not answer it, () if none is near enough."""
    return tuple(replace(hit, score=1.0) for hit in finding.near[:1] if hit.score >= SPOKEN_OF)


def _read_well(query: Query, topic: Topic | None, whole: ClauseSearch) -> tuple[str, list[Finding]]:
    search = scoped(query.text, topic, whole)
    text, findings = _read(query, topic, search)
    meant = replace(
        query, text=search.spelling.correct(query.text), pieces=tuple(map(search.spelling.correct, query.pieces))
    )
    if meant == query or any(hit.named for finding in findings for hit in finding.hits):
        return text, findings
    text_meant, found_meant = _read(meant, topic, search)
    if _best(found_meant) <= _best(findings):
        return text, findings
    # as it was written, unless the conversation changed it: a corrected spelling is nothing to be told
    return text if text == query.text else text_meant, found_meant


def _best(findings: Sequence[Finding]) -> float:
    return max((finding.hits[0].score for finding in findings if finding.hits), default=0.0)


def _read(query: Query, topic: Topic | None, search: ClauseSearch) -> tuple[str, list[Finding]]:
    returned = go_back(query.text, topic, search) if topic else None
    if returned:
        rest, topic = returned
        if count_letters(rest) < 2:
            return topic.text, [Finding(topic.text, topic.hits)]
        query = replace(query, text=rest, pieces=())
    text = query.text
    references = _references(text, topic, search)
    if asks_exception(text) and (about := _spoken_of(references, topic, search)):
        joined = text if references or not topic else f"{topic.text} {text}"
        return joined, [read_exception(text, about, search, joined)]
    if references:
        finding = read_numbers(text, references, search)
        own = find_references(text)
        return (text if own and own[0].article else ", ".join(map(reference_name, references))), [finding]
    if asks_where(text):  # without a topic there is nothing whose number could be told
        return (topic.text, [Finding(topic.text, topic.hits)]) if topic else (text, [Finding(text, ())])
    if names_other_terms(text, search) or _names_foreign_number(text):
        scored = search.score([text])[0]
        return text, [replace(Finding.of(scored, search), hits=())]
    if defined := read_definitions(text, search):
        return text, [defined]
    return _read_freely(query, topic, search, returned=bool(returned))


def _read_freely(
    query: Query, topic: Topic | None, search: ClauseSearch, *, returned: bool
) -> tuple[str, list[Finding]]:
    """What is asked in words alone, of the conversation's topic or by itself."""
    if topic is None:
        return query.text, read_parts(query, search, None)
    if parts := read_parts_of_follow_up(query, search, lambda text: _follow(text, topic, search, returned=returned)):
        return query.text, parts
    followed = _follow(query.text, topic, search, returned=returned)
    if followed:
        return followed.text, [followed]
    return query.text, read_parts(query, search, topic.clause)


def _follow(text: str, topic: Topic, search: ClauseSearch, *, returned: bool) -> Finding | None:
    return read_other_side(text, topic, search) or read_follow_up(text, topic, search, leaning=returned)


def _spoken_of(references: Sequence[Reference], topic: Topic | None, search: ClauseSearch) -> list[Hit]:
    """The clauses that are named, else those that the conversation is about."""
    if references:
        return [hit for reference in references for hit in search.named(reference)]
    named = [hit for hit in topic.hits if hit.named] if topic else []
    return named or (list(topic.hits[:1]) if topic else [])


def _names_foreign_number(text: str) -> bool:
    """Whether a clause is named by number that is none of ours: those were taken before."""
    return any(reference.article for reference in find_references(text))


def _references(text: str, topic: Topic | None, search: ClauseSearch) -> list[Reference]:
    found = own_references(text, search)
    if topic and not found:
        found = relative_references(text, topic.clause, search)
    if topic and not found and asks_whole(text):
        found = [Reference(topic.clause.article)]
    if topic:  # a lone "2항" belongs to the article spoken of
        found = [Reference(r.article or topic.clause.article, r.paragraph) for r in found]
    return [reference for reference in found if reference.article]


def scoped(text: str, topic: Topic | None, search: ClauseSearch) -> ClauseSearch:
    """``search`` in the document that ``text`` names; for a clause by number alone in that of the conversation.

    Without a conversation a number alone is one of the first document.
    """
    titles = search.titles
    if len(titles) < 2:
        return search
    named = named_document(text, titles)
    if named is None and (find_references(text) or (topic and points_to_neighbour(text))):
        named = topic.clause.document if topic else next(iter(titles))
    return search.of_document(named) if named else search
