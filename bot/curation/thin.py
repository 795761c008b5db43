"""Where the curated questions are thin: paragraphs with the fewest of them, articles that no answer cites."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from index.clause import Clause
    from index.editions.edition import Edition
    from index.questions.files import Question
    from index.terms import Article


@dataclass(frozen=True, slots=True)
class Coverage:
    """A paragraph: how many ``curated`` questions it has, and how many answers ``cited`` its article."""

    clause: Clause
    article: Article
    curated: int
    cited: int


def thinnest(
    editions: Sequence[Edition], curated: Iterable[Question], cited: Mapping[tuple[str, str], int], k: int
) -> list[Coverage]:
    """The ``k`` paragraphs with the fewest curated questions, the least cited first among equals.

    ``cited``: how many answers cite an article, by document and address.
    """
    counts = Counter(question.clauses[0] for question in curated if question.clauses)
    return sorted(_cover(editions, counts, cited), key=lambda one: (one.curated, one.cited))[:k]


def silent(editions: Sequence[Edition], cited: Mapping[tuple[str, str], int]) -> list[tuple[Edition, Article]]:
    """The articles that no answer cites."""
    pairs = [(edition, article) for edition in editions for article in edition.terms.articles]
    return [(edition, article) for edition, article in pairs if not cited.get((edition.name, article.address))]


def _cover(
    editions: Sequence[Edition], counts: Mapping[Clause, int], cited: Mapping[tuple[str, str], int]
) -> Iterator[Coverage]:
    for edition in editions:
        for article in edition.terms.articles:
            times = cited.get((edition.name, article.address), 0)
            for paragraph in article.paragraphs:
                clause = article.clause(edition.name, paragraph.number)
                yield Coverage(clause, article, counts.get(clause, 0), times)
