"""Proposed questions: out of the text and by a model, new ones only, in the format that the loader reads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.adversary import open_adversary
from support.hits import find_passage
from typer.testing import CliRunner

from index.commands.program import app
from index.errors import YakgwanError
from index.questions.drafting import MOST, as_markdown, draft, from_model, from_text, thin_clauses
from index.questions.files import load_questions

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import Settings
    from index.passages import Passage
    from index.questions.corpus import Corpus


def test_the_text_gives_what_is_spoken_of_and_what_can_be_done(shop_corpus: Corpus) -> None:
    found = from_text(find_passage(shop_corpus, "2.1"))  # … 7일 안에 환불을 신청할 수 있습니다.
    assert found == [
        "환불에 관한 규정이 있나요?",
        "환불, 어떻게 되나요?",
        "환불 기간이 얼마나 되나요?",
        "환불에 관해 무엇을 할 수 있나요?",
    ]


def test_a_models_lines_that_ask_are_taken_and_the_rest_is_not(shop_corpus: Corpus) -> None:
    asked: list[str] = []

    def complete(prompt: str) -> str:
        asked.append(prompt)
        return "질문 목록:\n1. 돈 돌려줘요?\n- 언제까지 환불 되나\n\n이상입니다."

    assert from_model(complete)(find_passage(shop_corpus, "2.1")) == ["돈 돌려줘요?", "언제까지 환불 되나"]
    assert "받은 날부터 7일 안에 환불을 신청할 수 있습니다." in asked[0]


def test_what_is_known_or_fits_two_paragraphs_is_left_out(shop_corpus: Corpus) -> None:
    passages = [find_passage(shop_corpus, address) for address in ("1.1", "2.1")]

    def propose(passage: Passage) -> list[str]:
        return [
            "환불 되나요?",
            "똑같은 질문이에요",
            f"{passage.article_title} 언제 해요",
            "짧",
            *map(str, range(1000, 1030)),
        ]

    drafts = draft(passages, ["환불되나요"], [propose])
    assert list(drafts.values()) == [["배송 언제 해요"], ["환불 언제 해요"]]
    many = draft(passages[:1], [], [propose])
    assert len(many[passages[0].clause]) == MOST


def test_only_paragraphs_with_few_questions_are_drafted_for(shop_corpus: Corpus) -> None:
    assert [p.clause.article for p in thin_clauses(shop_corpus, "가게", 3)] == ["1", "1", "2", "3"]
    assert thin_clauses(shop_corpus, "가게", 2) == []


@pytest.mark.usefixtures("shop_environment")
def test_the_command_writes_what_the_loader_reads_and_nothing_else(shop_settings: Settings, tmp_path: Path) -> None:
    before = sorted(shop_settings.data.rglob("*"))
    out = tmp_path / "초안.md"
    ended = CliRunner().invoke(app, ["draft-questions", "가게", "--out", str(out)])
    assert (ended.exit_code, ended.stdout) == (0, "")
    assert sorted(shop_settings.data.rglob("*")) == before
    folder = tmp_path / "읽기" / "questions" / "가게"
    folder.mkdir(parents=True)
    section = out.read_text(encoding="utf-8").partition("# 제2조 환불")[2].partition("# 제3조")[0]
    (folder / "2.md").write_text(section, encoding="utf-8")
    texts = [question.text for question in load_questions(tmp_path / "읽기", "가게")]
    assert "환불 기간이 얼마나 되나요?" in texts
    rows = json.loads(CliRunner().invoke(app, ["draft-questions", "가게", "--json"]).stdout)
    assert {"article": "2", "paragraph": "1", "questions": texts} in rows


def test_each_file_begins_with_its_name(shop_corpus: Corpus) -> None:
    passage = find_passage(shop_corpus, "2.1")
    assert list(as_markdown({passage.clause: ["되나요?"]}, [passage])) == [
        "# 제2조 환불",
        "\n## 제1항",
        "- 되나요?",
        "",
    ]


@pytest.mark.usefixtures("shop_environment")
def test_a_file_that_is_there_is_not_written_over(shop_settings: Settings) -> None:
    kept = shop_settings.data / "questions" / "가게" / "2.md"
    before = kept.read_bytes()
    ended = CliRunner().invoke(app, ["draft-questions", "가게", "--out", str(kept)])
    assert isinstance(ended.exception, YakgwanError)
    assert "이미 있는 파일" in str(ended.exception)
    assert kept.read_bytes() == before


@pytest.mark.usefixtures("shop_environment")
def test_a_configured_model_is_asked_for_each_paragraph(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_adversary() as adversary:
        adversary.configure(monkeypatch)
        adversary.says = "1. 돈을 도로 받을 수 있나요?\n설명입니다\n"
        ended = CliRunner().invoke(app, ["draft-questions", "가게", "--json"])
        asked = [body["messages"][0]["content"] for body in adversary.asked]
    assert ended.exit_code == 0, ended.output
    assert len(asked) == len(json.loads(ended.stdout))
    assert any("7일 안에 환불" in prompt for prompt in asked)
    # it said the same of every paragraph: a question that fits them all leads to none
    assert "돈을 도로" not in ended.stdout
