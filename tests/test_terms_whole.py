"""Nothing is lost and nothing is slow, whatever the text is."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import TermsError
from index.terms import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.terms import Terms

PIECES = [
    *(
        "제1조",
        "제2조",
        "제3조의2",
        "제 4 조",
        "[5조]",
        "(목적)",
        "【정의】",
        "(열린",
        "목적",
        "삭제",
        "제1장 총칙",
        "제2절",
    ),
    *(
        "부칙",
        "부 칙 <2024. 1. 1.>",
        "①",
        "②",
        "(1)",
        "1.",
        "2.",
        "가.",
        "a.",
        "- ",
        "· ",
        "1-1",
        "Ⅰ.",
        "Ⅱ.",
        "#",
        "**",
    ),
    *(
        "이 약관은 가게의 것입니다.",
        "제13조에 따라",
        "제5조 제2항의",
        "회사는",
        "별표 1",
        "---",
        " ",
        "\t",
        "\n",
        "\n",
        "\r\n",
    ),
    *("\n\n", "\u3000", "\ufeff", "\0", "다.", "......... 3", "‹개정 2024. 1. 1.›", "이하 생략"),
]
DOCUMENTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=40).map("".join)
# what may stand between the spans: blanks, signs, and the markers of 항
GAP = re.compile(r"(?:[^\w①-⑳]|_|[①-⑳]|\d{1,2}(?=[\\.)\]）．-])|\d{1,2}\s|[가나다라마바사아자차카타파하a-z](?=[.)]))*")


def spans(terms: Terms) -> list[tuple[int, int]]:
    """All that is placed or reported, in the order of the text."""
    rows = [(line.start, line.end) for line in (*terms.headings, *terms.contents, *terms.unplaced)]
    rows += [(line.start, line.end) for line in [terms.title_line] if line]
    for article in terms.articles:
        rows.append((article.start, article.heading_end))
        rows += [(paragraph.start, paragraph.end) for paragraph in article.paragraphs]
    return sorted(rows)


@given(DOCUMENTS)
def test_headings_paragraphs_gaps_and_unplaced_lines_give_the_text_back(source: str) -> None:
    try:
        terms = parse(source)
    except TermsError:
        return
    place, pieces = 0, []
    for start, end in spans(terms):
        assert place <= start, "no two overlap"
        assert GAP.fullmatch(source[place:start]), "no word lies between them"
        pieces += [source[place:start], source[start:end]]
        place = max(place, end)
    assert GAP.fullmatch(source[place:])
    assert "".join([*pieces, source[place:]]) == source


@given(DOCUMENTS)
def test_paragraphs_are_slices_whose_numbers_ascend(source: str) -> None:
    try:
        terms = parse(source)
    except TermsError:
        return
    for article in terms.articles:
        assert article.start <= article.heading_end <= article.end
        numbers = [int(paragraph.number) for paragraph in article.paragraphs]
        assert numbers == sorted(set(numbers))
        for paragraph in article.paragraphs:
            assert source[paragraph.start : paragraph.end] == paragraph.text == paragraph.text.strip()
            assert paragraph.text


@given(st.text())
def test_any_text_is_parsed_or_refused(source: str) -> None:
    try:
        assert parse(source).source == source
    except TermsError as error:
        assert str(error).startswith("약관:1: ")  # noqa: PT017 - both endings are right


@pytest.mark.parametrize(
    "make",
    [
        lambda n: "제1조 (목적)\n" * n,
        lambda n: "제1조 (목적) 가.\n" * n,
        lambda n: "".join(f"제{i % 9999 + 1}조 (가)\n나다.\n" for i in range(n)),
        lambda n: "제1조 (" * n,
        lambda n: "제1조(가) " + "나. ② " * n,
        lambda n: "제1조(가)\n" + "#*_ " * n + "\n나",
        lambda n: "제1장\n" * n + "제1조 (가)\n나.\n",
        lambda n: "부칙 (\n부칙\n" * n + "제1조 (가)\n나.\n",
        lambda n: "1. 가\n" * n,
        lambda n: "- 가나\n" * n + "제1조(가) 나",
        lambda n: "제1조(가) 다. 제2조(나) 라. " * n,
    ],
    ids=["heading", "body", "numbers", "brackets", "circles", "signs", "chapters", "addenda", "list", "front", "line"],
)
def test_twice_the_text_takes_about_twice_the_time(make: Callable[[int], str]) -> None:
    def seconds(size: int) -> float:
        source = make(size)
        begun = time.process_time()
        with suppress(TermsError):
            parse(source)
        return time.process_time() - begun

    small, large = min(seconds(3000) for _ in range(2)), min(seconds(12000) for _ in range(2))
    assert large < 4 * small * 2 + 0.1  # four times the text; a quadratic step would take sixteen times as long
