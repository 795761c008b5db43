"""Two editions → what became of each article and each paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.compare.changes import ArticleChange, Compared, Kind, ParagraphChange, Piece, Place
from index.compare.marks import mark, mark_whole
from index.compare.materiality import find_reasons
from index.compare.origins import note_origins, relation
from index.compare.pairing import pair_articles, pair_elsewhere, pair_paragraphs, struck
from index.sentences import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.terms import Article, Terms


def compare(old: Terms, new: Terms) -> Compared:
    """Compare two editions of one document; white space is no difference.

    Articles are paired by number, title and text, then paragraphs within each pair, then what is left of both editions
    across articles (a 항 that went to another 조).
    """
    articles = [(old.articles[i], new.articles[j]) for i, j in pair_articles(old.articles, new.articles)]
    pairs = [
        (Place(before, before.paragraphs[i]), Place(after, after.paragraphs[j]))
        for before, after in articles
        for i, j in pair_paragraphs(before.paragraphs, after.paragraphs)
    ]
    lost = _without(_places(old), [before for before, _ in pairs])
    come = _without(_places(new), [after for _, after in pairs])
    pairs += [(lost[i], come[j]) for i, j in pair_elsewhere(lost, come)]
    changes = [_paired(before, after) for before, after in pairs]
    changes += [_deleted(place, None) for place in _without(lost, [before for before, _ in pairs])]
    changes += [_added(place) for place in _without(come, [after for _, after in pairs])]
    return Compared(old, new, tuple(_assemble(old, new, articles, note_origins(changes))))


def _places(terms: Terms) -> list[Place]:
    return [Place(article, paragraph) for article in terms.articles for paragraph in article.paragraphs]


def _without(places: Sequence[Place], taken: Sequence[Place]) -> list[Place]:
    # by where they start: an article's number may be there twice in a faulty document
    starts = {place.paragraph.start for place in taken}
    return [place for place in places if place.paragraph.start not in starts]


def _paired(old: Place, new: Place) -> ParagraphChange:
    before, after = old.paragraph, new.paragraph
    if squeeze(before.text) == squeeze(after.text):
        stayed = (old.article.address, before.number) == (new.article.address, after.number)
        kind = Kind.SAME if stayed else Kind.MOVED
        return ParagraphChange(kind, old, new, (Piece(before.text),), (Piece(after.text),))
    if struck(after.text):
        return _deleted(old, new)
    pieces = mark(before.text, after.text)
    return ParagraphChange(Kind.CHANGED, old, new, *pieces, find_reasons(*pieces))


def _deleted(old: Place, new: Place | None) -> ParagraphChange:
    """``new``: where the number is kept with the word "삭제"."""
    before = mark_whole(old.paragraph.text)
    after = mark_whole(new.paragraph.text) if new else ()
    return ParagraphChange(Kind.DELETED, old, new, before, after, find_reasons(before, ()))


def _added(new: Place) -> ParagraphChange:
    after = mark_whole(new.paragraph.text)
    return ParagraphChange(Kind.ADDED, None, new, (), after, find_reasons((), after))


def _assemble(
    old: Terms, new: Terms, pairs: Sequence[tuple[Article, Article]], changes: Sequence[ParagraphChange]
) -> list[ArticleChange]:
    before = {after.start: before for before, after in pairs}
    rows = [_article(before.get(article.start), article, changes) for article in new.articles]
    kept = {article.start for article, _ in pairs}
    for place, article in enumerate(old.articles):
        if article.start not in kept:
            above = {a.start for a in old.articles[:place]}
            at = next((i for i in reversed(range(len(rows))) if _start(rows[i].old) in above), -1)
            rows.insert(at + 1, _article(article, None, changes))
    return rows


def _article(old: Article | None, new: Article | None, changes: Sequence[ParagraphChange]) -> ArticleChange:
    here = [c for c in changes if new and c.new and c.new.article is new]
    here.sort(key=lambda c: c.new.paragraph.start if c.new else 0)
    gone = [c for c in changes if old and c.old and c.old.article is old and not (c.new and c.new.article is new)]
    for change in sorted(gone, key=_old_start):
        above = [i for i, c in enumerate(here) if c.old and c.old.article is old and _old_start(c) < _old_start(change)]
        here.insert(max(above, default=-1) + 1, change)
    title_before, title_after = _titles(old, new)
    kind = _kind(old, new, here)
    return ArticleChange(kind, old, new, title_before, title_after, tuple(here), relation(kind, here))


def _titles(old: Article | None, new: Article | None) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    if old and new:
        return mark(old.title, new.title)
    return ((Piece(old.title),) if old else ()), ((Piece(new.title),) if new else ())


def _kind(old: Article | None, new: Article | None, changes: Sequence[ParagraphChange]) -> Kind:
    if old is None:
        return Kind.ADDED
    if new is None or (changes and all(c.kind is Kind.DELETED for c in changes)):
        return Kind.DELETED
    untouched = all(
        c.kind in (Kind.SAME, Kind.MOVED)
        and c.old
        and c.new
        and (c.old.article, c.old.paragraph.number) == (old, c.new.paragraph.number)
        for c in changes
    )
    if not untouched or squeeze(old.title) != squeeze(new.title):
        return Kind.CHANGED
    return Kind.SAME if old.address == new.address else Kind.MOVED


def _start(article: Article | None) -> int:
    return article.start if article else -1


def _old_start(change: ParagraphChange) -> int:
    return change.old.paragraph.start if change.old else -1
