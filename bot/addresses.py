"""Permanent addresses of articles, clauses, comparisons and tables of contents."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from index.clause import Clause


def article_url(terms: str, article: str, edition: str = "") -> str:
    """The permanent page of an article, of the edition in force or of the one that took effect on ``edition``."""
    return f"/terms/{quote(terms)}/{quote(article)}" + (f"?edition={edition}" if edition else "")


def clause_url(clause: Clause, edition: str = "") -> str:
    """The permanent address of a paragraph on its article's page; ``edition`` as `article_url` has it."""
    return f"{article_url(clause.document, clause.article, edition)}#p{quote(clause.paragraph)}"


def compare_url(terms: str, old: str = "", new: str = "") -> str:
    """The page that compares two editions; without them the list of such pages."""
    return article_url(terms, "compare") + (f"?old={old}&new={new}" if old and new else "")


def contents_url(terms: str, edition: str = "") -> str:
    """The contents of a document, of the edition in force or of the one that took effect on ``edition``."""
    path, _, query = article_url(terms, "", edition).partition("?")
    return path.rstrip("/") + (f"?{query}" if query else "")


def whole_url(terms: str, edition: str = "") -> str:
    """All of a document on one page; ``edition`` as `article_url` has it."""
    return article_url(terms, "whole", edition)
