"""The search without one of its parts, on the shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.evaluation.ablation import MARKS, Row, as_markdown, write_ablation
from bot.evaluation.figures import EvalItem
from index.errors import YakgwanError
from index.evaluation.ablation import PARTS, remove

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import Settings
    from index.search.clause_search import ClauseSearch


def test_with_all_parts_it_finds_what_the_search_finds(shop_search: ClauseSearch) -> None:
    whole = remove(shop_search).search.find("환불 되나요", 3)
    assert [hit.passage for hit in whole] == [hit.passage for hit in shop_search.find("환불 되나요", 3)]


def test_without_out_of_scope_questions_nothing_is_refused(shop_search: ClauseSearch) -> None:
    with_them, without = remove(shop_search), remove(shop_search, "범위 밖 질문")
    assert with_them.search.score(["오늘 날씨"])[0].scores[-1] > 0.5
    assert abs(without.search.score(["오늘 날씨"])[0].scores[-1]) < 1e-6


@pytest.mark.parametrize("part", PARTS)
def test_every_part_can_be_removed(shop_search: ClauseSearch, part: str) -> None:
    assert len(remove(shop_search, part).search.find("배송", 2)) == 2


def test_an_unknown_part_is_refused(shop_search: ClauseSearch) -> None:
    with pytest.raises(ValueError, match="마법"):
        remove(shop_search, "마법")


def test_the_table_leaves_out_what_was_not_measured() -> None:
    table = as_markdown([Row("의미", 0.5, None, {"answerable.right": 0.25})])
    assert table.splitlines()[-1] == "| 의미 | 0.500 |  | 0.250 |  |  |  |  |"


def test_a_page_without_marks_is_refused_before_the_work(shop_settings: Settings, tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text("# 제목\n", encoding="utf-8")
    with pytest.raises(YakgwanError, match="README"):
        write_ablation(shop_settings, [], page)
    assert page.read_text(encoding="utf-8") == "# 제목\n"


def test_the_table_is_put_between_the_marks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shop_search: ClauseSearch, shop_settings: Settings
) -> None:
    page = tmp_path / "README.md"
    page.write_text(f"위\n{MARKS[0]}\n옛 표\n{MARKS[1]}\n아래\n", encoding="utf-8")
    monkeypatch.setattr("bot.evaluation.ablation.open_search", lambda *_: shop_search)
    item = EvalItem(id="a", question="환불 되나요", kind="answerable", clauses=("2.1",), articles=("2",))
    write_ablation(shop_settings, [item], page)
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"위\n{MARKS[0]}\n| 뺀 것")
    assert text.endswith(f"|\n{MARKS[1]}\n아래\n")
    assert "옛 표" not in text
