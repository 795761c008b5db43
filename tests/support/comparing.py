"""A shop's terms of four articles in two editions, for the tests of the comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.compare import compare
from index.terms import parse

if TYPE_CHECKING:
    from index.compare.changes import Compared, ParagraphChange

OLD = """가게 약관
제1조 (약관의 개정)
- 약관을 개정할 때에는 시행일 7일 전(고객에게 불리하면 30일 전)부터 공지합니다.
- 고객은 공지를 받은 날부터 10일 이내에 거부할 수 있습니다.
제2조 (배송)
- 물건은 결제한 날부터 3일 안에 보냅니다.
- 배송이 늦으면 문자로 알립니다.
제3조 (환불)
- 받은 날부터 7일 안에 환불을 신청할 수 있습니다.
- 뜯은 물건은 바꾸어 드리지 않습니다.
제4조 (연락처)
- 전화번호와 전자우편 주소는 첫 화면 아래에 있습니다.
- 환불은 제3조 제1항에 따라 연락처로 신청합니다.
"""
NEW = """가게 약관
제1조 (약관의 개정)
- 약관을 개정할 때에는 시행일 7일 전(고객에게 불리하면 30일 전)부터 공지합니다.
- 고객은 공지를 받은 날부터 10일 이내에 거부할 수 있습니다.
제2조 (회원)
- 열네 살이 넘은 사람은 누구나 회원이 되어 적립금을 모읍니다.
제3조 (배송)
- 주문은 스물네 시간 받고 영수증을 바로 드립니다.
- 물건은 결제한 날부터 5일 안에 보냅니다.
- 배송이  늦으면 문자로 알립니다.
제4조 (환불)
- 받은 날부터 7일 안에 환불을 신청할 수 있습니다.
제5조 (연락처)
- 전화번호와 전자우편 주소는 첫 화면 아래에 있습니다.
- 환불은 제3조 제1항에 따라 연락처로 신청합니다.
"""


def of(old: str, new: str) -> Compared:
    return compare(parse(old), parse(new))


def only(compared: Compared) -> ParagraphChange:
    (change,) = [c for c in compared.paragraphs if c.kind != "same"]
    return change


def summary(compared: Compared) -> list[tuple[str, str, str]]:
    """Kind, old and new place of each paragraph, in order; "-" where there is none."""
    return [(str(c.kind), c.old.name if c.old else "-", c.new.name if c.new else "-") for c in compared.paragraphs]
