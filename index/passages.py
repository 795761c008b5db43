"""Edition → passages: the texts that are embedded, one a paragraph, with the heading that gives it its meaning."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from index.editions.edition import dated

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from index.clause import Clause
    from index.editions.edition import Edition


KEPT = 16  # editions


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with its address. ``quote`` is ``source[start:end]`` of the edition.

    ``dated``: the day of effect that links to it name, "" if its edition is the one in force.
    """

    clause: Clause
    edition: str
    terms_title: str
    article_title: str
    start: int
    end: int
    quote: str
    dated: str = ""

    @property
    def text(self) -> str:
        """What is embedded and indexed by words: heading and paragraph."""
        return f"{self.article_title}: {self.quote}"

    def as_json(self) -> dict[str, Any]:
        """What is written down of it: what it is, not which edition is in force today."""
        return {name: value for name, value in asdict(self).items() if name != "dated"}


def make_passages(editions: Iterable[Edition], in_force: Collection[Edition] | None = None) -> tuple[Passage, ...]:
    """One passage for each paragraph, in the order of the documents.

    ``in_force``: the editions whose links name no day; None: all.
    """
    return tuple(
        Passage(
            clause=article.clause(edition.name, paragraph.number),
            edition=edition.date,
            terms_title=edition.title,
            article_title=article.title,
            start=paragraph.start,
            end=paragraph.end,
            quote=paragraph.text,
            dated="" if in_force is None else dated(edition, in_force),
        )
        for edition in editions
        for article in edition.terms.articles
        for paragraph in article.paragraphs
    )


@lru_cache(KEPT)
def edition_passages(edition: Edition) -> tuple[Passage, ...]:
    """The passages of one edition by itself; the last ones are kept."""
    return make_passages([edition])
