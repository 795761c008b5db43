"""A parsed document looked over: what is to be told of it before it is used, and its plain form for other programs."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import asdict
from typing import TYPE_CHECKING

from index.parsing.effective_dates import effective_days
from index.parsing.lines import lines
from index.references.between_clauses import ADDENDUM, find_cross_references
from index.terms import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from index.terms import Terms


def examine(terms: Terms) -> list[Fault]:
    """What is to be told of a document, by line.

    What its file holds and its text does not show, lines that belong to no 조, faults, references to what it lacks.
    """
    unplaced = [Fault(line.number, f"어느 조에도 속하지 않는 줄: {line.text.strip()}") for line in terms.stray]
    notices = [Fault(1, notice) for notice in terms.notices]
    found = [*notices, *unplaced, *terms.faults, *_gaps(terms), *_dangling(terms), *_conflicting_days(terms)]
    return sorted(found, key=lambda fault: fault.line)


def as_plain(terms: Terms) -> dict[str, object]:
    """The document as ``show --json`` gives it: a missing title is None, a table of contents is unplaced.

    ``annexes`` are there if the document has any.
    """
    articles = [
        {
            "number": article.number,
            "title": article.title or None,
            "chapter": article.chapter,
            "addendum": article.addendum,
            "start": article.start,
            "end": article.end,
            "paragraphs": [asdict(paragraph) for paragraph in article.paragraphs],
        }
        for article in terms.articles
    ]
    rest = sorted([*terms.contents, *terms.stray], key=lambda line: line.start)
    return {
        "title": terms.title,
        "articles": articles,
        "unplaced": [{"line": line.number, "text": line.text} for line in rest],
    } | ({"annexes": [asdict(annex) for annex in terms.annexes]} if terms.annexes else {})


def _gaps(terms: Terms) -> Iterator[Fault]:
    """Where the numbers of the main text leave one out."""
    starts = [line.start for line in lines(terms.source)]
    last = None
    for article in terms.articles:
        number = article.number.partition("의")[0]
        if article.addendum or not number.isdigit():
            continue
        if last is not None and int(number) > last + 1:
            line = bisect_right(starts, article.start)
            yield Fault(line, f"제{last}조 다음이 제{number}조입니다.")
        last = int(number)


def _conflicting_days(terms: Terms) -> Iterator[Fault]:
    """Where the day of effect at the head is none of those that the newest 부칙 states."""
    first = terms.articles[0].start
    front = [line for line in (terms.title_line, *terms.unplaced) if line is not None and line.start < first]
    head = [(day, line) for line in front for day in effective_days(line.text)]
    stated: dict[str, list[tuple[dt.date, str]]] = {}
    for article in terms.articles:
        if article.addendum or "시행" in article.title:
            block = article.address.partition("-")[0]
            days = (day for paragraph in article.paragraphs for day in effective_days(paragraph.text))
            stated.setdefault(block, []).extend((day, article.name) for day in days)
    newest = max((days for days in stated.values() if days), key=lambda days: days[0][0], default=[])
    if head and newest and not {day for day, _ in head} & {day for day, _ in newest}:
        day, line = max(head, key=lambda one: one[0])
        other, name = newest[0]
        message = f"시행일이 서로 다릅니다: 여기에는 {_spelled(day)}, {name}에는 {_spelled(other)}."
        yield Fault(line.number, message)


def _spelled(day: dt.date) -> str:
    return f"{day.year}년 {day.month}월 {day.day}일"


def _dangling(terms: Terms) -> Iterator[Fault]:
    starts = [line.start for line in lines(terms.source)]
    for article in terms.articles:
        for paragraph in article.paragraphs:
            for reference in find_cross_references(terms, article, paragraph):
                # a 부칙 speaks of the main text as it was before, too
                if reference.dangling and (reference.article.startswith(ADDENDUM) or not article.addendum):
                    words = " ".join(paragraph.text[reference.start : reference.end].split())
                    line = bisect_right(starts, paragraph.start + reference.start)
                    yield Fault(line, f"없는 조항을 가리킵니다: {words}")
