"""A customer leaves something for an agent, and the desk sees it: on a wide screen and in a low window."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect
from pydantic import SecretStr
from support.asking import PHONE, WIDE, ask_and_wait
from support.desk_client import MANAGER, PASSWORD, open_desk
from support.desk_server import log_in
from support.serving import MARKS, serve

from bot.service import Service
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator

    from index.search.clause_search import ClauseSearch

pytestmark = MARKS
LATE = "돈을 늦게 내면 어떻게 되나요?"
LOW: ViewportSize = {"width": 390, "height": 430}
CODE = re.compile(r"[2-9A-HJ-NP-Z]{6}")
CONTACT = "홍길동 010-2345-6789"


@pytest.fixture(scope="module")
def address(real_search: ClauseSearch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of the real server with a desk."""
    assert real_search.embedding
    folder = tmp_path_factory.mktemp("requests")
    settings = Settings(
        journal=SecretStr(f"sqlite:///{folder / 'journal.db'}"),
        secret=folder / "secret",
        hours="월 03:00-03:01",
        rate="1000/minute",
        request_rate="10000/minute",
        _env_file=None,
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.web.api.request_routes.RATE", "1000/hour")
        with serve(Service(open_desk(settings))) as origin:
            yield origin


@pytest.fixture(params=[WIDE, LOW], ids=["1440", "390x430"])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A new person's, in front of the chat; nothing goes wrong in it unseen."""
    faults: list[str] = []
    context = browser.new_context(locale="ko-KR", base_url=address, viewport=request.param)
    context.on("weberror", lambda fault: faults.append(str(fault.error)))
    opened = context.new_page()
    opened.goto("/")
    yield opened
    context.close()
    assert not faults


@pytest.fixture
def desk(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(locale="ko-KR", base_url=address, viewport=WIDE)
    yield context.new_page()
    context.close()


def open_form(page: Page) -> Locator:
    page.get_by_role("button", name="상담원 연결").click()
    form = page.locator("#leave form")
    page.locator("#leave summary").press("Enter")
    expect(form).to_be_visible()
    return form


def leave(page: Page, about: str, contact: str = "") -> str:
    """The code that the card shows."""
    form = open_form(page)
    form.get_by_label("무엇을 문의하시나요?").fill(about)
    if contact:
        form.get_by_label("연락받을 이름").fill(contact)
        form.get_by_role("checkbox").check()
    form.get_by_role("button", name="남기기").click()
    told = page.locator("#handover .left")
    expect(told).to_contain_text("상담원에게 남겼습니다.")
    found = CODE.search(told.inner_text())
    assert found
    return found[0]


def test_what_a_customer_leaves_is_confirmed_and_dealt_with_at_the_desk(page: Page, desk: Page) -> None:
    ask_and_wait(page, LATE)
    form = open_form(page)
    about = form.get_by_label("무엇을 문의하시나요?")
    expect(about).to_be_focused()
    expect(about).to_have_value(f"- {LATE}\n안내한 조항: 제7조 제3항")
    expect(page.locator("#leave-count")).to_have_text(re.compile(r"\d+ / 1000자"))
    expect(page.locator("#leave .hours")).to_contain_text("03:00부터 차례로 확인합니다.")
    expect(form.get_by_role("checkbox")).not_to_be_checked()
    about.fill(f"요금이 두 번 나갔어요.\n번호는 {CONTACT}")
    form.get_by_label("연락받을 이름").fill(CONTACT)
    form.get_by_role("button", name="남기기").click()
    expect(page.get_by_role("alert").filter(has_text="연락처를 남기려면 보관에 동의해 주세요.")).to_be_visible()
    expect(form.get_by_role("checkbox")).to_be_focused()
    page.keyboard.press("Space")
    form.get_by_role("button", name="남기기").press("Enter")
    told = page.locator("#handover .left")
    expect(told).to_be_focused()
    found = CODE.search(told.inner_text())
    assert found
    code = found[0]
    page.locator("#handover .close").click()
    bubble = page.locator("#chat .bot.message").last
    expect(bubble).to_contain_text(f"상담 번호는 {code}입니다.")
    expect(bubble).to_contain_text("남기신 연락처로 연락드립니다.")
    expect(page.locator("#following button").first).to_be_visible()
    at_the_desk(desk, code)


def at_the_desk(desk: Page, code: str) -> None:
    """From the link of the webhook through the login to the request, its state and back."""
    desk.goto(f"/desk/#/requests/{code}")
    desk.get_by_label("이름").fill(MANAGER)
    desk.get_by_label("비밀번호").fill(PASSWORD)
    desk.keyboard.press("Enter")
    one = desk.get_by_role("region", name="고른 요청")
    expect(one.get_by_role("heading", name=f"요청 {code}")).to_be_visible()
    expect(desk.get_by_role("tab", name="요청", selected=True)).to_contain_text("새로 온 것")
    expect(one).to_contain_text("요금이 두 번 나갔어요.\n번호는 [이름] [전화번호]", use_inner_text=True)
    expect(one.locator("strong", has_text=CONTACT)).to_be_visible()
    expect(one.locator(".talk .question")).to_have_text(LATE)
    expect(one.get_by_role("link", name="제7조 제3항").first).to_be_visible()
    expect(one.get_by_role("button", name="새로 옴")).to_have_attribute("aria-pressed", "true")
    one.get_by_role("button", name="처리 중").focus()
    desk.keyboard.press("Enter")
    expect(one.get_by_role("button", name="처리 중")).to_have_attribute("aria-pressed", "true")
    expect(one.get_by_role("button", name="처리 중")).to_be_focused()
    expect(desk.locator(f"#requests-list [data-code='{code}']")).to_contain_text("처리 중")
    desk.reload()
    expect(one.get_by_role("button", name="처리 중")).to_have_attribute("aria-pressed", "true")
    desk.locator("#requests-filter").get_by_label("상태").select_option("처리 중")
    expect(desk.locator("#requests-list .badge", has_text="새로 옴")).to_have_count(0)
    desk.locator(f"#requests-list [data-code='{code}']").press("ArrowUp")
    one.get_by_role("button", name="끝남").click()
    expect(desk.locator(f"#requests-list [data-code='{code}']")).to_have_count(0)
    desk.once("dialog", lambda asked: asked.accept())
    one.get_by_role("button", name="대화와 함께 지우기").click()
    expect(one).to_be_hidden()
    desk.goto(f"/desk/#/requests/{code}")
    desk.reload()
    expect(desk.get_by_role("alert")).to_contain_text("그런 요청이 없습니다.")


def test_without_a_question_something_can_be_left_too(page: Page) -> None:
    code = leave(page, "전화로 이야기하고 싶어요.")
    page.keyboard.press("Escape")
    expect(page.locator("#handover")).to_have_count(0)
    expect(page.locator("#chat .bot.message")).to_contain_text(f"상담 번호는 {code}입니다.")
    page.get_by_role("button", name="상담원 연결").click()
    expect(page.locator("#handover .left")).to_contain_text(f"이미 남기셨습니다. 상담 번호는 {code}입니다.")


def test_pressed_twice_it_is_sent_once(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "/api/requests" in request.url else None)
    form = open_form(page)
    form.get_by_label("무엇을 문의하시나요?").fill("한 번만 남아야 해요.")
    form.get_by_role("button", name="남기기").dblclick()
    expect(page.locator("#handover .left")).to_be_visible()
    assert len(sent) == 1


def test_what_cannot_be_sent_stays_in_the_form(page: Page) -> None:
    form = open_form(page)
    about = form.get_by_label("무엇을 문의하시나요?")
    alert = page.locator("#leave-fault")
    about.fill(" ")
    form.get_by_role("button", name="남기기").click()
    expect(alert).to_have_text("무엇을 문의하는지 적어 주세요.")
    expect(about).to_be_focused()
    about.fill("가" * 1003)
    expect(page.locator("#leave-count")).to_have_text("1003 / 1000자 · 3자를 줄여 주세요")
    form.get_by_role("button", name="남기기").click()
    expect(alert).to_have_text("1000자까지 남길 수 있습니다. 3자를 줄여 주세요.")
    about.fill("끊어진 때에 남긴 글")
    page.route("**/api/requests", lambda route: route.abort())
    form.get_by_role("button", name="남기기").click()
    expect(alert).to_contain_text("서버와 연결하지 못했습니다.")
    page.unroute("**/api/requests")
    page.route("**/api/requests", refuse)
    form.get_by_role("button", name="남기기").click()
    expect(alert).to_have_text("잠시 뒤에 다시 시도해 주세요.")
    page.unroute("**/api/requests")
    expect(about).to_have_value("끊어진 때에 남긴 글")
    form.get_by_role("button", name="남기기").click()
    expect(page.locator("#handover .left")).to_be_visible()


def refuse(route: Route) -> None:
    route.fulfill(status=429, json={"detail": "잠시 뒤에 다시 시도해 주세요."})


def test_escape_and_close_fold_the_form_and_then_the_card_and_the_text_comes_back(page: Page) -> None:
    form = open_form(page)
    form.get_by_label("무엇을 문의하시나요?").fill("쓰다 만 글")
    page.keyboard.press("Escape")
    expect(form).to_be_hidden()
    expect(page.locator("#leave summary")).to_be_focused()
    page.keyboard.press("Enter")
    form.get_by_role("button", name="닫기").click()
    expect(form).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#handover")).to_have_count(0)


def test_the_text_comes_back_while_its_conversation_goes_on(page: Page) -> None:
    ask_and_wait(page, LATE)
    open_form(page).get_by_label("무엇을 문의하시나요?").fill("쓰다 만 글")
    page.locator("#handover .close").click()
    expect(page.locator("#handover")).to_have_count(0)
    page.get_by_role("button", name="상담원 연결").click()
    expect(page.get_by_label("무엇을 문의하시나요?")).to_have_value("쓰다 만 글")


def test_what_is_left_while_an_answer_comes_is_confirmed_behind_it(page: Page) -> None:
    ask_and_wait(page, LATE)
    form = open_form(page)
    form.get_by_label("무엇을 문의하시나요?").fill("답이 오는 동안 남긴 글")
    held: list[Route] = []
    page.route("**/api/requests", lambda route: held.append(route))
    with page.expect_request("**/api/requests"):
        form.get_by_role("button", name="남기기").click()
    ask_hidden(page, "해지하면 위약금이 있나요?")
    held[0].continue_()
    expect(page.locator("#chat .bot.message").last).to_contain_text("상담원에게 남겼습니다.", timeout=60_000)
    expect(page.locator("#chat .user-row")).to_have_count(2)


def ask_hidden(page: Page, question: str) -> None:
    """Ask while the way to a person may cover the box."""
    page.evaluate(
        """(text) => { const box = document.querySelector("#question textarea"); box.value = text;
        box.dispatchEvent(new Event("input", { bubbles: true })); }""",
        question,
    )
    page.locator("#question .submit-button").dispatch_event("click")


def test_the_card_scrolls_within_itself_to_every_part_of_the_form(page: Page) -> None:
    ask_and_wait(page, LATE)
    form = open_form(page)
    for part in (form.get_by_role("button", name="남기기"), form.get_by_label("무엇을 문의하시나요?")):
        part.scroll_into_view_if_needed()
        expect(part).to_be_in_viewport(ratio=0.9)
    expect(page.locator("#handover .close")).to_be_in_viewport()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= (page.viewport_size or PHONE)["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_checker_of_accessibility_finds_nothing_serious(page: Page, desk: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"/?__theme={scheme}")
    open_form(page).get_by_role("button", name="남기기").click()
    expect(page.locator("#leave-fault")).to_have_text("무엇을 문의하는지 적어 주세요.")
    assert serious(page) == []
    page.get_by_label("무엇을 문의하시나요?").fill("검사할 글")
    page.locator("#leave").get_by_role("button", name="남기기").click()
    expect(page.locator("#handover .left")).to_be_visible()
    assert serious(page) == []
    desk.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    log_in(desk)
    expect(desk.get_by_role("tab", name="조항 찾기", selected=True)).to_be_visible()
    desk.get_by_role("tab", name="요청").click()
    desk.locator("#requests-list button").first.click()
    expect(desk.locator("#request h3")).to_be_visible()
    assert serious(desk) == []


def serious(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in {"serious", "critical"}]
