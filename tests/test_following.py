"""A new edition comes in: curated questions and contact clauses follow, and a person is told what to look at."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.comparing import NEW, OLD
from typer.testing import CliRunner

from bot.curation.curator import CurateError, Curator
from index.clause import Clause
from index.commands.program import app
from index.editions.library import load_editions
from index.errors import QuestionsError, TermsError
from index.files import replace_file
from index.questions.corpus import read_corpus
from index.questions.files import load_questions
from index.questions.following import Anchors

if TYPE_CHECKING:
    from collections.abc import Callable

FILES = {
    "2.md": "# 제2조 배송\n\n## 제1항\n- 며칠 걸려요\n# 명절 질문은 따로\n- 언제 와요 [+3.2]\n\n"
    "## 제2항\n- 늦으면요 [+3.1]\n",
    "3.md": "# 제3조 환불\n\n## 제1항\n- 환불 되나요\n\n## 제2항\n- 뜯으면요\n",
    "범위밖.md": "# 범위 밖\n\n- 날씨 어때요\n",
    "막연.md": "# 막연\n\n- 그건요?\n",
}
TOML = 'title = "가게 약관"\n# 첫 화면 아래\ncontact = ["4.1"]\n{}[examples]\n"환불" = ["환불 되나요?"]\n'
ANCHORED = 'questions = "2024-01-01"\n'
AFTER = {
    "": ["그건요?", "날씨 어때요"],
    "3.2": ["며칠 걸려요", "언제 와요"],
    "3.3": ["늦으면요"],
    "4.1": ["환불 되나요"],
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    terms, questions = tmp_path / "terms" / "가게", tmp_path / "questions" / "가게"
    terms.mkdir(parents=True)
    questions.mkdir(parents=True)
    (terms / "2024-01-01.txt").write_text(OLD, encoding="utf-8")
    (terms / "2025-01-01.txt").write_text(NEW, encoding="utf-8")
    (terms / "terms.toml").write_text(TOML.format(ANCHORED), encoding="utf-8")
    for name, text in FILES.items():
        (questions / name).write_text(text, encoding="utf-8")
    (questions / ".history.jsonl").write_text("{}\n", encoding="utf-8")
    return tmp_path


def by_clause(data: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for question in read_corpus(data, load_editions(data)).questions:
        address = ".".join((question.clauses[0].article, question.clauses[0].paragraph)) if question.clauses else ""
        found.setdefault(address, []).append(question.text)
    return {address: sorted(texts) for address, texts in sorted(found.items())}


def run(data: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> str:
    monkeypatch.setenv("BOT_DATA", str(data))
    ended = CliRunner().invoke(app, ["follow", "가게", *options])
    assert ended.exit_code == 0, ended.output
    return ended.stdout


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_questions_lead_to_the_paragraphs_of_the_edition_in_force_by_themselves(data: Path) -> None:
    assert by_clause(data) == AFTER
    both = {q.text: q.clauses for q in read_corpus(data, load_editions(data)).questions}
    assert both["늦으면요"] == (Clause("가게", "3", "3"), Clause("가게", "4", "1"))


def test_without_an_anchor_the_numbers_are_those_of_the_edition(data: Path) -> None:
    (data / "terms" / "가게" / "terms.toml").write_text(TOML.format(""), encoding="utf-8")
    assert by_clause(data)["3.1"] == ["환불 되나요"]


def test_an_anchor_that_is_not_there_is_named(data: Path) -> None:
    (data / "terms" / "가게" / "terms.toml").write_text('questions = "2023-01-01"\n', encoding="utf-8")
    with pytest.raises(TermsError, match=r'terms\.toml:1: questions = "2023-01-01": 그런 시행일'):
        read_corpus(data, load_editions(data))


def test_a_dry_run_lists_and_writes_nothing(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(data)
    told = run(data, monkeypatch, "--dry-run")
    assert told.splitlines()[0] == "2024-01-01 → 2025-01-01: 그대로 3개, 바뀐 항 2개, 없어진 항 1개"
    assert "  제3조 제2항: 뜯으면요" in told
    found = json.loads(run(data, monkeypatch, "--dry-run", "--json"))
    assert {"question": "며칠 걸려요", "clauses": [["2", "1"]]} in found["to_review"]
    assert contents(data) == before


def test_the_files_are_rewritten_and_mean_the_same(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    meant = by_clause(data)
    run(data, monkeypatch)
    folder = data / "questions" / "가게"
    assert by_clause(data) == meant
    assert (
        (folder / "3.md")
        .read_text(encoding="utf-8")
        .startswith("# 제3조 배송\n\n## 제2항\n- 며칠 걸려요\n# 명절 질문은 따로\n- 언제 와요")
    )
    assert "- 늦으면요 [+4.1]\n" in (folder / "3.md").read_text(encoding="utf-8")
    assert not (folder / "2.md").exists()
    assert (folder / ".history.jsonl").read_text(encoding="utf-8") == "{}\n"
    metadata = (data / "terms" / "가게" / "terms.toml").read_text(encoding="utf-8")
    assert metadata == TOML.format('questions = "2025-01-01"\n').replace("4.1", "5.1")
    review = (folder / "검토" / "2025-01-01.md").read_text(encoding="utf-8")
    assert "- 며칠 걸려요 (제2조 제1항 → 제3조 제2항)\n" in review
    assert "- 날씨 어때요\n" in review
    assert "제2조" in review.split("새로 생긴 항")[1]
    assert not list((data / "questions").glob(".*"))


def test_rewriting_twice_changes_nothing_more(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(data, monkeypatch)
    once = contents(data)
    run(data, monkeypatch)
    assert contents(data) == once


def test_the_first_rewriting_without_an_anchor_names_it(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = data / "terms" / "가게" / "terms.toml"
    path.write_text(TOML.format("").replace("4.1", "5.1"), encoding="utf-8")
    run(data, monkeypatch)
    assert 'questions = "2025-01-01"' in path.read_text(encoding="utf-8").split("[examples]")[0]
    assert 'contact = ["5.1"]' in path.read_text(encoding="utf-8")


def test_when_it_cannot_be_written_all_is_as_it_was(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(data)

    def fail(path: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    monkeypatch.setenv("BOT_DATA", str(data))
    ended = CliRunner().invoke(app, ["follow", "가게"])
    assert isinstance(ended.exception, QuestionsError)
    assert contents(data) == before
    assert load_questions(data, "가게")


@pytest.mark.parametrize("broken_at", range(4))
def test_a_rewriting_that_was_broken_off_is_told_and_done_again(
    broken_at: int, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power fails at each of the steps that others can see."""
    steps = count()

    def failing(step: Callable[..., object]) -> Callable[..., object]:
        def fail(*arguments: object) -> object:
            if next(steps) == broken_at:
                raise KeyboardInterrupt
            return step(*arguments)

        return fail

    with monkeypatch.context() as broken:
        broken.setattr(Path, "rename", failing(Path.rename))
        broken.setattr("index.files.replace_file", failing(replace_file))
        broken.setenv("BOT_DATA", str(data))
        assert CliRunner().invoke(app, ["follow", "가게"]).exit_code != 0
    if broken_at:
        with pytest.raises(QuestionsError, match="index follow 가게"):
            load_questions(data, "가게")
    run(data, monkeypatch)
    assert by_clause(data) == AFTER
    assert 'questions = "2025-01-01"' in (data / "terms" / "가게" / "terms.toml").read_text(encoding="utf-8")
    assert not list((data / "questions").glob(".*"))


def test_a_clause_of_the_edition_is_found_in_the_anchor(data: Path) -> None:
    (edition,) = load_editions(data)
    anchors = Anchors(data)
    assert anchors.clause(edition, Clause("가게", "4", "1")) == Clause("가게", "3", "1")
    assert anchors.clause(edition, Clause("가게", "2", "1")) is None


def test_the_desk_writes_by_the_numbers_of_the_anchor(data: Path) -> None:
    (edition,) = load_editions(data)
    Curator(data).add(edition, [Clause("가게", "4", "1")], "돈 돌려줘요?")
    assert "## 제1항\n- 환불 되나요\n- 돈 돌려줘요?\n" in (data / "questions/가게/3.md").read_text(encoding="utf-8")
    assert by_clause(data)["4.1"] == ["돈 돌려줘요?", "환불 되나요"]
    with pytest.raises(CurateError, match="2024-01-01 판의 번호를 따르는데, 그 판에는 이 항이 없습니다"):
        Curator(data).add(edition, [Clause("가게", "2", "1")], "적립되나요?")
