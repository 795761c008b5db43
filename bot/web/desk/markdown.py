"""Answers, which are Markdown, as HTML; the only markdown_it."""

from __future__ import annotations

from markdown_it import MarkdownIt

_READER = MarkdownIt("js-default", {"html": False}).disable("image")
_READER.validateLink = lambda url: url.startswith(("/terms/", "tel:", "mailto:"))  # type: ignore[method-assign]


def to_html(text: str) -> str:
    """HTML without any tag of ``text`` itself, without pictures, with links only to clauses, phone and mail."""
    return str(_READER.render(text))
