"""Numbers that are of laws, sums, teams and ranges, beside those that are of clauses."""

from __future__ import annotations

import pytest

from index.references.by_number import Reference, find_references, without_foreign

OWN = ["서비스 이용약관", "서비스이용약관"]


def read(text: str) -> list[str]:
    found = find_references(without_foreign(text, OWN))
    return [f"{one.article}.{one.paragraph}" if one.paragraph else one.article for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "「예시에 관한 법률」 제9조에 맞나요?",
        "「예시 보호법」 제15조 및 같은 법 시행령 제17조 지키나요?",
        "상법 제5조, 제7조와 제8조",
        "예시분쟁해결기준 3조 적용되나요?",
        "GDPR Article 17 지원하나요?",
        "does Article 17 of the GDPR apply?",
        "Article 5 of the Example Data Act",
        "매출이 7조인데 할인돼요?",
        "자산이 5조쯤 되는 회사예요",
        "2조 1천억 투자받았어요",
        "4조 2교대인데요",
        "야간 2조가 쓰는 계정",
        "5조에 3명씩 있어요",
        "4조 담당 직원인데요",
        "8조 굴리는 자산운용사입니다",
        "가치 3조의 회사예요",
        "3조 가치의 회사에 팔렸어요",
        "2조 대 사업을 땄어요",
        "한 해에 4조 버는 펀드예요",
    ],
)
def test_none_is_ours(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("제15조가 상법 제5조와 맞아요?", ["15"]),
        ("「서비스 이용약관」 제7조", ["7"]),
        ("지금 기준 3조", ["3"]),
        ("7조 회사 책임", ["7"]),
        ("WHAT DOES ARTICLE 7 SAY", ["7"]),
        ("article 7 of the terms", ["7"]),
        ("12-2조", ["12의2"]),
        ("3-5조", ["3", "4", "5"]),
        ("7의 3", ["7.3"]),
        ("5(3)", ["5.3"]),
        ("§6-3", ["6.3"]),
        ("제3조②", ["3.2"]),
        ("15/3", ["15.3"]),
    ],
)
def test_ours_are_read(text: str, found: list[str]) -> None:
    assert read(text) == found


def test_a_long_text_of_numbers_takes_no_time_that_grows_with_its_square() -> None:
    assert Reference("1") in find_references(without_foreign("제1조 " * 400, OWN))
