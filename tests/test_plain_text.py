"""The Markdown of an answer as the text that a person pastes into a messenger."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.answer import block_quote, bullets, escape_markdown
from bot.render.markup import plain_text

if TYPE_CHECKING:
    from index.editions.edition import Edition

BASE = "https://bot.example.com"
URL = "/terms/%EA%B0%80%EA%B2%8C/2"
SINCE = "가게 약관 (시행일 2024-03-01)"
HOSTILE = r"*별* _밑줄_ `코드` [링크](/terms/x) ![그림](x) <b>굵게</b> &lt; # 제목 > 인용 \ ~~ |"


def test_a_quote_stands_below_the_name_of_its_clause_and_above_its_address(shop_editions: tuple[Edition, ...]) -> None:
    answer = (
        f"**네, 돼요.** 7일 안이에요.\n\n[제2조 제1항 · 환불]({URL}#p1)\n\n> 받은 날부터\n> 7일 안에\n\n"
        f"함께 볼 조항: [제1조 제1항]({URL}#p1)\n\n아래로 문의해 주세요.\n- 전화 : 02-000-0000 [제3조 제1항]({URL}#p1)"
    )
    assert plain_text("환불  돼요?", answer, shop_editions, BASE).split("\n") == [
        "질문: 환불 돼요?",
        "",
        "네, 돼요. 7일 안이에요.",
        "",
        "제2조 제1항 · 환불",
        "“받은 날부터 7일 안에”",
        f"{BASE}{URL}#p1",
        "",
        "함께 볼 조항: 제1조 제1항",
        f"{BASE}{URL}#p1",
        "",
        "아래로 문의해 주세요.",
        "",
        "- 전화 : 02-000-0000 제3조 제1항",
        "",
        SINCE,
    ]


def test_what_was_escaped_is_as_it_was(shop_editions: tuple[Edition, ...]) -> None:
    for markdown in (escape_markdown(HOSTILE), block_quote(HOSTILE), bullets([HOSTILE])):
        assert HOSTILE in plain_text("", markdown, shop_editions, BASE)


@pytest.mark.parametrize("base", ["", BASE])
def test_addresses_are_absolute_where_the_server_knows_its_own(shop_editions: tuple[Edition, ...], base: str) -> None:
    assert plain_text("", f"[제2조]({URL})", shop_editions, base) == f"제2조\n{base}{URL}\n\n{SINCE}"


def test_a_link_to_another_edition_names_its_day(shop_editions: tuple[Edition, ...]) -> None:
    older = plain_text("", f"[제2조]({URL}?edition=2020-01-01#p1) [제3조]({URL})", shop_editions, BASE)
    assert older.endswith(f"가게 약관 (시행일 2020-01-01), {SINCE}")
    assert plain_text("", f"[제2조]({URL})", (replace(shop_editions[0], name="다른"),), BASE).endswith(URL)


def test_without_an_answer_there_is_nothing_to_paste(shop_editions: tuple[Edition, ...]) -> None:
    assert plain_text("환불", "", shop_editions, BASE) == ""
    assert plain_text("", "안녕하세요", shop_editions, BASE) == "안녕하세요"
