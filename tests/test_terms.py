"""Parsing: the real document by its known counts, faults by their messages, any text by its properties."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.editions.library import load_editions
from index.errors import TermsError
from index.parsing.lines import lines
from index.terms import Terms, inspect, parse, read

if TYPE_CHECKING:
    from bot.settings import Settings

LIFT = Path("data/terms/서비스이용약관/2025-12-15.txt")
SHORT = (
    "가게 약관\n제 1 조 (목적)\n이 약관은 예시입니다.\n제 10 조의2 (배송)\n- 사흘 안에 보냅니다.\n- 늦으면 알립니다.\n"
)


@pytest.fixture(scope="module")
def lift() -> Terms:
    return read(LIFT)


def test_the_real_terms_have_22_articles_and_63_paragraphs(lift: Terms) -> None:
    assert lift.title == "서비스 이용약관"
    assert [a.number for a in lift.articles] == [str(n) for n in range(1, 23)]
    counts = [len(a.paragraphs) for a in lift.articles]
    assert counts == [1, 5, 4, 4, 3, 3, 3, 4, 3, 3, 3, 2, 2, 3, 3, 2, 3, 2, 1, 1, 6, 2]
    assert sum(counts) == 63
    assert (lift.unplaced, lift.contents, lift.headings, lift.faults) == ((), (), (), ())


def test_each_paragraph_is_a_slice_of_the_source(lift: Terms) -> None:
    for article in lift.articles:
        for paragraph in article.paragraphs:
            assert lift.source[paragraph.start : paragraph.end] == paragraph.text
            assert article.heading_end <= paragraph.start < paragraph.end <= article.end


def test_a_line_without_a_bullet_is_a_paragraph_of_its_own(lift: Terms) -> None:
    last = lift.articles[20].paragraphs[-1]
    assert (last.number, last.text) == ("6", "본 약관은 2025년 12월 15일부터 적용됩니다.")


def test_article_numbers_are_text() -> None:
    terms = parse(SHORT)
    assert [(a.number, a.title, len(a.paragraphs)) for a in terms.articles] == [
        ("1", "목적", 1),
        ("10의2", "배송", 2),
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_offsets_hold_with_any_line_break(newline: str) -> None:
    source = SHORT.replace("\n", newline)
    texts = [source[p.start : p.end] for a in parse(source).articles for p in a.paragraphs]
    assert texts == ["이 약관은 예시입니다.", "사흘 안에 보냅니다.", "늦으면 알립니다."]


@pytest.mark.parametrize("source", ["그냥 글입니다.\n", "", "1. 하나뿐인 번호\n글.\n", "제3자에게 알립니다.\n"])
def test_a_text_without_articles_is_an_error(source: str) -> None:
    with pytest.raises(TermsError, match=r"t\.txt:1: 조\(제1조 …\)를 찾지 못했습니다"):
        parse(source, "t.txt")


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("제1조 (가)\n나.\n제1조 (다)\n라.\n", 3, "제1조가 1번째 줄에 이미 있습니다."),
        ("제1조 (가)\r\n\r\n제2조 (다)\r\n라.\r\n", 1, "제1조에 내용이 없습니다."),
        ("제1조 (가)\n나.\n부칙\n제1조 (시행일)\n", 4, "부칙 제1조에 내용이 없습니다."),
    ],
)
def test_a_faulty_document_can_be_looked_at_but_not_used(tmp_path: Path, source: str, line: int, message: str) -> None:
    path = tmp_path / "t.txt"
    path.write_bytes(source.encode())
    assert [(fault.line, fault.message) for fault in inspect(path).faults] == [(line, message)]
    with pytest.raises(TermsError, match=rf"t\.txt:{line}: {message}"):
        read(path)


@pytest.mark.parametrize("name", ["20240301", "2024-W09-5", "2024-3-1", "2024-02-30", "초안"])
def test_a_file_that_is_not_named_by_its_date_is_refused(shop_settings: Settings, name: str) -> None:
    path = shop_settings.data / "terms" / "가게" / "2024-03-01.txt"
    path.rename(path.with_stem(name))
    with pytest.raises(TermsError, match=rf"{name}\.txt:1: 파일 이름은 시행일이어야 합니다"):
        load_editions(shop_settings.data)


@given(st.text(alphabet="가나 \n\r-.", max_size=60))
def test_lines_keep_their_places(text: str) -> None:
    found = list(lines(text))
    assert all(text[line.start : line.end] == line.text for line in found)
    assert "".join(line.text for line in found) == text.replace("\r", "").replace("\n", "")


# 저 and 러 begin no list, no reference and no heading
BODY = st.text(alphabet="저러 ,“”", min_size=1).filter(lambda t: t.strip(" "))


@given(st.lists(st.lists(BODY, min_size=1, max_size=4), min_size=1, max_size=5))
def test_any_document_is_cut_into_slices(articles: list[list[str]]) -> None:
    source = "약관\n" + "".join(
        f"제{n}조 (제목)\n" + "".join(f"- {text}\n" for text in body) for n, body in enumerate(articles, 1)
    )
    parsed = parse(source)
    assert [len(a.paragraphs) for a in parsed.articles] == [len(body) for body in articles]
    for article, body in zip(parsed.articles, articles, strict=True):
        for paragraph, text in zip(article.paragraphs, body, strict=True):
            assert source[paragraph.start : paragraph.end] == paragraph.text
            assert paragraph.text == text.strip()
