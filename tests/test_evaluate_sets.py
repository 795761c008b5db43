"""Whether a question set was seen before it was measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluation.sets import describe, read_sets
from index.errors import YakgwanError

FIRST = """
[talks]
about = "예시"
[talks.first]
day = 2026-01-02
commit = "abc1234"
figures = {right = 0.9}

[looked]
about = "예시"
"""


@pytest.mark.parametrize(("name", "said"), [("talks", "0.900"), ("looked", "고치며 본"), ("new", "blind")])
def test_a_set_is_blind_until_it_is_measured(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "sets.toml").write_text(FIRST, encoding="utf-8")
    assert said in describe(tmp_path / f"{name}.jsonl")


def test_without_a_register_every_set_is_blind(tmp_path: Path) -> None:
    assert read_sets(tmp_path) == {}
    assert "blind" in describe(tmp_path / "new.jsonl")


@pytest.mark.parametrize("text", ["[talks", "[talks]\nwrong = 1", "[talks]\nabout = 'x'\nfirst = {day = 1}"])
def test_a_malformed_register_is_one_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "sets.toml").write_text(text, encoding="utf-8")
    with pytest.raises(YakgwanError, match=r"sets\.toml"):
        read_sets(tmp_path)


def test_each_set_of_the_project_is_registered() -> None:
    folder = Path("data/eval")
    assert read_sets(folder).keys() == {path.stem for path in folder.glob("*.jsonl")}
