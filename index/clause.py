"""The address of a paragraph, and how articles and paragraphs are called; imports nothing of the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Clause:
    """The address of a paragraph: folder name of the terms, article number, paragraph number."""

    document: str
    article: str
    paragraph: str

    @classmethod
    def at(cls, document: str, address: str) -> Self:
        """The paragraph at an address as metadata write it: "15.3". Raises TypeError for any other form."""
        return cls(document, *address.split(".", 1))

    @property
    def name(self) -> str:
        """ "제15조 제3항"; "제10조의2 제1항"."""
        return clause_name(self.article, self.paragraph)

    def beside(self, other: Clause) -> bool:
        """Whether both are paragraphs of one article."""
        return (self.document, self.article) == (other.document, other.article)

    def as_json(self) -> dict[str, str]:
        """The address as other programs get it."""
        return {"terms": self.document, "article": self.article, "paragraph": self.paragraph}


def article_name(article: str) -> str:
    """ "제15조"; "제10조의2" for "10의2"; "부칙 제1조" for "부칙-1"."""
    if article.startswith("부칙"):
        addendum, _, number = article.partition("-")
        return f"{addendum} {article_name(number)}" if number else addendum
    number, _, branch = article.partition("의")
    return f"제{number}조" + (f"의{branch}" if branch else "")


def clause_name(article: str, paragraph: str) -> str:
    """ "제15조 제3항"."""
    return f"{article_name(article)} 제{paragraph}항"
