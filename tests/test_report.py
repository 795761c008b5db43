"""Judged answers → report: what is counted, and a page that holds it escaped."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.evaluation.figures import EvalItem, ScoredAnswer, figures, score_answer
from bot.evaluation.report import article_pairs, find_misses, find_sentences, reliability, write_report
from bot.plots import NOTHING

if TYPE_CHECKING:
    from pathlib import Path


def answered(
    question: str, clauses: list[str], cited: list[str], confidence: float, kind: str = "answerable"
) -> ScoredAnswer:
    item = EvalItem.model_validate(
        {"id": question, "question": question, "kind": kind, "clauses": clauses, "articles": [c[0] for c in clauses]}
    )
    citations = [dict(zip(("article", "paragraph"), c.split("."), strict=True)) for c in cited]
    answer: dict[str, Any] = {
        "status": "answered" if cited else "not_found",
        "answer": "",
        "citations": citations,
        "confidence": confidence,
    }
    return score_answer(item.model_dump(), answer)


JUDGED = [
    answered("환불", ["2.1"], ["2.1"], 0.95),
    answered("배송 <b>", ["1.1"], ["2.1"], 0.91),
    answered("전화", ["3.1"], [], 0.1),
    answered("날씨", [], [], 0.12, "unanswerable"),
]


def test_pairs_of_right_and_cited_article() -> None:
    assert article_pairs(JUDGED) == [("2", "2"), ("1", "2"), ("3", NOTHING)]


def test_reliability_by_tenths() -> None:
    assert reliability(JUDGED) == [(0.11, 0.5, 2), (0.9299999999999999, 1.0, 2)]


def test_misses_say_what_was_wanted_and_cited() -> None:
    misses = find_misses(JUDGED)
    assert [(m["id"], m["wanted"], m["cited"]) for m in misses] == [("배송 <b>", "1.1", "2.1"), ("전화", "3.1", "")]


def test_the_report_is_a_page_and_its_summary(tmp_path: Path) -> None:
    write_report(JUDGED, figures(JUDGED), "dev.jsonl", tmp_path / "report")
    html = (tmp_path / "report" / "index.html").read_text(encoding="utf-8")
    assert "배송 &lt;b&gt;" in html
    assert html.count("<svg") == 2
    assert "answerable/" in html
    summary = json.loads((tmp_path / "report" / "summary.json").read_text(encoding="utf-8"))
    assert summary["figures"]["unanswerable.refused"] == 1.0
    assert len(summary["misses"]) == 2
    assert "언어 모델이 쓴 문장" not in html


def test_what_a_model_wrote_is_listed_beside_its_clauses_the_shown_first(tmp_path: Path) -> None:
    one = answered("환불", ["2.1"], ["2.1"], 0.95)
    one.answer["citations"][0]["quote"] = "7일 안에 환불됩니다."
    wrong = {"text": "30일 <i>안</i>", "clauses": ["제2조 제1항"], "outcome": "dropped", "faults": ["숫자"]}
    right = {"text": "7일 안", "clauses": ["제2조 제1항"], "outcome": "kept", "faults": []}
    one.answer["checks"] = [wrong, right]
    listed = find_sentences([one])
    assert [sentence["text"] for sentence in listed] == ["7일 안", "30일 <i>안</i>"]
    assert listed[0]["clauses"] == "제2조 제1항: 7일 안에 환불됩니다."
    write_report([one], figures([one]), "dev.jsonl", tmp_path / "report")
    html = (tmp_path / "report" / "index.html").read_text(encoding="utf-8")
    assert "언어 모델이 쓴 문장 2개" in html
    assert "30일 &lt;i&gt;안&lt;/i&gt;" in html
