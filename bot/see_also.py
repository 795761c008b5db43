"""함께 볼 조항: what the cited clauses themselves refer to, since they cannot be understood without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.cross_references import find_cross_references
from index.passages import make_passages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.editions import Clause, Edition
    from index.passages import Passage

MOST = 4  # clauses; a clause that refers to whole articles would otherwise bury its answer
MOST_OF_AN_ARTICLE = 3


def see_also(cited: Sequence[Passage], editions: Sequence[Edition]) -> tuple[Passage, ...]:
    """The clauses that ``cited`` name and that are not cited themselves, in their order; at most `MOST`.

    A whole article stands for its first paragraphs; one that a clause names because it stands in it ("본 조") for none.
    """
    known = {passage.clause: passage for passage in make_passages(editions)}
    taken = {passage.clause for passage in cited}
    named = (clause for passage in cited for clause in _named(passage, editions))
    return tuple(known[clause] for clause in dict.fromkeys(named) if clause not in taken)[:MOST]


def _named(passage: Passage, editions: Sequence[Edition]) -> Iterator[Clause]:
    own = passage.clause
    edition = next((e for e in editions if (e.name, e.date) == (own.terms, passage.edition)), None)
    if edition is None or (article := edition.article(own.article)) is None:
        return
    paragraph = next(p for p in article.paragraphs if p.number == own.paragraph)
    known = [p.clause for p in make_passages([edition])]
    for reference in find_cross_references(edition.terms, article, paragraph):
        if reference.paragraph is None and reference.article == own.article:
            continue
        of_article = [clause for clause in known if clause.article == reference.article]
        wanted = [clause for clause in of_article if reference.paragraph in (None, clause.paragraph)]
        yield from wanted[:MOST_OF_AN_ARTICLE]
