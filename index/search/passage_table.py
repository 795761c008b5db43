"""The passages that a search can find, and what is made of them once: where each clause and article stands."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.clause import Clause
    from index.passages import Passage

Search = TypeVar("Search")


class PassageTable(Generic[Search]):
    """``narrowed``: the searches in one document alone that were made of the search over these ``passages``."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = tuple(passages)
        self.narrowed: dict[str, Search] = {}

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The titles of the documents by name, in order."""
        return {passage.clause.document: passage.terms_title for passage in self.passages}

    @cached_property
    def by_clause(self) -> Mapping[Clause, Passage]:
        """The passage of each clause."""
        return {passage.clause: passage for passage in self.passages}

    @cached_property
    def places(self) -> Mapping[Clause, int]:
        """Where the passage of each clause stands among all."""
        return {passage.clause: place for place, passage in enumerate(self.passages)}

    def beside(self, clause: Clause) -> Sequence[int]:
        """Where the passages of a clause's article stand, in order."""
        return self._articles.get((clause.document, clause.article), ())

    def of_article(self, number: str, document: str = "") -> list[int]:
        """Where the passages of the articles with this number stand, of one document or of all ("")."""
        names = [document] if document else self.titles
        return [place for name in names for place in self._articles.get((name, number), ())]

    @cached_property
    def _articles(self) -> Mapping[tuple[str, str], list[int]]:
        articles: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for place, passage in enumerate(self.passages):
            articles[passage.clause.document, passage.clause.article].append(place)
        return dict(articles)
