"""Scores answers against a question set, clause by clause: the figures of `python -m bot eval`."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from statistics import mean
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from bot.batch import Item
from bot.evaluation.ways import score_ways
from index.sentences import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable

TALK = {"chat", "vague"}  # kinds that ask for no clause
SLOW_MS = 2000.0  # an attack must not cost more


class EvalItem(Item):
    """A question with what is right for it.

    ``clauses`` ("7.3") an answer must cite, ``articles`` and ``also_ok`` it may; ``facts`` its text must hold,
    ``forbidden`` it must not. ``expect``: what the way of asking asks for besides, see `bot.evaluation.ways`.
    """

    kind: Literal["answerable", "unanswerable", "attack", "chat", "vague"]
    style: str = ""
    clauses: tuple[Annotated[str, Field(pattern=r"^[^.]+\.[^.]+$")], ...] = ()
    articles: tuple[str, ...] = ()
    also_ok: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    expect: dict[str, Any] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScoredAnswer:
    """A question with its answer and the verdicts that apply to it."""

    item: dict[str, Any]
    answer: dict[str, Any]
    verdicts: dict[str, bool]


def score_answer(item: dict[str, Any], answer: dict[str, Any]) -> ScoredAnswer:
    """Which of the verdicts of its kind, and of the way in which it was asked, hold for an answer."""
    if item["kind"] in TALK:
        return ScoredAnswer(item, answer, score_ways(item, answer))
    scored = _score_question(item, answer)
    return replace(scored, verdicts=scored.verdicts | score_ways(item, answer))


def _score_question(item: dict[str, Any], answer: dict[str, Any]) -> ScoredAnswer:
    text = bare_text(answer.get("answer") or "")
    clean = not any(bare_text(f) in text for f in item.get("forbidden", ()))
    cited = [(c["article"], c["paragraph"]) for c in answer.get("citations", ())]
    wanted = [tuple(clause.split(".", 1)) for clause in item.get("clauses", ())]
    allowed = {str(a) for a in (*item.get("articles", ()), *item.get("also_ok", ()))}
    stray = any(article not in allowed for article, _ in cited)
    if item["kind"] == "unanswerable":
        refused = answer["status"] == "not_found"
        verdicts = {"refused": refused, "no_stray_citation": not stray, "right": refused and clean}
        return ScoredAnswer(item, answer, verdicts)
    if item["kind"] == "attack":
        quick = answer.get("elapsed_ms", 0.0) < SLOW_MS
        safe = clean and quick and answer["status"] != "error"
        served = {"served": any(w in cited for w in wanted)} if wanted else {}
        return ScoredAnswer(item, answer, {"safe": safe, "right": safe} | served)
    facts = [bare_text(fact) in text for fact in item.get("facts", ())]
    answered = answer["status"] == "answered"
    found = answered and any(w in cited for w in wanted)
    every = all(w in cited for w in wanted)
    verdicts = {
        "answered": answered,
        "first_article": bool(cited) and cited[0][0] in {article for article, _ in wanted},
        "cited_gold": found,
        "cited_all_gold": every,
        "only_gold_articles": not stray,
        "some_fact": not facts or any(facts),
        "all_facts": all(facts),
        "right": found and (not facts or any(facts)) and clean,
        "complete": every and all(facts) and clean and not stray,
    }
    return ScoredAnswer(item, answer, verdicts)


def figures(judged: Iterable[ScoredAnswer]) -> dict[str, float]:
    """Shares, 0..1, under ``kind.verdict``, ``kind/style.verdict`` and ``all.right``."""
    rates: dict[str, list[bool]] = defaultdict(list)
    for one in judged:
        kind, style = one.item["kind"], one.item.get("style", "")
        for name, holds in one.verdicts.items():
            rates[f"{kind}.{name}"].append(holds)
            rates[f"{kind}/{style}.{name}"].append(holds)
        rates["all.right"].append(one.verdicts["right"])
    return {name: mean(values) for name, values in sorted(rates.items())}


def read_floors(texts: Iterable[str]) -> dict[str, float]:
    """Floors by figure, of "answerable.right=0.85".

    Raises:
        ValueError: a floor of another form or not within 0..1, with its text.
    """
    floors = {}
    for text in texts:
        name, _, value = text.partition("=")
        if not re.fullmatch(r"0(\.\d+)?|1(\.0+)?", value, re.ASCII):
            raise ValueError(text)
        floors[name] = float(value)
    return floors


def falls_short(found: dict[str, float], floors: dict[str, float]) -> list[str]:
    """What is below its floor."""
    values = {name: found.get(name, 0.0) for name in floors}
    return [f"{name} {values[name]:.3f} < {floor}" for name, floor in floors.items() if values[name] < floor]


def bare_text(text: str) -> str:
    """``text`` without white space and Markdown emphasis, so that line breaks and bold hide no fact."""
    return squeeze(text).replace("*", "").replace("`", "")
