"""One line is added to the curated questions or taken out of them; all else stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.fakes import QUESTIONS

from bot.curation.curator import HISTORY, CurateError, Curator
from index.clause import Clause
from index.questions.files import load_questions

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import Settings
    from index.editions.edition import Edition

REFUND, LATE = Clause("가게", "2", "1"), Clause("가게", "1", "2")


@pytest.fixture
def shop(shop_editions: tuple[Edition, ...]) -> Edition:
    return shop_editions[0]


@pytest.fixture
def folder(shop_settings: Settings) -> Path:
    return shop_settings.data / "questions" / "가게"


@pytest.fixture
def curator(shop_settings: Settings) -> Curator:
    return Curator(shop_settings.data)


def test_a_question_is_added_behind_those_of_its_paragraph(curator: Curator, shop: Edition, folder: Path) -> None:
    curator.add(shop, [Clause("가게", "1", "1")], "  택배 언제   와요 ")
    before, after = QUESTIONS["1.md"].split("- 언제 보내 줘요 배송\n")
    expected = f"{before}- 언제 보내 줘요 배송\n- 택배 언제 와요\n{after}"
    assert (folder / "1.md").read_text(encoding="utf-8") == expected


def test_undo_takes_exactly_that_line_out_again(curator: Curator, shop: Edition, folder: Path) -> None:
    first = curator.add(shop, [LATE], "문자 안 오면 어떡해요")
    second = curator.add(shop, [LATE], "알림톡 와요")
    curator.undo(shop, first.token)
    assert (folder / "1.md").read_text(encoding="utf-8") == QUESTIONS["1.md"] + "- 알림톡 와요\n"
    curator.undo(shop, second.token)
    assert (folder / "1.md").read_text(encoding="utf-8") == QUESTIONS["1.md"]


def test_out_of_scope_questions_get_a_file_of_their_own(
    curator: Curator, shop: Edition, folder: Path, shop_settings: Settings
) -> None:
    curator.add(shop, [], "주차되나요")
    assert (folder / "범위밖-상담.md").read_text(encoding="utf-8") == (
        "# 범위 밖: 상담에서 모은 질문\n\n- 주차되나요\n"
    )
    added = [q for q in load_questions(shop_settings.data, "가게") if q.text == "주차되나요"]
    assert [question.clauses for question in added] == [()]


def test_a_paragraph_without_questions_gets_a_heading(
    curator: Curator, shop: Edition, folder: Path, shop_settings: Settings
) -> None:
    (folder / "2.md").unlink()
    (folder / "1.md").write_text("# 제1조\n\n## 제1항\n- 배송은 며칠 걸려요\n", encoding="utf-8")
    curator.add(shop, [REFUND], "돈 돌려줘요")
    curator.add(shop, [LATE], "늦으면 알림 와요")
    assert (folder / "2.md").read_text(encoding="utf-8") == "# 제2조 환불\n\n## 제1항\n- 돈 돌려줘요\n"
    added = {q.text: q.clauses for q in load_questions(shop_settings.data, "가게")}
    assert (added["돈 돌려줘요"], added["늦으면 알림 와요"]) == ((REFUND,), (LATE,))


@pytest.mark.parametrize("text", ["환불 되나요", "환불되나요?", " 환불  되나요!! ", "오늘 날씨 어때요?"])
def test_a_question_that_is_there_already_is_refused(curator: Curator, shop: Edition, text: str) -> None:
    with pytest.raises(CurateError, match="같은 질문이 이미 있습니다"):
        curator.add(shop, [LATE], text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "가",
        "   ",
        "?!…",
        "두\n줄",
        "두\r줄",
        "두\u2028줄",
        "탭\t글",
        "빈\u200b글",
        "끝\0글",
        "\ud800글",
        "가" * 201,
        "환불 [+1.1]",
        "010-1234-5678로 환불해 주세요",
        "[전화번호]로 환불해 주세요",
    ],
    ids=ascii,
)
def test_what_is_no_line_of_text_or_is_personal_is_refused(
    curator: Curator, shop: Edition, folder: Path, text: str
) -> None:
    with pytest.raises(CurateError):
        curator.add(shop, [REFUND], text)
    assert (folder / "2.md").read_text(encoding="utf-8") == QUESTIONS["2.md"]
    assert not (folder / HISTORY).exists()


def test_text_that_looks_like_markdown_stays_one_question(
    curator: Curator, shop: Edition, shop_settings: Settings
) -> None:
    for text in ("## 제1항", "- 목록 글", "# 제목 글"):
        curator.add(shop, [LATE], text)
        assert {q.text: q.clauses for q in load_questions(shop_settings.data, "가게")}[text] == (LATE,)


@pytest.mark.parametrize("clause", [Clause("가게", "9", "1"), Clause("가게", "1", "9"), Clause("../x", "1", "1")])
def test_a_clause_that_is_not_there_is_refused(curator: Curator, shop: Edition, clause: Clause) -> None:
    with pytest.raises(CurateError, match="그런 조항이 없습니다"):
        curator.add(shop, [clause], "새 질문이에요")


def test_only_what_was_added_and_still_stands_can_be_undone(curator: Curator, shop: Edition, folder: Path) -> None:
    added = curator.add(shop, [REFUND], "돈 돌려줘요")
    assert [(change.question, undoable) for change, undoable in curator.history(shop)] == [("돈 돌려줘요", True)]
    moved = QUESTIONS["2.md"] + "\n## 제2항\n- 돈 돌려줘요\n"
    (folder / "2.md").write_text(moved, encoding="utf-8")
    with pytest.raises(CurateError, match="이미 바뀌었거나"):
        curator.undo(shop, added.token)
    assert (folder / "2.md").read_text(encoding="utf-8") == moved
    (folder / "2.md").write_text(QUESTIONS["2.md"], encoding="utf-8")
    again = curator.add(shop, [REFUND], "돈 돌려줘요")
    curator.undo(shop, again.token)
    for token in (again.token, "none"):
        with pytest.raises(CurateError, match="되돌릴 수 있는"):
            curator.undo(shop, token)
    assert [undoable for _, undoable in curator.history(shop)] == [False, True]


def test_what_cannot_be_written_down_is_not_done(curator: Curator, shop: Edition, folder: Path) -> None:
    (folder / HISTORY).mkdir()
    with pytest.raises(CurateError):
        curator.add(shop, [REFUND], "돈 돌려줘요")
    assert (folder / "2.md").read_text(encoding="utf-8") == QUESTIONS["2.md"]
