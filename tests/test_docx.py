"""DOCX: all that Word shows when the changes are accepted is read, once, with the numbers that Word writes itself."""

from __future__ import annotations

from support.office import level, p, r, tbl, tc, word

from index.documents.document import TRACKED
from index.documents.docx import read_docx

ARTICLES = (
    '<w:abstractNum w:abstractNumId="1">'
    + level(0, "decimal", "제%1조")
    + level(1, "decimalEnclosedCircle", "%2", '<w:suff w:val="nothing"/>')
    + level(2, "decimal", "%3.")
    + level(3, "ganada", "%4.")
    + '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
)


def lines(body: str, **parts: str) -> list[str]:
    return [line for line in read_docx(word(body, **parts)).text.splitlines() if line]


def test_numbers_of_all_levels_are_those_that_word_shows() -> None:
    body = "".join(
        p(words, number="5", level=at)
        for at, words in [
            (0, "(목적)"),
            (1, "가"),
            (1, "나"),
            (2, "다"),
            (3, "라"),
            (3, "마"),
            (2, "바"),
            (0, "(환불)"),
        ]
    )
    body += p("사", number="5", level=1) + p("번호 없음", number="0")
    assert lines(body, numbering=ARTICLES) == [
        *("제1조 (목적)", "①가", "②나", "1. 다", "가. 라", "나. 마", "2. 바", "제2조 (환불)", "①사", "번호 없음"),
    ]


def test_a_list_that_starts_anew_and_one_that_goes_on() -> None:
    numbering = ARTICLES + (
        '<w:num w:numId="6"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="7"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    told = lines("".join(p("글", number=n, level=1) for n in "5567755"), numbering=numbering)
    assert "".join(line[0] for line in told) == "①②③①②③④"


def test_numbers_that_a_style_brings() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1">'
        + level(0, "decimal", "제%1조", '<w:pStyle w:val="Article"/>')
        + level(1, "decimalEnclosedCircle", "%2", '<w:pStyle w:val="Clause"/>')
        + '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    )
    linked = '<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr>'
    styles = (
        f'<w:style w:type="paragraph" w:styleId="Article">{linked}</w:style>'
        f'<w:style w:type="paragraph" w:styleId="Clause">{linked}</w:style>'
        '<w:style w:type="paragraph" w:styleId="Child"><w:basedOn w:val="Clause"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    )
    body = p("(목적)", style="Article") + p("가", style="Clause") + p("나", style="Child") + p("다", style="Loop")
    assert lines(body, numbering=numbering, styles=styles) == ["제1조 (목적)", "① 가", "② 나", "다"]


def test_levels_that_do_not_begin_anew_and_levels_in_one_number() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1">'
        + level(0, "upperRoman", "%1.")
        + level(1, "decimal", "%1-%2)", '<w:lvlRestart w:val="0"/><w:isLgl/>')
        + level(2, "bullet", "\uf0b7")
        + '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    )
    body = "".join(p("글", number="5", level=at) for at in (0, 1, 2, 0, 1))
    assert lines(body, numbering=numbering) == ["I. 글", "1-1) 글", "- 글", "II. 글", "2-2) 글"]


def test_a_list_that_numbers_itself_in_words_has_no_bullet() -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{level(0, "bullet", "•")}</w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    )
    assert lines(p("① 글", number="5") + p("글", number="5"), numbering=numbering) == ["① 글", "• 글"]


def test_merged_cells_are_told_once_a_row() -> None:
    top, below = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = tbl(
        [tc(p("해지 시점"), properties='<w:gridSpan w:val="2"/>'), tc(p("위약금"))],
        [tc(p("약정"), properties=top), tc(p("30일")), tc(p("10퍼센트"))],
        [tc(p(""), properties=below), tc(p("1년")), tc(p("3퍼센트"))],
        [tc(p("")), tc(p("")), tc(p("없음"))],
    )
    assert lines(table) == ["해지 시점 | 위약금", "약정 | 30일 | 10퍼센트", "약정 | 1년 | 3퍼센트", "|  | 없음"]


def test_a_table_in_a_cell_is_read_and_a_frame_around_text_is_none() -> None:
    inner = tbl([tc(p("7일 전")), tc(p("10퍼센트"))], [tc(p("하루 전")), tc(p("80퍼센트"))])
    assert lines(tbl([tc(p("성수기")), tc(inner, p(""))])) == ["성수기 | 7일 전 10퍼센트; 하루 전 80퍼센트"]
    assert lines(tbl([tc(p("제1조(목적)"), p("팝니다."))])) == ["제1조(목적)", "팝니다."]
    assert lines(tbl([tc(p("제1조(목적)"), p("팝니다.")), tc(p("비고"))])) == ["제1조(목적)", "팝니다.", "비고"]


def test_notes_stand_below_the_paragraph_that_points_to_them() -> None:
    body = p(f'{r("① 11,000원입니다.")}<w:r><w:footnoteReference w:id="2"/></w:r>')
    body += p(f'{r("② 절반입니다.")}<w:r><w:endnoteReference w:id="2"/></w:r>')
    told = lines(
        body,
        footnotes=f'<w:footnote w:id="0" w:type="separator">{p("선")}</w:footnote>'
        f'<w:footnote w:id="2">{p("세금은")}{p("따로")}</w:footnote>',
        endnotes=f'<w:endnote w:id="2">{p("증명서를 낸 회원")}</w:endnote>',
    )
    assert told == ["① 11,000원입니다.", "주) 세금은 따로", "② 절반입니다.", "주) 증명서를 낸 회원"]


def test_boxes_and_controls_are_read_once() -> None:
    box = f"<w:txbxContent>{p('상자')}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    body = (
        f"<w:sdt><w:sdtContent>{p('블록')}<w:sdt><w:sdtContent>{p('속')}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>"
    )
    body += p(f"{r('하루에 ')}<w:sdt><w:sdtContent>{r('1,000원')}</w:sdtContent></w:sdt>{r('을')}<w:r>{both}</w:r>")
    body += p(f"<w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>{r('옆')}")
    body += p(f"<w:hyperlink>{r('안내')}</w:hyperlink><w:fldSimple>{r('3쪽')}</w:fldSimple>")
    assert lines(body, header=p("머리")) == ["블록", "속", "하루에 1,000원을", "상자", "옆", "상자", "안내3쪽"]


