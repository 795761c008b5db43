"""Two editions → same, changed, moved, added, deleted."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.comparing import NEW, OLD, of, only, summary

from index.compare import Kind
from index.compare.marks import mark
from index.compare.stale_references import left_behind
from index.sentences import squeeze

CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "txt"
LONG = "회사는 손님이 맡긴 물건을 잃거나 망가뜨리면 그 값을 물어냅니다."
OTHER = "손님은 집을 떠나기 전에 창문과 수도꼭지를 모두 잠가야 합니다."


def test_every_article_and_paragraph_has_its_kind() -> None:
    compared = of(OLD, NEW)
    kinds = [(str(a.kind), a.old and a.old.number, a.new and a.new.number) for a in compared.articles]
    assert kinds == [
        ("same", "1", "1"),
        ("added", None, "2"),
        ("changed", "2", "3"),
        ("changed", "3", "4"),
        ("moved", "4", "5"),
    ]
    assert summary(compared)[2:] == [
        ("added", "-", "제2조"),
        ("added", "-", "제3조 제1항"),
        ("changed", "제2조 제1항", "제3조 제2항"),
        ("moved", "제2조 제2항", "제3조 제3항"),
        ("moved", "제3조 제1항", "제4조"),
        ("deleted", "제3조 제2항", "-"),
        ("moved", "제4조 제1항", "제5조 제1항"),
        ("moved", "제4조 제2항", "제5조 제2항"),
    ]


def test_an_edition_is_the_same_as_itself() -> None:
    assert set(of(OLD, OLD).count_paragraphs()) == {Kind.SAME}
    assert set(of(OLD, OLD).count_articles()) == {Kind.SAME}


def test_words_are_marked_and_not_letters() -> None:
    before, after = mark("3일 안에, 곧 보냅니다.", "14일 안에, 곧 보냅니다.")
    assert [(p.text, p.changed) for p in before] == [("3일", True), (" 안에, 곧 보냅니다.", False)]
    assert [(p.text, p.changed) for p in after] == [("14일", True), (" 안에, 곧 보냅니다.", False)]


def test_two_lines_that_are_hardly_alike_keep_the_word_they_share() -> None:
    _, after = mark("가게는 물건을 보냅니다.", "손님이 아니면 누구도 물건을 만들지 못합니다.")
    assert "물건을" in "".join(p.text for p in after if not p.changed)


def test_a_line_that_stands_elsewhere_is_not_marked() -> None:
    _, after = mark("다음과 같습니다.\n천재지변\n해외 이주", "다음과 같습니다.\n해외 이주\n폭동\n천재지변")
    assert [p.text for p in after if p.changed] == ["폭동"]


@given(st.text("가나 1\n.,", max_size=40), st.text("가나 1\n.,", max_size=40))
def test_the_pieces_add_up_to_the_text(old: str, new: str) -> None:
    before, after = mark(old, new)
    assert ("".join(p.text for p in before), "".join(p.text for p in after)) == (old, new)
    kept = [squeeze("".join(p.text for p in pieces if not p.changed)) for pieces in (before, after)]
    assert sorted(kept[0]) == sorted(kept[1])


def test_a_changed_title_changes_the_article() -> None:
    article = of(OLD, OLD.replace("(배송)", "(배송과 포장)")).articles[1]
    assert (article.kind, [p.text for p in article.after if p.changed]) == (Kind.CHANGED, ["배송과 포장"])


def test_a_paragraph_that_went_to_another_article_is_moved() -> None:
    old = f"제1조 (가)\n- {LONG}\n- {OTHER}\n제2조 (나)\n- 나라에서는 아무도 춤추지 않습니다.\n"
    new = f"제1조 (가)\n- {LONG}\n제2조 (나)\n- 나라에서는 아무도 춤추지 않습니다.\n- {OTHER}\n"
    assert ("moved", "제1조 제2항", "제2조 제2항") in summary(of(old, new))


def test_a_split_and_a_merged_article_say_so() -> None:
    one = f"제1조 (맡긴 물건)\n- {LONG}\n- 맡긴 물건의 이름을 적습니다.\n- {OTHER}\n"
    two = f"제1조 (맡긴 물건)\n- {LONG}\n- 맡긴 물건의 이름을 적습니다.\n제2조 (창문)\n- {OTHER}\n"
    assert of(one, two).articles[1].relation == "현행 제1조에서 나뉨"
    assert of(two, one).articles[1].relation == "개정안 제1조에 합쳐짐"


def test_words_that_were_in_another_paragraph_are_named() -> None:
    compared = of(f"제1조 (가)\n- {LONG} {OTHER}\n", f"제1조 (가)\n- {LONG}\n- {OTHER}\n")
    assert [c.note for c in compared.paragraphs] == ["", "현행 제1조에 있던 말"]


def test_a_paragraph_whose_number_is_kept_for_the_word_deleted_is_deleted() -> None:
    change = only(of(OLD, OLD.replace("- 배송이 늦으면 문자로 알립니다.", "- <삭제 2026. 1. 1.>")))
    assert (change.kind, change.new and change.new.name) == (Kind.DELETED, "제2조 제2항")


def test_a_reference_that_the_renumbering_left_behind_is_told() -> None:
    (left,) = left_behind(of(OLD, NEW))
    assert (left.place.name, left.text, left.now) == ("제5조 제2항", "제3조 제1항", "제4조 제1항")
    assert left_behind(of(OLD, NEW.replace("제3조 제1항에 따라", "제4조 제1항에 따라"))) == []


@pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus가 없어 건너뜁니다")
def test_two_real_editions_differ_in_one_paragraph() -> None:
    old, new = (next(CORPUS.glob(f"{number}_*.txt")).read_text(encoding="utf-8") for number in ("06", "05"))
    change = only(of(old, new))
    assert (change.kind, change.old and change.old.name) == (Kind.CHANGED, "제7조 제2항")
    assert "금액 추가: 2천500만원, 1천600만원" in change.reasons
