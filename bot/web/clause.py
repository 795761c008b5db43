"""`GET /terms/<terms>/<article>`: a plain, permanent page of an article; the panel beside the chat shows its body."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answer import article_name, article_url

if TYPE_CHECKING:
    from index.editions import Edition
    from index.terms import Article

STYLE = (Path(__file__).parent / "static" / "clause.css").read_text(encoding="utf-8")

PAGE = """<!doctype html>
<html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>{style}</style></head>
<body><nav aria-label="이동"><a href="/">← 질문하기</a>{links}</nav>
<main>{body}</main></body></html>
"""


def article_page(edition: Edition, article: Article) -> str:
    """The whole page of an article."""
    title = f"{article_name(article.number)}({article.title}) | {edition.title}"
    return _page(edition, title, _article(edition, article))


def contents_page(edition: Edition) -> str:
    """The table of contents of a document, with its effective date."""
    rows = "".join(
        f'<li><a href="{escape(article_url(edition.name, a.number))}">{article_name(a.number)} '
        f"{escape(a.title)}</a></li>"
        for a in edition.terms.articles
    )
    body = f"<h1>{escape(edition.title)}</h1><p>{_effective(edition)}</p><ul class='contents'>{rows}</ul>"
    return _page(edition, edition.title, body)


def fault_page(message: str) -> str:
    """What is shown in place of a page that is not there."""
    return PAGE.format(title=escape(message), style=STYLE, links="", body=f"<h1>{escape(message)}</h1>")


def _page(edition: Edition, title: str, body: str) -> str:
    contents = article_url(edition.name, "").rstrip("/")
    links = f' <a href="{escape(contents)}">{escape(edition.title)}</a>'
    return PAGE.format(title=escape(title), style=STYLE, links=links, body=body)


def _article(edition: Edition, article: Article) -> str:
    paragraphs = "".join(
        f'<li id="p{escape(p.number)}"><span class="number">제{escape(p.number)}항</span> <p>{escape(p.text)}</p></li>'
        for p in article.paragraphs
    )
    return (
        f'<article class="clause"><header><h1>{article_name(article.number)} ({escape(article.title)})</h1>'
        f"<p>{escape(edition.title)} · {_effective(edition)}</p></header>"
        f"<ol>{paragraphs}</ol>{_neighbours(edition, article)}</article>"
    )


def _neighbours(edition: Edition, article: Article) -> str:
    articles = edition.terms.articles
    place = articles.index(article)
    links = []
    if place:
        links.append(_link(edition, articles[place - 1], "←", rel="prev"))
    if place + 1 < len(articles):
        links.append(_link(edition, articles[place + 1], "→", rel="next"))
    return f'<nav class="neighbours" aria-label="앞뒤 조">{"".join(links)}</nav>'


def _link(edition: Edition, article: Article, arrow: str, *, rel: str) -> str:
    name = f"{article_name(article.number)} {escape(article.title)}"
    text = f"{arrow} {name}" if rel == "prev" else f"{name} {arrow}"
    return f'<a rel="{rel}" href="{escape(article_url(edition.name, article.number))}">{text}</a>'


def _effective(edition: Edition) -> str:
    year, month, day = (int(part) for part in edition.date.split("-"))
    return f"시행일 {year}년 {month}월 {day}일"
