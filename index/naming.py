"""Articles and paragraphs by name, from their addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.terms import Article


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


def article_heading(article: Article) -> str:
    """ "제7조 (환불)"; "제7조" without a title; "부칙"."""
    name = article_name(article.address)
    return f"{name} ({article.title})" if article.title not in ("", name) else name
