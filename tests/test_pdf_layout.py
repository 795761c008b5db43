"""PDF: lines, columns and words as they are read; what runs along the pages is left out, pictures are told."""

from __future__ import annotations

import pytest
from support.office import pdf

from index.documents.pdf import read_pdf


def column(*texts: str, x: float = 60, top: float = 700, size: float = 10) -> list[tuple[float, float, float, str]]:
    return [(x, top - 2 * size * place, size, text) for place, text in enumerate(texts)]


def lines(*pages: list[tuple[float, float, float, str]]) -> list[str]:
    return read_pdf(pdf(*pages)).text.splitlines()


def test_what_runs_along_the_pages_is_left_out() -> None:
    pages = [
        [(60, 780, 9, f"가게 이용약관 개정판 {n}"), *column(text), (60, 30, 9, "대외비"), (300, 20, 9, str(n))]
        for n, text in enumerate(["제1조(목적) 가게는 쉬는", "기간을 정합니다.", "제2조(환불) 드립니다."], 4)
    ]
    assert lines(*pages) == ["제1조(목적) 가게는 쉬는", "기간을 정합니다.", "제2조(환불) 드립니다."]
    assert read_pdf(pdf(*pages)).notices == ()


def test_a_title_that_runs_along_the_pages_stays_once() -> None:
    pages = [
        [(60, 780, 9, "가게 이용약관"), *column(text)] for text in ("제1조(목적) 팝니다.", "제2조(환불) 드립니다.")
    ]
    assert lines(*pages) == ["가게 이용약관", "제1조(목적) 팝니다.", "제2조(환불) 드립니다."]


def test_clauses_that_stand_at_the_same_place_are_no_headers() -> None:
    pages = [column(f"제{n}조(목적) 팝니다.", "① 같은 글입니다.", "1. 물품") for n in (1, 2)]
    assert len(lines(*pages)) == 6


def test_a_lone_small_line_in_the_margin_is_left_out_and_told() -> None:
    first = [*column("제1조(목적) 팝니다.", "① 하나", "② 둘"), (60, 60, 7, "문서번호 12")]
    document = read_pdf(pdf(first, column("제2조(환불) 드립니다.", "① 셋", top=690)))
    assert "문서번호" not in document.text
    assert document.notices == ("쪽의 머리나 꼬리로 보아 뺀 줄: 문서번호 12",)
    note = [*column("제1조(목적) 팝니다.", "① 하나"), (60, 60, 7, "1) 세금은 따로입니다.")]
    assert "1) 세금은 따로입니다." in lines(note, column("제2조(환불) 드립니다."))


@pytest.mark.parametrize(
    ("first", "second", "read"),
    [
        ("출장비는 15,000원이며 부품값", "은 따로 받습니다.", "출장비는 15,000원이며 부품값은"),
        ("값을 받지 않고 다시 모두 고", "장 없이 고칩니다.", "값을 받지 않고 다시 모두 고장"),
        ("예약을 취소할 때는 값을 신청", "합니다.", "예약을 취소할 때는 값을 신청합니다."),
        ("예약을 취소할 때는 값을 내지 않", "을 수 있습니다.", "예약을 취소할 때는 값을 내지 않을"),
        ("회원은 예약을 취소하고 늦어질", "수 있습니다.", "회원은 예약을 취소하고 늦어질"),
        ("회원은 예약을 취소하면 안내를", "이 약관에서 봅니다.", "회원은 예약을 취소하면 안내를"),
        ("회원은 예약을 다시 취소합니다", "가. 이름", "회원은 예약을 다시 취소합니다"),
        (
            "취소수수료율은 그 금액의 취소수",
            "수료율로 셉니다.",
            "취소수수료율은 그 금액의 취소수수료율로",
        ),
        ("The customer may cancel the con-", "tract at once.", "The customer may cancel the contract"),
    ],
)
def test_a_word_that_a_line_end_cuts_is_whole(first: str, second: str, read: str) -> None:
    assert lines(column("제1조(요금)", first, second))[1] == read


def test_a_short_line_ends_with_a_word() -> None:
    assert lines(column("제1조(회원의 요금과 그 밖의 모든 일에 대하여)", "회원", "은 늦지 않습니다.")) == [
        *("제1조(회원의 요금과 그 밖의 모든 일에 대하여)", "회원", "은 늦지 않습니다."),
    ]


