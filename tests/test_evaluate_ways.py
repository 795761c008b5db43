"""Verdicts on ways of asking: acts, polarity, what is missing, near clauses, sums, dates, numbers of no article."""

from __future__ import annotations

from typing import Any

import pytest

from bot.evaluation.figures import EvalItem, figures, score_answer
from bot.evaluation.ways import score_ways

CLAUSE = {"article": "7", "paragraph": "3"}


def answer(**keys: Any) -> dict[str, Any]:
    return {"status": "answered", "answer": "", "citations": [], "related": []} | keys


@pytest.mark.parametrize(
    ("expect", "said", "verdicts"),
    [
        ({"act": ["thanks"]}, answer(status="chat", act="thanks"), {"right": True}),
        ({"act": ["thanks"]}, answer(status="chat", act="greeting"), {"right": False}),
        ({"act": ["thanks"]}, answer(status="chat", act="thanks", citations=[CLAUSE]), {"right": False}),
        ({"act": ["easier"]}, answer(act="easier", citations=[CLAUSE]), {"right": True}),
        ({"status": ["clarify", "chat"]}, answer(status="clarify"), {"right": True}),
        ({"status": ["clarify"]}, answer(), {"right": False}),
        ({"missing": 1}, answer(missing=["주차"]), {"missing_told": True, "missing_exact": True}),
        ({"missing": 2}, answer(missing=["주차"]), {"missing_told": True, "missing_exact": False}),
        ({"related": ["7.3", "7.1"]}, answer(related=[CLAUSE]), {"related_hit": True}),
        ({"related": ["7.1"]}, answer(related=[CLAUSE]), {"related_hit": False}),
        ({"value": "1,200만 원"}, answer(lead="최대 1200만원이에요"), {"value_shown": True}),
        ({"value": "540만 원", "value_ok": ["5,400,000원"]}, answer(answer="5400000 원"), {"value_shown": True}),
        ({"edition_caveat": True}, answer(answer="시행 전에 맺은 계약"), {"caveat_right": True}),
        ({"edition_caveat": False}, answer(answer="시행 전에 맺은 계약"), {"caveat_right": False}),
        ({"edition_caveat": None}, answer(), {}),
        ({"not_article": [7]}, answer(related=[CLAUSE]), {"trap_avoided": False}),
        ({"not_article": [8]}, answer(citations=[CLAUSE]), {"trap_avoided": True}),
        ({}, answer(), {}),
    ],
)
def test_what_is_expected_besides(expect: dict[str, Any], said: dict[str, Any], verdicts: dict[str, bool]) -> None:
    assert score_ways({"expect": expect}, said) == verdicts


@pytest.mark.parametrize(
    ("wanted", "given", "right", "not_wrong", "not_opposite"),
    [
        (["no", "depends"], "no", True, True, True),
        (["no", "depends"], "yes", False, False, False),
        (["no"], "depends", False, False, True),
        (["yes"], None, False, True, True),
    ],
)
def test_a_polarity(wanted: list[str], given: str | None, right: bool, not_wrong: bool, not_opposite: bool) -> None:
    assert score_ways({"expect": {"polarity": wanted}}, answer(polarity=given)) == {
        "polarity_given": given is not None,
        "polarity_right": right,
        "polarity_not_wrong": not_wrong,
        "polarity_not_opposite": not_opposite,
    }


def test_talk_has_no_other_verdicts_and_questions_have_both() -> None:
    talk = EvalItem(id="a", question="고마워요", kind="chat", style="chat", expect={"act": ["thanks"]})
    asked = EvalItem(
        id="b", question="이자는 몇 %?", kind="unanswerable", style="specific", expect={"related": ["7.3"]}
    )
    judged = [
        score_answer(talk.model_dump(), answer(status="chat", act="thanks")),
        score_answer(asked.model_dump(), answer(status="not_found", related=[CLAUSE])),
    ]
    found = figures(judged)
    assert (found["chat.right"], found["unanswerable.refused"], found["unanswerable.related_hit"]) == (1, 1, 1)
