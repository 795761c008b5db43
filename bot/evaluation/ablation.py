"""`python -m bot eval --ablation`: the quality figures with each part taken away, as a Markdown table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.chain import build_chain
from bot.evaluation.figures import figures, score_answer
from bot.understand.find import find
from bot.understand.parts import read_parts
from bot.writers import QuotingWriter
from index.editions.in_force import InForce
from index.editions.library import Library, load_editions
from index.errors import YakgwanError
from index.evaluation.ablation import PARTS, remove
from index.files import replace_file
from index.search.build import open_search
from index.search.by_day import SearchByDay

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bot.chain import Understand
    from bot.evaluation.figures import EvalItem
    from bot.gate import Finding
    from bot.settings import Settings
    from bot.understand.question import Query
    from index.editions.edition import Edition
    from index.search.clause_search import ClauseSearch

MARKS = ("<!-- ablation -->", "<!-- /ablation -->")
FIGURES = (
    "answerable.right",
    "answerable.first_article",
    "answerable.complete",
    "answerable.only_gold_articles",
    "unanswerable.refused",
)
HEADER = ("뺀 것", "recall@1*", "AUC*", "right", "first_article", "complete", "only_gold", "refused")


@dataclass(frozen=True, slots=True)
class Row:
    """The figures without ``part``; the first two are of the left-out curated questions, None if they are the same."""

    part: str
    recall: float | None
    auc: float | None
    figures: dict[str, float]


def write_ablation(settings: Settings, items: Sequence[EvalItem], page: Path) -> None:
    """Put the table between the marks of a Markdown page.

    Raises:
        YakgwanError: the page has no marks; said before the minutes of work.
    """
    begin, end = MARKS
    text = page.read_text(encoding="utf-8")
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise YakgwanError(f"{page}: {begin} … {end} 표시가 없습니다.")
    editions = load_editions(settings.data)
    search = open_search(settings, editions)
    table = as_markdown(list(ablate(search, editions, settings, items)))
    replace_file(page, f"{before}{begin}\n{table}\n{end}{after}".encode())


def ablate(
    search: ClauseSearch, editions: Sequence[Edition], settings: Settings, items: Sequence[EvalItem]
) -> Iterator[Row]:
    """All parts in turn, none first; seconds each, because the ranker is learnt again."""
    for part in ("", *PARTS):
        ablated = remove(search, part)
        yield Row(part or "없음", ablated.recall, ablated.auc, _measure(ablated.search, editions, settings, items))
    for part, understand in WITHOUT.items():
        yield Row(part, None, None, _measure(search, editions, settings, items, understand))


def as_markdown(rows: Sequence[Row]) -> str:
    """The table of the README's quality section."""
    lines = [f"| {' | '.join(HEADER)} |", "|" + "---|" * len(HEADER)]
    for row in rows:
        cells = [row.recall, row.auc, *(row.figures.get(name) for name in FIGURES)]
        lines.append(f"| {row.part} | " + " | ".join("" if c is None else f"{c:.3f}" for c in cells) + " |")
    return "\n".join(lines)


def _measure(
    search: ClauseSearch,
    editions: Sequence[Edition],
    settings: Settings,
    items: Sequence[EvalItem],
    understand: Understand = find,
) -> dict[str, float]:
    by_day = SearchByDay(search, editions, InForce(Library(settings.data)))
    chain = build_chain(by_day, QuotingWriter(), settings, understand)
    return figures([score_answer(item.model_dump(), chain.invoke(item.ask()).as_json()) for item in items])


def _without_history(query: Query, search: ClauseSearch) -> tuple[str, list[Finding]]:
    return find(type(query)(query.text), search)


def _without_numbers(query: Query, search: ClauseSearch) -> tuple[str, list[Finding]]:
    return query.text, read_parts(query, search)


WITHOUT = {"이어 묻기": _without_history, "이어 묻기와 번호": _without_numbers}
