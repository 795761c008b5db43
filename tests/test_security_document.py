"""What docs/security.md promises is held by tests that there are."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

TEXT = Path("docs/security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"tests/test_\w+(?:\*\w*)?\.py(?:::\w+)?", TEXT)))


@pytest.mark.parametrize("named", NAMED)
def test_a_test_that_is_named_exists(named: str) -> None:
    file, _, function = named.partition("::")
    found = list(Path().glob(file))
    assert found
    if function:
        tree = ast.parse(found[0].read_text(encoding="utf-8"))
        assert function in {
            node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        }


def test_every_promise_names_a_test() -> None:
    table = TEXT.partition("### 약속과 시험")[2].partition("### ")[0]
    rows = [row for row in table.splitlines() if row.startswith("| ")][1:]
    assert len(rows) > 20
    assert [row for row in rows if "::" not in row] == []


@pytest.mark.parametrize("chapter", ["V3", "V4", "V5", "V6", "V7", "V14", "V16", *(f"LLM{n:02}" for n in range(1, 11))])
def test_every_chapter_has_its_line(chapter: str) -> None:
    assert re.search(rf"^\| {chapter} .+\| .+`tests/test_", TEXT, re.MULTILINE)
