"""The passages that a search can find, and what is made of them once, so that no question goes over all of them."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from index.clause import Clause
    from index.passages import Passage

Search = TypeVar("Search")
Made = TypeVar("Made")


class PassageTable(Generic[Search]):
    """``narrowed``: the searches in one document alone that were made of the search over these ``passages``."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = tuple(passages)
        self.narrowed: dict[str, Search] = {}
        self._made: dict[Callable[..., Any], Any] = {}

    def once(self, make: Callable[[Sequence[Passage]], Made]) -> Made:
        """What ``make`` makes of the passages: made when it is first asked for, then kept."""
        if make not in self._made:
            self._made[make] = make(self.passages)
        return cast("Made", self._made[make])

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

    @cached_property
    def words(self) -> str:
        """All that the documents say and what they are called, to look for a word in."""
        names = [name for pair in self.titles.items() for name in pair]
        return "\n".join([*names, *(passage.quote for passage in self.passages)])

    def of_document(self, name: str) -> Sequence[Clause]:
        """The clauses of a document, in order."""
        return self._documents.get(name, ())

    def last_paragraph(self, article: str) -> str | None:
        """The number of the last paragraph of the article with this number, None if there is no such article."""
        places = self.of_article(article)
        return self.passages[places[-1]].clause.paragraph if places else None

    def beside(self, clause: Clause) -> Sequence[int]:
        """Where the passages of a clause's article stand, in order."""
        return self._articles.get((clause.document, clause.article), ())

    def of_article(self, number: str, document: str = "") -> list[int]:
        """Where the passages of the articles with this number stand, of one document or of all ("")."""
        names = [document] if document else self.titles
        return [place for name in names for place in self._articles.get((name, number), ())]

    @cached_property
    def _documents(self) -> Mapping[str, list[Clause]]:
        documents: defaultdict[str, list[Clause]] = defaultdict(list)
        for passage in self.passages:
            documents[passage.clause.document].append(passage.clause)
        return dict(documents)

    @cached_property
    def _articles(self) -> Mapping[tuple[str, str], list[int]]:
        articles: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for place, passage in enumerate(self.passages):
            articles[passage.clause.document, passage.clause.article].append(place)
        return dict(articles)
