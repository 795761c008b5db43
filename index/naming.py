"""How articles and paragraphs are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.clause import article_name as article_name  # both handed on
from index.clause import clause_name as clause_name

if TYPE_CHECKING:
    from index.terms import Article


def article_heading(article: Article) -> str:
    """ "제7조 (환불)"; "제7조" without a title; "부칙"."""
    return f"{article.name} ({article.title})" if article.title not in ("", article.name) else article.name
