"""References by number, in the forms that people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.references.by_number import Reference, find_references, strip_references


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("제7조 제2항", ["7.2"]),
        ("7조 2항이 뭐예요?", ["7.2"]),
        ("7조②", ["7.2"]),
        ("4조1항", ["4.1"]),
        ("제 9 조 제 1 항", ["9.1"]),
        ("５조 ２항", ["5.2"]),
        ("십사조", ["14"]),
        ("제십팔조 제일항", ["18.1"]),
        ("6조 삼항", ["6.3"]),
        ("구조 이항", ["9.2"]),
        ("이십조", ["20"]),
        ("Article 11", ["11"]),
        ("What does art. 7 para 3 say?", ["7.3"]),
        ("Section 7.3", ["7.3"]),
        ("8조 2~3항", ["8.2", "8.3"]),
        ("8조 2항, 4항", ["8.2", "8.4"]),
        ("8조 2·4항", ["8.2", "8.4"]),
        ("8조 제2항과 제3항", ["8.2", "8.3"]),
        ("7조랑 10조 비교", ["7", "10"]),
        ("7조 2항이랑 10조 3항", ["7.2", "10.3"]),
        ("제10조의2", ["10의2"]),
        ("제10조의2 제3항", ["10의2.3"]),
        ("7-2", ["7.2"]),
        ("15-3 환불", ["15.3"]),
        ("7조의 2항", ["7.2"]),
        ("제3조~제5조", ["3", "4", "5"]),
        ("그 조 2항은?", [".2"]),
        ("2항만", [".2"]),
        ("제99조", ["99"]),
        ("제21조 2항이랑 5항", ["21.2", "21.5"]),
        ("15조 두 번째 항", ["15.2"]),
        ("제7조 첫째 항", ["7.1"]),
        ("열아홉 번째 조항", ["19"]),
        ("스물두번째 조 2항", ["22.2"]),
        ("20번째 조", ["20"]),
        ("§9②", ["9.2"]),
        ("§9 ③ 원문", ["9.3"]),
        ("7조에 2항은 뭐라 돼 있노", ["7.2"]),
        ("오조에 이항은요", ["5.2"]),
        ("9(2) what does it say?", ["9.2"]),
        ("피해가 3조 원인데 3조 다 물어 주나요", []),
        ("첫 조건", []),
        ("둘째 조카", []),
        ("두 항목", []),
        ("§17(3)의 문언을 확인하고자 합니다.", ["17.3"]),
        ("담당자가 §6-3 을 보라고 합니다", ["6.3"]),
        ("12죠 2햔 보여죠요", ["12.2"]),
        ("사수가 3-2 보라는데 그게 무슨 내용이에요?", ["3.2"]),
        ("제오조의 첫 번째 항목을 보여주실 수 있을까요?", ["5.1"]),
        ("第十三條 1項 좀 보여주게", ["13.1"]),
        ("5주 2회 근무", []),
        ("버전 3.2 환경", []),
    ],
)
def test_forms(text: str, expected: list[str]) -> None:
    found = [f"{r.article}.{r.paragraph}" if r.paragraph else r.article for r in find_references(text)]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "요금 구조가 어떻게 되나요?",
        "인조 가죽",
        "3조원 투자",
        "이 조항이 뭐예요?",
        "주의사항 알려주세요",
        "전화는 070-4022-3109",
        "기흥로 58-1",
        "협조 요청",
        "원조 맛집",
        "조항 번호는요?",
        "3-4년 쓰면요?",
        "99.9% 보장?",
        "2배로 물어줘요?",
    ],
)
def test_what_is_no_reference(text: str) -> None:
    assert find_references(text) == []


def test_the_other_words_are_left() -> None:
    assert strip_references("14조 동의 받아야 하나요") == "동의 받아야 하나요"
    assert strip_references("제7조 제2항") == ""
    assert strip_references("7조랑 10조 비교") == "랑 비교"


def test_a_wide_range_costs_nothing() -> None:
    assert len(find_references("제1조~제9999조")) == 30


@given(st.integers(1, 200), st.integers(1, 40))
def test_plain_references_are_read_whatever_the_numbers(article: int, paragraph: int) -> None:
    for text in (f"제{article}조 제{paragraph}항", f"{article}조{paragraph}항"):
        assert find_references(text) == [Reference(str(article), str(paragraph))]


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    find_references(text)
    strip_references(text)
