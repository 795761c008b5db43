"""`python -m index check FILE` and `show FILE`: what is wrong in a document, by line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from support.commands import run

from index.commands.program import app

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "가게 약관\n제1조 (목적)\n제2조에 따라 정합니다.\n제2조 (환불)\n드립니다.\n"


def test_a_good_file_ends_with_zero(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(GOOD, encoding="cp949")
    assert run(app, "check", path) == (0, "이상 없음: 조 2개, 항 2개\n", "")


def test_what_is_wrong_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        GOOD.replace("제1조", "남는 줄\n제1조").replace("드립니다.", "제9조를 봅니다.\n제4조 (끝)"), encoding="utf-8"
    )
    ended = run(app, "check", path)
    assert ended.code == 1
    assert ended.err.splitlines() == [
        f"{path}:2: 어느 조에도 속하지 않는 줄: 남는 줄",
        f"{path}:6: 없는 조항을 가리킵니다: 제9조",
        f"{path}:7: 제4조에 내용이 없습니다.",
        f"{path}:7: 제2조 다음이 제4조입니다.",
    ]


def test_an_article_without_a_title_has_none_in_json(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("제1조 삭제\n부칙\n시행합니다.\n", encoding="utf-8")
    found = json.loads(run(app, "show", path, "--json").out)["articles"]
    assert [(a["number"], a["title"], a["addendum"]) for a in found] == [("1", None, False), ("부칙", "부칙", True)]
