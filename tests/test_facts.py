"""Facts of clauses: reviewed files, tagged ones for what nobody looked at, and how well both are read."""

from __future__ import annotations

from pathlib import Path

from support.commands import run

from index.commands import app
from index.editions.library import load_editions
from index.facts.files import read_facts, unreviewed
from index.facts.measure import measure_clauses, measure_questions, tagged
from index.facts.tagging import tag, write_facts
from index.passages import make_passages

DATA, SET = Path("data"), Path("tests/data")


def test_every_paragraph_is_reviewed_in_its_own_words() -> None:
    [edition] = load_editions(DATA)
    facts = read_facts(DATA, [edition.name])
    assert unreviewed(DATA, edition) == []
    for passage in make_passages([edition]):
        known = facts.of(passage)
        assert known is not None
        words = "".join(passage.quote.split())
        assert [one.value for one in known.states if "".join(one.value.split()) not in words] == []


def test_the_tagger_reads_kinds_documents_and_deeds() -> None:
    found = tag(
        "“회사”는 서비스를 중단할 수 있으며, 고객은 30일 이내 대금을 지급해야 합니다. 요율은 계약서에 따릅니다."
    )
    assert {"기간", "기한"} <= {one.kind for one in found.states}
    assert [one.to for one in found.leaves] == ["계약서"]
    assert [(act.who, act.modal) for act in found.acts][:2] == [("회사", "may"), ("고객", "must")]


def test_a_changed_paragraph_is_tagged_anew_and_the_others_stay(tmp_path: Path) -> None:
    terms = tmp_path / "terms" / "가게"
    terms.mkdir(parents=True)
    (terms / "2024-03-01.txt").write_text(
        "제1조(환불)\n- 7일 안에 환불합니다.\n- 2회 이상이면 거절합니다.\n", encoding="utf-8"
    )
    [edition] = load_editions(tmp_path)
    [path] = write_facts(tmp_path, edition)
    reviewed = path.read_text(encoding="utf-8").replace("2회 이상", "2회 이상 (살펴봄)")
    path.write_text(reviewed, encoding="utf-8")
    assert write_facts(tmp_path, edition) == []
    (terms / "2024-03-01.txt").write_text(
        "제1조(환불)\n- 9일 안에 환불합니다.\n- 2회 이상이면 거절합니다.\n", encoding="utf-8"
    )
    [edition] = load_editions(tmp_path)
    assert unreviewed(tmp_path, edition) == [("1", "1")]
    assert write_facts(tmp_path, edition) == [path]
    text = path.read_text(encoding="utf-8")
    assert "9일" in text
    assert "7일" not in text
    assert "(살펴봄)" in text
    assert len(read_facts(tmp_path, ["가게"])) == 2


def test_the_reading_of_kinds_on_the_labelled_set() -> None:
    [edition] = load_editions(DATA)
    asked = measure_questions(SET / "kinds_asked.jsonl")
    assert asked.wanted.total() >= 400
    assert asked.right.total() / asked.wanted.total() >= 0.95
    text = {(p.clause.article, p.clause.paragraph): p.quote for p in make_passages([edition])}
    stated = measure_clauses(SET / "kinds_of_clauses.jsonl", text, tagged)
    assert stated.right["맡김"] / stated.wanted["맡김"] >= 0.7


def test_the_command_shows_and_measures() -> None:
    shown = run(app, "facts")
    assert "17.3" in shown.out
    assert "적음 기간: 최근 12개월" in shown.out
    measured = run(app, "facts", "--measure")
    assert "모두: 정밀도" in measured.out
