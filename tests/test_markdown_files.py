"""Markdown: rules, borders of tables, escapes and comments are no words; lines stay where they are."""

from __future__ import annotations

import pytest

from index.documents.markdown import read_plain


@pytest.mark.parametrize("rule", ["---", "***", "_ _ _", "=====", "─────", "```", "~~~"])
def test_a_rule_is_no_text(rule: str) -> None:
    assert read_plain(f"제1조\r\n팝니다.\r\n{rule}\r\n제2조").text == "제1조\r\n팝니다.\r\n\r\n제2조"


def test_the_fences_of_front_matter_stay() -> None:
    text = "---\ntitle: 약관\n---\n# 약관\n---\n"
    assert read_plain(text).text == "---\ntitle: 약관\n---\n# 약관\n\n"


def test_tables_have_no_borders() -> None:
    text = "표\n| 때 | 요금 |\n|:--|--:|\n| 평일<br>낮 | 1\\|2 |\n글 | 글\n\n가 | 나"
    assert read_plain(text).text == "표\n때 | 요금\n\n평일 낮 | 1|2\n글 | 글\n\n가 | 나"


def test_escapes_and_entities_are_what_they_show() -> None:
    assert (
        read_plain("# 약관\n1\\. \\*별도\\* &lt;가&gt;&nbsp;\\&amp; R&D").text == "# 약관\n1. *별도* <가>\xa0&amp; R&D"
    )


def test_comments_and_struck_words_are_left_out() -> None:
    document = read_plain("# 약관\n<!-- 검토\n중 -->\n~~7일~~14일 전")
    assert document.text == "# 약관\n\n\n14일 전"
    assert document.notices == ("지운 것으로 표시된 글이 있습니다. 읽지 않았습니다: 7일",)


@pytest.mark.parametrize("text", ["제1조(목적)\n가 | 나\n\\10,000 &lt;\n1~2일 ~ 3일\n", "", "\r\n", "--\n- 가\n* 나\n"])
def test_plain_text_is_what_it_is(text: str) -> None:
    assert read_plain(text).text == text
