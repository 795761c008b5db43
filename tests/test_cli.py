"""The commands of `python -m index` and `python -m bot`: what they print and what they end with."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.commands import run
from support.fakes import SHOP

from bot.__main__ import app as bot_app
from index.commands.program import app as index_app

if TYPE_CHECKING:
    import typer

    from bot.service import Service

pytestmark = pytest.mark.usefixtures("shop_environment")
ROOT = Path(__file__).parents[1]
ITEM = '{"id": "a", "question": "환불 되나요", "kind": "answerable", "clauses": ["2.1"]}\n'


def test_show_gives_articles_and_paragraphs_as_slices(tmp_path: Path) -> None:
    path = tmp_path / "shop.txt"
    path.write_text(SHOP.replace("제1조", "길 잃은 줄\n제1조", 1), encoding="utf-8")
    found = json.loads(run(index_app, "show", path, "--json").out)
    source = path.read_text(encoding="utf-8")
    assert list(found) == ["title", "articles", "unplaced"]
    assert (found["title"], found["unplaced"]) == ("가게 약관", [{"line": 2, "text": "길 잃은 줄"}])
    first = found["articles"][0]
    assert list(first) == ["number", "title", "chapter", "addendum", "start", "end", "paragraphs"]
    assert (first["number"], first["title"], first["chapter"], first["addendum"]) == ("1", "배송", None, False)
    assert source[first["start"] : first["end"]].startswith("제1조 (배송)\n- 물건은")
    paragraphs = [paragraph for article in found["articles"] for paragraph in article["paragraphs"]]
    assert [paragraph["number"] for paragraph in paragraphs] == ["1", "2", "1", "1"]
    for paragraph in paragraphs:
        assert list(paragraph) == ["number", "start", "end", "text"]
        assert source[paragraph["start"] : paragraph["end"]] == paragraph["text"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("그냥 글\n".encode(), ":1: 조(제1조 …)를 찾지 못했습니다."),
        (b"ok\n\xc1\xb6\n", ":1: 조(제1조 …)를 찾지 못했습니다."),
        (None, ": 그런 파일이 없습니다."),
    ],
    ids=["no article", "in CP949", "missing"],
)
def test_show_of_a_wrong_file_ends_in_one_line(tmp_path: Path, data: bytes | None, message: str) -> None:
    path = tmp_path / "wrong.txt"
    if data is not None:
        path.write_bytes(data)
    assert run(index_app, "show", path, "--json") == (1, "", f"오류: {path}{message}\n")


def test_show_of_a_folder_ends_in_one_line(tmp_path: Path) -> None:
    assert run(index_app, "show", tmp_path) == (1, "", f"오류: {tmp_path}: 그런 파일이 없습니다.\n")


def test_index_search_prints_hits_as_json_lines() -> None:
    rows = [json.loads(line) for line in run(index_app, "search", "제2조", "--json").out.splitlines()]
    assert [(row["clause"]["article"], row["score"], row["reasons"]) for row in rows] == [("2", 1.0, ["번호"])]


def test_without_the_model_an_index_of_words_is_built() -> None:
    ended = run(index_app, "build", "--force")
    assert (ended.code, "없음(낱말만)" in ended.out) == (0, True)
    assert json.loads(run(index_app, "build", "--json").out)["model"] is None


def test_check_names_paragraphs_with_few_questions() -> None:
    ended = run(index_app, "check")
    assert ended.code == 1
    assert "가게 제1조 제1항: 대표 질문이 2개입니다(12개 이상 권장)." in ended.err.splitlines()


@pytest.mark.parametrize(
    ("app", "arguments", "said"),
    [
        (bot_app, ("ask",), "질문과 --batch 가운데 하나만 주세요."),
        (bot_app, ("ask", "환불", "--batch", __file__), "질문과 --batch 가운데 하나만 주세요."),
        (bot_app, ("ask", "--batch", __file__), "--batch 와 --out 은 함께 씁니다."),
        (bot_app, ("ask", "환불", "--out", "x"), "--batch 와 --out 은 함께 씁니다."),
        (bot_app, ("ask", "--batch", "/none", "--out", "x"), "'--batch': '/none' 파일이 없습니다."),
        (bot_app, ("ask", "환불", "되나요"), "남는 값이 있습니다: 되나요"),
        (bot_app, ("as",), "'as'(이)라는 명령은 없습니다."),
        (bot_app, ("eval", "--mim", "x"), "--mim(이)라는 옵션은 없습니다."),
        (index_app, ("search",), "'question': 빠졌습니다."),
        (index_app, ("search", "환불", "-k"), "'-k'에 값이 필요합니다."),
        (index_app, ("search", "환불", "-k", "0"), "'-k'의 값이 맞지 않습니다(greater than or equal to 1)."),
    ],
)
def test_wrong_use_is_told_in_one_line(app: typer.Typer, arguments: tuple[str, ...], said: str) -> None:
    assert run(app, *arguments) == (2, "", f"오류: {said} (도움말: --help)\n")


@pytest.mark.parametrize("app", [bot_app, index_app])
@pytest.mark.parametrize("arguments", [(), ("--help",)])
def test_help_is_shown_when_asked_for_or_when_nothing_is(app: typer.Typer, arguments: tuple[str, ...]) -> None:
    ended = run(app, *arguments)
    assert (ended.code, ended.err) == (0, "")
    assert "약관" in ended.out


def test_an_interrupted_command_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(service: Service) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.service.Service.load", interrupt)
    assert run(bot_app, "ask", "환불 되나요") == (130, "", "")


@pytest.mark.parametrize("module", ["bot", "index"])
def test_the_modules_end_with_the_code_of_their_command(module: str) -> None:
    command = [sys.executable, "-m", module, "none"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "오류: 'none'(이)라는 명령은 없습니다. (도움말: --help)\n"


def test_a_single_question_is_answered_on_the_screen() -> None:
    ended = run(bot_app, "ask", "제2항은요?", "--history", "제1조 제1항")
    assert (ended.code, ended.out.partition(".")[0]) == (0, "배송이 늦으면 문자로 알립니다")


def test_eval_ends_with_1_below_a_floor(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(ITEM, encoding="utf-8")
    assert run(bot_app, "eval", path, "--min", "answerable.right=1").code == 0
    ended = run(bot_app, "eval", path, "--min", "attack.safe=0.5")
    assert (ended.code, ended.err.splitlines()[-1]) == (1, "하한 미달: attack.safe 0.000 < 0.5")


@pytest.mark.parametrize("floor", ["foo", "all.right=many", "all.right=1.5", "all.right=nan"])
def test_a_malformed_floor_is_refused_before_anything_is_read(floor: str) -> None:
    ended = run(bot_app, "eval", __file__, "--min", floor)
    assert ended == (2, "", f"오류: --min 은 'answerable.right=0.85'처럼 씁니다: {floor} (도움말: --help)\n")


def test_an_eval_item_without_a_kind_is_named(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('\n{"id": "a", "question": "환불"}\n', encoding="utf-8")
    assert run(bot_app, "eval", path) == (1, "", f"오류: {path}:2: kind: 빠졌습니다.\n")
