"""The chat for everybody: what axe-core finds in it, the keyboard alone, and what a screen reader is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsers import PHONE, ask_and_wait
from playwright.sync_api import Browser, Page, ViewportSize, expect
from serving import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    Scheme = Literal["light", "dark"]

pytest_plugins = ["browsers"]
pytestmark = MARKS
QUESTION = "요금을 두 번 밀리면 어떻게 되나요?"
WIDE: ViewportSize = {"width": 1440, "height": 900}


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> Scheme:
    return "dark" if request.param == "dark" else "light"


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def coloured(request: pytest.FixtureRequest, browser: Browser, address: str, scheme: Scheme) -> Iterator[Page]:
    context = browser.new_context(locale="ko-KR", base_url=address, color_scheme=scheme, viewport=request.param)
    opened = context.new_page()
    opened.goto("/")
    expect(opened.locator("#starters")).to_be_visible()
    yield opened
    context.close()


def find_faults(page: Page) -> list[str]:
    """What axe-core calls serious or critical, with the elements."""
    # a colour in the middle of its transition is nobody's fault
    page.evaluate("Promise.all(document.getAnimations().map((a) => a.finished.catch(() => {})))")
    found = Axe().run(page).response["violations"]
    grave = [rule for rule in found if rule["impact"] in {"serious", "critical"}]
    return [f"{rule['id']}: {node['html']} {node['any']}" for rule in grave for node in rule["nodes"]]


def test_nothing_grave_stands_in_anybodys_way(coloured: Page) -> None:
    assert find_faults(coloured) == []
    ask_and_wait(coloured, QUESTION)
    assert find_faults(coloured) == []
    coloured.get_by_role("link", name="제7조 제3항").click()
    expect(coloured.locator("#panel .cited")).to_be_visible()
    assert find_faults(coloured) == []
    coloured.keyboard.press("Escape")
    coloured.get_by_role("button", name="아쉬워요").click()
    expect(coloured.get_by_label("어떤 점이 아쉬웠나요?")).to_be_visible()
    assert find_faults(coloured) == []
    coloured.get_by_role("button", name="상담원 연결").click()
    expect(coloured.locator("#handover")).to_be_visible()
    assert find_faults(coloured) == []
