"""`python -m bot eval --report DIR`: judged answers → an HTML page with plots, and the same as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader

from bot.plots import NOTHING, draw_confusion, draw_reliability
from index.clause import clause_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.evaluation.figures import ScoredAnswer

TEMPLATES = Path(__file__).parent / "templates"


def write_report(judged: Sequence[ScoredAnswer], found: Mapping[str, float], source: str, folder: Path) -> None:
    """Write ``index.html`` and ``summary.json`` into ``folder``, which is made if need be. ``found``: the figures."""
    misses, sentences = find_misses(judged), find_sentences(judged)
    pairs = article_pairs(judged)
    bins = reliability(judged)
    page = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True).get_template("report.html")
    html = page.render(
        source=source,
        total=len(judged),
        overall=[(name, value) for name, value in found.items() if "/" not in name],
        styles=_styles(judged, found),
        reliability=draw_reliability(bins),
        confusion=draw_confusion(pairs),
        misses=misses,
        sentences=sentences,
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(html, encoding="utf-8")
    summary = {
        "source": source,
        "questions": len(judged),
        "figures": found,
        "reliability": bins,
        "misses": misses,
        "sentences": sentences,
    }
    (folder / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1), encoding="utf-8")


def find_misses(judged: Sequence[ScoredAnswer]) -> list[dict[str, Any]]:
    """Of each answer with a failed verdict: what was asked, wanted and cited, and which verdicts failed."""
    return [_describe(one) for one in judged if not all(one.verdicts.values())]


def find_sentences(judged: Sequence[ScoredAnswer]) -> list[dict[str, str]]:
    """What a language model wrote, for a person to read beside the clauses: the sentences that were shown first."""
    found = [_describe_check(one, check) for one in judged for check in one.answer.get("checks", ())]
    return sorted(found, key=lambda sentence: sentence["outcome"] != "kept")


def article_pairs(judged: Sequence[ScoredAnswer]) -> list[tuple[str, str]]:
    """(right article, article cited first) of each answerable question; `NOTHING` if none was cited."""
    pairs = []
    for one in judged:
        if one.item["kind"] == "answerable":
            cited = [c["article"] for c in one.answer["citations"]]
            right = {clause.split(".")[0] for clause in one.item["clauses"]}
            first = cited[0] if cited else NOTHING
            pairs.append((first if first in right else min(right, key=_order), first))
    return pairs


def reliability(judged: Sequence[ScoredAnswer], bins: int = 10) -> list[tuple[float, float, int]]:
    """Of each tenth of the confidence that has questions: mean confidence, share that the terms answer, count."""
    pairs = [
        (float(one.answer["confidence"]), one.item["kind"] == "answerable")
        for one in judged
        if one.item["kind"] != "attack"
    ]
    found = []
    for place in range(bins):
        inside = [(p, y) for p, y in pairs if min(int(p * bins), bins - 1) == place]
        if inside:
            count = len(inside)
            found.append((sum(p for p, _ in inside) / count, sum(y for _, y in inside) / count, count))
    return found


def _describe(one: ScoredAnswer) -> dict[str, Any]:
    return {
        "id": one.item["id"],
        "question": one.item["question"] or "",
        "wanted": " ".join(one.item["clauses"]),
        "cited": " ".join(f"{c['article']}.{c['paragraph']}" for c in one.answer["citations"]),
        "status": one.answer["status"],
        "confidence": one.answer["confidence"],
        "failed": ", ".join(name for name, holds in one.verdicts.items() if not holds),
    }


def _describe_check(one: ScoredAnswer, check: dict[str, Any]) -> dict[str, str]:
    quotes = {clause_name(c["article"], c["paragraph"]): c["quote"] for c in one.answer["citations"]}
    return {
        "id": str(one.item["id"]),
        "question": one.item["question"] or "",
        "text": check["text"],
        "outcome": check["outcome"],
        "faults": ", ".join(check["faults"]),
        "clauses": "\n".join(f"{name}: {quotes.get(name, '')}" for name in check["clauses"]),
    }


def _styles(judged: Sequence[ScoredAnswer], found: Mapping[str, float]) -> list[tuple[str, int, float]]:
    names = [f"{one.item['kind']}/{one.item['style']}" for one in judged]
    return [(name, names.count(name), found[f"{name}.right"]) for name in sorted(set(names))]


def _order(article: str) -> tuple[int, str]:
    digits = article.split("의")[0]
    return (int(digits) if digits.isdigit() else 10_000, article)
