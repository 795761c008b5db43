"""HTML: the document of a page without its menus and ornaments, with its title; tables and lists as they are shown."""

from __future__ import annotations

import pytest

from index.documents.html import read_html

TERMS = "<h3>제1조 (목적)</h3><p>팝니다.</p>"
READ = ["제1조 (목적)", "팝니다."]


def lines(page: str) -> list[str]:
    return read_html(page).text.splitlines()


@pytest.mark.parametrize(
    "menu",
    [
        "<nav><a href='/a'>홈</a></nav>",
        "<div role='navigation'>홈</div>",
        "<div class='site-menu'><a href='/a'>홈</a></div>",
        "<div id='gnb'>홈</div>",
        "<ul><li><a href='/a'>이용약관</a></li><li><a href='/b'>개인정보처리방침</a></li></ul>",
        "<p><a href='/a'>홈</a> &gt; <a href='/b'>약관</a></p>",
        "<button>닫기</button><span aria-hidden='true'>▼</span>",
        "<footer>상호: 예시</footer>",
    ],
)
def test_a_menu_is_no_text(menu: str) -> None:
    assert lines(f"<body>{menu}{TERMS}") == READ


def test_the_foot_of_a_page_is_no_text_and_that_of_an_article_is() -> None:
    assert lines(f"<body><article>{TERMS}<footer>문의: 02</footer></article><footer>상호</footer>") == [
        *READ,
        "문의: 02",
    ]


def test_what_holds_the_text_is_never_left_out() -> None:
    assert lines(f"<div class='menu footer'>{TERMS}</div>") == READ
    assert lines("<h2><button>제1조 (목적)</button></h2><p>팝니다.</p>") == READ
    contents = "<ul><li><a href='#1'>제1조 (목적)</a></li><li><a href='#2'>제2조 (환불)</a></li></ul>"
    assert lines(contents + TERMS) == ["제1조 (목적)", "제2조 (환불)", *READ]
    links = "<ul><li><a href='/a'>전자상거래법</a></li><li><a href='/b'>약관법</a></li></ul>"
    assert lines(TERMS + links) == [*READ, "- 전자상거래법", "- 약관법"]


@pytest.mark.parametrize("ornament", ["<span>01.</span>", "<div>01.</div>", "<em>1</em>", "<ol><li>"])
def test_a_number_before_the_number_of_an_article_is_an_ornament(ornament: str) -> None:
    assert lines(f"<div>{ornament}제 1조 (목적)<i></i></div>") == ["제 1조 (목적)"]


def test_a_number_that_is_text_stays() -> None:
    assert lines("<p><b>1.</b> 물품</p><p>3</p><p>제1조에 따릅니다.</p>") == ["1. 물품", "3", "제1조에 따릅니다."]


def test_the_heading_next_to_the_text_is_the_title_else_that_of_the_page() -> None:
    assert lines(f"<h1>약관 및 정책</h1><p>안내</p><h2>가게 이용약관</h2>{TERMS}")[0] == "가게 이용약관"
    head = "<html><head><title>가게 이용약관 | 예시몰</title></head><body>"
    assert lines(f"{head}<p>안내</p>{TERMS}") == ["가게 이용약관", "안내", *READ]
    assert lines(f"{head}<p>손님 약관</p>{TERMS}") == ["손님 약관", *READ]
    assert lines(f"<title>예시몰</title>{TERMS}") == READ


def test_rows_stay_rows_whatever_their_cells_hold() -> None:
    page = (
        "<table><caption>표</caption><tr><th colspan=2>때<th>요금<tr><td rowspan=2><p>평일</p><td><div>3일</div>"
        "<div>전</div><td><table><tr><td>낸 돈의<td>반</table><tr><td>당일<td>없음</table>"
    )
    assert lines(page) == ["표", "때 | 요금", "평일 | 3일 전 | 낸 돈의 반", "평일 | 당일 | 없음"]
    assert lines(f"<table><tr><td>{TERMS}</td></tr></table>") == READ


def test_lists_have_the_numbers_that_a_browser_shows() -> None:
    assert lines("<ol type=A><li>가<li value=5>나<li>다</ol><ol style='list-style: none'><li>라</ol>") == [
        *("A. 가", "E. 나", "F. 다", "라"),
    ]


def test_struck_words_are_left_out_and_told() -> None:
    page = read_html("<p>요금은 <del>7일</del><ins>14일</ins> 전에</p><s></s>")
    assert page.text == "요금은 14일 전에\n"
    assert page.notices == ("지운 것으로 표시된 글이 있습니다. 읽지 않았습니다: 7일",)