def test_a_word_in_a_narrow_cell_is_whole() -> None:
    cell = [(60.0, 700.0 - 12 * place, 10.0, letter) for place, letter in enumerate("해지환급금")]
    beside = (90.0, 676.0, 10.0, "12회까지 없음")
    assert lines([*column("다음과 같습니다.", top=720), *cell, beside, *column("끝", top=630)]) == [
        *("다음과 같습니다.", "해지환급금 12회까지 없음", "끝"),
    ]
    assert lines([*cell[:3], beside, *cell[3:]]) == ["해지환급금 12회까지 없음"]
    two = [(60.0, 700.0, 10.0, "해지환"), (60.0, 688.0, 10.0, "급금"), (100.0, 694.0, 10.0, "12회까지 없음")]
    assert lines(two) == ["해지환급금 12회까지 없음"]


def test_short_rows_that_are_no_cut_word_stay_apart() -> None:
    labels, values = column("평일", "주말", "휴일"), column("1원", "2원", "3원", x=120)
    assert lines([*labels, *values]) == ["평일", "주말", "휴일", "1원", "2원", "3원"]
    assert lines(column("가입", "해지", "환불", "제1조(목적) 팝니다.")) == [
        "가입",
        "해지",
        "환불",
        "제1조(목적) 팝니다.",
    ]


def test_columns_that_are_drawn_line_by_line_are_read_one_after_the_other() -> None:
    left = column("제1조(접수) 수리는 전화로 합니다.", "접수한 날에 찾아갑니다.", "제2조(요금) 요금은 따로 냅니다.")
    right = column("제3조(보증) 아흔 날 안에 고칩니다.", "값은 받지 않습니다.", "제4조(취소) 늦게는 안 됩니다.", x=320)
    rows = [row for pair in zip(left, right, strict=True) for row in pair]
    texts = [row[3] for row in (*left, *right)]
    assert lines([*column("수리 이용약관", top=740), *rows]) == ["수리 이용약관", *texts]
    cells = zip(column("평일", "주말", "휴일"), column("1원", "2원", "3원", x=320), strict=True)
    table = [row for pair in cells for row in pair]
    assert lines(table) == ["평일 1원", "주말 2원", "휴일 3원"]


def test_a_page_with_ink_and_no_text_is_told() -> None:
    blank: list[tuple[float, float, float, str]] = []
    pages = (column("제1조(목적) 팝니다."), blank, blank, column("제2조(환불) 드립니다."))
    assert read_pdf(pdf(*pages, scanned=[2])).notices == ("3쪽에는 글자가 없고 그림만 있어 읽지 못했습니다.",)


def test_full_lines_of_a_paragraph_are_one_line() -> None:
    full = ["회원은 가게에서 산 물품을 받은 날부터", "이레 안에 돌려줄 수 있으며 가게는 값을"]
    full += ["사흘 안에 돌려주고 그 사실을 알려야 합니", "다. 다만 헌것은"]
    assert lines(column("제1조(환불)", *full, "제2조(끝) 끝입니다.")) == [
        "제1조(환불)",
        "회원은 가게에서 산 물품을 받은 날부터 이레 안에 돌려줄 수 있으며 "
        "가게는 값을 사흘 안에 돌려주고 그 사실을 알려야 합니다. 다만 헌것은",
        "제2조(끝) 끝입니다.",
    ]
    items = [f"{n}. 가게에서 산 물품을 받은 날부터 이레가" for n in range(1, 5)]
    assert lines(column(*items)) == items


def test_rows_of_cells_stay_rows() -> None:
    table = [
        row
        for n in range(4)
        for row in (
            (60.0, 700.0 - 15 * n, 10.0, f"수업의 {n}분이 지난 뒤에"),
            (200.0, 700.0 - 15 * n, 10.0, "돌려드리지 않음"),
        )
    ]
    assert lines(table) == [f"수업의 {n}분이 지난 뒤에 돌려드리지 않음" for n in range(4)]


def test_pieces_without_a_gap_are_one_word() -> None:
    assert lines([(60, 700, 10, "회사"), (80, 700, 10, "는"), (95, 700, 10, "말합니다")]) == ["회사는 말합니다"]
