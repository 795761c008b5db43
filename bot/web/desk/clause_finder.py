"""Hits as the desk shows them: address, text in pieces with the matched words, and why it was found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.answer import Citation
from bot.korean import short_date
from index.references.by_number import strip_references

if TYPE_CHECKING:
    from index.search.clause_search import ClauseSearch
    from index.search.hits import Hit

BY_QUESTION = "질문"
_WORD = re.compile(r"[가-힣]+|[A-Za-z]+|\d+(?:[.,]\d+)*")
# a lone consonant is a syllable on its way
_SYLLABLE = re.compile(r"[가-힣\d]|\w{2}")
_SHORTEST = 2  # letters of a word that are marked


def find(search: ClauseSearch, text: str, k: int) -> list[dict[str, Any]]:
    """The ``k`` best hits for what an agent types, best first; [] for less than a syllable or number."""
    if not _SYLLABLE.search(text):
        return []
    # they take a second, and the page must answer before
    from bot.curation.gaps import Remembering, Vectors
    from index.search.nearest_questions import nearest_questions

    if search.embedder:  # a text is embedded once, for its hits and for their questions
        search = search.with_embedder(Remembering(search.embedder, Vectors()))
    hits = search.find(text, k)
    rest = strip_references(text) if any(hit.named for hit in hits) else text
    # the words beside a reference choose within the article
    hits.sort(key=lambda hit: (not hit.named, -_marked(rest, hit) if hit.named else 0))
    questions = nearest_questions(search, rest)
    return [_describe(hit, rest, questions.get(hit.passage.clause, "")) for hit in hits]


def pieces(query: str, text: str) -> list[tuple[str, bool]]:
    """``text`` cut where words of ``query`` stand in it; True: a matched word. The pieces joined are ``text``.

    Of a word so much from its beginning is looked for as the text has: "환불은" finds "환불을" by "환불".
    """
    places = [span for word in _WORD.findall(query) for span in _places(word, text)]
    found: list[tuple[str, bool]] = []
    end = 0
    for start, stop in sorted(places, key=lambda span: (span[0], -span[1])):
        if start < end:
            continue
        if start > end:
            found.append((text[end:start], False))
        found.append((text[start:stop], True))
        end = stop
    if end < len(text):
        found.append((text[end:], False))
    return found


def _places(word: str, text: str) -> list[tuple[int, int]]:
    folded, low = word.lower(), text.lower()
    if word[0].isdigit():
        return [m.span() for m in re.finditer(rf"(?<!\d){re.escape(word)}(?!\d)", text)]
    for length in range(len(folded), _SHORTEST - 1, -1):
        stem = folded[:length]
        if stem in low and len(low) == len(text):
            return [m.span() for m in re.finditer(re.escape(stem), low)]
    return []


def _marked(query: str, hit: Hit) -> int:
    return sum(len(piece) for piece, matched in pieces(query, hit.passage.quote) if matched)


def _describe(hit: Hit, query: str, question: str) -> dict[str, Any]:
    citation = Citation.of(hit.passage)
    return {
        "terms": citation.clause.document,
        "document": citation.terms,
        "article": citation.clause.article,
        "paragraph": citation.clause.paragraph,
        "title": citation.title,
        "title_pieces": pieces(query, citation.title),
        "mark": citation.mark,
        "pieces": pieces(query, citation.quote),
        "reasons": [*hit.reasons, *([BY_QUESTION] if question else [])],
        "question": question,
        "url": citation.url,
        "copy": quotation(citation.terms, citation.mark, citation.edition, citation.quote),
    }


def quotation(document: str, mark: str, edition: str, quote: str) -> str:
    """What an agent pastes: 「서비스 이용약관」 제15조 제3항(2025. 12. 15. 시행) “…”."""
    return f"「{document}」 {mark}({short_date(edition)} 시행) “{quote}”"
