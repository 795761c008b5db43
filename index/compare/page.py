"""A comparison as HTML: the body that the web page holds too, and a file that needs nothing else."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from index.compare.changes import NAMES, Kind
from index.compare.references import left_behind
from index.compare.rows import changed_articles, make_rows
from index.naming import article_heading

if TYPE_CHECKING:
    from index.compare.announcing import Notice
    from index.compare.changes import Compared

TEMPLATES = Path(__file__).parent / "templates"
STYLE = (TEMPLATES / "compare.css").read_text(encoding="utf-8")
ORDER = (Kind.ADDED, Kind.DELETED, Kind.CHANGED, Kind.MOVED, Kind.SAME)


def comparison_page(compared: Compared, dates: tuple[str, str] = ("", ""), about: Notice | None = None) -> str:
    """One page without any other file, for those who decide: with what may be material and the notice periods.

    ``dates``: days of effect, ISO or "".
    """
    body = comparison_body(compared, dates, about, weigh=True)
    title = f"{compared.new.title or '약관'} 신구조문대비표"
    return _environment().get_template("document.html").render(title=title, style=STYLE, body=body)


def comparison_body(
    compared: Compared, dates: tuple[str, str] = ("", ""), about: Notice | None = None, *, weigh: bool = False
) -> str:
    """Summary and table as a safe piece of HTML. ``weigh``: with the reasons why a change may be material."""
    return (
        _environment()
        .get_template("comparison.html")
        .render(
            compared=compared,
            dates=[_long_date(date) for date in dates],
            about=about,
            weigh=weigh,
            articles=[(article, make_rows(article)) for article in compared.articles],
            changed=list(changed_articles(compared.articles)),
            moved=[a for a in compared.articles if a.kind is Kind.MOVED],
            counts=[("조", compared.count_articles()), ("항", compared.count_paragraphs())],
            references=left_behind(compared) if weigh else [],
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(heading=article_heading, names=NAMES, order=ORDER)
    return environment


def _long_date(date: str) -> str:
    """ "2025년 12월 15일", or "" for what is no date."""
    try:
        day = dt.date.fromisoformat(date)
    except ValueError:
        return ""
    return f"{day.year}년 {day.month}월 {day.day}일"
