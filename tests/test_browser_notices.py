"""What the chat says when a connection fails, and how it looks while it looks for an answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, Route, expect
from support.asking import PHONE, WIDE, ask, ask_and_wait
from support.serving import MARKS

if TYPE_CHECKING:
    from playwright.sync_api import ViewportSize

pytest_plugins = ["support.browsers"]
pytestmark = MARKS
LATIN = re.compile(r"[A-Za-z]{3,}")
JOIN = "**/gradio_api/queue/join*"
QUESTION = "돈을 늦게 내면 어떻게 되나요?"


def test_a_lost_connection_is_told_in_korean_and_what_was_asked_is_there_after_a_reload(page: Page) -> None:
    ask_and_wait(page, QUESTION)
    page.context.set_offline(True)
    ask(page, "환불되나요?")
    notice = page.get_by_test_id("toast-body")
    expect(notice).to_contain_text("서버와 연결이 끊어졌습니다.")
    expect(notice).to_contain_text("대화와 쓰시던 글은 남아 있습니다.")
    assert not LATIN.search(notice.inner_text())
    page.context.set_offline(False)
    notice.get_by_role("button", name="새로 고침").click()
    expect(page.locator("#chat .user.message")).to_have_text([QUESTION])
    expect(page.get_by_role("textbox", name="질문")).to_have_value("환불되나요?")


def test_a_server_that_fails_is_told_in_korean_and_the_question_can_be_sent_again(page: Page) -> None:
    def fail(route: Route) -> None:
        route.fulfill(status=500, body="Internal Server Error")

    page.route(JOIN, fail)
    ask(page, QUESTION)
    notice = page.get_by_test_id("toast-body")
    expect(notice).to_contain_text("지금은 보내지 못했습니다.")
    assert not LATIN.search(notice.inner_text())
    notice.get_by_role("button", name="닫기").click()
    page.unroute(JOIN)
    page.get_by_role("textbox", name="질문").press("Enter")
    expect(page.locator("#chat .user.message")).to_have_text([QUESTION])


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_all_stands_in_one_column_with_one_left_edge(page: Page, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    ask_and_wait(page, QUESTION)
    parts = ["#top h1", "#chat .bot.message p >> nth=0", "#following button >> nth=0", "#hand-over", "#question"]
    boxes = [page.locator(part).bounding_box() for part in [*parts, "#notice", "#main"]]
    assert len({round(box["x"]) for box in boxes if box}) == 1
    column = boxes[-1]
    assert column
    assert column["width"] == min(720, size["width"] - 24)


def test_the_thumbs_stand_beside_the_sign_for_copying_below_the_answer(page: Page) -> None:
    answer = ask_and_wait(page, QUESTION)
    copy, good, text = (
        one.bounding_box()
        for one in (
            page.get_by_role("button", name="메시지 복사"),
            page.get_by_role("button", name="도움이 됐어요"),
            answer,
        )
    )
    assert copy
    assert good
    assert text
    assert abs(copy["y"] + copy["height"] / 2 - good["y"] - good["height"] / 2) <= 2
    assert 0 <= good["y"] - text["y"] - text["height"] <= 24
    assert min(copy["width"], copy["height"]) >= 24


def test_signs_for_copying_stand_under_answers_alone(page: Page) -> None:
    for count in (1, 2):
        ask_and_wait(page, QUESTION)
        expect(page.get_by_role("button", name="메시지 복사")).to_have_count(count)


def test_the_name_of_a_clause_never_goes_beyond_its_answer(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    answer = ask_and_wait(page, "연체 이자율은 몇 퍼센트예요?")
    answer.locator("a").evaluate_all(
        "all => all.forEach((one) => { one.textContent += ' · 아주 긴 조의 이름'.repeat(9); })"
    )
    edges = "(all) => all.map((one) => one.getBoundingClientRect().right)"
    (edge,) = page.locator("#chat").evaluate_all(edges)
    assert max(page.locator("#chat .message a").evaluate_all(edges)) <= edge + 1
