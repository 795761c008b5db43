"""The curated questions: every paragraph covered, none twice, none taken from a question set that measures."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from index.clause import Clause
from index.editions.library import load_editions
from index.errors import QuestionsError
from index.questions.corpus import read_corpus
from index.questions.files import fold_question, load_questions

DATA = Path("data")
MEASURING = [*DATA.glob("eval/*.jsonl"), *Path("../shared/eval").glob("*.jsonl")]


def test_each_paragraph_has_at_least_12_questions() -> None:
    corpus = read_corpus(DATA, load_editions(DATA))
    counts = Counter(q.clauses[0] for q in corpus.questions if q.clauses)
    assert len(corpus.passages) == 63
    assert {p.clause: counts[p.clause] for p in corpus.passages if counts[p.clause] < 12} == {}


def test_at_least_250_questions_are_out_of_scope() -> None:
    assert sum(not q.clauses for q in load_questions(DATA, "서비스이용약관")) >= 250


def test_every_clause_that_a_question_names_exists() -> None:
    known = {p.clause for p in read_corpus(DATA, load_editions(DATA)).passages}
    named = {clause for q in load_questions(DATA, "서비스이용약관") for clause in q.clauses}
    assert named <= known


@pytest.mark.parametrize("path", MEASURING, ids=str)
def test_no_question_is_in_a_set_that_measures(path: Path) -> None:
    curated = {fold_question(q.text) for q in load_questions(DATA, "서비스이용약관")}
    with path.open(encoding="utf-8") as lines:
        measured = [json.loads(line)["question"] for line in lines]
    assert [q for q in measured if fold_question(q) and fold_question(q) in curated] == []


def test_a_note_names_further_paragraphs(tmp_path: Path) -> None:
    write(tmp_path, "## 제2항\n- 늦으면요 [+4.4 +15.3]\n")
    (question,) = load_questions(tmp_path, "가게")
    assert question.text == "늦으면요"
    assert question.clauses == tuple(Clause("가게", *c) for c in [("7", "2"), ("4", "4"), ("15", "3")])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("## 제1항\n- 되나요?\n- 되나요\n", r"7\.md:3: 같은 질문이 .*7\.md:2에 있습니다"),
        ("## 제1항\n질문\n", r"7\.md:2: 제목도 질문도 아닌 줄입니다"),
        ("- 항이 없는 질문\n", r"7\.md:1: 제목도 질문도 아닌 줄입니다"),
    ],
)
def test_a_faulty_file_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path, text)
    with pytest.raises(QuestionsError, match=message):
        load_questions(tmp_path, "가게")


def write(data: Path, text: str) -> None:
    folder = data / "questions" / "가게"
    folder.mkdir(parents=True)
    (folder / "7.md").write_text(text, encoding="utf-8")
