"""The text of a 조 is cut into 항; 호 and 목 and broken lines stay within them."""

from __future__ import annotations

import pytest

from index.terms import parse


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("① 가게\n1. 하나\n가. 둘\n② 손님", ["1 가게\n1. 하나\n가. 둘", "2 손님"]),
        ("(1) 가게\n- 하나\n(2)손님", ["1 가게\n- 하나", "2 손님"]),
        ("01.가게\na.하나\n02.손님", ["1 가게\na.하나", "2 손님"]),
        ("1) 가게\n2) 손님", ["1 가게", "2 손님"]),
        ("가. 가게\n1) 하나\n나. 손님", ["1 가게\n1) 하나", "2 손님"]),
        ("a. 가게\nb. 손님", ["1 가게", "2 손님"]),
        ("· 가게\n· 손님", ["1 가게", "2 손님"]),
        ("1. ① 가게\n2. ② 손님", ["1 가게", "2 손님"]),
        ("**①** 가게\n**②** 손님", ["1 가게", "2 손님"]),
        ("① 가게입니다.② 손님입니다.", ["1 가게입니다.", "2 손님입니다."]),
        ("다음과 같습니다.\n1. 하나\n2. 둘", ["1 다음과 같습니다.\n1. 하나\n2. 둘"]),
        ("다음과 같습니다.\n① 하나\n② 둘", ["1 다음과 같습니다.\n① 하나", "2 둘"]),
        ("가게입니다.\n② 손님", ["1 가게입니다.", "2 손님"]),
        ("① 가게가\n팝니다.\n단, 아닐 수 있습니다.\n② 손님", ["1 가게가\n팝니다.\n단, 아닐 수 있습니다.", "2 손님"]),
        (
            "- 가게입니다.\n- 손님은 이렇게 아주 긴 문장을 한 줄에 다 쓰지 못하고\n다음 줄로 갑니다.\n끝입니다.",
            [
                "1 가게입니다.",
                "2 손님은 이렇게 아주 긴 문장을 한 줄에 다 쓰지 못하고\n다음 줄로 갑니다.",
                "3 끝입니다.",
            ],
        ),
        ("① 가게\n③ 손님", ["1 가게", "3 손님"]),
        ("나.", ["1 나."]),
    ],
)
def test_paragraphs(body: str, expected: list[str]) -> None:
    article = parse(f"제1조 (목적)\n{body}\n").articles[0]
    assert [f"{p.number} {p.text}" for p in article.paragraphs] == expected


def test_what_fits_nowhere_is_reported() -> None:
    source = (
        "약관\n머리말입니다.\n제1조(목적)\n정합니다.\n제2조(환불)\n드립니다.\n제1조(다른 글)\n남입니다.\n별표 1\n표\n"
    )
    terms = parse(source)
    assert [a.number for a in terms.articles] == ["1", "2"]
    assert [line.number for line in terms.unplaced] == [2, 7, 8, 9, 10]
