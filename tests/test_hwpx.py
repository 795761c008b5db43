"""HWPX: what Hangul shows when the changes are accepted, with its own numbers; rows of tables stay rows."""

from __future__ import annotations

import pytest
from support.office import ctrl, hangul, hp, ht, htbl, htc

from index.documents.document import TRACKED
from index.documents.hwpx import read_hwpx
from index.errors import TermsError

HEADER = (
    '<hh:numbering id="1"><hh:paraHead level="1" start="1" numFormat="DIGIT">제^1조</hh:paraHead>'
    '<hh:paraHead level="2" start="1" numFormat="CIRCLED_DIGIT">^2</hh:paraHead>'
    '<hh:paraHead level="3" start="1" numFormat="HANGUL_SYLLABLE">^3.</hh:paraHead></hh:numbering>'
    '<hh:bullet id="1" char="•"/>'
    '<hh:paraPr id="0"><hh:heading type="NONE" idRef="0" level="0"/></hh:paraPr>'
    + "".join(
        f'<hh:paraPr id="{look}"><hh:heading type="{kind}" idRef="1" level="{at}"/></hh:paraPr>'
        for look, kind, at in [
            (1, "NUMBER", 0),
            (2, "NUMBER", 1),
            (3, "NUMBER", 2),
            (4, "BULLET", 0),
            (5, "OUTLINE", 1),
        ]
    )
)


def lines(body: str) -> list[str]:
    return [line for line in read_hwpx(hangul(body, HEADER)).text.splitlines() if line]


def test_paragraphs_have_the_numbers_that_hangul_shows() -> None:
    looks = [
        (1, "(목적)"),
        (2, "가"),
        (3, "나"),
        (3, "다"),
        (2, "라"),
        (1, "(환불)"),
        (2, "마"),
        (4, "바"),
        (4, "① 사"),
    ]
    assert lines("".join(hp(words, look=look) for look, words in looks)) == [
        *("제1조 (목적)", "① 가", "가. 나", "나. 다", "② 라", "제2조 (환불)", "① 마", "• 바", "① 사"),
    ]


def test_an_outline_has_the_numbering_of_its_section() -> None:
    section = '<hp:run><hp:secPr outlineShapeIDRef="1"/></hp:run>'
    assert lines(hp(section) + hp("가", look=5)) == ["① 가"]
    assert lines(hp("가", look=5)) == ["가"]


def test_rows_stay_rows_and_a_caption_stands_at_its_side() -> None:
    rows = (
        [htc(hp("취소한 때"), columns=2), htc(hp("수수료"))],
        [htc(hp("평일"), rows=2), htc(hp("10일 전")), htc(hp("없음"))],
        [htc(hp("3일"), hp("전")), htc(hp(htbl([htc(hp("낸 돈의")), htc(hp("20퍼센트"))])))],
    )
    told = ["취소한 때 | 수수료", "평일 | 10일 전 | 없음", "평일 | 3일 전 | 낸 돈의 20퍼센트"]
    assert lines(hp(htbl(*rows, caption="주) 공휴일"))) == [*told, "주) 공휴일"]
    assert lines(hp(htbl(*rows, caption="[표]", side="TOP")) + hp("끝")) == ["[표]", *told, "끝"]


def test_headers_footers_and_hidden_comments_are_left_out_and_notes_are_read() -> None:
    asides = "".join(ctrl(name, hp("비밀")) for name in ("header", "footer", "hiddenComment"))
    assert lines(hp(asides + ht("① 쉽니다.") + ctrl("footNote", hp("두 번까지"))) + hp("② 끝")) == [
        *("① 쉽니다.", "주) 두 번까지", "② 끝"),
    ]


def test_boxes_formulas_and_numbers_of_tables_are_read() -> None:
    box = f"<hp:run><hp:rect><hp:drawText><hp:subList>{hp('상자')}</hp:subList></hp:drawText></hp:rect></hp:run>"
    formula = "<hp:run><hp:equation><hp:script>a over b</hp:script></hp:equation></hp:run>"
    number = '<hp:run><hp:t>표 </hp:t><hp:ctrl><hp:autoNum num="3" numType="TABLE"/></hp:ctrl></hp:run>'
    broken = ht("가<hp:lineBreak/>나<hp:nbSpace/>다")
    assert lines(hp(box + ht("옆")) + hp(formula) + hp(number) + hp(broken)) == [
        *("옆", "상자", "a over b", "표 3", "가", "나 다"),
    ]


def test_changes_are_read_as_if_they_were_accepted_and_told() -> None:
    begin, end = '<hp:deleteBegin Id="{}"/>', '<hp:deleteEnd Id="{}" paraend="{}"/>'
    body = hp(ht(f'{begin.format(1)}7일{end.format(1, 0)}<hp:insertBegin Id="2"/>14일<hp:insertEnd Id="2"/> 전'))
    body += hp(ht(f"{begin.format(3)}첫 문단"), look=2) + hp(ht(f"둘째{end.format(3, 0)} 남음"), look=2)
    body += hp(ht(f"문단이 {begin.format(4)}끝{end.format(4, 1)}")) + hp("이어짐")
    body += hp(ht(f"{begin.format(5)}끝을 모름")) + hp("마지막", look=2)
    document = read_hwpx(hangul(body, HEADER))
    assert document.text.splitlines() == ["14일 전", "①  남음", "문단이 이어짐", "② 마지막"]
    assert document.notices == (TRACKED,)


def test_a_document_nested_too_deep_is_refused_in_one_line() -> None:
    with pytest.raises(TermsError, match="깊이 겹쳐"):
        lines("<hp:q>" * 5000 + "</hp:q>" * 5000)
