"""The commands of `python -m index` and `python -m bot`: what they print, write, and end with."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fakes import SHOP
from typer.testing import CliRunner

from bot.__main__ import app as bot_app
from index.__main__ import app as index_app
from index.errors import YakgwanError

if TYPE_CHECKING:
    import typer
    from typer.testing import Result

    from bot.settings import Settings

ROOT = Path(__file__).parents[1]
KEYS = {"id", "status", "answer", "citations", "interpreted", "elapsed_ms"}
BATCH = """{"id": "a", "question": "환불 되나요"}

{"id": 2, "question": "그럼 제2항은요?", "history": ["제1조 제1항"]}
{"id": "c", "gen": {"repeat": ["가", 501]}}
{"id": "d", "question": "제9조"}
"""


@pytest.fixture(autouse=True)
def shop(shop_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shop's data, and a model that is not there: the bot goes by words."""
    monkeypatch.setenv("BOT_DATA", str(shop_settings.data))
    monkeypatch.setenv("BOT_INDEX", str(shop_settings.index))
    monkeypatch.setenv("BOT_EMBEDDING", str(tmp_path / "none"))


def run(app: typer.Typer, *arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def run_module(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)


def ask_all(batch: str, folder: Path) -> list[dict[str, Any]]:
    (folder / "in.jsonl").write_text(batch, encoding="utf-8")
    result = run(bot_app, "ask", "--batch", folder / "in.jsonl", "--out", folder / "out.jsonl")
    assert result.exit_code == 0, result.output
    assert not list(folder.glob(".*"))
    return [json.loads(line) for line in (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()]


def test_show_gives_articles_and_paragraphs_as_slices(tmp_path: Path) -> None:
    path = tmp_path / "shop.txt"
    path.write_text(SHOP.replace("제1조", "길 잃은 줄\n제1조", 1), encoding="utf-8")
    found = json.loads(run(index_app, "show", path, "--json").stdout)
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
        (b"ok\n\xc1\xb6\n", ":2: UTF-8로 읽을 수 없는 글자가 있습니다."),
    ],
    ids=["no article", "not UTF-8"],
)
def test_a_wrong_file_ends_in_one_line(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "wrong.txt"
    path.write_bytes(data)
    result = run_module("index", "show", path, "--json")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == f"오류: {path}{message}\n"


def test_index_search_prints_hits_as_json_lines() -> None:
    rows = [json.loads(line) for line in run(index_app, "search", "제2조", "--json").stdout.splitlines()]
    assert [(row["clause"]["article"], row["score"], row["reasons"]) for row in rows] == [("2", 1.0, ["번호"])]


def test_check_names_paragraphs_with_few_questions() -> None:
    result = run(index_app, "check")
    assert result.exit_code == 1
    assert "가게 제1조 제1항: 대표 질문이 2개입니다(12개 이상 권장)." in result.stderr.splitlines()


def test_a_batch_has_one_line_for_each_question_in_order(tmp_path: Path) -> None:
    rows = ask_all(BATCH, tmp_path)
    assert all(set(row) >= KEYS for row in rows)
    assert [row["id"] for row in rows] == ["a", 2, "c", "d"]
    assert [row["status"] for row in rows] == ["answered", "answered", "rejected", "not_found"]
    cited = [[(c["article"], c["paragraph"]) for c in row["citations"]] for row in rows]
    assert cited == [[("2", "1")], [("1", "2")], [], []]
    assert rows[1]["interpreted"] == "제1조 제2항"
    assert all(row["elapsed_ms"] >= 0 for row in rows)


def test_a_repeated_text_is_asked_as_often_as_it_says(tmp_path: Path) -> None:
    rows = ask_all('{"id": 1, "gen": {"repeat": ["환불 되나요 ", 2]}}\n', tmp_path)
    assert rows[0]["interpreted"] == "환불 되나요 환불 되나요"


@pytest.mark.parametrize(("line", "fault"), [("not json", "JSON이 아닙니다."), ("[1]", "JSON 객체가 아닙니다.")])
def test_a_malformed_line_is_named_and_the_old_answers_stay(tmp_path: Path, line: str, fault: str) -> None:
    batch, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    batch.write_text(f'{{"id": 1, "question": "환불"}}\n{line}\n', encoding="utf-8")
    out.write_text("old\n", encoding="utf-8")
    result = run(bot_app, "ask", "--batch", batch, "--out", out)
    assert isinstance(result.exception, YakgwanError)
    assert str(result.exception) == f"{batch}:2: {fault}"
    assert out.read_text(encoding="utf-8") == "old\n"


def test_a_failed_batch_ends_in_one_line_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("{\n", encoding="utf-8")
    result = run_module("bot", "ask", "--batch", tmp_path / "in.jsonl", "--out", tmp_path / "out.jsonl")
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1] == f"오류: {tmp_path / 'in.jsonl'}:1: JSON이 아닙니다."
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    "arguments", [(), ("환불", "--batch", __file__), ("--batch", __file__), ("환불", "--out", "x")]
)
def test_ask_takes_a_question_or_a_batch_with_its_output(arguments: tuple[str, ...]) -> None:
    assert run(bot_app, "ask", *arguments).exit_code == 2


def test_a_single_question_is_answered_on_the_screen() -> None:
    result = run(bot_app, "ask", "제2항은요?", "--history", "제1조 제1항")
    assert (result.exit_code, result.stdout.partition(".")[0]) == (0, "배송이 늦으면 문자로 알립니다")
