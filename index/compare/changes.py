"""What a comparison says: kinds of change, by article and by paragraph, with the changed words of both sides."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.terms import Article, Paragraph, Terms

_BRANCH = re.compile(r"(\d+)(의\d+)?")


class Kind(StrEnum):
    """What became of an article or a paragraph; ``MOVED``: the same words at another number."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    ADDED = "added"
    DELETED = "deleted"


NAMES = {Kind.SAME: "같음", Kind.CHANGED: "변경", Kind.MOVED: "이동", Kind.ADDED: "신설", Kind.DELETED: "삭제"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a text; ``changed``: the other edition does not have it here."""

    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph in its edition."""

    article: Article
    paragraph: Paragraph

    @property
    def name(self) -> str:
        """ "제10조의2 제3항", and "제1조" where the article has no more than this one."""
        return f"{self.article.name} {self.label}".rstrip()

    @property
    def label(self) -> str:
        """ "제3항", or "" where the article has no more than this one."""
        alone = len(self.article.paragraphs) == 1
        return "" if alone else _BRANCH.sub(r"제\1항\2", self.paragraph.number, count=1)


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """``old`` None: added; ``new`` None: deleted. ``before`` and ``after`` add up to the two texts.

    ``reasons``: why the change may be material, in Korean; () if nothing speaks for it. ``note``: what else is certain
    about it, in Korean, or "".
    """

    kind: Kind
    old: Place | None
    new: Place | None
    before: tuple[Piece, ...] = ()
    after: tuple[Piece, ...] = ()
    reasons: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """``paragraphs``: in the order of the new edition; one that came from, or went to, another article is in both.

    ``relation``: from where it was split off, or into what it was merged, in Korean, or "".
    """

    kind: Kind
    old: Article | None
    new: Article | None
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    paragraphs: tuple[ParagraphChange, ...]
    relation: str = ""

    @property
    def material(self) -> bool:
        return any(change.reasons for change in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two editions of one document, article by article in the order of the new one; deleted ones where they were."""

    old: Terms
    new: Terms
    articles: tuple[ArticleChange, ...]

    @property
    def paragraphs(self) -> tuple[ParagraphChange, ...]:
        """All paragraphs, each once."""
        return tuple({id(c): c for article in self.articles for c in article.paragraphs}.values())

    def count_articles(self) -> Counter[Kind]:
        return Counter(article.kind for article in self.articles)

    def count_paragraphs(self) -> Counter[Kind]:
        return Counter(change.kind for change in self.paragraphs)
