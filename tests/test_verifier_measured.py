"""How often the verifier errs, on 200 sentences out of the terms, and what the measurement makes of a clause."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.commands import run

from bot.__main__ import app
from bot.evaluation.verifier.cases import Kind, Source
from bot.evaluation.verifier.conditions import find_conditions
from bot.evaluation.verifier.inflection import Mood, affirming, find_predicates, informal, retell
from bot.evaluation.verifier.making import make_cases
from bot.evaluation.verifier.measuring import judge, sample, summarise
from bot.evaluation.verifier.sources import read_sources
from index.clause import Clause
from index.passages import Passage

if TYPE_CHECKING:
    from bot.evaluation.verifier.cases import Case

TERMS = Path("data/terms")
CAUGHT, FALSE_ALARMS = 0.99, 0.08
QUOTE = (
    "회사는 2회 이상 연체된 경우 계약을 해지할 수 있으며, 고객에게 30일 전까지 통지합니다. "
    "다만, 고객의 책임이 아닌 비용은 청구하지 않는다."
)
MORE = (
    "고객은 요금을 지급해야 합니다.",
    "회사는 7일 안에 요금을 환불합니다.",
    "고객은 2025년 12월 15일까지 이의를 제기할 수 있습니다.",
)


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    quote = f"{QUOTE} {' '.join(MORE)}"
    passage = Passage(Clause("가게", "7", "3"), "2025-12-15", "약관", "연체", 0, len(quote), quote)
    first, then = QUOTE.split(" 다만, ")
    told = [first, affirming(f"다만, {then}"), *MORE]
    return make_cases([[Source(passage, sentence) for sentence in told]], 500)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.NUMBER, "회사는 8일 안에 요금을 환불합니다."),
        (Kind.NUMBER, "회사는 팔일 안에 요금을 환불합니다."),
        (Kind.DATE, "고객은 2025년 12월 16일까지 이의를 제기할 수 있습니다."),
        (Kind.UNIT, "회사는 7개월 안에 요금을 환불합니다."),
        (Kind.ACTOR, "회사는 요금을 지급해야 합니다."),
        (Kind.POLARITY, "다만, 고객의 책임이 아닌 비용은 청구합니다."),
        (Kind.MODALITY, "고객은 요금을 지급할 수 있습니다."),
        (Kind.CONDITION, "회사는 계약을 해지할 수 있으며, 고객에게 30일 전까지 통지합니다."),
        (Kind.SCOPE, "회사는 2회 이하 연체된 경우 계약을 해지할 수 있으며, 고객에게 30일 전까지 통지합니다."),
        (Kind.EXCEPTION, "회사는 2회 이상 연체된 경우 계약을 해지할 수 있으며, 고객에게 30일 전까지 통지합니다."),
        (Kind.NUMERAL, "회사는 두 번 이상 연체된 경우 계약을 해지할 수 있으며, 고객에게 30일 전까지 통지합니다."),
        (Kind.ENDING, "고객은 요금을 지급해야 해요."),
        (Kind.ORDER, "2회 이상 연체된 경우 회사는 계약을 해지할 수 있으며, 고객에게 30일 전까지 통지합니다."),
        (Kind.SPLIT, "회사는 2회 이상 연체된 경우 계약을 해지할 수 있습니다."),
        (Kind.SYNONYM, "회사는 2회 이상 연체된 경우 계약을 해지할 수 있으며, 고객에게 30일 전까지 알립니다."),
        (Kind.PARTICLE, "회사는 2회 이상 연체된 경우 계약을 해지할 수 있으며, 고객한테 30일 전까지 통지합니다."),
    ],
)
def test_one_thing_is_changed(cases: list[Case], kind: Kind, text: str) -> None:
    assert text in {case.text for case in cases if case.kind is kind}


@pytest.mark.parametrize(
    ("text", "mood", "told"),
    [
        ("책임을 집니다.", Mood.DENIED, "책임을 지지 않습니다."),
        ("책임을 지지 아니합니다.", Mood.PLAIN, "책임을 집니다."),
        ("고객의 책임입니다.", Mood.DENIED, "고객의 책임이 아닙니다."),
        ("해지할 수 있습니다.", Mood.MUST, "해지해야 합니다."),
        ("방해해서는 안 됩니다.", Mood.ALLOWED, "방해해도 됩니다."),
        ("결과를 알려야 합니다.", Mood.FREE, "결과를 알리지 않을 수 있습니다."),
        ("고객의 책임입니다.", Mood.CAN, None),
    ],
)
def test_a_predicate_is_told_otherwise(text: str, mood: Mood, told: str | None) -> None:
    [predicate] = find_predicates(text)
    assert retell(text, predicate, mood) == told


@pytest.mark.parametrize(
    ("said", "told"), [("미치지 아니합니다.", "미치지 않아요."), ("책임입니다.", "책임이에요."), ("합니다", "해요")]
)
def test_the_ending_is_exchanged(said: str, told: str) -> None:
    assert informal(said) == told


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("회사는 필요한 경우에는 약관을 변경합니다.", ["필요한 경우에는 "]),
        ("고객이 동의하지 않으면 해지할 수 있습니다.", ["고객이 동의하지 않으면 "]),
        ("과실이 없는 한, 책임을 지지 않습니다.", ["과실이 없는 한, "]),
        ("이 경우 회사가 알립니다.", []),
        ("연체하거나 위반하는 경우 해지할 수 있습니다.", []),
    ],
)
def test_conditions_are_found(text: str, found: list[str]) -> None:
    assert [condition.wording(text) for condition in find_conditions(text)] == found


def test_the_same_cases_come_each_time() -> None:
    first, second = ([(c.kind, c.text) for c in make_cases((s for _, s in read_sources(TERMS)), 60)] for _ in "ab")
    assert first == second
    assert 50 <= len(first) <= 60


def test_the_verifier_errs_seldom() -> None:
    judged = list(judge(make_cases((found for _, found in read_sources(TERMS)), 200)))
    report = summarise(judged)
    missed = [one.case.text for one in judged if not one.right]
    assert report.caught >= CAUGHT, missed
    assert report.false_alarms <= FALSE_ALARMS, missed
    assert report.median < 20  # ms; a busy machine takes its time
    assert len(list(sample(judged, 30))) == 30


def test_the_command_prints_the_table_and_writes_a_sample(tmp_path: Path) -> None:
    out = tmp_path / "sample.jsonl"
    ended = run(app, "verifier", "--most", 40, "--sample", 5, "--out", out)
    assert ended.code == 0
    assert "| **거짓을 잡음** |" in ended.out
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert len(lines) == 5
    assert {"kind", "text", "source", "refused", "faithful"} <= set(lines[0])
    figures = json.loads(run(app, "verifier", "--most", 40, "--json").out)
    assert 0.9 <= figures["caught"] <= 1
