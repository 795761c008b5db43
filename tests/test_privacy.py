"""Personal data are taken out; dates, prices and clause numbers are not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy import mask_personal
from bot.understand.question import honest_part

PERSONAL = [
    ("900101-1234567", "주민등록번호"),
    ("900101 - 2345678", "주민등록번호"),
    ("0501013456789", "주민등록번호"),
    ("900101-5234567", "외국인등록번호"),
    ("1234-5678-9012-3456", "카드번호"),
    ("1234 5678 9012 3456", "카드번호"),
    ("1234567890123456", "카드번호"),
    ("hong.gil+dong@mail.example.co.kr", "이메일"),
    ("010-1234-5678", "전화번호"),
    ("01012345678", "전화번호"),
    ("010 1234 5678", "전화번호"),
    ("010.1234.5678", "전화번호"),
    ("02)123-4567", "전화번호"),
    ("070-1234-5678", "전화번호"),
    ("+82 10-1234-5678", "전화번호"),
    ("123-45-67890", "사업자번호"),
    ("110-123-456789", "계좌번호"),
    ("352-1234-5678-93", "계좌번호"),
    ("12-34-567890", "계좌번호"),
    ("123456789", "번호"),
    ("900101 1234567", "주민등록번호"),
    ("900101-1******", "주민등록번호"),
    ("010 \u2013 1234 \u2013 5678", "전화번호"),
    ("\uff10\uff11\uff10-1234-5678", "전화번호"),
    ("1234 - 5678 - 9012 - 3456", "카드번호"),
    ("hong\uff20mail.example.com", "이메일"),
]
PLAIN = [
    "2025-12-15",
    "2025-12-15~2026-1-4",
    "2025.12.15",
    "20251215",
    "25-12-15",
    "1,000,000원",
    "350000원",
    "100000000원",
    "1000000000 원",
    "123456789012345원",
    "99.9%",
    "제15조 제3항",
    "15-3",
    "10의2",
    "3-4년",
    "기흥로 58-1",
    "14:00~18:00",
    "user@localhost",
]


@pytest.mark.parametrize(("data", "kind"), PERSONAL)
def test_personal_data_is_replaced_by_its_kind(data: str, kind: str) -> None:
    assert mask_personal(f"제 것은 {data}인데요") == f"제 것은 [{kind}]인데요"


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_not_personal_is_left(text: str) -> None:
    assert mask_personal(f"{text}에 환불 되나요?") == f"{text}에 환불 되나요?"


@pytest.mark.parametrize("text", ["01012345678 원래", "110123456789 원래", "110123456789원래"])
def test_a_number_before_another_word_is_no_price(text: str) -> None:
    assert re.fullmatch(r"\[(전화)?번호\] ?원래", mask_personal(text))


@pytest.mark.parametrize("phone", ["010-2345-6789", "02-123-4567", "010 2345 6789"])
@pytest.mark.parametrize("name", ["홍길동", "연남동", "박하리", "김두면"])
def test_a_phone_behind_what_could_be_a_quarter_is_masked_whole(name: str, phone: str) -> None:
    assert mask_personal(f"{name} {phone}").endswith("[전화번호]")
    assert not any(map(str.isdigit, mask_personal(f"연락은 {name} {phone}으로")))


def test_all_data_in_a_text_are_masked() -> None:
    text = "a@b.kr, 010-1111-2222, 010-3333-4444, 2025-12-15"
    assert mask_personal(text) == "[이메일], [전화번호], [전화번호], 2025-12-15"


@pytest.mark.parametrize(("data", "kind"), PERSONAL)
def test_the_marks_can_be_taken_out_again(data: str, kind: str) -> None:
    del kind
    assert honest_part(f"환불 {data} 되나요?") == "환불 되나요?"


def test_other_brackets_are_no_marks() -> None:
    assert honest_part("[중요] 환불 [번호표]") == "[중요] 환불 [번호표]"


@given(st.text("0123456789- .가@", max_size=60))
def test_no_long_number_survives(text: str) -> None:
    assert not re.search(r"\d{9}", mask_personal(text))


@given(st.text("가나다 ?!,.조항", max_size=60))
def test_a_text_without_digits_or_mail_is_left(text: str) -> None:
    assert mask_personal(text) == text
