"""A comparison of two files as the command line shows it: lines for a terminal, JSON, HTML."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from index.compare.changes import NAMES, Kind
from index.compare.compare import compare
from index.compare.notice_period import notice
from index.compare.page import comparison_page
from index.compare.stale_references import left_behind
from index.errors import YakgwanError
from index.files import replace_file
from index.terms import article_heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from index.compare.changes import ArticleChange, Compared, ParagraphChange, Piece, Place
    from index.compare.notice_period import Notice
    from index.terms import Article, Terms

SIGNS = {"before": ("[-", "-]"), "after": ("[+", "+]")}


def comparison_lines(compared: Compared, about: Notice | None) -> Iterator[str]:
    """What changed, article by article, in Korean; changed words between [- -] and [+ +]."""
    yield f"{compared.old.title} → {compared.new.title}"
    yield f"조: {count(compared.count_articles())}"
    yield f"항: {count(compared.count_paragraphs())}"
    for article in compared.articles:
        if article.kind is not Kind.SAME:
            yield ""
            yield headline(article)
            for change in article.paragraphs:
                if article.kind is not Kind.MOVED and change.kind is not Kind.SAME:
                    yield from _paragraph(change)
    left = left_behind(compared)
    if left:
        yield from ("", "가리키는 조·항을 확인할 곳")
    for one in left:
        yield f"  {one.place.name}: “{one.text}” → {one.now or '가리키던 조·항이 삭제됨'}"
    if about:
        yield from ("", "공지 기간", *(f"  {line}" for line in about.lines()))


def count(counts: dict[Kind, int]) -> str:
    """ "신설 1, 삭제 1, 변경 2, 이동 0, 같음 60"."""
    order = (Kind.ADDED, Kind.DELETED, Kind.CHANGED, Kind.MOVED, Kind.SAME)
    return ", ".join(f"{NAMES[kind]} {counts.get(kind, 0)}" for kind in order)


def headline(article: ArticleChange) -> str:
    """ "제8조 (환불) ← 현행 제7조 (환불): 이동"."""
    old, new = (article_heading(a) if a else "" for a in (article.old, article.new))
    text = f"{new} ← 현행 {old}" if old and new and old != new else new or old
    return f"{text}: {NAMES[article.kind]}" + (f" ({article.relation})" if article.relation else "")


def comparison_json(compared: Compared, dates: tuple[str, str], about: Notice | None) -> dict[str, Any]:
    """The whole comparison; ``dates``: of effect, ISO or ""; ``notice`` is null where the new one is not known."""
    return {
        "old": {"title": compared.old.title, "effective": dates[0]},
        "new": {"title": compared.new.title, "effective": dates[1]},
        "counts": {
            "articles": {kind.value: compared.count_articles()[kind] for kind in Kind},
            "paragraphs": {kind.value: compared.count_paragraphs()[kind] for kind in Kind},
        },
        "articles": [_article_json(article) for article in compared.articles],
        "references": [{"place": one.place.name, "text": one.text, "now": one.now} for one in left_behind(compared)],
        "notice": about and _notice_json(about),
    }


def _paragraph(change: ParagraphChange) -> Iterator[str]:
    names = [place.name for place in (change.old, change.new) if place]
    told = " → ".join(dict.fromkeys(names))
    yield f"  {told}: {NAMES[change.kind]}" + (f" ({change.note})" if change.note else "")
    if change.kind is not Kind.MOVED:
        for side in ("before", "after"):
            if pieces := getattr(change, side):
                yield f"    {_marked(pieces, *SIGNS[side])}"
    if change.reasons:
        yield f"    중대할 수 있는 변경: {'; '.join(change.reasons)}"


def _marked(pieces: Sequence[Piece], start: str, end: str) -> str:
    text = "".join(f"{start}{piece.text}{end}" if piece.changed else piece.text for piece in pieces)
    return " ".join(text.split())


def _article_json(article: ArticleChange) -> dict[str, Any]:
    def side(one: Article | None, pieces: Sequence[Piece]) -> dict[str, Any] | None:
        return {"number": one.number, "title": one.title, "pieces": [asdict(p) for p in pieces]} if one else None

    return {
        "kind": article.kind.value,
        "old": side(article.old, article.before),
        "new": side(article.new, article.after),
        "relation": article.relation,
        "paragraphs": [_paragraph_json(change) for change in article.paragraphs],
    }


def _paragraph_json(change: ParagraphChange) -> dict[str, Any]:
    def side(place: Place | None, pieces: Sequence[Piece]) -> dict[str, Any] | None:
        if place is None:
            return None
        address = {"article": place.article.address, "paragraph": place.paragraph.number}
        return address | {"text": place.paragraph.text, "pieces": [asdict(piece) for piece in pieces]}

    return {
        "kind": change.kind.value,
        "old": side(change.old, change.before),
        "new": side(change.new, change.after),
        "reasons": list(change.reasons),
        "note": change.note,
    }


def _notice_json(about: Notice) -> dict[str, Any]:
    return {
        "announced": about.announced and about.announced.isoformat(),
        "effective": about.effective.isoformat(),
        "periods": [
            {
                "clause": period.place.name,
                "days": period.days,
                "strict": period.strict,
                "latest": period.latest.isoformat(),
                "safe": period.safe.isoformat(),
                "held": period.held.name.lower(),
            }
            for period in about.periods
        ],
        "text": about.lines(),
    }


def report(files: tuple[Path, Path], terms: tuple[Terms, Terms], html: Path | None, *, as_json: bool) -> Iterator[str]:
    """The lines to print; the page is written to ``html`` if given.

    Raises:
        YakgwanError: ``html`` cannot be written.
    """
    compared = compare(*terms)
    old, new = (_date(file) for file in files)
    about = notice(compared, None, new) if new else None
    dates = (old.isoformat() if old else "", new.isoformat() if new else "")
    if html:
        _write(html, comparison_page(compared, dates, about))
    if as_json:
        yield json.dumps(comparison_json(compared, dates, about), ensure_ascii=False)
    else:
        yield from comparison_lines(compared, about)


def _date(file: Path) -> dt.date | None:
    try:
        return dt.date.fromisoformat(file.stem)
    except ValueError:
        return None


def _write(path: Path, page: str) -> None:
    try:
        replace_file(path, page.encode())
    except OSError as error:
        raise YakgwanError(f"{path}: 파일을 쓸 수 없습니다.") from error
