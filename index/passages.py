"""Edition → passages: the texts that are embedded, one a paragraph, with the heading that gives it its meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.clause import Clause  # noqa: TC001  # pydantic reads it from the annotations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.editions.edition import Edition


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with its address. ``quote`` is ``source[start:end]`` of the edition."""

    clause: Clause
    edition: str
    terms_title: str
    article_title: str
    start: int
    end: int
    quote: str

    @property
    def text(self) -> str:
        """What is embedded and indexed by words: heading and paragraph."""
        return f"{self.article_title}: {self.quote}"


def make_passages(editions: Iterable[Edition]) -> tuple[Passage, ...]:
    """One passage for each paragraph, in the order of the documents."""
    return tuple(
        Passage(
            clause=article.clause(edition.name, paragraph.number),
            edition=edition.date,
            terms_title=edition.title,
            article_title=article.title,
            start=paragraph.start,
            end=paragraph.end,
            quote=paragraph.text,
        )
        for edition in editions
        for article in edition.terms.articles
        for paragraph in article.paragraphs
    )