def test_changes_are_read_as_if_they_were_accepted_and_told() -> None:
    gone, new = "<w:del>{}</w:del>", "<w:ins>{}</w:ins>"
    deleted = '<w:r><w:delText xml:space="preserve">7일</w:delText></w:r>'
    body = p(f"{gone.format(deleted)}{new.format(r('14일'))}{r(' 전에')}")
    body += p(f"{r('옮김: ')}<w:moveFrom>{r('앞')}</w:moveFrom><w:moveTo>{r('뒤')}</w:moveTo>")
    body += p("문단이 ", mark="<w:del/>") + p("이어집니다.")
    body += p(gone.format(deleted), number="5", level=1, mark="<w:del/>") + p("첫째", number="5", level=1)
    body += f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr>{tc(p('지운 줄'))}</w:tr><w:tr>{tc(p('남은 줄'))}</w:tr></w:tbl>"
    document = read_docx(word(body, numbering=ARTICLES))
    assert document.text.splitlines() == ["14일 전에", "옮김: 뒤", "문단이 이어집니다.", "①첫째", "남은 줄"]
    assert document.notices == (TRACKED,)


def test_what_is_not_read_is_told() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>비밀</w:t></w:r>"
    hidden += '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>보임</w:t></w:r>'
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:char="2460"/></w:r>'
    document = read_docx(word(p(hidden) + p(sign) + "<w:altChunk/>"))
    assert document.text.split() == ["보임", "①"]
    assert [notice.split(".")[0] for notice in document.notices] == [
        *("숨긴 글이 있습니다", "기호 글꼴로 쓴 글자가 있습니다", "문서에 끼워 넣은 다른 파일이나 도표가 있습니다"),
    ]
    assert document.notices[0].endswith(": 비밀")


def test_breaks_formulas_and_readings_above_words() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{r('약관')}</w:rt><w:rubyBase>{r('約款')}</w:rubyBase></w:ruby></w:r>"
    half = "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    body = p("<w:r><w:t>가</w:t><w:br/><w:t>나</w:t><w:noBreakHyphen/><w:t>다</w:t></w:r>") + p(ruby) + p(half)
    assert lines(body) == ["가", "나-다", "約款(약관)", "1/2"]
