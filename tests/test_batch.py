"""`python -m bot ask --batch`: a line for each question, and faults named by file and line."""

from __future__ import annotations

import codecs
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support.commands import Ended, run

from bot.__main__ import app

if TYPE_CHECKING:
    from bot.service import Service

pytestmark = pytest.mark.usefixtures("shop_environment")
KEYS = {"id", "status", "answer", "citations", "interpreted", "elapsed_ms"}
BATCH = """{"id": "a", "question": "환불 되나요"}

{"id": 2, "question": "그럼 제2항은요?", "history": ["제1조 제1항"]}
{"id": "c", "gen": {"repeat": ["가", 501]}}
{"id": "d", "question": "제9조"}
{"id": null, "question": null, "history": null, "gen": null, "other": [1]}
"""
FAULTS = {
    "no JSON": (b"not json", "JSON이 아닙니다."),
    "not UTF-8": (b'{"id": 1, "question": "\xff"}', "JSON이 아닙니다."),
    "nested too deep": (b"[" * 100_000, "JSON이 아닙니다."),
    "lone surrogate": (b'{"id": "\\ud800", "question": "x"}', "JSON이 아닙니다."),
    "no object": (b"[1]", "JSON 객체가 아닙니다."),
    "question is a list": (b'{"question": []}', "question의 값을 쓸 수 없습니다: []"),
    "history is a number": (b'{"history": 3}', "history의 값을 쓸 수 없습니다: 3"),
    "history is a text": (b'{"history": "abc"}', "history의 값을 쓸 수 없습니다: 'abc'"),
    "gen is a text": (b'{"gen": "x"}', "gen의 값을 쓸 수 없습니다: 'x'"),
    "repeat is a number": (b'{"gen": {"repeat": 5}}', "gen.repeat의 값을 쓸 수 없습니다: 5"),
    "repeat of one": (b'{"gen": {"repeat": ["x"]}}', "gen.repeat.1: 빠졌습니다."),
    "repeat of less than none": (b'{"gen": {"repeat": ["x", -1]}}', "gen.repeat.1의 값을 쓸 수 없습니다: -1"),
}


def ask_all(batch: bytes, folder: Path) -> Ended:
    (folder / "in.jsonl").write_bytes(batch)
    ended = run(app, "ask", "--batch", folder / "in.jsonl", "--out", folder / "out.jsonl")
    assert not list(folder.glob(".*"))
    return ended


def answers(batch: bytes, folder: Path) -> list[dict[str, Any]]:
    assert ask_all(batch, folder) == (0, "", "")
    return [json.loads(line) for line in (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8], ids=["plain", "with a byte order mark"])
def test_a_batch_has_one_line_for_each_question_in_order(tmp_path: Path, mark: bytes) -> None:
    rows = answers(mark + BATCH.encode(), tmp_path)
    assert all(set(row) >= KEYS for row in rows)
    assert [row["id"] for row in rows] == ["a", 2, "c", "d", None]
    assert [row["status"] for row in rows] == ["answered", "answered", "rejected", "not_found", "rejected"]
    cited = [[(c["article"], c["paragraph"]) for c in row["citations"]] for row in rows]
    assert cited == [[("2", "1")], [("1", "2")], [], [], []]
    assert rows[1]["interpreted"] == "제1조 제2항"
    assert all(row["elapsed_ms"] >= 0 for row in rows)


def test_a_repeated_text_is_asked_as_often_as_it_says(tmp_path: Path) -> None:
    rows = answers('{"id": 1, "gen": {"repeat": ["환불 되나요 ", 2]}}\r\n'.encode(), tmp_path)
    assert rows[0]["interpreted"] == "환불 되나요 환불 되나요"


@pytest.mark.parametrize(("line", "fault"), FAULTS.values(), ids=FAULTS.keys())
def test_a_malformed_line_is_named_and_the_old_answers_stay(tmp_path: Path, line: bytes, fault: str) -> None:
    (tmp_path / "out.jsonl").write_text("old\n", encoding="utf-8")
    ended = ask_all('{"id": 1, "question": "환불"}\n'.encode() + line + b"\n", tmp_path)
    assert ended == (1, "", f"오류: {tmp_path / 'in.jsonl'}:2: {fault}\n")
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "old\n"


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_an_unfinished_batch_leaves_no_part_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    def fail(service: Service, ask: object) -> None:
        raise fault

    monkeypatch.setattr("bot.service.Service.ask", fail)
    ended = ask_all(BATCH.encode(), tmp_path)
    assert ended.code == (130 if isinstance(fault, KeyboardInterrupt) else 1)
    assert not (tmp_path / "out.jsonl").exists()


def test_an_output_folder_that_is_not_there_is_told_before_anything_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("bot.service.Service.load")
    (tmp_path / "in.jsonl").write_text(BATCH, encoding="utf-8")
    out = tmp_path / "no" / "out.jsonl"
    ended = run(app, "ask", "--batch", tmp_path / "in.jsonl", "--out", out)
    assert ended == (1, "", f"오류: {out}: 답을 쓸 폴더가 없습니다.\n")
