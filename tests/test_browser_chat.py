"""Around the answers: what to ask next, ratings, the way to a person, beginning anew."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Page, expect
from support.asking import PHONE, WAIT_MS, ask_and_wait, find_logged, say_and_wait
from support.serving import MARKS

if TYPE_CHECKING:
    from bot.journal.reader import Reader

pytest_plugins = ["support.browsers"]
pytestmark = MARKS
CODE = re.compile(r"[2-9A-HJKMNP-Z]{6}")


def test_a_suggested_question_is_asked_by_a_click_and_answered(page: Page, reader: Reader) -> None:
    ask_and_wait(page, "돈을 늦게 내면 어떻게 되나요?")
    suggested = page.get_by_role("group", name="이어서 물어볼 만한 질문").get_by_role("button")
    expect(suggested).to_have_count(3)
    texts = suggested.all_inner_texts()
    suggested.last.click()
    expect(page.locator("#chat .user.message").last).to_have_text(texts[-1])
    expect(page.locator("#chat .bot.message")).to_have_count(2, timeout=WAIT_MS)
    expect(page.get_by_role("button", name="도움이 됐어요")).to_be_enabled()
    logged = find_logged(reader, texts[-1])[0]
    assert (logged.status, bool(logged.citations), logged.channel) == ("answered", True, "chat")
    assert [row.question for row in reader.conversation(logged.conversation)] == [
        "돈을 늦게 내면 어떻게 되나요?",
        texts[-1],
    ]
    assert texts[-1] not in suggested.all_inner_texts()


def test_a_thumb_up_is_in_the_journal(page: Page, reader: Reader) -> None:
    ask_and_wait(page, "약관은 어디에 올려 두나요?")
    assert find_logged(reader, "약관은 어디에 올려 두나요?")[0].good is None
    page.get_by_role("button", name="도움이 됐어요").click()
    expect(page.get_by_role("button", name="도움이 됐어요")).to_be_disabled()
    expect(page.get_by_role("button", name="아쉬워요")).to_be_hidden()
    assert find_logged(reader, "약관은 어디에 올려 두나요?")[0].good is True


def test_a_thumb_down_asks_for_a_reason_and_both_are_in_the_journal(page: Page, reader: Reader) -> None:
    ask_and_wait(page, "위약금이 얼마인가요?")
    page.get_by_role("button", name="아쉬워요").click()
    reason = page.get_by_label("어떤 점이 아쉬웠나요? (선택)")
    expect(reason).to_be_focused()
    assert find_logged(reader, "위약금이 얼마인가요?")[0].good is False
    page.keyboard.type("찾는 내용이 아니에요. 010-1234-5678로 전화 주세요.")
    page.get_by_role("button", name="의견 보내기").click()
    expect(page.get_by_text("의견 고맙습니다.")).to_be_visible()
    expect(reason).to_be_hidden()
    logged = find_logged(reader, "위약금이 얼마인가요?")[0]
    assert (logged.good, logged.reason) == (False, "찾는 내용이 아니에요. [전화번호]로 전화 주세요.")


def test_the_next_answer_is_rated_for_itself(page: Page, reader: Reader) -> None:
    ask_and_wait(page, "베타 기능에도 보상이 있나요?")
    page.get_by_role("button", name="도움이 됐어요").click()
    expect(page.get_by_role("button", name="도움이 됐어요")).to_be_disabled()
    ask_and_wait(page, "준거법은 무엇인가요?")
    page.get_by_role("button", name="아쉬워요").click()
    expect(page.get_by_label("어떤 점이 아쉬웠나요?")).to_be_visible()
    ratings = [find_logged(reader, text)[0].good for text in ("베타 기능에도 보상이 있나요?", "준거법은 무엇인가요?")]
    assert ratings == [True, False]


def test_the_way_to_a_person_has_contacts_and_a_code_for_the_masked_conversation(page: Page, reader: Reader) -> None:
    ask_and_wait(page, "010-1234-5678로 전화 주세요. 해지하면 환불 되나요?")
    page.get_by_role("button", name="상담원 연결").click()
    card = page.get_by_role("region", name="상담원 연결")
    expect(card).to_be_focused()
    expect(card.get_by_role("link", name="070-4022-3109")).to_have_attribute("href", "tel:070-4022-3109")
    expect(card.get_by_role("link", name="rift@rift.im")).to_have_attribute("href", "mailto:rift@rift.im")
    expect(card.locator("ol li")).to_have_text(["[전화번호]로 전화 주세요. 해지하면 환불 되나요?"])
    expect(card).to_contain_text("안내한 조항: 제15조 제3항")
    expect(card).not_to_contain_text("010-1234-5678")
    code = card.locator(".code").inner_text()
    assert CODE.fullmatch(code)
    conversation = reader.by_code(code)
    assert conversation
    assert [row.question for row in reader.conversation(conversation)] == [
        "[전화번호]로 전화 주세요. 해지하면 환불 되나요?"
    ]
    page.get_by_role("button", name="상담원 연결").click()
    expect(card).to_be_hidden()
    page.get_by_role("button", name="상담원 연결").click()
    expect(card.locator(".code")).to_have_text(code)


def test_before_a_question_the_way_to_a_person_has_contacts_and_no_code(page: Page) -> None:
    page.get_by_role("button", name="상담원 연결").click()
    card = page.get_by_role("region", name="상담원 연결")
    expect(card.get_by_role("link")).to_have_count(2)
    expect(card.locator(".code")).to_have_count(0)


def test_a_new_conversation_keeps_nothing_of_the_old_one(page: Page, reader: Reader) -> None:
    ask_and_wait(page, "관리자 계정은 누가 만들어 주나요?")
    page.get_by_role("button", name="아쉬워요").click()
    page.get_by_role("button", name="상담원 연결").click()
    expect(page.locator("#handover")).to_be_visible()
    page.get_by_role("button", name="새 대화").click()
    expect(page.locator("#starters")).to_be_visible()
    for gone in ("#chat", "#handover", "#reason", "#good", "#bad"):
        expect(page.locator(gone)).to_be_hidden()
    expect(page.get_by_role("textbox", name="질문")).to_be_focused()
    asked_back = say_and_wait(page, "그거 몇 조예요?")
    expect(asked_back).not_to_contain_text("제6조")
    expect(page.locator("#chat .user.message")).to_have_text(["그거 몇 조예요?"])
    ids = {
        find_logged(reader, text)[0].conversation for text in ("관리자 계정은 누가 만들어 주나요?", "그거 몇 조예요?")
    }
    assert len(ids) == 2


def test_nobody_sees_the_conversation_of_another(page: Page, browser: Browser, address: str, reader: Reader) -> None:
    ask_and_wait(page, "이용계약은 어떻게 체결되나요?")
    context = browser.new_context(base_url=address)
    other = context.new_page()
    other.goto("/")
    expect(other.locator("#starters")).to_be_visible()
    expect(other.get_by_text("이용계약은 어떻게 체결되나요?")).to_have_count(0)
    expect(say_and_wait(other, "어디에 적혀 있나요?")).not_to_contain_text("제4조")
    context.close()
    one, two = (find_logged(reader, text)[0] for text in ("이용계약은 어떻게 체결되나요?", "어디에 적혀 있나요?"))
    assert one.conversation != two.conversation
    page.reload()
    expect(page.locator("#chat .user.message")).to_have_text(["이용계약은 어떻게 체결되나요?"])


def test_a_wish_for_a_person_opens_the_way_to_one(page: Page) -> None:
    say_and_wait(page, "상담원 연결해 주세요")
    expect(page.locator("#handover .code")).to_have_text(CODE)
    expect(page.get_by_role("button", name="도움이 됐어요")).to_have_count(0)


def test_what_is_asked_back_offers_topics_that_are_asked_by_a_click(page: Page) -> None:
    say_and_wait(page, "요금")
    topic = page.locator("#following button").first
    expect(topic).to_have_text("이용요금 및 지불조건 (제7조)")
    topic.click()
    expect(page.locator("#chat .bot.message").nth(1)).to_contain_text("견적서·주문서·계약서", timeout=WAIT_MS)


def test_what_is_near_is_quoted_the_first_open_the_others_folded(page: Page) -> None:
    answer = ask_and_wait(page, "연체 이자율은 몇 퍼센트예요?")
    expect(answer).to_contain_text("연체 이자율은 약관에 나와 있지 않습니다.")
    first, second = answer.locator("blockquote").all()[:2]
    expect(first).not_to_have_class(re.compile("folded"))
    expect(second).to_have_class(re.compile("folded"))
    button = second.get_by_role("button", name="전체 보기")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(second).not_to_have_class(re.compile("folded"))
    expect(second.get_by_role("button", name="접기")).to_have_attribute("aria-expanded", "true")


def test_the_beginning_of_a_long_answer_is_in_view(page: Page) -> None:
    page.set_viewport_size(PHONE)
    answer = ask_and_wait(page, "제7조를 전부 보여 주세요")
    expect(answer.locator("strong").first).to_be_in_viewport()
