"""Changed data are taken over aside, and as a whole or not at all."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from support.fakes import SHOP, FakeEmbedder

from bot.answer import Answer, Status
from bot.understand.question import Ask
from index.errors import YakgwanError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np

    from bot.service import Service

REFUND = Ask("환불 되나요")
PLAIN = "환불 기한은 며칠인가요?"


def curated(service: Service, name: str) -> Path:
    return service.settings.data / "questions" / "가게" / name


def add_edition(service: Service) -> None:
    text = SHOP.replace("받은 날부터 7일", "받은 날부터 14일")
    (service.settings.data / "terms" / "가게" / "2024-04-01.txt").write_text(text, encoding="utf-8")


def test_a_new_edition_is_answered_from_after_a_reload_and_not_before(shop_service: Service) -> None:
    shop_service.load()
    add_edition(shop_service)
    assert "7일 안에" in shop_service.ask(REFUND).text
    shop_service.reload()
    assert "14일 안에" in shop_service.ask(REFUND).text
    assert [edition.date for edition in shop_service.editions] == ["2024-04-01"]
    assert shop_service.report()["state"] == "ready"


def test_faulty_data_change_nothing(shop_service: Service) -> None:
    shop_service.load()
    add_edition(shop_service)
    curated(shop_service, "1.md").write_text("- 제목이 없음\n", encoding="utf-8")
    with pytest.raises(YakgwanError, match=r"1\.md"):
        shop_service.reload()
    assert "7일 안에" in shop_service.ask(REFUND).text
    assert [edition.date for edition in shop_service.editions] == ["2024-03-01"]
    assert not shop_service.reloading


def test_questions_are_answered_while_a_reload_is_under_way(
    shop_service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, going_on = threading.Event(), threading.Event()

    class Held(FakeEmbedder):
        def passages(self, texts: Sequence[str]) -> np.ndarray:
            if shop_service.reloading:
                begun.set()
                assert going_on.wait(10)
            return self.queries(texts)

    monkeypatch.setattr("index.search.build.load_embedder", lambda *_: Held())
    shop_service.load()
    add_edition(shop_service)
    reload = threading.Thread(target=shop_service.reload)
    reload.start()
    try:
        assert begun.wait(10)
        during = shop_service.reloading
        assert "7일 안에" in shop_service.ask(REFUND).text
    finally:
        going_on.set()
        reload.join()
    assert (during, shop_service.reloading) == (True, False)
    assert "14일 안에" in shop_service.ask(REFUND).text


def test_what_to_ask_next_comes_with_the_data(shop_service: Service) -> None:
    assert shop_service.next_questions(Answer(Status.NOT_FOUND, ""), []) == ()
    shop_service.load()
    answer = shop_service.ask(Ask("배송은 며칠 걸려요"))
    assert answer.status is Status.ANSWERED
    assert shop_service.next_questions(answer, []) == ()  # none of the shop's questions is plain enough
    for name, question in (("1.md", "배송은 며칠이나 걸리나요?"), ("2.md", PLAIN)):
        asked = curated(shop_service, name).read_text(encoding="utf-8")
        heading = "## 제1항\n"
        curated(shop_service, name).write_text(asked.replace(heading, f"{heading}- {question}\n"), encoding="utf-8")
    shop_service.reload()
    assert shop_service.next_questions(shop_service.ask(Ask("배송은 며칠 걸려요")), []) == (PLAIN,)
    assert shop_service.next_questions(shop_service.ask(Ask("배송은 며칠 걸려요")), [PLAIN]) == ()
