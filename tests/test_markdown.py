"""Text is shown as it is, whatever Markdown or HTML would read in it."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.answer import escape_markdown


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("<img src=x onerror=y>", "&lt;img src=x onerror=y>"),
        ("A&lt;B & C", "A&amp;lt;B &amp; C"),
        ("[제1조](http://a)", r"\[제1조\](http://a)"),
        ("*강조* _밑줄_ `코드` ~취소~ |표| \\", r"\*강조\* \_밑줄\_ \`코드\` \~취소\~ \|표\| \\"),
        ("# 제목\n- 목록\n> 인용\n+ 더하기", "\\# 제목\n\\- 목록\n\\> 인용\n\\+ 더하기"),
        ("전화 : 02-000-0000 (3 + 4 > 5)", "전화 : 02-000-0000 (3 + 4 > 5)"),
    ],
)
def test_what_markdown_and_html_would_read_is_escaped(text: str, escaped: str) -> None:
    assert escape_markdown(text) == escaped


@pytest.mark.parametrize(
    "text",
    [
        *(
            "# 제목",
            "## 제목",
            "- 목록",
            "+ 목록",
            "* 목록",
            "> 인용",
            ">인용",
            "***",
            "```",
            "~~~",
            "<b>굵게</b>",
            "[x]: /y",
        ),
        *(
            "---",
            "- - -",
            "약관\n---",
            "약관\n===",
            "1. 첫째",
            "1) 첫째",
            "1.",
            "#",
            "-",
            "+",
            "=",
            "3.5%입니다",
            "-5도",
        ),
    ],
)
def test_a_line_that_would_be_a_block_is_shown_as_text(text: str) -> None:
    assert show(text) == text


@given(st.text("가a1 <>&;#*_[]()`~|\\!:/\"'+-", max_size=40))
def test_any_text_within_a_line_is_shown_as_it_is(text: str) -> None:
    assert show(f"약관{text}조") == f"약관{text}조"


@given(st.lists(st.text("가-=#>+*1.) ", max_size=5).map(str.strip), min_size=1))
def test_any_lines_are_plain_paragraphs(lines: list[str]) -> None:
    shown = MarkdownIt("gfm-like", {"linkify": False}).render(escape_markdown("\n".join(lines)))
    assert set(re.findall(r"<(\w+)", shown)) <= {"p"}
    assert html.unescape(re.sub(r"</?p>|\s", "", shown)) == re.sub(r"\s", "", "".join(lines))


def show(text: str) -> str:
    """The text of the one plain paragraph that a browser would show for ``text``, escaped."""
    shown = re.fullmatch(r"<p>([^<]*)</p>\n", MarkdownIt("gfm-like", {"linkify": False}).render(escape_markdown(text)))
    assert shown
    return html.unescape(shown[1])
